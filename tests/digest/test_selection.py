"""What is new in a window of days, and what is talked about."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sitegen.catalogue import Entry, build_catalogue
from sitegen.digest.selection import LATE, Window, last_day, new_papers
from sitegen.paper import Source
from tests.papers import entry

DAY = dt.date.fromisoformat
WEEK = Window(DAY("2025-12-01"), DAY("2025-12-07"))


def captured(slug: str, date: str | None, *days: str) -> Entry:
    """Make a paper that was captured on some days."""
    return entry(slug, date, sources=tuple(Source("d.txt", 1, DAY(day)) for day in days))


def slugs(papers: tuple[Entry, ...]) -> str:
    return " ".join(paper.page.slug for paper in papers)


def test_new_is_what_was_published_in_the_window() -> None:
    papers = [
        entry("before", "2025-11-30"),
        entry("first", "2025-12-01"),
        entry("last", "2025-12-07"),
        entry("after", "2025-12-08"),
        entry("undated"),
    ]
    assert slugs(new_papers(papers, WEEK)) == "first last"


def test_what_came_late_is_new_when_it_comes() -> None:
    papers = [
        captured("late", "2025-11-20", "2025-12-03", "2025-12-20"),
        captured("known-before", "2025-11-20", "2025-11-25", "2025-12-03"),
        captured("old", "2024-11-20", "2025-12-03"),
        captured("later", "2025-12-02", "2026-01-05"),
    ]
    assert slugs(new_papers(papers, WEEK)) == "late later"


@given(st.integers(0, LATE), st.integers(0, 40))
def test_of_digests_that_follow_each_other_a_paper_is_in_one(age: int, wait: int) -> None:
    """Each is made when its window is over, of what has been captured by then."""
    seen = DAY("2025-12-01") + dt.timedelta(wait)
    paper = captured("a", str(seen - dt.timedelta(age)), str(seen))
    weeks = [
        Window(first, first + dt.timedelta(6)) for first in (DAY("2025-10-06") + dt.timedelta(7 * n) for n in range(20))
    ]
    assert sum(bool(new_papers([paper], week)) for week in weeks if seen <= week.until) == 1


def test_the_last_day_is_a_papers_or_a_captures() -> None:
    catalogue = build_catalogue([captured("a", "2025-12-02", "2025-12-05"), entry("b", "2025-12-04")], [])
    assert last_day(catalogue) == DAY("2025-12-05")
    assert last_day(build_catalogue([], [])) is None


def test_the_calendar_has_a_beginning() -> None:
    assert new_papers([entry("a", "1000-01-01")], Window(dt.date.min, dt.date.max)) != ()
