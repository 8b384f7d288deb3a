"""Documents and their numbers."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.search import SearchDocument, number_documents
from sitegen.search.documents import json_bytes

from .catalogue import paper

OLD = paper("Old", date=date(2020, 1, 2))
NEW = paper("New", date=date(2024, 3, 4))
UNDATED = paper("Undated")


def slugs(documents: list[SearchDocument]) -> list[str]:
    return [d.slug for d in documents]


def test_undated_come_first_then_oldest_first() -> None:
    assert slugs(number_documents([NEW, OLD, UNDATED])) == ["undated", "old", "new"]


def test_one_day_is_ordered_by_slug() -> None:
    day = date(2024, 1, 1)
    assert slugs(number_documents([paper("B", date=day), paper("A", date=day)])) == ["a", "b"]


@given(st.permutations([paper(f"Paper {n}", date=date(2000 + n % 3, 1, 1) if n % 4 else None) for n in range(9)]))
def test_order_of_input_makes_no_difference(documents: list[SearchDocument]) -> None:
    assert number_documents(documents) == number_documents(sorted(documents, key=lambda d: d.slug))


def test_new_newest_paper_renumbers_nothing() -> None:
    assert number_documents([OLD, UNDATED, NEW])[:2] == number_documents([OLD, UNDATED])


def test_half_a_surrogate_pair_survives_as_an_escape() -> None:
    assert json.loads(json_bytes("a\ud800b").decode("utf-8")) == "a\ud800b"


def test_texts_are_in_the_order_of_the_fields() -> None:
    given = paper("Title", "The abstract", topic_titles=("One", "Two"), organization="Organisation")
    assert given.texts == ("Title", "The abstract", "One Two", "Organisation")


@pytest.mark.parametrize(
    "changed",
    [
        {"slug": "b"},
        {"path": "papers/b/"},
        {"title": "B"},
        {"abstract": "B"},
        {"date": None},
        {"date": date(2024, 1, 2)},
        {"topics": ("b",)},
        {"topic_titles": ("B",)},
        {"topics": (), "topic_titles": ("a", "A")},
        {"organization": "B"},
        {"authors": "2 authors"},
        {"comments": 1},
        {"organization_path": "organizations/b/"},
        {"has_code": True},
        {"title": "A,An", "abstract": "abstract"},
    ],
)
def test_any_other_fact_makes_another_digest(changed: dict[str, Any]) -> None:
    given = paper("A", "An abstract", slug="a", date=date(2024, 1, 1), topic_titles=("A",))
    assert replace(given, **changed).digest != given.digest == replace(given).digest


def test_half_a_surrogate_pair_has_a_digest_too() -> None:
    assert paper("\ud800", slug="a").digest != paper("\ud801", slug="a").digest
