"""The page for curators: what could be bettered, by kind, each finding with the way to its page and its source."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from sitegen.catalogue import Entry
from sitegen.frame import QUALITY, Frame, ready
from sitegen.jobs import Job
from sitegen.quality import Flaw, FlawKind
from sitegen.views import Chrome, Head, Link

FINDINGS = "quality/findings.json"
"""All findings, for programs and for catalogues with more of them than a page can show."""

MOST = 100
"""Findings of one kind that the page shows."""


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding. source: address of the page's source on the forge, "" where it is not known. file: its path."""

    paper: Link
    detail: str
    source: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class KindView:
    """The findings of one kind, newest papers first; `count` of them in all."""

    kind: str
    heading: str
    about: str
    count: int
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class QualityView:
    """quality.html. kinds: all of them, those without findings too. file: path of all findings."""

    chrome: Chrome
    head: Head
    heading: str
    about: str
    crumbs: tuple[Link, ...]
    kinds: tuple[KindView, ...]
    file: str


def quality_jobs(frame: Frame) -> Iterator[Job]:
    """Yield the page of data quality."""
    found = findings(frame.catalogue.papers)
    heading, about = frame.leading_to(QUALITY).label, frame.words("quality.about")
    head = frame.head(QUALITY, heading, about, noindex=True)
    kinds = tuple(_kind(frame, kind, found[kind]) for kind in FlawKind)
    yield ready(QUALITY, "quality.html", QualityView(frame.chrome, head, heading, about, (), kinds, FINDINGS))


Findings = Mapping[FlawKind, Sequence[tuple[Entry, Flaw]]]


def findings(papers: Sequence[Entry]) -> Findings:
    """Give the findings of each kind, in the order of the papers."""
    found: defaultdict[FlawKind, list[tuple[Entry, Flaw]]] = defaultdict(list)
    for entry in papers:
        for flaw in entry.flaws:
            found[flaw.kind].append((entry, flaw))
    return found


def findings_json(papers: Sequence[Entry]) -> bytes:
    """Write all findings: {version, findings: {kind: [{slug, path, file, line, detail}]}}."""
    found = findings(papers)
    facts = {kind.value: [_facts(*finding) for finding in found[kind]] for kind in FlawKind}
    return msgspec.json.encode({"version": 1, "findings": facts}) + b"\n"


def _facts(entry: Entry, flaw: Flaw) -> dict[str, object]:
    page = entry.page
    where = {"slug": page.slug, "path": "/" + page.address, "file": page.path, "line": flaw.line}
    return {**where, "detail": flaw.detail}


def _kind(frame: Frame, kind: FlawKind, found: Sequence[tuple[Entry, Flaw]]) -> KindView:
    words = frame.words
    shown = tuple(_finding(frame, *finding) for finding in found[:MOST])
    return KindView(kind, words(f"quality.{kind}"), words(f"quality.{kind}_about"), len(found), shown)


def _finding(frame: Frame, entry: Entry, flaw: Flaw) -> FindingView:
    page = entry.page
    detail = frame.catalogue.topic_titles.get(flaw.detail, "") if flaw.kind is FlawKind.TOPICS else flaw.detail
    paper = Link(page.title, page.address)
    return FindingView(paper, detail, frame.source_of(page.path), page.path, flaw.line)
