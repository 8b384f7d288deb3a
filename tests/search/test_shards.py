"""The index cut by term: where it is cut, and what stands in a shard."""

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sitegen.search import SearchDocument, number_documents
from sitegen.search.analysis import analyse
from sitegen.search.columns import build_columns
from sitegen.search.shards import GREATEST, LEAST, Shard, cut, term_entries
from sitegen.search.utf16 import units
from sitegen.search.values import LIMIT

from .catalogue import paper


def entries(*documents: SearchDocument) -> dict[str, list[Any]]:
    analysis = analyse(number_documents(documents))
    return {term: json.loads(data)[1:] for term, data in term_entries(analysis, build_columns(analysis))}


def on(day: int, title: str, abstract: str = "") -> SearchDocument:
    return paper(title, abstract, slug=f"p{day}", date=date(2024, 1, day))


def test_an_entry_holds_documents_and_frequencies_of_each_field() -> None:
    found = entries(on(1, "dog"), on(2, "cat dog", "dog dog"), on(3, "bird"), on(4, "dog dog"))
    assert found == {"bird": [0, "2", "1"], "cat": [0, "1", "1"], "dog": [0, "012", "112", "1", "2"]}


def test_a_field_without_the_term_is_passed_over() -> None:
    given = paper("cat", "", slug="x", topic_titles=("dog",))
    assert entries(given)["dog"] == [1, 0, 0, 0, 0, "0", "1"]


def test_rank_is_the_place_in_the_first_document_that_holds_the_term() -> None:
    found = entries(on(1, "cat", "dog cat"), on(2, "bird dog fish"))
    assert {term: entry[0] for term, entry in found.items()} == {"cat": 0, "dog": 1, "bird": 0, "fish": 2}


@given(st.lists(st.text("abcd ", max_size=9), min_size=1, max_size=6))
def test_first_document_and_rank_sort_terms_as_lunr_numbers_them(titles: list[str]) -> None:
    documents = [on(day, title) for day, title in enumerate(titles, start=1)]
    found = entries(*documents)
    ordered = sorted(found, key=lambda term: (ord(found[term][1][0]), found[term][0]))
    assert ordered == analyse(number_documents(documents)).terms


def test_a_frequency_of_any_size_is_kept() -> None:
    found = entries(on(1, "dog", "dog " * 62 + "cat " * LIMIT))
    assert found["dog"][4] == chr(48 + 62)
    assert found["cat"][4] == [LIMIT]


def test_a_document_number_of_any_size_is_kept() -> None:
    papers = [paper(f"p{number}", slug=f"p{number:06}") for number in range(LIMIT + 1)]
    assert entries(*papers[:-1], paper("cat", slug="z"))["cat"] == [0, [LIMIT], "1"]


def test_terms_are_in_the_order_of_code_units() -> None:
    found = list(entries(on(1, "\ufa0e zebra \U00010400")))
    assert found == sorted(found, key=units) != sorted(found)


def test_empty_catalogue_has_no_entries() -> None:
    assert entries() == {}
    assert list(cut([])) == []


SIZES = st.lists(st.integers(20, 2 * LEAST), max_size=200)


def sized(sizes: list[int]) -> list[tuple[str, bytes]]:
    return [(f"term{place:04}", b"x" * size) for place, size in enumerate(sizes)]


def held(shard: Shard) -> list[bytes]:
    return shard.data.removeprefix(b"[").removesuffix(b"]").split(b",\n")


@given(SIZES)
def test_shards_hold_every_entry_in_order_and_know_their_first(sizes: list[int]) -> None:
    given = sized(sizes)
    shards = list(cut(given))
    assert [entry for shard in shards for entry in held(shard)] == [entry for _, entry in given]
    starts = [sum(len(held(s)) for s in shards[:place]) for place in range(len(shards))]
    assert [shard.first for shard in shards] == [given[start][0] for start in starts]


@given(SIZES)
def test_no_shard_is_too_large_and_very_common_terms_stand_alone(sizes: list[int]) -> None:
    for shard in cut(sized(sizes)):
        lengths = list(map(len, held(shard)))
        assert sum(lengths) <= GREATEST
        assert len(lengths) == 1 or max(lengths) < LEAST


def test_borders_come_again_after_a_change() -> None:
    before = sized([200] * 3000)
    after = [*before[:100], ("term0099x", b"y" * 500), *before[100:]]
    kept = {shard.data for shard in cut(before)}
    assert len([shard for shard in cut(after) if shard.data not in kept]) <= 3
