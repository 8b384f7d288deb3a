"""From documents to index terms. What lunr.py does to every token is done here to every distinct token, once."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lunr.stop_word_filter import WORDS as STOP_WORDS

from sitegen.search import pipeline, text
from sitegen.search.documents import SearchDocument


@dataclass(frozen=True, slots=True)
class Analysis:
    """The tokens of a catalogue's texts and the terms that they stand for.

    terms: in the order in which they first appear, which numbers them as Lunr does. tokens: numbers of distinct tokens,
    document by document, field by field. lengths: how many tokens each field of each document has, in that order.
    meanings: the numbers of the terms of distinct token 0, then those of 1, ... sizes: how many those are.
    """

    terms: list[str]
    tokens: "array[int]"
    lengths: "array[int]"
    meanings: "array[int]"
    sizes: "array[int]"


class _Numbers(dict[str, int]):
    """Numbers texts in the order in which they are asked for."""

    def __missing__(self, asked: str) -> int:
        number = self[asked] = len(self)
        return number


class Analyser(dict[str, str]):
    """The terms of each token met so far, with spaces between them."""

    def __missing__(self, token: str) -> str:
        known = self[token] = token_terms(token)
        return known


def token_terms(token: str) -> str:
    """Give the terms of a token, with spaces between them.

    >>> token_terms("image/videos"), token_terms("the")
    ('imag video', '')
    """
    return " ".join(pipeline.stem(word) for word in text.words(token) if word not in STOP_WORDS)


def analyse(numbered: Sequence[SearchDocument], analyser: Mapping[str, str] | None = None) -> Analysis:
    """Find the terms of documents. analyser: gives `token_terms`, and may remember them from build to build."""
    distinct, numbers = _Numbers(), _Numbers()
    lengths, meanings, sizes = array("i"), array("i"), array("i")
    tokens: list[int] = []  # a list takes what a map gives faster than an array does
    for document in numbered:
        for given in document.texts:
            found = given.lower().replace("-", " ").split(" ")  # as lunr.py splits a text that is spaced
            tokens.extend(map(distinct.__getitem__, found))
            lengths.append(len(found))
    for line in map((Analyser() if analyser is None else analyser).__getitem__, distinct):
        terms = line.split()
        meanings.extend(map(numbers.__getitem__, terms))
        sizes.append(len(terms))
    return Analysis(list(numbers), array("i", tokens), lengths, meanings, sizes)
