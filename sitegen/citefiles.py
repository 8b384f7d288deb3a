"""Which files of citations a site has: for each paper, for each listing, for all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sitegen import urls
from sitegen.catalogue import Catalogue, Entry, Period
from sitegen.citing import Format, bibtex, citation_of
from sitegen.citing.panel import CitePanel
from sitegen.frame import PAPERS, Frame
from sitegen.views import Link

MOST_WITH_FILES = 20_000
"""Papers of a catalogue whose papers have a file in every format; of more, browsers make them of citation.json."""

PART = 50_000
"""Papers in one file: some 20 MB, and under 50 where authors are named by the dozen."""


@dataclass(frozen=True, slots=True)
class CiteList:
    """A file of the citations of a listing, or of a part of it. papers: which of the listing's."""

    format: Format
    path: str
    papers: slice
    part: int


_ALL = tuple(Format)
_FORMATS: Mapping[str, tuple[Format, ...]] = {
    **dict.fromkeys(("papers", "topic", "organization", "year", "month"), _ALL),
    **dict.fromkeys(("week", "day"), (Format.BIBTEX,)),
}


def paper_formats(count: int) -> tuple[Format, ...]:
    """Say in which formats each paper of a catalogue of `count` has a file of its own."""
    if count > MOST_WITH_FILES:
        return (Format.CSL,)
    return _ALL if count else ()


def cite_lists(kind: str, path: str, count: int) -> Iterator[CiteList]:
    """Yield the files of a listing of `count` papers. kind: as in `ListingView`.

    Days and weeks have BibTeX alone, lists in another order than that of time none: their papers are in `papers`.
    """
    for form in _FORMATS.get(kind, ()):
        for part, start in enumerate(range(0, count, PART), start=1):
            whole = path == PAPERS and form is Format.BIBTEX
            file = urls.catalogue_bibtex(part) if whole else urls.citations(path, form, part)
            yield CiteList(form, file, slice(start, start + PART), part)


def listings_of(catalogue: Catalogue) -> Iterator[tuple[str, str, tuple[Entry, ...]]]:
    """Yield every listing that has citations: its kind, its path, its papers."""
    yield "papers", PAPERS, catalogue.papers
    yield "papers", urls.UNDATED_PAPERS, catalogue.undated
    yield from (("topic", group.path, group.papers) for group in catalogue.topics)
    yield from (("organization", group.path, group.papers) for group in catalogue.organizations)
    yield from (("week", week.path, week.papers) for week in catalogue.weeks)
    for year in catalogue.years:
        yield from _within(year)


def _within(period: Period) -> Iterator[tuple[str, str, tuple[Entry, ...]]]:
    yield period.kind, period.path, period.papers
    for part in period.parts:
        yield from _within(part)


def list_links(frame: Frame, kind: str, path: str, count: int) -> tuple[Link, ...]:
    """Link to the files of a listing."""
    if not frame.cites:
        return ()
    return tuple(Link(_label(frame, file), file.path) for file in cite_lists(kind, path, count))


def _label(frame: Frame, file: CiteList) -> str:
    name = frame.words(f"cite.{file.format}")
    return name if file.part == 1 else frame.words("cite.part", name=name, n=file.part)


def cite_panel(frame: Frame, entry: Entry) -> CitePanel | None:
    """Give what a paper's page shows of its citation."""
    if not frame.cites:
        return None
    return CitePanel(bibtex(citation_of(entry.page, frame.config.base_url, frame.words)), frame.cites)
