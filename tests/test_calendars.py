import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sitegen.calendars import SHADES, CalendarDay, CalendarMonth, calendar_of
from sitegen.catalogue import build_catalogue
from tests.papers import entry


def calendar(*days: str) -> tuple[CalendarMonth, ...]:
    """Lay out the months of papers with these dates."""
    catalogue = build_catalogue([entry(str(place), day) for place, day in enumerate(days)], [])
    return calendar_of([month for year in catalogue.years for month in year.parts])


def test_a_month_is_laid_out_in_weeks() -> None:
    [month] = calendar("2024-09-01", "2024-09-03", "2024-09-03")
    assert (month.start, month.path, month.count) == (dt.date(2024, 9, 1), "2024/09/", 3)
    assert [(week.number, week.path) for week in month.weeks] == [
        (35, "2024/W35/"),
        (36, "2024/W36/"),
        (37, ""),
        (38, ""),
        (39, ""),
        (40, ""),
    ]
    assert month.weeks[0].days == (*[None] * 6, CalendarDay(1, "2024/09/01/", 1, 2))
    assert month.weeks[1].days[:3] == (CalendarDay(2), CalendarDay(3, "2024/09/03/", 2, 4), CalendarDay(4))


def test_shades_compare_days_over_all_months() -> None:
    months = calendar(*["2024-01-01"] * 8, *["2024-02-01"] * 2, "2024-02-02")
    shades = [day.shade for month in months for week in month.weeks for day in week.days if day and day.count]
    assert shades == [4, 1, 1]


def test_the_last_days_of_december_may_be_of_the_next_years_first_week() -> None:
    [month] = calendar("2024-12-31")
    assert (month.weeks[-1].number, month.weeks[-1].path) == (1, "2025/W01/")


@given(st.lists(st.dates(dt.date(1000, 1, 1), dt.date(9998, 12, 31)), min_size=1, max_size=30))
def test_every_paper_is_counted_in_one_day_and_every_day_stands_once(dates: list[dt.date]) -> None:
    months = calendar(*map(str, dates))
    for month in months:
        cells = [day for week in month.weeks for day in week.days if day]
        assert [day.number for day in cells] == list(range(1, len(cells) + 1))
        assert month.start.replace(day=len(cells)) + dt.timedelta(1) == (month.start + dt.timedelta(32)).replace(day=1)
        assert sum(day.count for day in cells) == month.count
        assert all((day.count > 0) == (day.shade > 0) == bool(day.path) for day in cells)
        assert all(day.shade <= SHADES for day in cells)
    assert sum(month.count for month in months) == len(dates)
