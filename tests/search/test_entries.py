"""A term's entry in a shard."""

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sitegen.search import SearchDocument, number_documents
from sitegen.search.analysis import analyse
from sitegen.search.entries import term_entries
from sitegen.search.postings import find_postings
from sitegen.search.values import LIMIT

from .catalogue import paper


def entries(*documents: SearchDocument) -> dict[str, list[Any]]:
    analysis = analyse(number_documents(documents))
    postings = find_postings(analysis, range(len(analysis.terms)))
    return {term: json.loads(data)[1:] for term, data in term_entries(list(analysis.terms), postings, analysis.lengths)}


def on(day: int, title: str, abstract: str = "") -> SearchDocument:
    return paper(title, abstract, slug=f"p{day}", date=date(2024, 1, day))


def test_an_entry_holds_documents_and_frequencies_of_each_field() -> None:
    found = entries(on(1, "dog"), on(2, "cat dog", "dog dog"), on(3, "bird"), on(4, "dog dog"))
    assert found == {
        "bird": [0, ["2", "1", "1"]],
        "cat": [0, ["1", "1", "2"]],
        "dog": [0, ["012", "112", "122"], ["1", "2"]],
    }


def test_a_field_without_the_term_is_passed_over() -> None:
    given = paper("cat", "", slug="x", topic_titles=("dog",))
    assert entries(given)["dog"] == [1, 0, 0, ["0", "1", "1"]]


def test_rank_is_the_place_in_the_first_document_that_holds_the_term() -> None:
    found = entries(on(1, "cat", "dog cat"), on(2, "bird dog fish"))
    assert {term: entry[0] for term, entry in found.items()} == {"cat": 0, "dog": 1, "bird": 0, "fish": 2}


@given(st.lists(st.text("abcd ", max_size=9), min_size=1, max_size=6))
def test_first_document_and_rank_sort_terms_as_lunr_numbers_them(titles: list[str]) -> None:
    documents = [on(day, title) for day, title in enumerate(titles, start=1)]
    found = entries(*documents)
    ordered = sorted(found, key=lambda term: (ord(found[term][1][0][0]), found[term][0]))
    assert ordered == list(analyse(number_documents(documents)).terms)


def test_a_frequency_of_any_size_is_kept() -> None:
    found = entries(on(1, "dog", "dog " * 62 + "cat " * LIMIT))
    assert found["dog"][2][1] == chr(48 + 62)
    assert found["cat"][2][1] == [LIMIT]


def test_a_document_number_of_any_size_is_kept() -> None:
    papers = [paper(f"p{number}", slug=f"p{number:06}") for number in range(LIMIT + 1)]
    assert entries(*papers[:-1], paper("cat", slug="z"))["cat"] == [0, [[LIMIT], "1", "1"]]


def test_quoted_as_json_wants_it() -> None:
    assert entries(*(on(day, "dog " * (day == 1) + "cat " * 44) for day in (1, 2)))["cat"][1][1] == "\\\\"


def test_a_term_that_stands_nowhere_has_no_entry() -> None:
    left = analyse([on(1, "dog")], analyse([on(1, "cat")]))
    assert [(term, data) for term, data in term_entries(["cat"], find_postings(left, [0]), left.lengths)] == [
        ("cat", b"")
    ]


def test_empty_catalogue_has_no_entries() -> None:
    assert entries() == {}
