"""What is built upon an earlier build is what a clean build gives, byte for byte."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.search import SearchDocument, build_files, number_documents
from sitegen.search.files import list_files
from sitegen.search.state import NOTHING, SearchState, update_state
from sitegen.search.stored import dump_state, load_state

from .catalogue import BOOSTS, paper


def updated(state: SearchState, papers: Sequence[SearchDocument]) -> SearchState:
    numbered = number_documents(papers)
    return update_state(state, numbered, [known.digest for known in numbered])


def files_of(state: SearchState, papers: Sequence[SearchDocument]) -> dict[str, bytes]:
    files = list_files(state, number_documents(papers), BOOSTS)
    return {path: files.make(path) for path in files.paths()}


WORDS = st.lists(st.sampled_from("dog dogs cat running modèle 模型 the a-b \U0001d4c0".split()), max_size=6).map(
    " ".join
)
DATES = st.sampled_from([None, date(2023, 1, 1), date(2024, 1, 1), date(2024, 2, 2)])
CATALOGUES = st.lists(
    st.builds(paper, WORDS, WORDS, slug=st.sampled_from("abcdefghijkl"), date=DATES, organization=WORDS),
    unique_by=lambda known: known.slug,
)


@given(st.lists(CATALOGUES, min_size=2, max_size=4))
def test_any_catalogue_after_any_other(catalogues: list[list[SearchDocument]]) -> None:
    state = NOTHING
    for papers in catalogues:
        state = updated(state, papers)
        assert files_of(state, papers) == build_files(papers, BOOSTS)


def edited(papers: list[SearchDocument], place: int) -> list[SearchDocument]:
    changed = replace(papers[place], abstract=f"{papers[place].abstract} Unheard-of zyx.")
    return [*papers[:place], changed, *papers[place + 1 :]]


@pytest.mark.parametrize("place", [0, 60, 125])
def test_papers_edited_removed_and_added(documents: list[SearchDocument], place: int) -> None:
    papers = number_documents(documents)
    without = [*papers[:place], *papers[place + 1 :]]
    state = updated(NOTHING, papers)
    for now in (edited(papers, place), papers, without, edited(without, 50), papers):
        state = updated(state, now)
        assert files_of(state, now) == build_files(now, BOOSTS)


def test_a_state_that_is_read_again_goes_on_as_it_would_have(documents: list[SearchDocument]) -> None:
    first = edited(documents, 100)
    kept = load_state(dump_state(updated(NOTHING, first), "engine"), "engine")
    assert kept.index.digests
    assert files_of(updated(kept, documents), documents) == build_files(documents, BOOSTS)


def test_an_empty_state_is_read_again() -> None:
    assert files_of(load_state(dump_state(updated(NOTHING, []), "engine"), "engine"), []) == build_files([], BOOSTS)


def test_only_fresh_documents_are_analysed(documents: list[SearchDocument]) -> None:
    class Unread(SearchDocument):
        @property
        def texts(self) -> tuple[str, ...]:
            raise AssertionError(self.slug)

    numbered = number_documents(documents)
    digests = [known.digest for known in numbered]
    state = update_state(NOTHING, numbered, digests)
    names = SearchDocument.__slots__
    unread = [Unread(**{name: getattr(known, name) for name in names}) for known in numbered]
    assert update_state(state, [*unread, paper("A new one")], [*digests, b"new"]).index.digests[-1] == b"new"


@pytest.mark.parametrize("place", [0, 5, 20, 500, -1])
def test_a_damaged_state_is_none(documents: list[SearchDocument], place: int) -> None:
    data = bytearray(dump_state(updated(NOTHING, documents[:9]), "engine"))
    data[place] ^= 1
    assert load_state(bytes(data), "engine") is NOTHING


@pytest.mark.parametrize("data", [b"", b"x", b"x" * 1000])
def test_what_is_no_state_is_none(data: bytes) -> None:
    assert load_state(data, "engine") is NOTHING


def test_a_state_of_another_engine_is_none(documents: list[SearchDocument]) -> None:
    assert load_state(dump_state(updated(NOTHING, documents[:9]), "engine"), "other") is NOTHING
