"""Finding many phrases in a text at once, word by word.

A text is folded to plain lower-case words; a phrase is a row of such words. Every phrase of a `PhraseIndex` is found in
one walk over the text, whatever their number, and the walk looks no further ahead than the longest phrase.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

STEM_LETTERS = 4
"""How many letters a word needs before its `*`: a shorter stem stands for too many words."""

_WORD = re.compile(r"[^\W_]+")
_PHRASE_WORD = re.compile(r"[^\W_]+\*?")


@dataclass(slots=True)
class _Node:
    """A state of the walk: where the next word leads, and the numbers of the phrases that end here."""

    following: dict[str, "_Node"] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """Phrases made ready to be found; `build_phrase_index` makes one.

    symbols: how the phrases spell a word of the text, so that a plural meets its singular.
    stems: the words that end in `*`, by their first letters. root: where each walk starts.
    """

    symbols: dict[str, str]
    stems: dict[str, tuple[str, ...]]
    root: _Node

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
        """Give (phrase number, start, end not included) of every phrase in the words of a text.

        By start; of those that start together, the longest first.
        """
        readings = [self._readings(word) for word in words]
        for start, reading in enumerate(readings):
            if reading:
                yield from _walk(self.root, readings, start)

    def _readings(self, word: str) -> tuple[str, ...]:
        symbol = self.symbols.get(word)
        stems = self.stems.get(word[:STEM_LETTERS])
        found = () if symbol is None else (symbol,)
        return found if stems is None else found + tuple(stem for stem in stems if word.startswith(stem[:-1]))


def _walk(root: _Node, readings: Sequence[tuple[str, ...]], start: int) -> Iterator[tuple[int, int, int]]:
    """Follow the words from `start` as far as any phrase goes, then give what ended on the way, last first."""
    ended: list[tuple[int, int, int]] = []
    nodes = [root]
    for end in range(start + 1, len(readings) + 1):
        nodes = [n.following[r] for n in nodes for r in readings[end - 1] if r in n.following]
        if not nodes:
            break
        ended.extend((number, start, end) for node in nodes for number in node.ends)
    return reversed(ended)


def build_phrase_index(phrases: Sequence[str]) -> PhraseIndex:
    """Make phrases ready to be found; a phrase's number is its place in the sequence."""
    rows = [(number, row) for number, phrase in enumerate(phrases) for row in spellings(phrase)]
    symbols: dict[str, str] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for word in sorted({word for _, row in rows for word in row}, key=lambda word: (len(word), word)):
        if word.endswith("*"):
            stems[word[:STEM_LETTERS]] = (*stems.get(word[:STEM_LETTERS], ()), word)
        else:
            symbols.setdefault(plural(word), symbols.setdefault(word, word))
    root = _Node()
    for number, row in rows:
        _add(root, [symbols.get(word, word) for word in row], number)
    return PhraseIndex(symbols, stems, root)


def _add(root: _Node, row: Sequence[str], number: int) -> None:
    node = root
    for word in row:
        node = node.following.setdefault(word, _Node())
    node.ends.append(number)


def words_of(text: str) -> list[str]:
    """Split a text into folded words: case, accents and punctuation do not count.

    >>> words_of("Schrödinger's Text-to-Image GANs")
    ['schrodinger', 's', 'text', 'to', 'image', 'gans']
    """
    return _WORD.findall(_folded(text))


def spellings(phrase: str) -> list[tuple[str, ...]]:
    """Give the rows of words that a phrase stands for: where it has a hyphen, the words may also grow together.

    >>> spellings("pre-training loss")
    [('pre', 'training', 'loss'), ('pretraining', 'loss')]
    """
    folded = _folded(phrase)
    rows = (tuple(_PHRASE_WORD.findall(form)) for form in (folded, folded.replace("-", "")))
    return [row for row in dict.fromkeys(rows) if row]


def plural(word: str) -> str:
    """Give the regular English plural.

    >>> [plural(word) for word in ("model", "policy", "loss", "survey")]
    ['models', 'policies', 'losses', 'surveys']
    """
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _folded(text: str) -> str:
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return text.casefold()
