"""All terms in one file."""

import json

from hypothesis import given
from hypothesis import strategies as st

from sitegen.search.utf16 import units
from sitegen.search.vocabulary import read_vocabulary, vocabulary_file

TERMS = st.dictionaries(st.text("ab1模\U00010400\U00010401\ufa0e", min_size=1, max_size=5), st.integers(1, 10**6))


def test_terms_are_written_without_what_they_share() -> None:
    data = json.loads(vocabulary_file(["att", "atten", "dog"], [2, 1, 3]))
    assert data == {"shared": "030", "rest": ["att", "en", "dog"], "papers": "213"}


def test_a_pair_of_surrogates_is_not_parted() -> None:
    data = json.loads(vocabulary_file(["\U00010400", "\U00010401"], [1, 1]))
    assert data["rest"] == ["\U00010400", "\U00010401"]


@given(TERMS)
def test_what_is_written_is_read(papers: dict[str, int]) -> None:
    terms = sorted(papers, key=units)
    found = read_vocabulary(json.loads(vocabulary_file(terms, [papers[term] for term in terms])))
    assert list(found.items()) == [(term, papers[term]) for term in terms]
