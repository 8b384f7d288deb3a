import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.paper import Source
from sitegen.trending import HALF_LIFE, LEAST, heat_of, least_heat

DAYS = st.dates(dt.date(1000, 1, 1), dt.date(9998, 12, 31))
COUNTS = st.integers(1, 10_000)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def captures(*counted: tuple[str, int | None]) -> list[Source]:
    return [Source("x.txt", 1, day(captured), comments) for captured, comments in counted]


def comments_on(today: str, published: str | None, *counted: tuple[str, int | None]) -> float:
    """Give the discounted comments that a paper has on a day."""
    heat = heat_of(day(published) if published else None, captures(*counted))
    assert heat is not None
    return float(2 ** (heat - day(today).toordinal() / HALF_LIFE))


@pytest.mark.parametrize(
    ("today", "expected"), [("2025-12-10", 8), ("2025-12-24", 4), ("2026-01-07", 2), ("2025-11-26", 16)]
)
def test_a_comment_counts_half_after_two_weeks(today: str, expected: float) -> None:
    """All eight are of one day."""
    assert comments_on(today, "2025-12-10", ("2025-12-10", 8)) == pytest.approx(expected, abs=1e-4)


def test_comments_are_taken_to_have_come_evenly_between_two_captures() -> None:
    """Those of twenty-eight days: a sum over small parts of the time comes to the same."""
    parts = 10_000
    expected = sum(10 / parts * 2 ** (-28 * (part + 0.5) / parts / HALF_LIFE) for part in range(parts))
    found = comments_on("2025-12-29", None, ("2025-12-01", 90), ("2025-12-29", 100))
    assert found == pytest.approx(expected, rel=1e-4)


def test_comments_before_the_first_capture_came_since_the_publication() -> None:
    assert comments_on("2025-12-10", "2025-12-10", ("2025-12-10", 3)) > comments_on(
        "2025-12-10", "2025-12-01", ("2025-12-10", 3)
    )


@pytest.mark.parametrize(
    ("published", "counted"),
    [
        (None, []),
        (None, [("2025-12-10", 3)]),  # since when is not known
        ("2025-12-01", []),
        ("2025-12-01", [("2025-12-10", 0)]),
        ("2025-12-01", [("2025-12-10", None)]),
        (None, [("2025-12-10", 3), ("2025-12-12", 3)]),
        (None, [("2025-12-10", 3), ("2025-12-12", 1)]),
    ],
)
def test_without_a_gain_there_is_no_heat(published: str | None, counted: list[tuple[str, int | None]]) -> None:
    assert heat_of(day(published) if published else None, captures(*counted)) is None


def test_comments_that_went_and_came_back_are_no_gain() -> None:
    fallen = ("2025-12-01", 5), ("2025-12-08", 2), ("2025-12-15", 6)
    assert comments_on("2025-12-15", None, *fallen) == pytest.approx(
        comments_on("2025-12-15", None, ("2025-12-08", 5), ("2025-12-15", 6)), rel=1e-4
    )


def test_of_several_counts_of_one_day_the_highest_holds() -> None:
    several = heat_of(day("2025-12-01"), captures(("2025-12-10", 2), ("2025-12-10", 4), ("2025-12-10", 3)))
    assert several == heat_of(day("2025-12-01"), captures(("2025-12-10", 4)))


@given(DAYS, DAYS, COUNTS)
def test_any_dates_give_a_heat(published: dt.date, captured: dt.date, comments: int) -> None:
    """A capture before the publication, thousands of years between them: curators write what they write."""
    heat = heat_of(published, [Source("x.txt", 1, captured, comments)])
    assert heat is not None
    assert math.isfinite(heat)
    assert heat <= math.log2(comments) + captured.toordinal() / HALF_LIFE + 1e-6


@given(DAYS, st.integers(0, 400), COUNTS, st.integers(1, 100))
def test_more_comments_and_later_ones_are_hotter(published: dt.date, after: int, comments: int, more: int) -> None:
    captured = published + dt.timedelta(after) if published.year < 9000 else published
    later = captured + dt.timedelta(30), published + dt.timedelta(30)
    heat = heat_of(published, [Source("x.txt", 1, captured, comments)])
    assert heat is not None
    assert (heat_of(published, [Source("x.txt", 1, captured, comments + more)]) or 0) > heat
    assert (heat_of(later[1], [Source("x.txt", 1, later[0], comments)]) or 0) > heat


def test_the_least_heat_is_that_of_so_many_comments_on_the_day_of_the_newest_capture() -> None:
    newest = day("2025-12-10")
    assert least_heat(newest) - newest.toordinal() / HALF_LIFE == pytest.approx(math.log2(LEAST))
