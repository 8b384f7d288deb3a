"""Finding many phrases in a text at once, word by word.

A text is folded to plain lower-case words; a phrase is a row of such words. Every phrase of a `PhraseIndex` is found in
one walk over the text, whatever their number, and the walk looks no further ahead than the longest phrase.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

STEM_LETTERS = 4
"""How many letters a word needs before its `*`: a shorter stem stands for too many words."""

_WORD = re.compile(r"[^\W_]+")
_APART = {code: " " for code in range(128) if not chr(code).isalnum()}
"""Plain signs become blanks; to split at these takes a fraction of the time of a search."""
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_PHRASE_WORD = re.compile(r"[^\W_]+\*?")


@dataclass(slots=True)
class _Node:
    """A state of the walk.

    following: where the next word leads. stems: by a word's first letters, the stems that it may begin with and where
    these lead. ends: the numbers of the phrases that end here.
    """

    following: dict[str, "_Node"] = field(default_factory=dict)
    stems: dict[str, dict[str, "_Node"]] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)

    def step(self, word: str) -> list["_Node"]:
        """Give the states after a word: it may be known as it stands, and by several stems."""
        exact = self.following.get(word)
        states = [exact] if exact else []
        for stem, node in self.stems.get(word[:STEM_LETTERS], {}).items():
            if word.startswith(stem):
                states.append(node)
        return states

    def grow(self, word: str) -> "_Node":
        """Give the state after a word of a phrase, made where it is not there; the word's plural leads there too."""
        if word.endswith("*"):
            return self.stems.setdefault(word[:STEM_LETTERS], {}).setdefault(word[:-1], _Node())
        node = self.following.setdefault(word, _Node())
        self.following.setdefault(plural(word), node)
        return node


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """Phrases made ready to be found; `build_phrase_index` makes one.

    firsts: where a phrase's first word leads, of the words that no stem fits.
    """

    root: _Node
    firsts: Mapping[str, _Node]

    def find(self, words: Sequence[str]) -> list[tuple[int, int, int]]:
        """Give (phrase number, start, end not included) of every phrase in the words of a text.

        By start; of those that start together, the longest first.
        """
        found: list[tuple[int, int, int]] = []
        firsts, stems = self.firsts, self.root.stems
        starts = [place for place, word in enumerate(words) if word in firsts or word[:STEM_LETTERS] in stems]
        for start in starts:
            node = firsts.get(words[start])
            if not node or node.stems or (start + 1 < len(words) and words[start + 1] in node.following):
                found += self._starting_at(words, start)
            else:
                found += [(number, start, start + 1) for number in node.ends]
        return found

    def _starting_at(self, words: Sequence[str], start: int) -> list[tuple[int, int, int]]:
        found: list[tuple[int, int, int]] = []
        states = [self.root]
        for end in range(start, len(words)):
            states = [after for state in states for after in state.step(words[end])]
            if not states:
                break
            found[:0] = [(number, start, end + 1) for state in states for number in state.ends]
        return found


def build_phrase_index(phrases: Sequence[str]) -> PhraseIndex:
    """Make phrases ready to be found; a phrase's number is its place in the sequence."""
    rows = [(number, row) for number, phrase in enumerate(phrases) for row in spellings(phrase)]
    singular = _singulars({word for _, row in rows for word in row})
    root = _Node()
    for number, row in rows:
        node = root
        for word in row:
            node = node.grow(singular.get(word, word))
        node.ends.append(number)
    return PhraseIndex(root, {word: node for word, node in root.following.items() if root.step(word) == [node]})


def _singulars(words: Iterable[str]) -> dict[str, str]:
    """Map plurals to singulars where the phrases have both, so that each of the two finds what the other finds."""
    known = set(words)
    return {plural(word): word for word in sorted(known) if plural(word) in known and plural(word) != word}


def words_of(text: str) -> list[str]:
    """Split a text into folded words: case, accents and punctuation do not count.

    >>> words_of("Schrödinger's Text-to-Image GANs")
    ['schrodinger', 's', 'text', 'to', 'image', 'gans']
    """
    folded = _folded(text)
    return folded.translate(_APART).split() if folded.isascii() else _WORD.findall(folded)


def spellings(phrase: str) -> list[tuple[str, ...]]:
    """Give the rows of words that a phrase stands for: where it has a hyphen, the words may also grow together.

    >>> spellings("pre-training loss")
    [('pre', 'training', 'loss'), ('pretraining', 'loss')]
    """
    folded = _folded(phrase)
    rows = (tuple(_PHRASE_WORD.findall(form)) for form in (folded, folded.replace("-", "")))
    return [row for row in dict.fromkeys(rows) if row]


def plural(word: str) -> str:
    """Give the regular English plural; a lone letter has none, lest "a" should also find "as".

    >>> [plural(word) for word in ("model", "policy", "loss", "survey", "a")]
    ['models', 'policies', 'losses', 'surveys', 'a']
    """
    if len(word) == 1:
        return word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _folded(text: str) -> str:
    if not text.isascii():
        text = _FOREIGN.sub(_without_marks, unicodedata.normalize("NFKD", text))
    return text.casefold()


def _without_marks(found: re.Match[str]) -> str:
    return "".join(c for c in found[0] if not unicodedata.combining(c))
