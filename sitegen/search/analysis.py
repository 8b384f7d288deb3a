"""From documents to words and index terms. What lunr.py does to every token is done here once to every distinct one."""

import string
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from lunr.stop_word_filter import WORDS as STOP_WORDS

from sitegen.search import pipeline, text
from sitegen.search.documents import FIELDS, SearchDocument

Integers: TypeAlias = npt.NDArray[np.int32]
Wide: TypeAlias = npt.NDArray[np.int64]

_PLAIN: Final = str.maketrans(string.ascii_uppercase, string.ascii_lowercase) | dict.fromkeys(
    map(ord, set(string.punctuation) - set("_'.")), " "
)
"""Of ASCII, what is lower case, and what always parts words; it leaves far fewer distinct tokens."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The words of a catalogue's texts, and the terms that they stand for.

    words: the number of each distinct word that is no stop word. terms: the number of each distinct stem. Both are
    numbered as they were first met, which is their order: in a clean build as Lunr numbers its terms, in a later one
    after all those met before, of which some may be nowhere any more. stems: the number of each word's term, shape
    (words,). occurrences: the numbers of words as they stand in the texts, document by document, field by field, shape
    (occurrences,). lengths: how many each field of each document has, shape (documents, fields).
    """

    words: Mapping[str, int]
    terms: Mapping[str, int]
    stems: Integers
    occurrences: Integers
    lengths: Integers

    @property
    def sizes(self) -> Wide:
        """How many words each document has, shape (documents,)."""
        sizes: Wide = self.lengths.sum(axis=1, dtype=np.int64)
        return sizes

    def part(self, first: int, end: int) -> tuple[Integers, Integers]:
        """Give the occurrences and the lengths of the documents from one number up to another."""
        start, length = (int(self.lengths[slice(*part)].sum()) for part in ((0, first), (first, end)))
        return self.occurrences[start : start + length], self.lengths[first:end]


NOTHING: Final = Analysis({}, {}, np.empty(0, np.int32), np.empty(0, np.int32), np.empty((0, len(FIELDS)), np.int32))


class _Numbers(dict[str, int]):
    """Numbers texts in the order in which they are asked for."""

    def __missing__(self, asked: str) -> int:
        number = self[asked] = len(self)
        return number


def analyse(documents: Sequence[SearchDocument], known: Analysis = NOTHING) -> Analysis:
    """Find the words and terms of documents. known: an analysis whose numbers of words and terms are kept."""
    distinct = _Numbers()
    counts = array("i")
    tokens = np.fromiter(map(distinct.__getitem__, chain.from_iterable(_tokens(documents, counts))), np.int32)
    words = _Numbers(known.words)
    meanings, sizes = array("i"), array("i")  # arrays, since the garbage collector looks through lists of lists
    for token in distinct:
        found = [words[word] for word in text.words(token) if word not in STOP_WORDS]
        meanings.extend(found)
        sizes.append(len(found))
    occurrences, lengths = _spread(tokens, np.array(counts), np.array(meanings, np.int32), np.array(sizes, np.int32))
    terms = _Numbers(known.terms)
    stems = np.fromiter((terms[pipeline.stem(word)] for word in islice(words, len(known.words), None)), np.int32)
    return Analysis(words, terms, np.append(known.stems, stems), occurrences, lengths.reshape(-1, len(FIELDS)))


def _tokens(documents: Sequence[SearchDocument], counts: "array[int]") -> Iterator[list[str]]:
    """Yield the tokens of each field of each document, as lunr.py splits it or finer; note how many there are."""
    for document in documents:
        for given in document.texts:
            if given.isascii():  # most texts are, and what parts words in them is told quickly
                found = given.translate(_PLAIN).split()
            else:
                found = text.spaced(given).lower().replace("-", " ").split(" ")
            counts.append(len(found))
            yield found


def _spread(tokens: Integers, counts: Integers, meanings: Integers, sizes: Integers) -> tuple[Integers, Integers]:
    """Put for each token the words that it stands for, many or none; give them, and how many each field has.

    counts: tokens of each field. meanings: the words of token 0, then those of 1, ... sizes: how many those are.
    """
    here = sizes[tokens]
    ends = np.cumsum(here, dtype=np.int32)
    first = (np.cumsum(sizes, dtype=np.int32) - sizes)[tokens]
    first -= ends - here
    words = meanings[np.repeat(first, here) + np.arange(ends[-1] if len(ends) else 0, dtype=np.int32)]
    fields = np.append(0, ends)[np.append(0, np.cumsum(counts, dtype=np.int64))]
    return words, np.diff(fields).astype(np.int32)
