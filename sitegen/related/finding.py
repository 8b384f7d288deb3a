"""The similar papers of a whole catalogue, and again when a few of its papers have changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np

from sitegen.related.nearest import MOST, SHARED, Shares, best, join, shares
from sitegen.related.neighbour import Neighbour
from sitegen.related.telling import Bags, Integers, Telling, build_bags, papers_with, renew_bags, weigh
from sitegen.related.terms import Terms


@dataclass(frozen=True, slots=True, eq=False)
class Related:
    """The similar papers of each paper, best first, and what is needed to find them again after a change.

    others: the places of its neighbours, -1 where there are no more, shape (papers, MOST). worst: the score that
    another paper must exceed to become one, shape (papers,).
    """

    papers: tuple[Terms, ...]
    neighbours: tuple[tuple[Neighbour, ...], ...]
    bags: Bags
    telling: Telling
    others: Integers
    worst: Integers


def find_related(papers: Sequence[Terms], before: Related | None = None) -> Related:
    """Find the similar papers of each; ties by place.

    before: what was found earlier. Where as many papers were there and few have changed since, only those are looked
    at whose neighbours may be others now; the result is the same.
    """
    if before is None or len(before.papers) != len(papers):
        bags = build_bags(papers)
        telling = weigh(bags, np.arange(len(papers)))
        return _found(papers, bags, telling, np.arange(len(papers)), None)
    changed = [
        place
        for place, (new, old) in enumerate(zip(papers, before.papers, strict=True))
        if new is not old and new != old
    ]
    bags = renew_bags(before.bags, papers, changed)
    moved = _moved(before.bags, bags, changed)
    telling = _reweighed(before.telling, bags, moved)
    return _found(papers, bags, telling, _touched(before, telling, bags, moved), before)


def _moved(before: Bags, bags: Bags, changed: Sequence[int]) -> Integers:
    """Give the papers whose terms weigh otherwise now: they changed, or a term of theirs became rarer or commoner."""
    rarity = np.zeros_like(bags.rarity)
    rarity[: len(before.rarity)] = before.rarity
    return np.union1d(papers_with(bags, rarity != bags.rarity), np.array(changed, np.int64))


def _reweighed(before: Telling, bags: Bags, moved: Integers) -> Telling:
    now = Telling(before.terms.copy(), before.weights.copy())
    weighed = weigh(bags, moved)
    now.terms[moved], now.weights[moved] = weighed.terms, weighed.weights
    return now


def _touched(before: Related, telling: Telling, bags: Bags, moved: Integers) -> Integers:
    """Give the papers whose neighbours may be others: the moved ones, who had one of these, who comes nearer to one."""
    had = np.flatnonzero(np.isin(before.others, moved).any(axis=1))
    found = join(shares(telling, moved, len(bags.rarity)))
    seen_from_there = found.score + found.other - found.place
    return np.unique(np.concatenate([moved, had, found.other[seen_from_there > before.worst[found.other]]]))


def _found(papers: Sequence[Terms], bags: Bags, telling: Telling, places: Integers, before: Related | None) -> Related:
    """Find the neighbours of the papers at some places, and keep what was found before of all the others."""
    neighbours: list[tuple[Neighbour, ...]] = list(before.neighbours) if before else [()] * len(papers)
    others = before.others.copy() if before else np.full((len(papers), MOST), -1)
    worst = before.worst.copy() if before else np.zeros(len(papers), np.int64)
    others[places], worst[places] = -1, 0
    for place in places.tolist():
        neighbours[place] = ()
    winners = join(best(block) for block in shares(telling, places, len(bags.rarity)))
    starts = np.flatnonzero((np.diff(winners.place, prepend=-1) != 0) | (np.diff(winners.other, prepend=-1) != 0))
    pairs = winners.at(starts)
    ranks = np.arange(len(starts)) - np.searchsorted(pairs.place, pairs.place)
    others[pairs.place, ranks] = pairs.other
    last = ranks == MOST - 1
    worst[pairs.place[last]] = pairs.score[last]
    for place, found in _neighbours(winners, starts, ["", *bags.numbers]):
        neighbours[place] = found
    return Related(tuple(papers), tuple(neighbours), bags, telling, others, worst)


def _neighbours(winners: Shares, starts: Integers, words: Sequence[str]) -> Iterator[tuple[int, tuple[Neighbour, ...]]]:
    """Put the rows of winners into words, for each place. starts: where the rows of each two papers begin."""
    ends = np.minimum(np.append(starts[1:], len(winners.place)), starts + SHARED)
    names = [words[term] for term in winners.term.tolist()]
    columns = (winners.place[starts], winners.other[starts], starts, ends)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    for place, group in groupby(rows, key=itemgetter(0)):
        yield place, tuple(Neighbour(other, tuple(names[start:end])) for _, other, start, end in group)
