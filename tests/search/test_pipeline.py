"""The stemmer is the one of lunr.js."""

import pytest
from lunr.stemmer import PorterStemmer

from sitegen.search import pipeline

STEMS = {"survey": "survey", "key": "key", "play": "play", "try": "tri", "eed": "e", "sses": "sse", "dyyed": "dyi"}


@pytest.mark.parametrize(("word", "stem"), STEMS.items())
def test_stem_is_that_of_lunr_js(word: str, stem: str) -> None:
    assert pipeline.stem(word) == stem


def test_lunr_py_still_needs_correcting() -> None:
    assert {word for word, stem in STEMS.items() if PorterStemmer().stem(word) != stem} == set(STEMS)


def test_length_is_counted_in_code_units() -> None:
    assert pipeline.stem("\U00010400s") == "\U00010400"


def test_pipeline_goes_by_the_names_that_the_index_carries() -> None:
    assert pipeline.build_pipeline().serialize() == ["normalizer", "stopWordFilter", "stemmer"]
