"""The papers that share most with a paper: scores by an inverted index, for many papers at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from sitegen.related.telling import MOST_TERMS, Integers, Telling, ranges

MOST = 5
"""Similar papers of a paper."""

SHARED = 4
"""Terms that are named of those that two papers share."""

SUMS = 1 << 20
"""Scores that are summed at once: one for each paper of a block and each paper that there is."""


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The papers that have each term, term by term. starts, sizes: by the term's number. weights: in the paper."""

    starts: Integers
    sizes: Integers
    papers: Integers
    weights: Integers


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """A row for each term that a paper shares with another, paper by paper.

    place: of the paper. other: of the one it shares with. term: its number. worth: what it adds to their score.
    score: of the two, made so that no two others have the same one: of equal ones the first is better.
    """

    place: Integers
    other: Integers
    term: Integers
    worth: Integers
    score: Integers

    def at(self, rows: Integers) -> "Shares":
        """Give some of the rows."""
        return Shares(self.place[rows], self.other[rows], self.term[rows], self.worth[rows], self.score[rows])


def join(found: Iterable[Shares]) -> Shares:
    """Put blocks of rows together."""
    blocks = [Shares(*(np.zeros(0, np.int64) for _ in range(5))), *found]
    return Shares(
        np.concatenate([block.place for block in blocks]),
        np.concatenate([block.other for block in blocks]),
        np.concatenate([block.term for block in blocks]),
        np.concatenate([block.worth for block in blocks]),
        np.concatenate([block.score for block in blocks]),
    )


def build_postings(telling: Telling, places: Integers, numbers: int) -> Postings:
    """Index the papers by the terms of some. numbers: how many terms there are, number 0 included."""
    wanted = np.zeros(numbers, np.bool_)
    wanted[telling.terms[places]] = True
    wanted[0] = False
    terms = telling.terms.ravel()
    cells = np.flatnonzero(wanted[terms])
    cells = cells[np.argsort(terms[cells], kind="stable")]
    sizes = np.bincount(terms[cells], minlength=numbers)
    return Postings(np.cumsum(sizes) - sizes, sizes, cells // MOST_TERMS, telling.weights.ravel()[cells])


def shares(telling: Telling, places: Integers, numbers: int, most: int = SUMS) -> Iterator[Shares]:
    """Find all that some papers share with any other, in blocks of papers in the order given. most: sums at once."""
    postings = build_postings(telling, places, numbers)
    papers = len(telling.terms)
    height = max(1, most // max(papers, 1))
    sums = np.zeros(height * papers, np.int64)
    for start in range(0, len(places), height):
        yield _shares(telling, postings, places[start : start + height], sums)


def _shares(telling: Telling, postings: Postings, places: Integers, sums: Integers) -> Shares:
    """Find what a block of papers shares. sums: zeros, to sum the scores in; zeros again afterwards."""
    terms = telling.terms[places]
    rows, columns = np.nonzero(terms)
    term = terms[rows, columns]
    sizes = postings.sizes[term]
    cells = ranges(postings.starts[term], sizes)
    entry = np.repeat(np.arange(len(term)), sizes)
    other = postings.papers[cells]
    worth = postings.weights[cells] * telling.weights[places[rows], columns][entry]
    pair = (rows * len(telling.terms))[entry] + other
    np.add.at(sums, pair, worth)
    score = (sums[pair] << _ROOM) - other
    sums[pair] = 0
    place = places[rows][entry]
    return Shares(place, other, term[entry], worth, score).at(np.flatnonzero(place != other))


_ROOM = 24
"""Bits that hold any place; a score before it is made unique takes 36."""


def best(found: Shares) -> Shares:
    """Keep what each paper shares with its MOST best others: these by score, of each the terms by worth."""
    starts = np.flatnonzero(np.diff(found.place, prepend=-1))
    sizes = np.diff(np.append(starts, len(found.place)))
    left, kept = found.score.copy(), []
    for _ in range(MOST if len(starts) else 0):
        top = np.repeat(np.maximum.reduceat(left, starts), sizes)
        kept.append(np.flatnonzero((left == top) & (top > 0)))
        left[kept[-1]] = 0
    rows = np.concatenate([np.zeros(0, np.int64), *kept])
    winners = found.at(rows)
    return winners.at(np.lexsort((rows, -winners.worth, -winners.score, winners.place)))
