"""Phrases in quotes: Lunr's index keeps no places of words, so a phrase is looked for in the papers' own texts.

themes/default/static/js/search-quoting.js holds the same rules.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sitegen.search import text

MAX_CHECKED: Final = 100
"""So many of the best papers that hold a phrase's words are checked; the others are left out."""

MAX_ABSENT: Final = 8
"""So many phrases that no paper may hold are looked for."""

Phrase = tuple[str, ...]

_QUOTES: Final = '"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'
_QUOTED = re.compile(f"(?:(?<= )|^)([-+]?)[{_QUOTES}]([^{_QUOTES}]+)[{_QUOTES}](?= |$)")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A query without what stood in quotes: phrases that papers have to hold, and such as they must not hold."""

    rest: str
    phrases: tuple[Phrase, ...] = ()
    absent: tuple[Phrase, ...] = ()


def take_phrases(query: str) -> Quoted:
    """Take what stands in quotes out of a tidy query.

    >>> take_phrases('+"Image/video models" -language -"a survey"')
    Quoted(rest='-language', phrases=(('image', 'video', 'models'),), absent=(('a', 'survey'),))
    """
    found = [(sign == "-", tuple(words_of(quoted))) for sign, quoted in _QUOTED.findall(query)]
    phrases = tuple(phrase for is_absent, phrase in found if phrase and not is_absent)
    absent = tuple(phrase for is_absent, phrase in found if phrase and is_absent)
    return Quoted(text.spaced(_QUOTED.sub("", query)), phrases, absent[:MAX_ABSENT])


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


def note_on_absent(candidates: int) -> str:
    """Tell the reader what was left out. candidates: papers that hold all words of a phrase that none may hold."""
    if candidates > MAX_CHECKED:
        among = f"the best {MAX_CHECKED} of {candidates:,} that have its words"
        return f"Papers that hold the phrase were left out of {among}."
    return f"Papers that hold the phrase were left out ({candidates} were looked through)." if candidates else ""


def _line(words: Iterable[str]) -> str:
    return "\n".join(("", *words, ""))
