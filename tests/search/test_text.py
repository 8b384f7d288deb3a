"""What a word is, in both languages."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.search import pipeline, text

TABLE = Path(__file__).with_name("words.json")
WORDS: dict[str, list[str]] = json.loads(TABLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("word", "terms"), WORDS.items(), ids=map(ascii, WORDS))
def test_word_becomes_terms(word: str, terms: list[str]) -> None:
    assert pipeline.terms(word) == terms


@pytest.mark.parametrize("separator", ["\u00a0", "\u2009", "\u3000", "\u2028", "\ufeff", "\t\r\n", "  "])
def test_whatever_javascript_calls_white_space_separates(separator: str) -> None:
    assert text.spaced(f"{separator}one{separator}two{separator}") == "one two"


@given(st.text())
def test_words_are_folded_and_hold_letters_or_numbers(token: str) -> None:
    for word in text.words(token):
        assert word == text.fold(word) or unicodedata.category(word[0])[0] == "M"
        assert all(unicodedata.category(c)[0] in "LMN" or c in "_'." for c in word)
