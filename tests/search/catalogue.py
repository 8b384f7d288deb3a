"""The sample dumps as search documents, and a small built site around the search page."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from sitegen import search, urls
from sitegen.dump import Record, parse_dump
from sitegen.paper import title_key
from sitegen.search import SearchDocument
from sitegen.theme import load_theme
from sitegen.views import Chrome, Head, Link, SearchView
from tests.sample import DUMPS

ROOT = Path(__file__).resolve().parents[2]
BOOSTS = {"title": 3.0, "topics": 2.0}
WHOLE_LUNR = "lunr-whole.js"
"""Beside the scripts of a site that is written here: lunr.js with what readers are spared."""
PAPER_PAGE = '<!doctype html><link rel="icon" href="data:,"><title>A paper</title>'
TOPICS = {"diffusion": "Diffusion models", "language": "Language models", "video": "Video", "reasoning": "Reasoning"}


def sample_documents() -> list[SearchDocument]:
    """Give one document per paper of the sample dumps, filed under the topics whose word its abstract holds."""
    return dump_documents(DUMPS)


def dump_documents(files: Iterable[Path]) -> list[SearchDocument]:
    """Give one document per paper of some dumps; of papers whose slugs are equal, the first."""
    documents: dict[str, SearchDocument] = {}
    for file in files:
        dump, _ = parse_dump(file.read_text(encoding="utf-8"), file.name, f"content/dumps/{file.name}")
        for record in dump.records:
            documents.setdefault(title_key(record.title), document(record, int(file.stem.split("-")[2])))
    return list({d.slug: d for d in reversed(documents.values())}.values())[::-1]


def document(record: Record, captured: int) -> SearchDocument:
    day = date(record.date.year or captured, record.date.month, record.date.day) if record.date else None
    slug = urls.slugify(record.title)
    topics = tuple(topic for topic in TOPICS if topic in record.abstract.lower())
    return SearchDocument(
        slug=slug,
        path=urls.paper(urls.year_folder(day), slug),
        title=record.title,
        abstract=record.abstract,
        date=day,
        topics=topics,
        topic_titles=tuple(TOPICS[topic] for topic in topics),
        organization=record.organization.name if record.organization else "",
        authors=f"{record.authors} authors" if record.authors else "",
        comments=record.comments or 0,
        organization_path=urls.organization(record.organization.handle) if record.organization else "",
    )


def paper(title: str = "", abstract: str = "", **known: object) -> SearchDocument:
    """Make one document; what a test does not name is empty."""
    slug = str(known.get("slug") or urls.slugify(title or abstract))
    day = known.get("date")
    titles = known.get("topic_titles")
    return SearchDocument(
        slug=slug,
        path=f"papers/undated/{slug}/",
        title=title,
        abstract=abstract,
        date=day if isinstance(day, date) else None,
        topics=tuple(map(urls.slugify, titles)) if isinstance(titles, tuple) else (),
        topic_titles=titles if isinstance(titles, tuple) else (),
        organization=str(known.get("organization") or ""),
        authors="",
        comments=0,
    )


def write_search_files(site: Path, documents: list[SearchDocument]) -> None:
    for path, data in search.build_files(documents, BOOSTS).items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(data)


def write_site(site: Path, documents: list[SearchDocument]) -> None:
    """Write the theme's search page with its assets and the search files."""
    write_search_files(site, documents)
    theme = load_theme("default", (ROOT / "themes",), ROOT)
    for asset in theme.assets.values():
        file = site / asset.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(asset.data)
    scripts = (site / theme.asset("js/lunr.js")).parent
    (scripts / WHOLE_LUNR).write_bytes(theme.static["js/lunr.js"].read_bytes())
    (site / "search" / "index.html").write_bytes(theme.render("search.html", search_view(documents)))
    for known in documents:
        (site / known.path).mkdir(parents=True)
        (site / known.path / "index.html").write_text(PAPER_PAGE, encoding="utf-8")


def search_view(documents: list[SearchDocument]) -> SearchView:
    years = sorted({d.date.year for d in documents if d.date}, reverse=True)
    return SearchView(
        chrome=Chrome("Sample", "", "en", "https://example.org/", (), (), "", noindex=False),
        head=Head("Search", "", "https://example.org/search/", "search/", "../"),
        heading="Search",
        crumbs=(),
        topics=tuple(Link(title, urls.topic(topic), 1) for topic, title in TOPICS.items()),
        years=tuple(Link(str(year), urls.year(year), 1) for year in years),
        count=len(documents),
    )
