"""Everything of content/ read and put together: settings, pages, topics, and the catalogue made of them."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen import urls
from sitegen.addresses import claims, collisions
from sitegen.cache import NAME as CACHE
from sitegen.cache import Memory
from sitegen.cards import can_draw
from sitegen.catalogue import Catalogue, Entry, build_catalogue, differing, swapped
from sitegen.config import Config, read_config
from sitegen.content import Page
from sitegen.crew import ALONE, Crew
from sitegen.filing import remarks_on
from sitegen.handpages import HandPage, read_hand_pages
from sitegen.knowntopics import TaxonomyMemory
from sitegen.papers import PaperMemory, Rules, file_papers
from sitegen.problems import Problem, error, warning
from sitegen.removed import RemovedPaper, read_removed
from sitegen.render import HandText, Redirect
from sitegen.rendered import from_json, to_json
from sitegen.taxonomy import Taxonomy, Thresholds, build_taxonomy
from sitegen.timed import render_timed
from sitegen.topics import Topic
from sitegen.yamlsource import decode

CONFIG = "content/site.yaml"
TOPICS = "content/topics.yaml"


@dataclass(frozen=True, slots=True)
class Content:
    """What content/ holds. entries: papers, filed. taxonomy: None without a topics.yaml."""

    config: Config
    entries: tuple[Entry, ...]
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


class ContentMemory:
    """What is remembered of content/ from build to build. root: folder of the site.

    last: what was read last, None before that. collisions: of its addresses. catalogue: what was made of the entries
    `catalogued`, None before that.
    """

    def __init__(self, root: Path, engine: str) -> None:
        self.engine = engine
        self.papers = PaperMemory(root / CACHE, engine)
        self.taxonomy = TaxonomyMemory(root / CACHE / "topics.bin", engine)
        self.prose = Memory(root / CACHE, "prose", engine)
        self.last: Content | None = None
        self.collisions: Sequence[Problem] = ()
        self.catalogue: Catalogue | None = None
        self.catalogued: Sequence[Entry] = ()

    def save(self) -> None:
        """Write what is worth remembering."""
        self.papers.save()
        self.taxonomy.save()
        self.prose.save()


def read_content(
    root: Path,
    memory: ContentMemory,
    crew: Crew = ALONE,
    *,
    drafts: bool = False,
    changed: Collection[Path] | None = None,
) -> Content:
    """Read content/; everything that is wrong anywhere is among the problems. drafts: whether to keep drafts.

    changed: files of content/ that may be other than when they were last read, None where that is not known.
    """
    content = root / "content"
    problems: list[Problem] = []
    if not content.is_dir():
        problems.append(error("content", 1, "there is no folder content/ here; run `sitegen init` or give --root DIR"))
    config, found = read_config(root / CONFIG, CONFIG)
    problems += found
    taxonomy, text, found = _read_taxonomy(root / TOPICS, memory.taxonomy)
    problems += found
    rules = Rules(taxonomy, f"{memory.engine} {hashlib.sha256(text).hexdigest()}")
    filed = file_papers(content, rules, memory.papers, crew, changed)
    problems += (problem for file in filed for problem in file.problems)
    problems += memory.papers.listed.odd if memory.papers.listed else ()
    hand_pages, found = read_hand_pages(content)
    problems += found
    removed, found = read_removed(content)
    problems += found
    shown = [file for file in filed if file.entry and (drafts or not file.entry.page.draft)]
    entries = tuple(file.entry for file in shown if file.entry)
    kept = tuple(page for page in hand_pages if drafts or not page.draft)
    problems += (remark for file in shown for remark in file.remarks)
    return _checked(Content(config, entries, kept, taxonomy, removed, tuple(problems)), memory)


def _checked(content: Content, memory: ContentMemory) -> Content:
    """Add what is wrong with the addresses; where nothing was and all claim the same as before, nothing is."""
    last = memory.last
    stays = last and not memory.collisions and (last.hand_pages, last.removed) == (content.hand_pages, content.removed)
    pairs = differing(last.entries, content.entries) if last and stays else None
    if pairs is None or any(claims(old.page) != claims(new.page) for old, new in pairs):
        pages = [entry.page for entry in content.entries]
        memory.collisions = tuple(collisions(pages, content.hand_pages, content.removed))
    memory.last = content
    return replace(content, problems=(*memory.collisions, *content.problems))


def assemble(content: Content, memory: ContentMemory) -> Assembled:
    """Render the pages by hand and put the catalogue together."""
    problems: list[Problem] = []
    pages = [entry.page for entry in content.entries]
    topics = tuple(content.taxonomy.topics if content.taxonomy else _free_topics(pages))
    texts = [_hand_text(page, memory.prose, problems) for page in content.hand_pages]
    if not any(text.slug == "about" for text in texts):
        texts.append(_default_about(content.config))
    catalogue = _catalogue(content.entries, topics, memory)
    if content.config.cards and not can_draw():
        message = "cards: nothing here draws them; install sitegen[cards], or remove the setting"
        problems.append(warning(CONFIG, content.config.cards_line, message))
    redirects = tuple(_redirects(pages, content.removed, problems))
    return Assembled(catalogue, tuple(texts), redirects, tuple(problems))


def _catalogue(entries: Sequence[Entry], topics: tuple[Topic, ...], memory: ContentMemory) -> Catalogue:
    """Put the catalogue together; where few papers changed, it is made from the one before."""
    before, found = memory.catalogue, None
    pairs = differing(memory.catalogued, entries)
    if before and pairs is not None and before.taxonomy == topics:
        found = swapped(before, pairs) if pairs else before
    memory.catalogue, memory.catalogued = found or build_catalogue(entries, topics), entries
    return memory.catalogue


def _read_taxonomy(file: Path, memory: TaxonomyMemory) -> tuple[Taxonomy | None, bytes, list[Problem]]:
    """Read topics.yaml; gives its bytes too."""
    if not file.is_file():
        return None, b"", []
    data = file.read_bytes()
    text = decode(data, TOPICS)
    if isinstance(text, Problem):
        return build_taxonomy((), Thresholds(), ""), data, [text]
    taxonomy, problems = memory.parse(text, TOPICS)
    return taxonomy, data, problems


def _free_topics(pages: Iterable[Page]) -> tuple[Topic, ...]:
    """Make topics of the names that pages use, where no topics.yaml says what there is."""
    names = {urls.slugify(name): name for page in reversed(list(pages)) for name in reversed(page.topics or ())}
    return tuple(Topic(slug, names[slug]) for slug in sorted(names))


def _hand_text(page: HandPage, memory: Memory, problems: list[Problem]) -> HandText:
    made = memory.recall(page.body, lambda: to_json(render_timed(page.body)))
    try:
        prose = from_json(made)
    except (TypeError, ValueError, LookupError):  # a cache that somebody wrote into
        prose = render_timed(page.body)
    problems += remarks_on(prose, page.path, page.body_line)
    return HandText(page.slug, page.title, page.description or prose.text, prose.html, page.navigation)


def _default_about(config: Config) -> HandText:
    """Make a page about the site for a content/ that has none of its own."""
    from sitegen.prose import from_plain, render_prose  # noqa: PLC0415  # it loads slowly, and few sites need it

    text = config.description or config.tagline or f"{config.title} is a catalogue of papers."
    return HandText("about", "About", text, render_prose(from_plain(text)).html, navigation=False)


def _redirects(pages: Sequence[Page], removed: Sequence[RemovedPaper], problems: list[Problem]) -> Iterator[Redirect]:
    """Lead old addresses to new ones: aliases of pages, and removed papers that were merged into others."""
    addresses = {page.address for page in pages} if removed else set()
    yield from (Redirect(alias, page.address) for page in pages for alias in page.aliases)
    for paper in removed:
        if not paper.to:
            continue
        if paper.to in addresses and paper.address not in addresses:
            yield Redirect(paper.address, paper.to)
        else:
            message = f"{paper.address} should lead to {paper.to}, which is no paper's address; mend `to:`"
            problems.append(warning("content/removed.yaml", 1, message))
