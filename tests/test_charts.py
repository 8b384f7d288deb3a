"""Scales and columns: whatever is counted fits, and a scale is one that people would draw."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.charts import STEPS, Counted, Table, chart, columns, scale, sparkline

COUNTS = st.lists(st.integers(0, 10**9), max_size=40)
TABLE = Table(("a",), ())


@pytest.mark.parametrize(
    ("peak", "values"),
    [
        (0, (0, 1)),
        (1, (0, 1)),
        (4, (0, 1, 2, 3, 4)),
        (5, (0, 2, 4, 6)),
        (10, (0, 5, 10)),
        (482, (0, 200, 400, 600)),
        (1819, (0, 500, 1000, 1500, 2000)),
    ],
)
def test_scales(peak: int, values: tuple[int, ...]) -> None:
    assert scale(peak) == values


@given(st.integers(0, 10**12))
def test_a_scale_reaches_its_peak_in_a_few_equal_round_steps(peak: int) -> None:
    values = scale(peak)
    step = values[1]
    assert values[0] == 0
    assert values[-1] - step < max(peak, 1) <= values[-1]
    assert {b - a for a, b in pairwise(values)} == {step}
    assert len(values) <= STEPS + 1
    assert str(step).rstrip("0") in {"1", "2", "5"}


@given(COUNTS)
def test_columns_stay_in_the_chart_side_by_side_and_stand_on_its_ground(counts: list[int]) -> None:
    drawn = chart("id", "Title", "Text.", [Counted(str(n), n) for n in counts], TABLE).columns
    assert [column.count for column in drawn] == counts
    for column in drawn:
        assert 0 <= column.x <= column.x + column.width <= 100.01
        assert column.y + column.height == pytest.approx(100, abs=0.02)
    assert all(a.x + a.width < b.x for a, b in pairwise(drawn))


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=12))
def test_higher_columns_are_of_higher_counts(counts: list[int]) -> None:
    drawn = columns([Counted("", n) for n in counts], max(counts) or 1)
    assert [c.height for c in sorted(drawn, key=lambda c: c.count)] == sorted(c.height for c in drawn)


def test_all_equal_counts_have_equal_columns() -> None:
    assert {column.height for column in chart("id", "T", "t", [Counted("", 7)] * 5, TABLE).columns} == {87.5}


def test_nothing_to_count_makes_a_chart_of_no_columns_and_one_step() -> None:
    empty = chart("id", "T", "t", [], TABLE)
    assert (empty.columns, [tick.value for tick in empty.ticks]) == ((), [0, 1])


def test_ticks_stand_where_columns_of_their_value_would_end() -> None:
    drawn = chart("id", "T", "t", [Counted("", 200), Counted("", 482)], TABLE)
    assert {tick.value: tick.at for tick in drawn.ticks}[200] == drawn.columns[0].y


def test_the_highest_column_of_a_sparkline_is_as_high_as_it_is() -> None:
    assert [c.height for c in sparkline([Counted("", 3), Counted("", 12), Counted("", 0)], "").columns] == [25, 100, 0]
    assert [c.height for c in sparkline([Counted("", 0)], "").columns] == [0]
