"""The sample catalogue from end to end: what the five dumps say is what the site shows."""

import datetime as dt
import hashlib
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser
import html5lib
import pytest
from pyld import jsonld

from sitegen.check import check_site
from sitegen.dump import Record, parse_dump
from sitegen.paper import title_key
from sitegen.sitemaps import SITEMAP
from tests.feedrules import atom_faults, json_feed_faults
from tests.sample import DUMPS

XHTML = "{http://www.w3.org/1999/xhtml}"


def records() -> Iterator[Record]:
    for file in DUMPS:
        dump, _ = parse_dump(file.read_text(encoding="utf-8"), file.name, f"content/dumps/{file.name}")
        yield from dump.records


RECORDS = list(records())


@pytest.fixture(scope="module")
def catalogue(built: Path) -> list[dict[str, Any]]:
    papers: list[dict[str, Any]] = json.loads((built / "site" / "catalogue.json").read_bytes())["papers"]
    return papers


@pytest.fixture(scope="module")
def by_key(catalogue: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {title_key(str(paper["title"])): paper for paper in catalogue}


def typeset(text: str) -> str:
    """Undo the LaTeX habits that the dumps have, independently of how sitegen does it."""
    text = re.sub(r"``(.*?)''", "\N{LEFT DOUBLE QUOTATION MARK}\\1\N{RIGHT DOUBLE QUOTATION MARK}", text)
    text = re.sub(r"\\textit\{(.*?)\}", r"\1", text)
    return text.replace(r"\%", "%").replace(r"\&", "&").replace("\\ ", " ")


def abstract_shown(built: Path, url: object) -> str:
    tree = html5lib.parse((built / "site" / f"{str(url).lstrip('/')}index.html").read_text(encoding="utf-8"))
    [section] = [e for e in tree.iter(f"{XHTML}section") if e.get("class") == "abstract"]
    [prose] = [e for e in section.iter(f"{XHTML}div") if e.get("class") == "prose"]
    return " ".join("".join(prose.itertext()).split())


def test_there_are_129_records_of_126_papers(catalogue: list[dict[str, Any]]) -> None:
    assert len(RECORDS) == 129
    assert len(catalogue) == 126
    assert len({title_key(record.title) for record in RECORDS}) == 126


@pytest.mark.parametrize("record", [pytest.param(r, id=f"{r.dump}:{r.line}") for r in RECORDS])
def test_each_abstract_stands_on_its_page_as_the_dump_has_it(
    record: Record, built: Path, by_key: dict[str, dict[str, Any]]
) -> None:
    paper = by_key[title_key(record.title)]
    assert abstract_shown(built, paper["url"]) == typeset(record.abstract)


@pytest.mark.parametrize("record", [pytest.param(r, id=f"{r.dump}:{r.line}") for r in RECORDS])
def test_each_fact_of_a_record_is_in_the_catalogue(record: Record, by_key: dict[str, dict[str, Any]]) -> None:
    paper = by_key[title_key(record.title)]
    assert paper["title"] == typeset(record.title)
    assert paper["authors"] == record.authors
    assert paper["organization"] == (
        {"handle": record.organization.handle, "name": record.organization.name} if record.organization else None
    )
    assert isinstance(paper["comments"], int)
    assert paper["comments"] >= (record.comments or 0)
    captured = int(record.dump[13:17])
    date = record.date and dt.date(record.date.year or captured, record.date.month, record.date.day).isoformat()
    assert paper["date"] == date


def test_every_address_of_the_catalogue_answers(built: Path, catalogue: list[dict[str, Any]]) -> None:
    for paper in catalogue:
        assert (built / "site" / str(paper["url"]).lstrip("/") / "index.html").is_file()


def test_every_paper_has_one_to_three_topics_that_exist(built: Path, catalogue: list[dict[str, Any]]) -> None:
    for paper in catalogue:
        topics = paper["topics"]
        assert isinstance(topics, list)
        assert 1 <= len(topics) <= 3
        assert all((built / "site" / "topics" / topic / "index.html").is_file() for topic in topics)


def test_the_paper_without_a_date_is_kept_undated(catalogue: list[dict[str, Any]]) -> None:
    [undated] = [paper for paper in catalogue if paper["date"] is None]
    assert undated["url"] == "/papers/undated/self-forcing-towards-minute-scale-high-quality-video-generation/"
    assert undated["authors"] is None


def test_listings_hold_every_paper_once_in_pages_of_25(built: Path, catalogue: list[dict[str, Any]]) -> None:
    listed: list[str] = []
    for number in range(1, 7):
        path = "papers/index.html" if number == 1 else f"papers/page/{number}/index.html"
        tree = html5lib.parse((built / "site" / path).read_text(encoding="utf-8"))
        rows = [e for e in tree.iter(f"{XHTML}article") if e.get("class") == "paper"]
        assert len(rows) == (25 if number < 6 else 1)
        listed += [str(row.get("data-slug")) for row in rows]
    assert listed == [paper["slug"] for paper in catalogue]
    assert not (built / "site" / "papers" / "page" / "7").exists()


def test_the_sample_builds_without_a_warning_and_passes_its_check(built: Path) -> None:
    assert [p for p in check_site(built, built / "site").problems if p.severity != "note"] == []


SITE = "https://example.org/under/a/path/"


def feeds_of(catalogue: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Give the address of each listing that has feeds, and the titles of its newest papers."""
    listings = {"": [str(paper["title"]) for paper in catalogue]}
    for paper in catalogue:
        groups = [f"topics/{topic}/" for topic in paper["topics"]]
        groups += [f"organizations/{paper['organization']['handle']}/"] if paper["organization"] else []
        for path in groups:
            listings.setdefault(path, []).append(str(paper["title"]))
    return {path: titles[:50] for path, titles in listings.items()}


def test_every_feed_is_read_by_an_independent_parser(built: Path, catalogue: list[dict[str, Any]]) -> None:
    feeds = feeds_of(catalogue)
    for path, titles in feeds.items():
        data = (built / "site" / path / "atom.xml").read_bytes()
        feed = feedparser.parse(data)
        assert not feed.bozo
        assert [entry.title for entry in feed.entries] == titles
        assert all(entry.link.startswith(f"{SITE}papers/") for entry in feed.entries)
        assert atom_faults(data) == []
        data = (built / "site" / path / "feed.json").read_bytes()
        assert json_feed_faults(data) == []
        assert [item["title"] for item in json.loads(data)["items"]] == titles
    made = {file.parent.relative_to(built / "site").as_posix() for file in built.rglob("site/**/atom.xml")}
    assert made >= {path.strip("/") or "." for path in feeds}
    assert len(made) == len(list(built.rglob("site/**/feed.json")))


def test_a_feed_holds_each_abstract_as_its_page_does(built: Path, catalogue: list[dict[str, Any]]) -> None:
    feed = feedparser.parse((built / "site" / "atom.xml").read_bytes())
    for entry, paper in zip(feed.entries, catalogue, strict=False):
        text = " ".join("".join(html5lib.parse(entry.content[0].value).itertext()).split())
        assert text == abstract_shown(built, paper["url"])


def head_of(built: Path, path: str) -> Any:
    return html5lib.parse((built / "site" / path / "index.html").read_text(encoding="utf-8")).find(f"{XHTML}head")


def structured_data(head: Any) -> list[dict[str, Any]]:
    [script] = [e for e in head.iter(f"{XHTML}script") if e.get("type") == "application/ld+json"]
    things: list[dict[str, Any]] = json.loads(script.text)["@graph"]
    return things


def test_pages_announce_the_feeds_that_belong_to_them(built: Path) -> None:
    for path, feeds in {
        "": ["atom.xml", "feed.json"],
        "topics/diffusion-models": ["topics/diffusion-models/atom.xml", "topics/diffusion-models/feed.json"],
        "organizations/openbmb": ["organizations/openbmb/atom.xml", "organizations/openbmb/feed.json"],
    }.items():
        links = [e for e in head_of(built, path).iter(f"{XHTML}link") if e.get("rel") == "alternate"]
        said = [urljoin(f"{SITE}{path}/".replace("path//", "path/"), link.get("href")) for link in links]
        assert said == [SITE + feed for feed in dict.fromkeys((*feeds, "atom.xml", "feed.json"))]
        assert {link.get("type") for link in links} == {"application/atom+xml", "application/feed+json"}


def test_every_page_that_may_be_indexed_says_what_it_is(built: Path, catalogue: list[dict[str, Any]]) -> None:
    """Read by a parser of HTML and one of JSON-LD, which knows the words of schema.org by a context of its own."""
    vocabulary = {"contextUrl": None, "documentUrl": "", "document": {"@context": {"@vocab": "https://schema.org/"}}}
    kinds: Counter[str] = Counter()
    listed: list[str] = []
    for file in sorted(built.rglob("site/**/index.html")):
        head = head_of(built, file.parent.relative_to(built / "site").as_posix())
        if any(e.get("name") == "robots" for e in head.iter(f"{XHTML}meta")):
            continue
        things = structured_data(head)
        document = {"@context": "https://schema.org", "@graph": things}
        expanded = jsonld.expand(document, {"documentLoader": lambda *_: vocabulary})
        assert len(expanded) == len(things)
        kinds.update(kind.removeprefix("https://schema.org/") for thing in expanded for kind in thing["@type"])
        if file.relative_to(built / "site").as_posix().startswith(("papers/index", "papers/page/")):
            listed += [item["url"].removeprefix(SITE) for item in things[0]["mainEntity"]["itemListElement"]]
    assert kinds["ScholarlyArticle"] == len(catalogue)
    assert listed == [str(paper["url"]).lstrip("/") for paper in catalogue]
    assert (kinds["WebSite"], kinds["DataCatalog"]) == (1, 1)


def test_a_papers_structured_data_are_its_own(built: Path, catalogue: list[dict[str, Any]]) -> None:
    for paper in catalogue:
        about, trail = structured_data(head_of(built, str(paper["url"]).strip("/")))
        assert (about["headline"], about.get("datePublished")) == (paper["title"], paper["date"])
        assert about.get("commentCount", 0) == paper["comments"]
        assert "author" not in about
        assert trail["itemListElement"][-1]["item"] == about["url"] == SITE + str(paper["url"]).lstrip("/")


def test_the_index_of_the_data_knows_their_bytes(built: Path, catalogue: list[dict[str, Any]]) -> None:
    index = json.loads((built / "site" / "catalogue" / "index.json").read_bytes())
    assert sum(part["count"] for part in index["parts"]) == index["count"] == len(catalogue)
    for part in index["parts"]:
        data = (built / "site" / part["url"].lstrip("/")).read_bytes()
        assert (part["bytes"], part["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())


NOINDEX = '<meta name="robots" content="noindex">'


def test_the_sitemap_names_every_page_that_may_be_indexed(built: Path) -> None:
    tree = ET.fromstring((built / "site" / "sitemap.xml").read_bytes())  # noqa: S314  # our own output
    named = {str(loc.text).removeprefix("https://example.org/under/a/path/") for loc in tree.iter(f"{{{SITEMAP}}}loc")}
    files = [file for file in built.rglob("site/**/*.html") if NOINDEX not in file.read_text(encoding="utf-8")]
    assert named == {file.relative_to(built / "site").as_posix().removesuffix("index.html") for file in files}
    assert not named & {"404.html", "search/", "subscribed/"}
