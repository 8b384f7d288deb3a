"""What a digest tells of: the papers that are new in its window, and those that are talked about. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sitegen.catalogue import Catalogue, Entry

LATE = 31
"""Days that a paper may come into the catalogue after its publication and still be news."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days that a digest is about, both included."""

    since: dt.date
    until: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.since <= day <= self.until

    def __str__(self) -> str:
        return f"{self.since}.{self.until}"


def last_day(catalogue: Catalogue) -> dt.date | None:
    """Give the last day that the catalogue knows of: a paper's, or a capture's; None in an empty catalogue."""
    return max((day for entry in catalogue.papers for day in _days(entry)), default=None)


def new_papers(papers: Iterable[Entry], window: Window) -> tuple[Entry, ...]:
    """Keep the papers that are new in a window, in their order.

    New is what was published in the window, and what was first captured in it and published shortly before: of digests
    that follow upon each other, each made when its window is over, a paper is in one.
    """
    return tuple(entry for entry in papers if _is_new(entry, window))


def trending_papers(catalogue: Catalogue, window: Window) -> tuple[Entry, ...]:
    """Give the papers that gained comments lately, the most talked about first; none from after the window.

    Of a window that begins after the last day that the catalogue knows nothing can be said.
    """
    last = last_day(catalogue)
    if last is None or last < window.since:
        return ()
    return tuple(entry for entry in catalogue.trending if entry.page.date is None or entry.page.date <= window.until)


def _is_new(entry: Entry, window: Window) -> bool:
    day = entry.page.date
    if day is None or day > window.until:
        return False
    return day >= window.since or (day >= _before(window.since, LATE) and _first_seen(entry) in window)


def _first_seen(entry: Entry) -> dt.date:
    """Give the day of a paper's first capture; a page by hand, which has none, was never seen."""
    return min((source.captured for source in entry.page.sources if source.captured), default=dt.date.min)


def _days(entry: Entry) -> Iterator[dt.date]:
    if entry.page.date:
        yield entry.page.date
    yield from (source.captured for source in entry.page.sources if source.captured)


def _before(day: dt.date, days: int) -> dt.date:
    """Give the day so many days before; the first that there is where the calendar does not reach so far."""
    return dt.date.fromordinal(max(1, day.toordinal() - days))
