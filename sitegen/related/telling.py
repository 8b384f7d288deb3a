"""Which terms of a paper are telling, and how much: those that it has often and that few others have."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sitegen.related.terms import MOST_COUNTED, Terms

MOST_TERMS = 24
"""Terms of a paper that count."""

LONGEST_LIST = 120
"""Papers that may share a term; what more papers share tells nothing."""

Integers: TypeAlias = npt.NDArray[np.int64]

_FINENESS = 256
"""Steps in which a term's weight grows from one time to two times, and from two to four."""
_EAGERNESS = np.array([0, *(round(_FINENESS * (1 + math.log2(n))) for n in range(1, MOST_COUNTED + 1))])
"""What a term counts for, by how often it stands in a paper."""


@dataclass(frozen=True, slots=True, eq=False)
class Bags:
    """The terms of all papers as numbers, paper by paper. Number 0 is no term.

    numbers: by term, from 1. terms, counts: of all papers, shape (terms of all papers,). starts: where each paper's
    begin, and where the last one's end, shape (papers + 1,). rarity: how much a term tells by being rare, in coarse
    steps, 0 for nothing, shape (numbers + 1,).
    """

    numbers: Mapping[str, int]
    terms: npt.NDArray[np.int32]
    counts: npt.NDArray[np.uint8]
    starts: Integers
    rarity: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """The most telling terms of papers, best first, 0 where there are no more; both of shape (papers, MOST_TERMS).

    terms: their numbers. weights: how much each tells.
    """

    terms: Integers
    weights: Integers


def build_bags(papers: Sequence[Terms]) -> Bags:
    """Give the terms of papers numbers."""
    numbers: defaultdict[str, int] = defaultdict(count(1).__next__)
    words = chain.from_iterable(paper.words.split() for paper in papers)
    terms = np.fromiter(map(numbers.__getitem__, words), np.int32)
    counts = np.frombuffer(b"".join(paper.counts for paper in papers), np.uint8)
    return _bags(dict(numbers), terms, counts, np.array([len(paper.counts) for paper in papers], np.int64))


def renew_bags(before: Bags, papers: Sequence[Terms], changed: Sequence[int]) -> Bags:
    """Give numbers to the terms of as many papers. changed: the places of those that differ, in order."""
    words = {place: papers[place].words.split() for place in changed}
    unknown = dict.fromkeys(word for own in words.values() for word in own if word not in before.numbers)
    new = dict(zip(unknown, count(len(before.numbers) + 1), strict=False))
    numbers = {**before.numbers, **new} if new else before.numbers
    terms, counts, lengths, end = [], [], np.diff(before.starts), 0
    for place, own in words.items():
        terms += [before.terms[end : before.starts[place]], np.array([numbers[word] for word in own], np.int32)]
        counts += [before.counts[end : before.starts[place]], np.frombuffer(papers[place].counts, np.uint8)]
        lengths[place], end = len(own), before.starts[place + 1]
    whole = np.concatenate([*terms, before.terms[end:]]), np.concatenate([*counts, before.counts[end:]])
    return _bags(numbers, *whole, lengths)


def _bags(
    numbers: Mapping[str, int], terms: npt.NDArray[np.int32], counts: npt.NDArray[np.uint8], lengths: Integers
) -> Bags:
    """Give bags with the rarity of their terms. lengths: how many terms each paper has."""
    frequency = np.bincount(terms, minlength=len(numbers) + 1)
    rarity = np.rint(np.log2(1 + len(lengths) / np.maximum(frequency, 1))).astype(np.uint8)
    rarity[(frequency <= 1) | (frequency > LONGEST_LIST)] = 0
    return Bags(numbers, terms, counts, np.concatenate([[0], np.cumsum(lengths)]), rarity)


def papers_with(bags: Bags, wanted: npt.NDArray[np.bool_]) -> Integers:
    """Give the places of the papers that have a wanted term. wanted: by number, shape (numbers + 1,)."""
    return np.unique(_owners(bags, np.flatnonzero(wanted[bags.terms])))


def _owners(bags: Bags, cells: Integers) -> Integers:
    """Give the places of the papers that terms belong to. cells: where the terms stand among those of all papers."""
    return np.searchsorted(bags.starts, cells, side="right") - 1


def weigh(bags: Bags, places: Integers) -> Telling:
    """Find the most telling terms of some papers; of equal ones the first by alphabet."""
    row_of = np.full(len(bags.starts) - 1, -1)
    row_of[places] = np.arange(len(places))
    cells = np.flatnonzero(bags.rarity[bags.terms])
    rows = row_of[_owners(bags, cells)]
    cells, rows = cells[rows >= 0], rows[rows >= 0]
    weights = _EAGERNESS[bags.counts[cells]] * bags.rarity[bags.terms[cells]]
    order = np.argsort((rows << _ROOM) - weights, kind="stable")
    rows = rows[order]
    ranks = np.arange(len(rows)) - np.searchsorted(rows, rows)
    best = ranks < MOST_TERMS
    telling = Telling(*(np.zeros((len(places), MOST_TERMS), np.int64) for _ in range(2)))
    telling.terms[rows[best], ranks[best]] = bags.terms[cells[order[best]]]
    telling.weights[rows[best], ranks[best]] = weights[order[best]]
    return telling


_ROOM = 16
"""Bits that hold any weight."""


def ranges(starts: Integers, sizes: Integers) -> Integers:
    """Give the numbers of several ranges, one range after the other.

    >>> ranges(np.array([3, 10]), np.array([2, 3])).tolist()
    [3, 4, 10, 11, 12]
    """
    ends = np.cumsum(sizes)
    return np.repeat(starts - ends + sizes, sizes) + np.arange(sizes.sum())
