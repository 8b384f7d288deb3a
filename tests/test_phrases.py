import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sitegen.phrases import build_phrase_index, plural, spellings, words_of

PHRASES = ["graph", "graph neural network", "neural network", "pre-training", "geomet*", "a survey"]


def found(text: str) -> list[tuple[str, int, int]]:
    index = build_phrase_index(PHRASES)
    return [(PHRASES[number], start, end) for number, start, end in index.find(words_of(text))]


def test_phrases_that_begin_together_come_longest_first() -> None:
    assert found("A graph neural network") == [
        ("graph neural network", 1, 4),
        ("graph", 1, 2),
        ("neural network", 2, 4),
    ]


def test_every_word_may_be_plural() -> None:
    assert found("graphs") == [("graph", 0, 1)]
    assert found("neural networks") == [("neural network", 0, 2)]
    assert found("as survey") == []


def test_a_hyphen_may_be_a_space_or_nothing() -> None:
    for text in ("pre-training", "pre training", "Pretraining"):
        assert [phrase for phrase, _, _ in found(text)] == ["pre-training"]
    assert found("neuralnetwork") == []


def test_a_star_stands_for_any_ending_and_for_none() -> None:
    for text in ("geometry", "Geometric", "geomet"):
        assert [phrase for phrase, _, _ in found(text)] == ["geomet*"]
    assert found("geome biogeometry") == []


def test_a_plural_and_its_singular_find_the_same() -> None:
    index = build_phrase_index(["bounds", "bound"])
    for text in ("bound", "bounds"):
        assert [number for number, _, _ in index.find(words_of(text))] == [0, 1]


def test_accents_ligatures_and_width_do_not_matter() -> None:
    assert words_of("Poincar\u00e9 e\ufb03cient \uff27\uff21\uff2e") == ["poincare", "efficient", "gan"]


@given(st.text(st.characters(max_codepoint=127)) | st.text())
def test_words_are_letters_and_digits_in_a_row(text: str) -> None:
    folded = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    assert words_of(text) == re.findall(r"[^\W_]+", folded)


_WORDS = st.sampled_from(
    ["graph", "graphs", "neural", "network", "networks", "pre", "training", "a", "survey", "geometry", "geometric"]
)


@given(st.lists(_WORDS, max_size=12))
def test_the_walk_finds_what_looking_everywhere_finds(words: list[str]) -> None:
    """The definition, spelled out: each phrase at each place, word by word."""

    def fits(pattern: str, word: str) -> bool:
        return word.startswith(pattern[:-1]) if pattern.endswith("*") else word in (pattern, plural(pattern))

    everywhere = {
        (number, start, start + len(row))
        for number, phrase in enumerate(PHRASES)
        for row in spellings(phrase)
        for start in range(len(words) - len(row) + 1)
        if all(fits(pattern, word) for pattern, word in zip(row, words[start:], strict=False))
    }
    assert set(build_phrase_index(PHRASES).find(words)) == everywhere
