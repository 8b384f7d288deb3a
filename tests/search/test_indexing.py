"""The index that lunr.py writes for lunr.js."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sitegen.search import SearchDocument, documents_json, index_json
from sitegen.search.utf16 import units

from .catalogue import BOOSTS, ROOT, paper


def built(*documents: SearchDocument) -> dict[str, Any]:
    index: dict[str, Any] = json.loads(index_json(documents, BOOSTS))
    return index


def terms(*documents: SearchDocument) -> list[str]:
    return [term for term, _ in built(*documents)["invertedIndex"]]


def test_form_is_that_of_lunr() -> None:
    index = built(paper("Deep nets", slug="deep"))
    assert (index["version"], index["fields"]) == ("2.3.9", ["title", "abstract", "topics", "organization"])
    assert index["pipeline"] == ["normalizer", "stopWordFilter", "stemmer"]
    assert [key for key, _ in index["fieldVectors"]] == [f"{name}/deep" for name in index["fields"]]
    posting: dict[str, Any] = {"title": {"deep": {}}, "abstract": {}, "topics": {}, "organization": {}}
    assert index["invertedIndex"] == [["deep", posting | {"_index": 0}], ["net", posting | {"_index": 1}]]


def test_every_field_is_indexed() -> None:
    given = paper("Title", "Abstract", slug="x", topic_titles=("Topic",), organization="Organisation")
    assert terms(given) == ["abstract", "organis", "titl", "topic"]


def test_boost_weighs_a_field() -> None:
    weights = dict(built(paper("word", "word", slug="x"), paper("other", slug="y"))["fieldVectors"])
    assert weights["title/x"][1] > 2 * weights["abstract/x"][1]


def test_boost_of_an_unknown_field_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no such search field: headline"):
        index_json([], {"headline": 2})


def test_empty_catalogue_has_an_empty_index() -> None:
    assert built()["invertedIndex"] == []


def test_terms_are_in_the_order_of_code_units() -> None:
    found = terms(paper("\ufa0e zebra \U00010400"))
    assert found == sorted(found, key=units)
    assert found != sorted(found)


def test_white_space_of_javascript_separates_words() -> None:
    assert terms(paper("one\u2009two\u3000three\u2028four", slug="x")) == ["four", "on", "three", "two"]


PROGRAM = """
import sys
from catalogue import BOOSTS, sample_documents
from sitegen.search import documents_json, index_json
sys.stdout.buffer.write(index_json(sample_documents(), BOOSTS) + documents_json(sample_documents()))
"""


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_bytes_do_not_depend_on_the_hash_seed(seed: str, documents: list[SearchDocument]) -> None:
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{Path(__file__).parent}{os.pathsep}{ROOT}"}
    made = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, check=True)
    assert made.stdout == index_json(documents, BOOSTS) + documents_json(documents)
