"""All terms in one file, front coded."""

import json
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sitegen.search.fronts import NOTHING, FrontCoded, front_code, vocabulary_file
from sitegen.search.utf16 import units
from sitegen.search.vocabulary import read_vocabulary

TERMS = st.lists(st.text("ab1模\U00010400\U00010401\ufa0e", min_size=1, max_size=5), unique=True)


def coded(terms: list[str], standing: set[str], known: FrontCoded = NOTHING) -> tuple[FrontCoded, list[int]]:
    order = sorted((n for n, term in enumerate(terms) if term in standing), key=lambda n: units(terms[n]))
    return front_code(terms, np.array(order, np.int32), known), order


def written(coded: FrontCoded, order: list[int], papers: list[int]) -> Any:
    return json.loads(vocabulary_file(coded, np.array(order, np.int32), np.array(papers, np.int64)))


def test_terms_are_written_without_what_they_share() -> None:
    terms = ["atten", "dog", "att"]
    data = written(*coded(terms, set(terms)), [1, 3, 2])
    assert data == {"shared": "030", "rest": ["att", "en", "dog"], "papers": "213"}


def test_a_pair_of_surrogates_is_not_parted() -> None:
    terms = ["\U00010400", "\U00010401"]
    assert written(*coded(terms, set(terms)), [1, 1])["rest"] == terms


@given(TERMS)
def test_what_is_written_is_read(terms: list[str]) -> None:
    papers = list(range(1, len(terms) + 1))
    found = read_vocabulary(written(*coded(terms, set(terms)), papers))
    assert list(found.items()) == sorted(zip(terms, papers, strict=True), key=lambda item: units(item[0]))


@given(TERMS, TERMS, st.data())
def test_what_was_coded_before_makes_no_difference(old: list[str], new: list[str], data: st.DataObject) -> None:
    terms = list(dict.fromkeys(old + new))
    before, _ = coded(old, set(data.draw(st.lists(st.sampled_from(old)))) if old else set())
    standing = set(data.draw(st.lists(st.sampled_from(terms)))) if terms else set()
    papers = list(range(len(terms)))
    assert written(*coded(terms, standing, before), papers) == written(*coded(terms, standing), papers)
