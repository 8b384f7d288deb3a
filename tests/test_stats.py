"""Statistics: every paper is counted once in each of them, whatever the catalogue."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sitegen.catalogue import Catalogue, Entry, build_catalogue
from sitegen.paper import Organization
from sitegen.sparklines import years_sparkline
from sitegen.stats import (
    MONTHS,
    Month,
    Span,
    count_catalogue,
    count_comments,
    count_lengths,
    count_months,
    count_years,
    years_of,
)
from sitegen.topics import Topic
from tests.papers import WORDS, entry

TOPICS = (Topic("nlp", "Language"), Topic("vision", "Vision"))

DATES = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31)).map(str)
HANDLES = st.none() | st.integers(0, 40).map(lambda n: Organization(f"lab-{n}", f"Lab {n}"))
TOPIC_SETS = st.sampled_from([(), ("nlp",), ("vision",), ("vision", "nlp")])


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    papers = [
        replace(
            entry(f"p{n}", draw(DATES), draw(TOPIC_SETS), comments=draw(st.none() | st.integers(0, 500)),
                  organization=draw(HANDLES)),
            abstract="word " * draw(st.integers(0, 600)),
        )
        for n in range(draw(st.integers(0, 25)))
    ]  # fmt: skip
    return build_catalogue(papers, TOPICS)


@given(catalogues())
def test_all_counts_add_up_to_the_catalogue(catalogue: Catalogue) -> None:
    counted = count_catalogue(catalogue)
    total = len(catalogue.papers)
    assert counted.papers == total
    assert sum(month.count for month in counted.months) + counted.earlier + counted.undated == total
    assert sum(span.count for span in counted.comments) == total
    assert sum(span.count for span in counted.lengths) == total
    named = sum(len(group.papers) for group in counted.organizations)
    assert named + counted.elsewhere + counted.unnamed == total
    for topic in counted.topics:
        dated = [p.page.date.year for p in topic.group.papers if p.page.date]
        assert sum(topic.counts) == sum(year in counted.years for year in dated)


@given(catalogues())
def test_months_and_years_have_no_gaps(catalogue: Catalogue) -> None:
    counted = count_catalogue(catalogue)
    starts = [month.start for month in counted.months]
    assert all((b - a).days in range(28, 32) for a, b in pairwise(starts))
    assert len(starts) <= MONTHS
    assert list(counted.years) == list(range(counted.years[0], counted.years[-1] + 1)) if counted.years else True


def test_months_are_counted_up_to_the_newest_and_what_was_long_before_together() -> None:
    papers = [entry("a", "2024-12-31"), entry("b", "2025-02-01"), entry("c", "2025-02-28"), entry("d", "1990-01-01")]
    months, earlier = count_months(papers)
    assert months[-3:] == (Month(dt.date(2024, 12, 1), 1), Month(dt.date(2025, 1, 1), 0), Month(dt.date(2025, 2, 1), 2))
    assert (len(months), earlier) == (120, 1)


def test_comments_are_counted_in_classes_that_double() -> None:
    assert count_comments([0, 0, 1, 2, 3, 4, 9]) == (
        Span(0, 0, 2), Span(1, 1, 1), Span(2, 3, 2), Span(4, 7, 1), Span(8, 15, 1),
    )  # fmt: skip
    assert count_comments([]) == ()


def test_abstracts_are_counted_by_length_and_the_longest_together() -> None:
    assert count_lengths([30, 49, 50, 10_000])[:2] == (Span(25, 49, 2), Span(50, 74, 1))
    assert count_lengths([401, 9_999]) == (Span(400, None, 2),)
    assert count_lengths([]) == ()


def papers_of(years: dict[int, int]) -> list[Entry]:
    return [entry(f"{year}-{n}", f"{year}-06-01") for year, count in years.items() for n in range(count)]


def test_years_end_with_the_newest_and_are_twelve_at_most() -> None:
    assert years_of(build_catalogue(papers_of({2001: 1, 2020: 2}), ())) == tuple(range(2009, 2021))
    assert years_of(build_catalogue(papers_of({2019: 1, 2021: 2}), ())) == (2019, 2020, 2021)
    assert years_of(build_catalogue([entry("undated")], ())) == ()


def test_a_sparkline_says_in_words_what_it_shows() -> None:
    years = (2019, 2020, 2021)
    spark = years_sparkline(count_years(papers_of({2019: 1, 2021: 3}), years), years, WORDS)
    assert spark
    assert spark.text == "2019 to 2021, most in 2021: 3 papers"
    assert [column.count for column in spark.columns] == [1, 0, 3]


def test_a_year_alone_and_no_papers_have_no_sparkline() -> None:
    assert years_sparkline((4,), (2020,), WORDS) is None
    assert years_sparkline((0, 0), (2020, 2021), WORDS) is None
