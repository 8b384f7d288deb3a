"""The functions that every text and every query passes on its way to index terms, in the form that lunr.py runs.

The built index names them by label. In the browser "stopWordFilter" and "stemmer" are lunr.js's own, and
"normalizer" is registered by search-lunr.js.
"""

from functools import lru_cache
from typing import Final

from lunr.pipeline import Pipeline
from lunr.stemmer import PorterStemmer
from lunr.stop_word_filter import stop_word_filter
from lunr.token import Token

from sitegen.search import text, utf16

LABELS: Final = ["normalizer", "stopWordFilter", "stemmer"]
"""The pipeline of texts and of queries, as the built index names it."""


class Stemmer(PorterStemmer):
    """lunr.py's Porter stemmer, corrected where it parts from lunr.js.

    The two differ in step 1c, which makes a final y an i: lunr.py where a vowel stands anywhere before it ("survei",
    "kei"), lunr.js where a consonant stands right before it ("survey", "key"). The rest are single words.
    """

    b: str
    k: int
    _ENDINGS_ALONE: Final = {"eed": "e", "eeds": "e", "ies": "ie", "sses": "sse"}

    def stem(self, p: str, metadata: object = None) -> str:
        """Give the stem of a word. Words that are nothing but an ending keep a letter in lunr.js."""
        return self._ENDINGS_ALONE.get(p) or str(super().stem(p, metadata))

    def step1c(self) -> None:
        """Make a final y an i after a consonant that is not the first letter."""
        if self.k > 1 and self.b[self.k] == "y" and self.b[self.k - 1] not in "aeiou":
            self.b = self.b[: self.k] + "i" + self.b[self.k + 1 :]

    def doublec(self, j: int) -> bool:
        """Tell whether a double consonant ends at j; lunr.js never counts a double y."""
        return self.b[j] != "y" and bool(super().doublec(j))


_STEMMER: Final = Stemmer()


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Give the stem of one word, the same as lunr.js gives; it counts code units, so the word is taken apart first."""
    return utf16.joined(_STEMMER.stem(utf16.units(word)))


def normalizer(token: Token, _position: int = 0, _tokens: object = None) -> list[Token]:
    """Replace one token by its words (`text.words`)."""
    return [Token(word, token.metadata) for word in text.words(str(token))]


def stemmer(token: Token, _position: int = 0, _tokens: object = None) -> Token:
    """Replace a token by its stem."""
    return Token(stem(str(token)), token.metadata)


def build_pipeline() -> Pipeline:
    """Make the pipeline of texts and of queries; its functions carry the names of `LABELS`."""
    pipeline = Pipeline()
    for label, function in zip(LABELS, (normalizer, stop_word_filter, stemmer), strict=True):
        function.label = label  # lunr.py reads a function's name in the index from this attribute
        pipeline.add(function)
    return pipeline


def terms(word: str) -> list[str]:
    """Give the index terms of one word of a text or a query; none for a stop word or a mark.

    >>> terms("Diffusion,"), terms("the"), terms("image/video")
    (['diffus'], [], ['imag', 'video'])
    """
    return [str(t) for t in build_pipeline().run([Token(word)])]
