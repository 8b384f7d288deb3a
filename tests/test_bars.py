import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sitegen.bars import MOST_YEARS, Bar, year_bars
from sitegen.catalogue import build_catalogue
from sitegen.listings import listing_pages
from tests.papers import entry


def test_years_have_bars_and_lead_to_where_they_begin() -> None:
    days = ["2024-01-01", "2024-02-01", "2024-03-01", "2022-01-01", None]
    papers = build_catalogue([entry(str(place), day) for place, day in enumerate(days)], []).papers
    assert year_bars(papers, "topics/nlp/", 2) == (
        Bar(2024, "topics/nlp/", 3, 100),
        Bar(2022, "topics/nlp/page/2/", 1, 33),
    )


def test_a_listing_of_one_page_has_nowhere_to_lead() -> None:
    papers = build_catalogue([entry("a", "2024-01-01"), entry("b", "2023-01-01")], []).papers
    assert [bar.path for bar in year_bars(papers, "topics/nlp/", 25)] == ["", ""]


def test_the_oldest_years_share_a_bar() -> None:
    papers = build_catalogue([entry(f"p{year}", f"{year}-01-01") for year in range(2000, 2013)], []).papers
    *years, rest = year_bars(papers, "topics/nlp/", 25)
    assert [bar.year for bar in years] == list(range(2012, 2002, -1))
    assert rest == Bar(2002, "", 3, 100, is_rest=True)


def test_no_papers_have_no_bars() -> None:
    assert year_bars((), "topics/nlp/", 25) == ()


@given(st.lists(st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2026, 1, 1)), max_size=60), st.integers(1, 25))
def test_bars_add_up_and_each_leads_to_the_page_with_its_first_paper(dates: list[dt.date | None], size: int) -> None:
    papers = build_catalogue(
        [entry(str(place), str(day) if day else None) for place, day in enumerate(dates)], []
    ).papers
    bars = year_bars(papers, "x/", size)
    pages = {page.path: papers[page.rows] for page in listing_pages("x/", len(papers), size)}
    assert sum(bar.count for bar in bars) == sum(day is not None for day in dates)
    assert len(bars) <= MOST_YEARS + 1
    for bar in bars:
        newest = next(paper for paper in papers if paper.page.date and paper.page.date.year <= bar.year)
        assert newest in pages[bar.path or "x/"]
        assert 1 <= bar.width <= 100
