"""Everything of content/ read and put together: settings, pages, topics, and the catalogue made of them."""

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen import urls
from sitegen.addresses import collisions
from sitegen.cache import NAME as CACHE
from sitegen.cache import Memory
from sitegen.catalogue import Catalogue, Entry, build_catalogue
from sitegen.config import Config, read_config
from sitegen.content import Page, read_pages
from sitegen.digests import find_abstract
from sitegen.engine import engine_hash
from sitegen.handpages import HandPage, read_hand_pages
from sitegen.paper import YearOrigin
from sitegen.problems import Problem, error, note, warning
from sitegen.removed import RemovedPaper, read_removed
from sitegen.render import HandText, Redirect
from sitegen.rendered import from_json, to_json
from sitegen.taxonomy import Taxonomy, Thresholds, Topic, build_taxonomy, parse_taxonomy
from sitegen.timed import is_heavy, render_timed
from sitegen.topics import Assignment, assign, check_chosen

CONFIG = "content/site.yaml"
TOPICS = "content/topics.yaml"


@dataclass(frozen=True, slots=True)
class Content:
    """What content/ holds. taxonomy: None without a topics.yaml, when pages name their topics freely."""

    config: Config
    pages: tuple[Page, ...]
    hand_pages: tuple[HandPage, ...]
    taxonomy: Taxonomy | None
    removed: tuple[RemovedPaper, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Assembled:
    """The catalogue and what else the site shows."""

    catalogue: Catalogue
    hand_texts: tuple[HandText, ...]
    redirects: tuple[Redirect, ...]
    problems: tuple[Problem, ...]


def read_content(root: Path, *, drafts: bool = False) -> Content:
    """Read content/; everything that is wrong anywhere is among the problems. drafts: whether to keep drafts."""
    content = root / "content"
    problems: list[Problem] = []
    if not content.is_dir():
        problems.append(error("content", 1, "there is no folder content/ here; run `sitegen init` or give --root DIR"))
    config, found = read_config(root / CONFIG, CONFIG)
    problems += found
    files, found = read_pages(content)
    problems += found
    hand_pages, found = read_hand_pages(content)
    problems += found
    taxonomy, found = _read_taxonomy(root / TOPICS)
    problems += found
    removed, found = read_removed(content)
    problems += found
    pages = tuple(file.page for file in files if drafts or not file.page.draft)
    kept = tuple(page for page in hand_pages if drafts or not page.draft)
    problems += collisions(pages, kept, removed)
    problems += _topic_problems(pages, taxonomy)
    return Content(config, pages, kept, taxonomy, removed, tuple(problems))


def prose_memory(root: Path) -> Memory:
    """Open what is remembered of rendered bodies."""
    return Memory(root / CACHE, "prose", engine_hash())


def assemble(content: Content, memory: Memory) -> Assembled:
    """Render the bodies, file the papers under topics and put the catalogue together."""
    problems: list[Problem] = []
    entries = [_entry(page, content.taxonomy, memory, problems) for page in content.pages]
    topics = content.taxonomy.topics if content.taxonomy else _free_topics(content.pages)
    texts = [_hand_text(page, memory, problems) for page in content.hand_pages]
    if not any(text.slug == "about" for text in texts):
        texts.append(_default_about(content.config))
    catalogue = build_catalogue(entries, topics)
    redirects = tuple(_redirects(content.pages, content.removed, problems))
    return Assembled(catalogue, tuple(texts), redirects, tuple(problems))


def _read_taxonomy(file: Path) -> tuple[Taxonomy | None, list[Problem]]:
    if not file.is_file():
        return None, []
    try:
        return _parsed_taxonomy(file.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as mistake:
        line = mistake.object[: mistake.start].count(b"\n") + 1
        return build_taxonomy((), Thresholds(), ""), [error(TOPICS, line, "not UTF-8; save the file as UTF-8")]


@functools.lru_cache(maxsize=2)
def _parsed_taxonomy(text: str) -> tuple[Taxonomy, list[Problem]]:
    """Parse topics.yaml, once for each text: a preview builds often, and the rules take a while to make ready."""
    return parse_taxonomy(text, TOPICS)


def _topic_problems(pages: Iterable[Page], taxonomy: Taxonomy | None) -> Iterator[Problem]:
    for page in pages:
        if page.topics is not None and taxonomy is not None:
            yield from check_chosen(page.topics, taxonomy, page.path, page.lines.get("topics", 1))


def _entry(page: Page, taxonomy: Taxonomy | None, memory: Memory, problems: list[Problem]) -> Entry:
    span = find_abstract(page.body, page.imported.get("body", ""))
    imported = span is not None and not page.body[span[1] :].strip()
    html, text = _prose(page, memory, problems, imported=imported)
    entry = Entry(page, html, text, _topics(page, text, taxonomy))
    problems += _accepted(entry)
    return entry


def _accepted(entry: Entry) -> Iterator[Problem]:
    """Note what is known and accepted of a paper, but that a curator could better."""
    page = entry.page
    if page.date is None:
        yield note(page.path, 1, "has no date; add `date:` when it is known")
    if any(source.year is YearOrigin.INFERRED and "date" in source.gave for source in page.sources):
        yield note(page.path, page.lines.get("date", 1), "the year is inferred from the dumps; correct it if wrong")
    for assignment in entry.topics:
        if assignment.origin == "weak":
            message = f"filed under {assignment.slug} on weak evidence; set `topics:` to say what it is about"
            yield note(page.path, 1, message)


def _topics(page: Page, abstract: str, taxonomy: Taxonomy | None) -> tuple[Assignment, ...]:
    """File a paper: as its page says, else by the rules."""
    if page.topics is not None:
        known = (name if taxonomy else urls.slugify(name) for name in page.topics)
        return tuple(Assignment(slug, 0.0, "page") for slug in dict.fromkeys(known))
    return _assigned(page.title, abstract, taxonomy) if taxonomy else ()


_assigned = functools.lru_cache(maxsize=1 << 17)(assign)
"""Topics by the text and the rules: a preview files every paper at every save, and nearly all are as they were."""


def _free_topics(pages: Iterable[Page]) -> tuple[Topic, ...]:
    """Make topics of the names that pages use, where no topics.yaml says what there is."""
    names = {urls.slugify(name): name for page in reversed(list(pages)) for name in reversed(page.topics or ())}
    return tuple(Topic(slug, names[slug]) for slug in sorted(names))


def _prose(
    page: Page | HandPage, memory: Memory, problems: list[Problem], *, imported: bool = False
) -> tuple[str, str]:
    """Render a body, or recall what it was rendered to; gives HTML and plain text.

    imported: whether the body is as import wrote it, which is plain text and may be shown as that.
    """
    body = page.body
    plain = imported and is_heavy(body)
    made = memory.recall(f"{body}\0plain" if plain else body, lambda: to_json(render_timed(body, plain=plain)))
    try:
        prose = from_json(made)
    except (TypeError, ValueError, LookupError):  # a cache that somebody wrote into
        prose = render_timed(body, plain=plain)
    problems += [Problem(page.path, page.body_line + r.line, r.message, r.severity) for r in prose.remarks]
    return prose.html, prose.text


def _hand_text(page: HandPage, memory: Memory, problems: list[Problem]) -> HandText:
    html, text = _prose(page, memory, problems)
    return HandText(page.slug, page.title, page.description or text, html, page.navigation)


def _default_about(config: Config) -> HandText:
    """Make a page about the site for a content/ that has none of its own."""
    from sitegen.prose import from_plain, render_prose  # noqa: PLC0415  # it loads slowly, and few sites need it

    text = config.description or config.tagline or f"{config.title} is a catalogue of papers."
    return HandText("about", "About", text, render_prose(from_plain(text)).html, navigation=False)


def _redirects(pages: Sequence[Page], removed: Iterable[RemovedPaper], problems: list[Problem]) -> Iterator[Redirect]:
    """Lead old addresses to new ones: aliases of pages, and removed papers that were merged into others."""
    addresses = {page.address for page in pages}
    yield from (Redirect(alias, page.address) for page in pages for alias in page.aliases)
    for paper in removed:
        if not paper.to:
            continue
        if paper.to in addresses and paper.address not in addresses:
            yield Redirect(paper.address, paper.to)
        else:
            message = f"{paper.address} should lead to {paper.to}, which is no paper's address; mend `to:`"
            problems.append(warning("content/removed.yaml", 1, message))
