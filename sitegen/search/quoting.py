"""Phrases in quotes: Lunr's index keeps no places of words, so a phrase is looked for in the papers' own texts.

themes/default/static/js/search-quoting.js holds the same rules.
"""

import re
from collections.abc import Iterable
from typing import Final

from sitegen.search import text

MAX_CHECKED: Final = 100
"""So many of the best papers that hold a phrase's words are checked; the others are left out."""

Phrase = tuple[str, ...]

_QUOTES: Final = '"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'
_QUOTED = re.compile(f"(?:(?<= )|^)[+]?[{_QUOTES}]([^{_QUOTES}]+)[{_QUOTES}](?= |$)")


def take_phrases(query: str) -> tuple[str, tuple[Phrase, ...]]:
    """Take what stands in quotes out of a tidy query; give the rest and the words of each phrase.

    >>> take_phrases('+"Image/video models" -language')
    ('-language', (('image', 'video', 'models'),))
    """
    phrases = tuple(tuple(words_of(quoted)) for quoted in _QUOTED.findall(query))
    return text.spaced(_QUOTED.sub("", query)), tuple(phrase for phrase in phrases if phrase)


def words_of(given: str) -> list[str]:
    """Give the words of a text in their order, stop words too, as they are compared: folded, not stemmed."""
    tokens = text.spaced(given).replace("-", " ").split(" ")
    return [word for token in tokens for word in text.words(token)]


def holds_phrases(phrases: Iterable[Phrase], texts: Iterable[str]) -> bool:
    """Tell whether each phrase stands in one of the texts, its words side by side."""
    lines = [_line(words_of(given)) for given in texts]
    return all(any(_line(phrase) in line for line in lines) for phrase in phrases)


def note_on_phrases(candidates: int) -> str:
    """Tell the reader where phrases were looked for. candidates: papers that hold all their words."""
    if candidates > MAX_CHECKED:
        return f"Phrases were looked for in the best {MAX_CHECKED} of {candidates:,} papers that have their words."
    return f"Phrases were looked for in all papers that have their words ({candidates})."


def _line(words: Iterable[str]) -> str:
    return "\n".join(("", *words, ""))
