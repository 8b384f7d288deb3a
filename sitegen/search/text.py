"""From text to the words that are indexed. themes/default/static/js/search-text.js holds the same rules.

Lunr's own trimmer leaves `18.73%.` as it is in Python and knows only ASCII in JavaScript, and nothing trims a query.
These rules replace it on both sides; tests/search/words.json pins the two languages to one another.
"""

import re
import string
import unicodedata
from functools import lru_cache
from typing import Final

SEPARATORS: Final = "\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What JavaScript calls white space: Lunr's query lexer splits there in the browser, so everything else must."""

_SPACE = re.compile(f"[{SEPARATORS}]{{2,}}|[{SEPARATORS.replace(' ', '')}]")
_IGNORED = re.compile("[\u00ad\u200b-\u200f\u2060]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_LETTERS: Final = str.maketrans(
    {
        "\N{LATIN SMALL LETTER SHARP S}": "ss",
        "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
        "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
        "\N{LATIN SMALL LETTER D WITH STROKE}": "d",
        "\N{LATIN SMALL LETTER ETH}": "d",
        "\N{LATIN SMALL LETTER THORN}": "th",
        "\N{LATIN SMALL LETTER AE}": "ae",
        "\N{LATIN SMALL LIGATURE OE}": "oe",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "\N{GREEK SMALL LETTER FINAL SIGMA}": "\N{GREEK SMALL LETTER SIGMA}",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    }
)
_WORD = re.compile(r"[^\s'.]+(?:(?:'|(?<=[0-9])\.(?=[0-9]))[^\s'.]+)*")
_POSSESSIVE = re.compile(r"'s\Z")

_EDGES: Final = string.punctuation.replace("_", "")
_UNSPACED: Final = (
    "\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0002fa1f\U00030000-\U000323af"
)
_THAI: Final = "\u0e01-\u0e3a\u0e40-\u0e4e"
_RUNS = re.compile(f"([{_UNSPACED}]+)|([{_THAI}]+)|([^{_UNSPACED}{_THAI}]+)")


def spaced(text: str) -> str:
    """Make every run of white space one space, and cut it at the ends."""
    if text.isascii() and text.isprintable() and "  " not in text:  # most texts, told quickly
        return text.strip(" ")
    return _SPACE.sub(" ", text).strip(" ")


def fold(text: str) -> str:
    """Make text comparable: compatibility forms resolved, lower case, Latin, Greek and Cyrillic accents dropped.

    >>> fold("Schrödinger ﬁts Ｗ²")
    'schrodinger fits w2'
    """
    lowered = unicodedata.normalize("NFKC", _IGNORED.sub("", text)).lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFD", lowered))
    return unicodedata.normalize("NFC", plain).translate(_LETTERS)


@lru_cache(maxsize=1 << 16)
def words(token: str) -> tuple[str, ...]:
    """Give the words of one token (what stands between two spaces): letters, marks, numbers and `_`.

    An apostrophe joins, and so does a full stop between digits; `'s` is dropped. Scripts that are written without
    spaces (Han, kana, Thai) give pairs of neighbouring characters.

    >>> words("(e.g.,"), words("18.73%."), words("model's"), words("大模型")
    (('e', 'g'), ('18.73',), ('model',), ('大模', '模型'))
    """
    bare = token.strip(_EDGES)
    if bare.isascii() and bare.isalnum():  # most tokens by far, and what follows takes a while
        return (bare.lower(),)
    return tuple(part for word in _WORD.findall(_blanked(fold(token))) for part in _parts(_POSSESSIVE.sub("", word)))


def _blanked(folded: str) -> str:
    return "".join(c if c in "'._" or unicodedata.category(c)[0] in "LMN" else " " for c in folded)


def _parts(word: str) -> list[str]:
    """Cut a word where the way of writing changes."""
    return [p for han, thai, other in _RUNS.findall(word) for p in ([other] if other else _pairs(han or thai))]


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]
