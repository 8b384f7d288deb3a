"""Words and terms of documents, each token looked at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunr.stop_word_filter import WORDS as STOP_WORDS

from sitegen.search import SearchDocument, text
from sitegen.search.analysis import Analysis, analyse
from sitegen.search.documents import FIELDS
from sitegen.search.pipeline import terms

from .catalogue import paper


def told(analysis: Analysis) -> list[str]:
    """Give the words of the texts, one after the other."""
    words = list(analysis.words)
    return [words[number] for number in analysis.occurrences.tolist()]


def test_words_are_numbered_as_they_are_met_and_stop_words_are_not() -> None:
    analysis = analyse([paper("The models", "of a model", slug="a"), paper("Big models", slug="b")])
    assert list(analysis.words) == ["models", "model", "big"] != sorted(analysis.words)
    assert told(analysis) == ["models", "model", "big", "models"]


def test_words_of_one_stem_are_one_term() -> None:
    analysis = analyse([paper("models model modelling networks", slug="a")])
    assert list(analysis.terms) == ["model", "network"]
    assert analysis.stems.tolist() == [0, 0, 0, 1]


def test_lengths_count_words_of_each_field() -> None:
    given = paper("image/video", "The (3.5) of it's", topic_titles=("Big data", "NLP"), organization="Org")
    assert analyse([given, paper("")]).lengths.tolist() == [[2, 1, 3, 1], [0, 0, 0, 0]]


def test_of_no_documents_everything_is_empty() -> None:
    analysis = analyse([])
    assert (list(analysis.words), analysis.occurrences.tolist(), analysis.lengths.shape) == ([], [], (0, len(FIELDS)))


def test_known_numbers_stay() -> None:
    before = analyse([paper("dog cat")])
    after = analyse([paper("bird dog")], before)
    assert list(after.words.items()) == [("dog", 0), ("cat", 1), ("bird", 2)]
    assert list(before.words) == ["dog", "cat"]
    assert told(after) == ["bird", "dog"]


ODD = st.text(st.sampled_from("aB-'. _/(1é模型ไ\x1c\x85\u00a0\u2009Σß\U0001d49c"), max_size=15)


@given(st.lists(ODD, max_size=4))
def test_words_are_those_of_every_token_by_itself(titles: list[str]) -> None:
    tokens = [token for title in titles for token in text.spaced(title).lower().replace("-", " ").split(" ")]
    words = [word for token in tokens for word in text.words(token) if word not in STOP_WORDS]
    assert told(analyse([paper(title, slug=str(n)) for n, title in enumerate(titles)])) == words


def test_terms_are_those_of_the_pipeline(documents: list[SearchDocument]) -> None:
    analysis = analyse(documents)
    stems = list(analysis.terms)
    for word, number in analysis.words.items():
        assert terms(word) == [stems[analysis.stems[number]]]


@pytest.mark.parametrize(("first", "end"), [(0, 0), (0, 2), (1, 2), (2, 3)])
def test_a_part_is_the_analysis_of_some_documents(first: int, end: int) -> None:
    papers = [paper("dog", "cat bird", slug="a"), paper("", slug="b"), paper("cat", slug="c")]
    whole = analyse(papers)
    occurrences, lengths = whole.part(first, end)
    alone = analyse(papers[first:end], whole)
    assert np.array_equal(occurrences, alone.occurrences)
    assert np.array_equal(lengths, alone.lengths)
