"""The index as columns of numbers: how often each term stands in each field of each document, and its weight."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sitegen.search.analysis import Analysis
from sitegen.search.documents import FIELDS, K1, B

_NEAR = 1e-6
"""How near to a half a product is rounded with care: far above the error of a multiplication."""

Integers: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Columns:
    """A row for each term of each field of each document, sorted by document, field and the term's number.

    slots: document * number of fields + field, shape (rows,). terms, counts: number and frequency of the row's term
    there, shape (rows,). lengths: terms of each field, shape (documents, fields). pairs: for each term in how many
    fields of documents it stands, shape (terms,). ranks: the place of a term among all those of the document in which
    it first appears, shape (terms,).
    """

    slots: Integers
    terms: Integers
    counts: Integers
    lengths: Integers
    pairs: Integers
    ranks: Integers


def build_columns(analysis: Analysis) -> Columns:
    """Count the terms of an analysis; of a catalogue without any, all columns are empty."""
    terms = len(analysis.terms)
    slots, numbers = _spread(analysis)
    lengths = np.bincount(slots, minlength=len(analysis.lengths)).astype(np.int64).reshape(-1, len(FIELDS))
    keys = slots * terms + numbers
    keys.sort()
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(np.append(starts, len(keys)))
    slots_of_rows, numbers_of_rows = np.divmod(keys[starts], max(terms, 1))
    pairs = np.bincount(numbers_of_rows, minlength=terms).astype(np.int64)
    return Columns(slots_of_rows, numbers_of_rows, counts, lengths, pairs, _ranks(slots, numbers))


def _spread(analysis: Analysis) -> tuple[Integers, Integers]:
    """Give the slot and the number of every term of the texts, in their order; a token may stand for many or none."""
    tokens = np.array(analysis.tokens, dtype=np.int64)
    sizes = np.array(analysis.sizes, dtype=np.int64)
    here = sizes[tokens] if len(tokens) else tokens
    slots = np.repeat(np.repeat(np.arange(len(analysis.lengths)), np.array(analysis.lengths, dtype=np.int64)), here)
    first = (np.cumsum(sizes) - sizes)[tokens] - (np.cumsum(here) - here)
    places = np.repeat(first, here) + np.arange(len(slots))
    return slots.astype(np.int64), np.array(analysis.meanings, dtype=np.int64)[places]


def _ranks(slots: Integers, numbers: Integers) -> Integers:
    """Find where each term first stands: where the greatest number so far grows, for they are numbered as they come."""
    firsts = np.flatnonzero(np.diff(np.maximum.accumulate(numbers), prepend=-1))
    documents = slots // len(FIELDS)
    ranks: Integers = firsts - np.searchsorted(documents, documents[firsts])
    return ranks


@dataclass(frozen=True, slots=True)
class TermLists:
    """The rows sorted by term, field and document.

    documents, counts: shape (rows,). bounds: the rows of field f of term t are those from bounds[t * number of fields
    + f] to the next bound.
    """

    documents: Integers
    counts: Integers
    bounds: list[int]


def by_term(columns: Columns) -> TermLists:
    """Turn the columns round: for each term and field the documents that hold it there."""
    documents, fields = np.divmod(columns.slots, len(FIELDS))
    keys = columns.terms * len(FIELDS) + fields
    order = np.argsort(keys, kind="stable")
    bounds = np.searchsorted(keys[order], np.arange(len(columns.pairs) * len(FIELDS) + 1)).tolist()
    return TermLists(documents[order], columns.counts[order], bounds)


def weights(columns: Columns, boosts: Mapping[str, float]) -> Integers:
    """Give the weight of each row in thousandths: lunr.py's, to the last digit.

    The order of the operations is lunr.py's, so the floats are; only the rounding needs care near a half.
    """
    documents, fields = np.divmod(columns.slots, len(FIELDS))
    average = columns.lengths.sum(axis=0) / max(len(columns.lengths), 1)
    relative = columns.lengths[documents, fields] / average[fields]
    saturated = ((K1 + 1) * columns.counts) * _idf(columns)[columns.terms]
    exact = saturated / (K1 * (1 - B + B * relative) + columns.counts)
    exact *= np.array([boosts.get(name, 1) for name in FIELDS], dtype=np.float64)[fields]
    scaled = exact * 1000
    rounded = np.rint(scaled)
    for row in np.flatnonzero(np.abs(scaled - np.floor(scaled) - 0.5) < _NEAR).tolist():
        rounded[row] = round(round(float(exact[row]), 3) * 1000)
    thousandths: Integers = rounded.astype(np.int64)
    return thousandths


def _idf(columns: Columns) -> npt.NDArray[np.float64]:
    count = len(columns.lengths)
    return np.array([math.log(1 + abs((count - n + 0.5) / (n + 0.5))) for n in columns.pairs.tolist()])
