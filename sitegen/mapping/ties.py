"""Ties: which papers draw each other near, and how much."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sitegen.mapping.ground import Ground

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]

SAME = 0.7
"""What a tie weighs between papers of the same first topic, from each side that found the other similar."""
AKIN = 0.28
"""What it weighs where they share another topic."""
APART = 0.14
"""What it weighs where they share none: more would tear the topics to pieces."""


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """Pairs of papers, each once. one, other: their numbers, shape (ties,). weight: shape (ties,)."""

    one: Integers
    other: Integers
    weight: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Filing:
    """The topics of the papers. A paper without any has one that is beyond all others.

    first: the number of the best one, shape (papers,).

    paper, topic: a row for each topic of each paper, shape (filings,).
    """

    first: Integers
    paper: Integers
    topic: Integers


def file_topics(ground: Ground) -> Filing:
    """Give the topics as arrays."""
    topics = [paper.topics or (ground.topics,) for paper in ground.papers]
    paper = np.repeat(np.arange(len(topics)), [len(own) for own in topics])
    return Filing(
        np.array([own[0] for own in topics], np.int64),
        paper.astype(np.int64),
        np.fromiter(chain.from_iterable(topics), np.int64),
    )


def tie(ground: Ground, filing: Filing) -> Ties:
    """Tie papers that are similar; the heavier the more topics they share, and if each is similar to the other."""
    papers = len(ground.papers)
    pairs = np.fromiter(chain.from_iterable(_pairs(ground)), np.int64).reshape(-1, 2)
    codes, times = np.unique(pairs.min(axis=1) * papers + pairs.max(axis=1), return_counts=True)
    one, other = codes // papers, codes % papers
    likeness = np.where(_share(ground, filing, one, other), AKIN, APART)
    likeness[filing.first[one] == filing.first[other]] = SAME
    return Ties(one, other, likeness * times)


def sums(numbers: Integers, weights: Floats, size: int) -> Floats:
    """Sum weights by number, in their order: no machine adds them up in another way."""
    return np.asarray(np.bincount(numbers, weights, size), np.float64)


def _pairs(ground: Ground) -> Iterator[tuple[int, int]]:
    return ((number, other) for number, paper in enumerate(ground.papers) for other in paper.similar)


def _share(ground: Ground, filing: Filing, one: Integers, other: Integers) -> npt.NDArray[np.bool_]:
    """Tell which pairs share any topic."""
    filed = np.zeros((len(ground.papers), ground.topics + 1), np.bool_)
    filed[filing.paper, filing.topic] = True
    return np.asarray((filed[one] & filed[other]).any(axis=1), np.bool_)
