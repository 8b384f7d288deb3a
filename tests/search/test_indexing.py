"""The full index: the bytes that lunr.py's builder gives, in the order that lunr.js wants."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.search import SearchDocument, build_files, index_json
from sitegen.search.utf16 import units

from .catalogue import BOOSTS, ROOT, dump_documents, paper
from .reference import index_of_lunr


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


def test_bytes_are_those_of_lunr(documents: list[SearchDocument]) -> None:
    assert index_json(documents, BOOSTS) == index_of_lunr(documents, BOOSTS)


@pytest.mark.skipif("SITEGEN_CORPUS" not in os.environ, reason="SITEGEN_CORPUS names no folder of dumps")
def test_bytes_of_a_thousand_real_papers_are_those_of_lunr() -> None:
    files = sorted(Path(os.environ["SITEGEN_CORPUS"]).rglob("*.txt"))
    papers = dump_documents(files[:40])[:1000]
    assert len(papers) == 1000
    assert index_json(papers, BOOSTS) == index_of_lunr(papers, BOOSTS)


TEXTS = st.text(st.sampled_from("aab es.'-/ \u00a0\u2009éΣ模型ไ\U0001d49c0"), max_size=12)
PAPERS = st.lists(
    st.builds(paper, TEXTS, TEXTS, slug=st.integers(0, 10**6).map(str)), min_size=1, unique_by=lambda d: d.slug
)


@given(PAPERS, st.sampled_from([{}, {"title": 3.5}, {"abstract": 2, "topics": 0.25}]))
def test_bytes_of_any_texts_are_those_of_lunr(papers: list[SearchDocument], boosts: dict[str, float]) -> None:
    assert index_json(papers, boosts) == index_of_lunr(papers, boosts)


PROGRAM = """
import hashlib
from catalogue import BOOSTS, sample_documents
from sitegen.search import build_files
for path, data in build_files(sample_documents(), BOOSTS).items():
    print(path, hashlib.sha256(data).hexdigest())
"""


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_bytes_do_not_depend_on_the_hash_seed(seed: str, documents: list[SearchDocument]) -> None:
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{Path(__file__).parent}{os.pathsep}{ROOT}"}
    made = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, check=True, text=True)
    files = build_files(documents, BOOSTS)
    assert made.stdout.splitlines() == [f"{path} {hashlib.sha256(data).hexdigest()}" for path, data in files.items()]
