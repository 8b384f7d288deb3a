"""The years of dates: a dump leaves the year out where it is the year of the dump's capture.

The capture's day comes from an explicit option, else from the file's name; its year else from what the dates of all
the dumps say together. The machine's clock is never asked.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from sitegen.dump import Dump, DumpDate, Header, Record
from sitegen.dump.meta import FIRST_YEAR, LAST_YEAR
from sitegen.paper import Paper, Source, YearOrigin, title_key
from sitegen.problems import Problem, note, warning

GRACE = timedelta(days=1)
"""A page is read in another time zone than it is written in."""

_LEAP_CYCLE = 8
_DAY_IN_NAME = re.compile(r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")


@dataclass(frozen=True, slots=True)
class _Capture:
    """When a dump was captured, as far as it is known.

    day: of the capture. page: the day that the page shows, with its year; yearless dates have that year. origin: how
    the year is known; ABSENT where it is not.
    """

    day: date | None = None
    page: date | None = None
    year: int | None = None
    origin: YearOrigin = YearOrigin.ABSENT


_Mention: TypeAlias = tuple[str, int, int]
"""A paper's title key, and the month and day of its date."""


def settle(
    dumps: Sequence[Dump], captured: date | None = None, known: Mapping[str, date] | None = None
) -> tuple[list[Paper], list[Problem]]:
    """Give each record its year: one paper per record, by the dumps' names, then lines; each with one source.

    captured: the day of capture of all these dumps, where the user says so. known: days of capture by the names of
    dumps, as an earlier import was told them. The order of `dumps` does not matter.
    """
    ordered = sorted(dumps, key=lambda d: (d.name, d.path))
    own = [_own_capture(dump, captured, known or {}) for dump in ordered]
    years = _known_years(ordered, own)
    captures = _inferred(ordered, own, years)
    papers: list[Paper] = []
    problems: list[Problem] = []
    for dump, capture in zip(ordered, captures, strict=True):
        papers += [_paper(record, capture) for record in dump.records]
        problems += _remarks(dump, capture, years)
    return papers, problems


def _own_capture(dump: Dump, captured: date | None, known: Mapping[str, date]) -> _Capture:
    """Take the day that the option or the file's name tells, or that an earlier import was told."""
    day = captured or day_in_name(dump.name) or known.get(dump.name)
    if not day:
        return _Capture()
    page = _page_day(dump, day)
    return _Capture(day, page, page.year, YearOrigin.EXPLICIT)


def day_in_name(name: str) -> date | None:
    """Read a day of capture from a file's name; None unless it holds just one that exists.

    >>> day_in_name("daily-papers-2025-12-11.txt")
    datetime.date(2025, 12, 11)
    """
    days = {_day(*map(int, found)) for found in _DAY_IN_NAME.findall(name)} - {None}
    return days.pop() if len(days) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    """Make a date, None where there is no such day or the year cannot be one of a capture."""
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _page_day(dump: Dump, day: date) -> date:
    """Give the page's own day, which may be one off the day of capture, even in another year."""
    near = [day, day + GRACE, day - GRACE]
    return next((d for d in near if dump.header and _same_day(d, dump.header)), day)


def _same_day(day: date, written: Header | DumpDate) -> bool:
    return (day.month, day.day) == (written.month, written.day)


def _mention(title: str, day: DumpDate) -> _Mention:
    return title_key(title), day.month, day.day


def _yearless(dump: Dump) -> Iterator[_Mention]:
    """Give the dates that a dump writes without a year."""
    return (_mention(r.title, r.date) for r in dump.records if r.date and not r.date.year)


def _known_years(dumps: Sequence[Dump], captures: Sequence[_Capture]) -> dict[_Mention, set[int]]:
    """Collect the years that are written, or sure because their dump's is."""
    years: dict[_Mention, set[int]] = defaultdict(set)
    for dump, capture in zip(dumps, captures, strict=True):
        for record in dump.records:
            year = (record.date.year or capture.year) if record.date else None
            if record.date and year:
                years[_mention(record.title, record.date)].add(year)
    return years


def _inferred(dumps: Sequence[Dump], own: Sequence[_Capture], years: dict[_Mention, set[int]]) -> list[_Capture]:
    """Add the captures that only the dates tell. Dumps that leave out the year of one same date share it."""
    captures = list(own)
    for group in _groups(dumps, own):
        members = [dumps[i] for i in group]
        year, origin = _year_of(members, years)
        for i, dump in zip(group, members, strict=True):
            page = _day(year, dump.header.month, dump.header.day) if year and dump.header else None
            captures[i] = _Capture(page, page, year, origin)
    return captures


def _groups(dumps: Sequence[Dump], own: Sequence[_Capture]) -> list[list[int]]:
    """Group the dumps of unknown year, as numbers, by the yearless dates that they share."""
    leader = list(range(len(dumps)))
    first: dict[_Mention, int] = {}
    unknown = [i for i, capture in enumerate(own) if not capture.year]
    for i in unknown:
        for mention in _yearless(dumps[i]):
            _union(leader, i, first.setdefault(mention, i))
    groups: dict[int, list[int]] = defaultdict(list)
    for i in unknown:
        groups[_leader(leader, i)].append(i)
    return list(groups.values())


def _leader(leader: list[int], i: int) -> int:
    """Find who leads i's group, and shorten the way to it."""
    while leader[i] != i:
        leader[i] = i = leader[leader[i]]
    return i


def _union(leader: list[int], i: int, j: int) -> None:
    low, high = sorted((_leader(leader, i), _leader(leader, j)))
    leader[high] = low


def _year_of(dumps: Sequence[Dump], years: dict[_Mention, set[int]]) -> tuple[int | None, YearOrigin]:
    """Find the year in which all these dumps were captured: the one that another dump tells, else the smallest."""
    told = {year for dump in dumps for mention in _yearless(dump) for year in years.get(mention, ())}
    fitting = sorted(y for y in told if all(_fits(dump, y) for dump in dumps))
    if fitting:
        return fitting[0], YearOrigin.EXPLICIT if len(fitting) == 1 else YearOrigin.INFERRED
    written = [r.date.year for d in dumps for r in d.records if r.date and r.date.year]
    if not written:
        return None, YearOrigin.ABSENT
    candidates = range(max(written) - 1, max(written) + _LEAP_CYCLE + 2)
    smallest = next((y for y in candidates if all(_fits(dump, y) for dump in dumps)), None)
    return smallest, YearOrigin.INFERRED if smallest else YearOrigin.ABSENT


def _fits(dump: Dump, year: int) -> bool:
    """Tell whether a dump can have been captured in a year: after every written one, and with each day in it."""
    header = dump.header
    if header and not _day(year, header.month, header.day):
        return False
    new_year_too = header is not None and (header.month, header.day) == (12, 31)
    for record in dump.records:
        if _is_yearless(record) and not _dated(record, year):
            return False
        written = _dated(record, None)
        if written and written.year >= year and not (new_year_too and written == date(year + 1, 1, 1)):
            return False
    return True


def _is_yearless(record: Record) -> bool:
    return record.date is not None and record.date.year is None


def _dated(record: Record, year: int | None) -> date | None:
    """Make the record's date, with the year where it has none; None where there is no such day."""
    day = record.date
    used = day and (day.year or year)
    return _day(used, day.month, day.day) if day and used else None


def _paper(record: Record, capture: _Capture) -> Paper:
    day = _dated(record, capture.year)
    origin = YearOrigin.EXPLICIT if record.date and record.date.year else capture.origin
    year = origin if day else YearOrigin.ABSENT
    return Paper(
        title=record.title,
        abstract=record.abstract,
        date=day,
        authors=record.authors,
        organization=record.organization,
        comments=record.comments,
        sources=(Source(record.dump, record.line, capture.day, record.comments, year),),
    )


def _remarks(dump: Dump, capture: _Capture, years: dict[_Mention, set[int]]) -> Iterator[Problem]:
    """Report what contradicts a dump's capture, and a year that is inferred or missing."""
    yield from _of_header(dump, capture)
    for record in dump.records:
        if record.date:
            found = _contradiction(record, capture) or _disagreement(record, capture, years)
            if found:
                yield warning(dump.path, record.date_line, found)


def _of_header(dump: Dump, capture: _Capture) -> Iterator[Problem]:
    line = dump.header.line if dump.header else 1
    if dump.header and capture.page and not _same_day(capture.page, dump.header):
        said = f"the page's day is more than a day off {capture.day}, the day of capture, which is taken"
        yield warning(dump.path, line, said)
    if not any(map(_is_yearless, dump.records)):
        return
    if capture.origin is YearOrigin.ABSENT:
        said = (
            "no year of capture: dates without a year stay unknown; put the day into the file's name or use --captured"
        )
        yield warning(dump.path, line, said)
    elif capture.origin is YearOrigin.INFERRED:
        yield note(dump.path, line, f"captured in {capture.year}: the smallest year that fits its dates")


def _contradiction(record: Record, capture: _Capture) -> str | None:
    """Say how a date contradicts the day of capture."""
    day = _dated(record, capture.year)
    yearless = _is_yearless(record)
    if yearless and capture.year and not day:
        return f"{capture.year}, the year of capture, has no such day; the date stays unknown"
    if not day or not capture.page:
        return None
    if day > capture.page + GRACE:
        return f"{day} is later than the capture on {capture.page}; is the day in the file's name right?"
    if not yearless and day.year == capture.page.year:
        return f"{day.year} is written, though the capture's own year is left out; is the day in the file's name right?"
    return None


def _disagreement(record: Record, capture: _Capture, years: dict[_Mention, set[int]]) -> str | None:
    """Say that another record of the paper gives the same day in another year."""
    day = _dated(record, capture.year)
    if not day or not record.date or record.date.year:
        return None
    others = sorted(years.get(_mention(record.title, record.date), set()) - {day.year})
    return f"another record dates this paper to {others[0]}, not {day.year}" if others else None
