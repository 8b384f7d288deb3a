"""What a paper is about: the words of its title and abstract that may tell it from others, and how often they stand."""

import functools
import re
from collections import Counter
from dataclasses import dataclass
from itertools import repeat

TITLE_WORTH = 3
"""A word of the title counts as often as this."""

MOST_COUNTED = 255
"""A word counts at most this often."""

_APART = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) not in "-_"}
"""Plain signs become blanks; to split at these takes a fraction of the time of a search."""
_CHUNK = re.compile(r"[\w-]+")
_WORD = re.compile(r"[^\W\d_][\w-]+[^\W_]")
_COMMON = frozenset(
    """
    about above across after again against all along already also although always among and another any are around
    base based been before being best better between both but can cannot code com common compare compared
    consistently could count data different does done each easily either empirical empirically enough entire even
    ever every existing experiments extensive few first for four from further github given gives good has have
    having here high how however http https idea improve improved improves into io its itself keep large learn
    learned learning less like low made make makes making many may method methods model models more most much must
    need needs network networks new non not novel now one only onto org other others our out over own paper per
    perform performance performs present propose proposed provide recent require result results reveal same several
    should show shown shows significantly simple since single small some state state-of-the-art still strong study
    such task tasks than that the their them then there these they this those three through thus time to too towards
    train trained training two under until use used useful uses using various very via was way well were what when
    where whether which while who whole why wide widely will with within without work works would www yet you your
    """.split()
)
"""Words of any abstract; they tell nothing of what it is about."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one paper. Compact, for a catalogue has millions, and plain, so that they can be kept in a file.

    words: the terms in alphabetical order, with blanks between. counts: how often each stands, a byte for each term.
    """

    words: str
    counts: bytes


def terms_of(title: str, abstract: str) -> Terms:
    """Count a text's words, plural and singular as one.

    >>> terms_of("Spiral galaxies", "A galaxy seen with telescopes.").words
    'galaxy seen spiral telescope'
    """
    counts = Counter(map(_term, _chunks(abstract)))
    for chunk in _chunks(title):
        counts[_term(chunk)] += TITLE_WORTH
    del counts[""]
    words = sorted(counts)
    return Terms(" ".join(words), bytes(map(min, map(counts.__getitem__, words), repeat(MOST_COUNTED))))


def _chunks(text: str) -> list[str]:
    """Cut a text into rows of letters, digits, hyphens and underscores."""
    folded = text.casefold()
    return folded.translate(_APART).split() if folded.isascii() else _CHUNK.findall(folded)


@functools.lru_cache(maxsize=1 << 16)
def _term(chunk: str) -> str:
    """Give the term that letters, digits and hyphens in a row stand for, "" for none. Texts repeat their words."""
    found = _WORD.search(chunk)
    return _singular(found[0]) if found and found[0] not in _COMMON else ""


def _singular(word: str) -> str:
    """Take a plural for its singular, which readers see as a shared word: galaxies, losses, models."""
    if len(word) < _SHORTEST_PLURAL or word in _ALWAYS_PLURAL or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word.removesuffix("s")


_SHORTEST_PLURAL = 5
_ALWAYS_PLURAL = frozenset({"series", "species", "physics", "mathematics", "dynamics", "statistics", "always"})
