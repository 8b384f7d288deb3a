"""The terms of a paper."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.related.terms import MOST_COUNTED, Terms, terms_of


def counted(title: str, abstract: str) -> dict[str, int]:
    terms = terms_of(title, abstract)
    return dict(zip(terms.words.split(), terms.counts, strict=True))


def test_a_word_of_the_title_counts_three_times() -> None:
    assert counted("Spiral galaxies", "A galaxy.") == {"galaxy": 4, "spiral": 3}


def test_words_of_any_abstract_do_not_count() -> None:
    assert terms_of("We propose a novel method", "") == Terms("", b"")


def test_terms_stand_in_alphabetical_order() -> None:
    assert terms_of("", "zebra apple mango").words == "apple mango zebra"


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("galaxies", "galaxy"),
        ("losses", "loss"),
        ("boxes", "box"),
        ("tokens", "token"),
        ("physics", "physics"),
        ("basis", "basis"),
        ("gas", "gas"),
    ],
)
def test_plural_and_singular_are_one_term(plural: str, singular: str) -> None:
    assert terms_of("", plural).words == singular


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("text-to-image", "text-to-image"),
        ("3d-aware", "d-aware"),
        ("_snake_case_", "snake_case"),
        ("GPT-4", "gpt-4"),
        ("Schrödinger's équation", "schrödinger équation"),
        ("an ox", ""),
    ],
)
def test_where_a_term_begins_and_ends(text: str, words: str) -> None:
    assert terms_of("", text).words == words


def test_no_term_counts_without_end() -> None:
    assert counted("", "galaxy " * 1000) == {"galaxy": MOST_COUNTED}


@given(st.text(st.characters(max_codepoint=127)) | st.text())
def test_terms_are_what_one_search_over_the_text_finds(text: str) -> None:
    found = Counter(re.findall(r"[^\W\d_][\w-]+[^\W_]", text.casefold()))
    assert sum(counted("", text).values()) <= found.total()
    assert set(terms_of("", " ".join(found)).words.split()) == set(terms_of("", text).words.split())
