"""Counts as bars: how many papers of a listing came out in each year, and where in the listing they begin."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sitegen import urls
from sitegen.catalogue import Entry

MOST_YEARS = 10
"""Years that get a bar each; those before share one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A year's papers. path: the page of the listing where they begin, "" where there is only one.

    width: percent of the longest bar. is_rest: the bar is for this year and all before it.
    """

    year: int
    path: str
    count: int
    width: int
    is_rest: bool = False


@dataclass(frozen=True, slots=True)
class _Run:
    """Papers of a year, newest first: how many, and how many of the listing stand before them."""

    year: int
    count: int
    before: int


def year_bars(papers: Sequence[Entry], path: str, size: int) -> tuple[Bar, ...]:
    """Count papers, newest first, by year, newest first; undated ones are left out. size: of the listing's pages."""
    runs = list(_runs(papers))
    shown, rest = runs[:MOST_YEARS], runs[MOST_YEARS:]
    if rest:
        shown.append(_Run(rest[0].year, sum(run.count for run in rest), rest[0].before))
    peak = max((run.count for run in shown), default=1)
    return tuple(
        Bar(
            year=run.year,
            path=urls.listing_page(path, run.before // size + 1) if len(papers) > size else "",
            count=run.count,
            width=max(1, round(100 * run.count / peak)),
            is_rest=place == MOST_YEARS,
        )
        for place, run in enumerate(shown)
    )


def _runs(papers: Sequence[Entry]) -> Iterator[_Run]:
    before = 0
    for year, group in groupby(paper.page.date.year for paper in papers if paper.page.date):
        count = sum(1 for _ in group)
        yield _Run(year, count, before)
        before += count
