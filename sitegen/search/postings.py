"""Postings: the documents that hold a term in a field, how often, and with what weight; columns of numbers all."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from sitegen.search.analysis import Analysis, Integers, Wide
from sitegen.search.documents import FIELDS, K1, B

AT_ONCE: Final = (1 << 16) // len(FIELDS)
"""Of so many terms the postings are found in linear time: numpy sorts numbers of 16 bits by radix."""

_NEAR = 1e-6
"""How near to a half a product is rounded with care: far above the error of a multiplication."""

Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Postings:
    """A row for each field of a document that holds a term, sorted by term, field and document.

    documents, counts: the document's number, and how often it holds the term there, shape (rows,). bounds: the rows of
    field f of term t are those from bounds[t * number of fields + f] to the next bound, shape (terms * fields + 1,).
    ranks: the place of a term among all those of the document in which it first appears, shape (terms,).
    """

    documents: Integers
    counts: Wide
    bounds: Wide
    ranks: Wide

    @property
    def slots(self) -> Wide:
        """The term and field of each row, as term * number of fields + field, shape (rows,)."""
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))

    @property
    def pairs(self) -> Wide:
        """In how many fields of documents each term stands, shape (terms,)."""
        return np.diff(self.bounds[:: len(FIELDS)])


def find_postings(analysis: Analysis, terms: Sequence[int] | Integers | Wide) -> Postings:
    """Find where some terms stand. terms: their numbers, in the order in which the postings are to be."""
    wanted = np.full(len(analysis.terms), -1, np.int32)
    wanted[terms] = np.arange(len(terms), dtype=np.int32)
    of_words = wanted[analysis.stems]
    places = np.flatnonzero((of_words >= 0)[analysis.occurrences])
    found = of_words[analysis.occurrences[places]]
    documents, fields = np.divmod(_fields_of_occurrences(analysis)[places], len(FIELDS))
    within = places - (np.cumsum(analysis.sizes) - analysis.sizes)[documents]
    ranks = _firsts(found, within, np.zeros(len(terms), np.int64))
    slots = found * len(FIELDS) + fields
    order = np.argsort(slots.astype(np.min_scalar_type(len(terms) * len(FIELDS))), kind="stable")
    slots, documents = slots[order], documents[order]
    starts = np.flatnonzero((np.diff(slots, prepend=-1) != 0) | (np.diff(documents, prepend=-1) != 0))
    counts = np.diff(np.append(starts, len(slots)))
    sizes = np.bincount(slots[starts], minlength=len(terms) * len(FIELDS))
    return Postings(documents[starts], counts, np.append(0, np.cumsum(sizes)), ranks)


def _fields_of_occurrences(analysis: Analysis) -> Integers:
    """Give for each occurrence its document's number * number of fields + field."""
    return np.repeat(np.arange(analysis.lengths.size, dtype=np.int32), analysis.lengths.ravel())


def lunr_numbers(analysis: Analysis) -> Wide:
    """Give the numbers that Lunr has for terms: by where they first appear, those that stand nowhere last."""
    found = analysis.stems[analysis.occurrences]
    firsts = _firsts(found, np.arange(len(found)), np.full(len(analysis.terms), len(found)))
    numbers = np.empty_like(firsts)
    numbers[np.argsort(firsts, kind="stable")] = np.arange(len(firsts))
    return numbers


def _firsts(found: Integers, places: Wide, otherwise: Wide) -> Wide:
    """Give the first of the places of each term; of several values written to one place the last remains."""
    otherwise[found[::-1]] = places[::-1]
    return otherwise


def weights(postings: Postings, lengths: Integers, boosts: Mapping[str, float]) -> Wide:
    """Give the weight of each row in thousandths: lunr.py's, to the last digit.

    lengths: terms of each field of each document. The order of the operations is lunr.py's, so the floats are; only
    the rounding needs care near a half.
    """
    terms, fields = np.divmod(postings.slots, len(FIELDS))
    average = lengths.sum(axis=0) / max(len(lengths), 1)
    relative = lengths[postings.documents, fields] / average[fields]
    saturated = ((K1 + 1) * postings.counts) * _idf(postings.pairs, len(lengths))[terms]
    exact = saturated / (K1 * (1 - B + B * relative) + postings.counts)
    exact *= np.array([boosts.get(name, 1) for name in FIELDS], dtype=np.float64)[fields]
    scaled = exact * 1000
    rounded = np.rint(scaled)
    for row in np.flatnonzero(np.abs(scaled - np.floor(scaled) - 0.5) < _NEAR).tolist():
        rounded[row] = round(round(float(exact[row]), 3) * 1000)
    thousandths: Wide = rounded.astype(np.int64)
    return thousandths


def _idf(pairs: Wide, count: int) -> Floats:
    return np.array([math.log(1 + abs((count - n + 0.5) / (n + 0.5))) for n in pairs.tolist()])
