"""The terms of a built index, looked up in its shards and in its vocabulary."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.search import SearchDocument, SearchIndex, automaton, read_index
from sitegen.search.analysis import analyse
from sitegen.search.lexicon import Lexicon, read_entry
from sitegen.search.utf16 import units

from .catalogue import write_search_files


@pytest.fixture
def terms(documents: list[SearchDocument]) -> list[str]:
    return sorted(analyse(documents).terms, key=units)


@pytest.fixture
def lexicon(index: SearchIndex) -> Lexicon:
    return index.lunr.lexicon


def test_every_term_is_found(lexicon: Lexicon, terms: list[str]) -> None:
    assert len(lexicon.first) > 10
    assert all(term in lexicon for term in terms)


def test_what_is_no_term_is_not_found(lexicon: Lexicon, terms: list[str]) -> None:
    assert not any(f"{term}\uffff" in lexicon for term in terms)
    assert "" not in lexicon
    assert "\U0010ffff" not in lexicon


def test_number_of_papers_is_that_of_the_lists(lexicon: Lexicon, terms: list[str]) -> None:
    entries = [lexicon.entry(term) for term in terms]
    assert [lexicon.papers(term) for term in terms] == [entry.pairs for entry in entries if entry]


@pytest.mark.parametrize("word", ["a", "diff", "zzz", "0", "video"])
def test_beginnings_are_a_range(lexicon: Lexicon, terms: list[str], word: str) -> None:
    expected = [term for term in terms if term.startswith(word)]
    assert lexicon.begins(word) == bool(expected)
    assert sorted(lexicon.expand(f"{word}*", 0)) == sorted(expected)


@pytest.mark.parametrize("pattern", ["*tion", "l*g", "*", "*er*", "di*ion", "video"])
def test_patterns_are_those_of_the_whole_automaton(lexicon: Lexicon, terms: list[str], pattern: str) -> None:
    whole = automaton.trie(map(units, terms))
    assert lexicon.expand(pattern, 0) == automaton.matches(whole, automaton.wildcard(pattern))


@pytest.mark.parametrize("word", ["difus", "vidoe", "languag", "x", "transfrom"])
@pytest.mark.parametrize("distance", [1, 2])
def test_misspelt_words_are_those_of_the_whole_automaton(
    lexicon: Lexicon, terms: list[str], word: str, distance: int
) -> None:
    whole = automaton.trie(map(units, terms))
    assert lexicon.expand(word, distance) == automaton.matches(whole, automaton.fuzzy(word, distance))


def test_a_beginning_touches_the_shards_of_its_range(lexicon: Lexicon) -> None:
    assert lexicon.shards("*", 0) == set(range(len(lexicon.first)))
    assert len(lexicon.shards("diffus*", 0)) <= 2
    assert len(lexicon.shards("vidoe", 1)) == 1


def test_empty_index_holds_nothing(tmp_path: Path) -> None:
    write_search_files(tmp_path, [])
    lexicon = read_index(tmp_path).lunr.lexicon
    assert "a" not in lexicon
    assert not lexicon.begins("a")
    assert lexicon.expand("a*", 0) == lexicon.expand("*a", 0) == []
    assert lexicon.shards("*", 0) == set()


LETTERS = st.text("ab1*", max_size=5).filter(bool)


@given(st.sets(st.text("ab1", min_size=1, max_size=6), max_size=30).map(sorted), LETTERS)
def test_accepted_words_are_those_that_match(terms: list[str], pattern: str) -> None:
    for asked in (automaton.wildcard(pattern), automaton.fuzzy(pattern.replace("*", "") or "a", 2)):
        found = automaton.accepted(terms, asked)
        assert found == sorted(automaton.matches(automaton.trie(terms), asked))
        assert automaton.matches(automaton.trie(found), asked) == automaton.matches(automaton.trie(terms), asked)


@pytest.mark.parametrize(
    "damaged",
    [
        ["a"],
        ["a", 1],
        ["a", 1, ["01", "1", "1"]],
        ["a", 1, ["0", "1"]],
        ["a", 1, ["0", "1", ""]],
        ["a", 1, 0, ["0"]],
        ["a", 1, 0, 0],
        ["a", None, ["0", "1", "1"]],
        ["a", 1, 0, ["0", "1"], 0, 0, 0],
        3,
    ],
)
def test_damaged_entry_is_refused(damaged: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        read_entry(damaged, 4)
