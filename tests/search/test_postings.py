"""Where terms stand, how often, and with what weight."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.search import SearchDocument
from sitegen.search.analysis import Analysis, analyse
from sitegen.search.documents import FIELDS
from sitegen.search.postings import AT_ONCE, Postings, find_postings, lunr_numbers

from .catalogue import paper

PAPERS = [paper("dog cat", "cat cat", slug="a"), paper("bird", "dog", slug="b"), paper("dog dog", slug="c")]


def rows(postings: Postings) -> list[tuple[int, int, int, int]]:
    """Give term, field, document and frequency of each row."""
    terms, fields = np.divmod(postings.slots, len(FIELDS))
    columns = (terms, fields, postings.documents, postings.counts)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_rows_are_sorted_by_term_field_and_document() -> None:
    found = find_postings(analyse(PAPERS), [0, 1, 2])
    assert rows(found) == [(0, 0, 0, 1), (0, 0, 2, 2), (0, 1, 1, 1), (1, 0, 0, 1), (1, 1, 0, 2), (2, 0, 1, 1)]
    assert found.bounds.tolist() == [0, 2, 3, 3, 3, 4, 5, 5, 5, 6, 6, 6, 6]
    assert found.pairs.tolist() == [3, 2, 1]


def test_terms_are_in_the_order_in_which_they_are_asked_for() -> None:
    found = find_postings(analyse(PAPERS), [2, 0])
    assert rows(found) == [(0, 0, 1, 1), (1, 0, 0, 1), (1, 0, 2, 2), (1, 1, 1, 1)]


def test_ranks_count_all_words_before_in_the_first_document() -> None:
    assert find_postings(analyse([paper("dog dog cat", "cat bird", slug="a")]), [0, 1, 2]).ranks.tolist() == [0, 2, 4]


def test_a_term_that_stands_nowhere_has_no_rows() -> None:
    found = find_postings(analyse([paper("dog", slug="a")], analyse([paper("cat")])), [0, 1])
    assert (rows(found), found.pairs.tolist()) == ([(1, 0, 0, 1)], [0, 1])


@pytest.mark.parametrize("count", [AT_ONCE, AT_ONCE + 1])
def test_any_number_of_terms_can_be_asked_for(count: int) -> None:
    found = find_postings(analyse([paper(" ".join(f"w{n}" for n in range(count)))]), range(count))
    assert rows(found) == [(term, 0, 0, 1) for term in range(count)]


def counted(documents: list[SearchDocument], analysis: Analysis) -> Counter[tuple[int, int, int]]:
    """Count one by one what the postings count all at once."""
    slots = [(document, field) for document in range(len(documents)) for field in range(len(FIELDS))]
    owners = [slot for slot, size in zip(slots, analysis.lengths.ravel().tolist(), strict=True) for _ in range(size)]
    terms = analysis.stems[analysis.occurrences].tolist()
    return Counter((term, field, document) for (document, field), term in zip(owners, terms, strict=True))


@given(st.lists(st.tuples(st.text("abc ", max_size=9), st.text("abc ", max_size=9)), max_size=5))
def test_every_occurrence_is_counted_once(texts: list[tuple[str, str]]) -> None:
    documents = [paper(title, abstract, slug=str(n)) for n, (title, abstract) in enumerate(texts)]
    analysis = analyse(documents)
    found = rows(find_postings(analysis, range(len(analysis.terms))))
    assert found == sorted((*key, count) for key, count in counted(documents, analysis).items())


def test_lunr_numbers_terms_as_they_first_appear() -> None:
    later = analyse([paper("bird dog cat", slug="a")], analyse([paper("cat fish dog")]))
    assert list(later.terms) == ["cat", "fish", "dog", "bird"]
    assert lunr_numbers(later).tolist() == [2, 3, 1, 0]
