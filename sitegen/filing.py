"""Papers' pages, filed: read, their bodies rendered, their topics found, each without a look at any other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from sitegen import urls
from sitegen.catalogue import Entry
from sitegen.citing import citation_key
from sitegen.claims import find_claims
from sitegen.content import Page, PageFile, parse_page
from sitegen.digests import find_abstract
from sitegen.excerpts import excerpt
from sitegen.links import find_links
from sitegen.problems import Problem, note
from sitegen.quality import FlawKind, find_flaws
from sitegen.related import terms_of
from sitegen.rendered import Prose
from sitegen.rows import row_key
from sitegen.taxonomy import Taxonomy
from sitegen.timed import is_heavy, render_timed
from sitegen.topics import Assignment, assign, check_chosen
from sitegen.trending import heat_of

ARXIV = "https://arxiv.org/abs/"
DOI = "https://doi.org/"

EXCERPT = 240
"""Characters of an abstract in a row of a listing."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What a page's file gives. entry: None where there is nothing to show.

    problems: of the page as it is written. remarks: on what is made of it, to be told only where it is shown.
    """

    entry: Entry | None
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...] = ()


def file_page(data: bytes, path: str, key: str, taxonomy: Taxonomy | None) -> Filed:
    """File one page. path: of its file, as messages show it. key: hash of all that this page is made of."""
    file, problems = parse_page(data, path)
    if file is None:
        return Filed(None, tuple(problems))
    remarks: list[Problem] = []
    page = file.page
    if page.topics is not None and taxonomy is not None:
        remarks += check_chosen(page.topics, taxonomy, page.path, page.lines.get("topics", 1))
    prose = _prose(file)
    remarks += remarks_on(prose, page.path, page.body_line)
    topics = _topics(page, prose.text, taxonomy)
    entry = Entry(
        page=_shown(page),
        html=prose.html,
        abstract=prose.text,
        topics=topics,
        terms=terms_of(page.title, prose.text),
        excerpt=excerpt(page.description or prose.text, EXCERPT),
        row_key="",
        digest=key,
        citation_key=citation_key(page),
        links=tuple(_links(page, prose.text)),
        claims=find_claims(prose.text),
        flaws=find_flaws(page, prose.text, topics),
        heat=heat_of(page.date, page.sources),
    )
    entry = replace(entry, row_key=row_key(entry))
    remarks += _accepted(entry)
    return Filed(entry, tuple(problems), tuple(remarks))


def _shown(page: Page) -> Page:
    """Leave out what only import and the renderer need."""
    return replace(page, body="", imported={}, contested={})


def _links(page: Page, text: str) -> Iterator[tuple[str, str]]:
    """Yield what a page leads to, each address once: as it says, or as its text does where the kind is sure."""
    found = page.links or ((link.kind, link.address) for link in find_links(text) if link.kind != "link")
    arxiv, doi = page.arxiv and ARXIV + page.arxiv, page.doi and DOI + quote(page.doi)
    others = ("pdf", page.pdf), ("arxiv", arxiv), ("doi", doi)
    seen = {""}
    for label, address in (*found, *others):
        if address not in seen:
            seen.add(address)
            yield label, address


def _prose(file: PageFile) -> Prose:
    body = file.page.body
    return render_timed(body, plain=is_heavy(body) and _is_as_imported(file.page))


def _is_as_imported(page: Page) -> bool:
    span = find_abstract(page.body, page.imported.get("body", ""))
    return span is not None and not page.body[span[1] :].strip()


def remarks_on(prose: Prose, path: str, body_line: int) -> Iterator[Problem]:
    """Say where in a file the remarks on its body stand."""
    return (Problem(path, body_line + r.line, r.message, r.severity) for r in prose.remarks)


def _accepted(entry: Entry) -> Iterator[Problem]:
    """Note what is known and accepted of a paper, but that a curator could better."""
    for flaw in entry.flaws:
        if flaw.kind in _NOTES and (flaw.detail or flaw.kind is not FlawKind.TOPICS):
            yield note(entry.page.path, flaw.line, _NOTES[flaw.kind].format(flaw.detail))


_NOTES = {
    FlawKind.UNDATED: "has no date; add `date:` when it is known",
    FlawKind.INFERRED: "the year is inferred from the dumps; correct it if wrong",
    FlawKind.TOPICS: "filed under {} on weak evidence; set `topics:` to say what it is about",
}


def _topics(page: Page, abstract: str, taxonomy: Taxonomy | None) -> tuple[Assignment, ...]:
    """File a paper: as its page says, else by the rules."""
    if page.topics is not None:
        known = (name if taxonomy else urls.slugify(name) for name in page.topics)
        return tuple(Assignment(slug, 0.0, "page") for slug in dict.fromkeys(known))
    return assign(page.title, abstract, taxonomy) if taxonomy else ()
