"""Calendars of the days that have papers: months as rows of weeks, as a table shows them."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sitegen import urls
from sitegen.catalogue import Period

SHADES = 4
"""Steps in which days are told apart by how many papers they have."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the month, from 1. path: its page, "" where it has no papers. shade: 0 for none, up to `SHADES`."""

    number: int
    path: str = ""
    count: int = 0
    shade: int = 0


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """A week by ISO 8601. path: its page, "" where none of these days has papers.

    days: seven from Monday, None for those of another month.
    """

    number: int
    path: str
    days: tuple[CalendarDay | None, ...]


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month that has papers. start: its first day."""

    start: dt.date
    path: str
    count: int
    weeks: tuple[CalendarWeek, ...]


def calendar_of(months: Sequence[Period]) -> tuple[CalendarMonth, ...]:
    """Lay out months. Shades compare days over all of them, so that months side by side can be compared."""
    peak = max((len(day.papers) for month in months for day in month.parts), default=1)
    return tuple(_month(month, peak) for month in months)


def _month(month: Period, peak: int) -> CalendarMonth:
    days = {day.start.day: _day(day, peak) for day in month.parts}
    weeks = calendar.monthcalendar(month.start.year, month.start.month)
    return CalendarMonth(
        month.start, month.path, len(month.papers), tuple(_week(month.start, week, days) for week in weeks)
    )


def _day(day: Period, peak: int) -> CalendarDay:
    count = len(day.papers)
    return CalendarDay(day.start.day, day.path, count, -(-count * SHADES // peak))


def _week(month: dt.date, numbers: Sequence[int], days: dict[int, CalendarDay]) -> CalendarWeek:
    """Lay out a week. numbers: of its days in the month, 0 for those of another."""
    first = month.replace(day=next(filter(None, numbers)))
    path = urls.week(first) if not days.keys().isdisjoint(numbers) else ""
    cells = (days.get(number) or CalendarDay(number) if number else None for number in numbers)
    return CalendarWeek(first.isocalendar().week, path, tuple(cells))
