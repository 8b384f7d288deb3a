import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.excerpts import excerpt
from sitegen.listings import listing_pages, period_title
from sitegen.rows import authors_text, row_of
from sitegen.views import Link
from tests.papers import WORDS, entry


def test_a_row_says_what_a_reader_scans_for() -> None:
    row = row_of(entry("a", "2024-05-06", ("nlp",), authors=5, comments=2), {"nlp": "Language"}, WORDS)
    assert (row.slug, row.title, row.path) == ("a", "Title of a", "papers/2024/a/")
    assert (row.date, row.date_path, row.authors, row.comments) == (dt.date(2024, 5, 6), "2024/05/06/", "5 authors", 2)
    assert row.topics == (Link("Language", "topics/nlp/"),)
    assert row.excerpt == "Abstract of a."


@pytest.mark.parametrize(
    ("authors", "shown"),
    [
        (None, ""),
        (1, "1 author"),
        (671, "671 authors"),
        (("Ada Lovelace",), "Ada Lovelace"),
        (("A", "B", "C"), "A, B, C"),
        (("A", "B", "C", "D", "E"), "A, B, C and 2 others"),
    ],
)
def test_authors_are_counted_or_named(authors: int | tuple[str, ...] | None, shown: str) -> None:
    assert authors_text(authors, WORDS) == shown


@given(st.text(), st.integers(5, 60))
def test_an_excerpt_is_short_and_says_when_it_is_cut(text: str, length: int) -> None:
    cut = excerpt(text, length)
    flat = " ".join(text.split())
    assert cut == flat if len(flat) <= length else (len(cut) <= length + 1 and cut.endswith("\N{HORIZONTAL ELLIPSIS}"))


@given(st.integers(0, 300), st.integers(1, 40))
def test_pages_hold_every_row_once_and_know_where_they_stand(count: int, size: int) -> None:
    numbers = list(range(count))
    pages = list(listing_pages("papers/", count, size))
    assert [number for page in pages for number in numbers[page.rows]] == numbers
    assert [page.path for page in pages[:3]] == ["papers/", "papers/page/2/", "papers/page/3/"][: len(pages)]
    for number, page in enumerate(pages, start=1):
        standing = page.pagination
        assert (standing.number, standing.total, standing.count) == (number, len(pages), count)
        assert standing.last - standing.first + 1 == len(numbers[page.rows]) or count == 0
        assert (standing.previous is None) == (number == 1)
        assert (standing.next is None) == (number == len(pages))
        assert len(standing.pages) <= 7


@pytest.mark.parametrize(
    ("kind", "title"),
    [("year", "2024"), ("month", "December 2024"), ("week", "Week 49 of 2024"), ("day", "5 December 2024")],
)
def test_periods_have_names(kind: str, title: str) -> None:
    assert period_title(kind, dt.date(2024, 12, 5), WORDS) == title
