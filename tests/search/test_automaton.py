"""Wildcards and misspelt words against a plain definition of each."""

import re

from hypothesis import given
from hypothesis import strategies as st

from sitegen.search import automaton

LETTERS = st.text("ab1", max_size=6)
TERMS = st.sets(LETTERS.filter(bool), max_size=30).map(sorted)


def matches(terms: list[str], query: automaton.Node) -> list[str]:
    return automaton.matches(automaton.trie(terms), query)


@given(TERMS, st.text("ab1*", min_size=1, max_size=5))
def test_star_stands_for_any_text(terms: list[str], pattern: str) -> None:
    expected = [t for t in terms if re.fullmatch(pattern.replace("*", ".*"), t)]
    assert sorted(matches(terms, automaton.wildcard(pattern))) == expected


@given(TERMS, LETTERS.filter(bool))
def test_distance_of_one_is_one_edit(terms: list[str], word: str) -> None:
    found = matches(terms, automaton.fuzzy(word, 1))
    assert sorted(found) == [t for t in terms if t in one_edit_away(word)]


def one_edit_away(word: str) -> set[str]:
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    left_out = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    replaced = {a + c + b[1:] for a, b in cuts if b for c in "ab1"}
    added = {a + c + b for a, b in cuts for c in "ab1"}
    return {word} | left_out | swapped | replaced | added


def test_digits_come_first_as_keys_of_javascript_objects_do() -> None:
    node = automaton.Node()
    for unit in "b$21a":
        node.step(unit)
    assert "".join(node.units()) == "12b$a"


def test_terms_with_digits_do_not_hide_one_another() -> None:
    terms = sorted(f"{letter}{number}" for letter in "abcdefgh" for number in range(300))
    assert sorted(matches(terms, automaton.wildcard("*"))) == terms
