"""Numbers of documents, and the file from which rows are drawn."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sitegen.search import SearchDocument, documents_json, number_documents

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
    assert documents_json(documents) == documents_json(sorted(documents, key=lambda d: d.slug))


def test_new_newest_paper_renumbers_nothing() -> None:
    assert number_documents([OLD, UNDATED, NEW])[:2] == number_documents([OLD, UNDATED])


def test_file_holds_addresses_and_texts_of_rows() -> None:
    given = paper("New Things", "What is new.", date=date(2024, 3, 4), topic_titles=("Big Models",), organization="Org")
    assert json.loads(documents_json([given])) == {
        "version": 1,
        "topics": {"big-models": {"title": "Big Models", "path": "topics/big-models/"}},
        "papers": [
            {
                "slug": "new-things",
                "title": "New Things",
                "path": "papers/undated/new-things/",
                "date": "2024-03-04",
                "datePath": "2024/03/04/",
                "authors": "",
                "organization": "Org",
                "organizationPath": "",
                "comments": 0,
                "topics": ["big-models"],
                "abstract": "What is new.",
            }
        ],
    }


def test_half_a_surrogate_pair_survives_as_an_escape() -> None:
    data = documents_json([paper("Half", "a\ud800b")])
    assert json.loads(data.decode("utf-8"))["papers"][0]["abstract"] == "a\ud800b"
