"""The arithmetic on columns gives what its definition gives, spelled out for each two papers."""

import math
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sitegen.related import Terms
from sitegen.related.finding import find_related
from sitegen.related.nearest import Shares, join, shares
from sitegen.related.telling import LONGEST_LIST, MOST_TERMS

WORDS = [f"w{number}" for number in range(30)]
PAPERS = st.lists(
    st.dictionaries(st.sampled_from(WORDS), st.integers(1, 255), max_size=28).map(
        lambda counts: Terms(" ".join(sorted(counts)), bytes(counts[word] for word in sorted(counts)))
    ),
    max_size=9,
)


def weights_of(papers: list[Terms]) -> list[dict[str, int]]:
    frequency = Counter(word for paper in papers for word in paper.words.split())
    telling = []
    for paper in papers:
        weights = {
            word: round(256 * (1 + math.log2(count))) * round(math.log2(1 + len(papers) / frequency[word]))
            for word, count in zip(paper.words.split(), paper.counts, strict=True)
            if 2 <= frequency[word] <= LONGEST_LIST
        }
        best = sorted((word for word in weights if weights[word]), key=lambda word: (-weights[word], word))
        telling.append({word: weights[word] for word in best[:MOST_TERMS]})
    return telling


def spelled_out(papers: list[Terms]) -> list[list[tuple[int, tuple[str, ...]]]]:
    telling = weights_of(papers)
    found = []
    for place, mine in enumerate(telling):
        worth = {
            other: {word: mine[word] * theirs[word] for word in mine if word in theirs}
            for other, theirs in enumerate(telling)
            if other != place and mine.keys() & theirs.keys()
        }
        best = sorted(worth, key=lambda other: (-sum(worth[other].values()), other))[:5]
        found.append([(other, tuple(sorted(worth[other], key=lambda word: -worth[other][word])[:4])) for other in best])
    return found


@given(PAPERS)
def test_neighbours_are_those_of_the_definition(papers: list[Terms]) -> None:
    found = find_related(papers).neighbours
    assert [[(n.index, n.shared) for n in neighbours] for neighbours in found] == spelled_out(papers)


@given(PAPERS.filter(bool))
def test_blocks_are_only_for_memory(papers: list[Terms]) -> None:
    related = find_related(papers)
    everyone = np.arange(len(papers))
    one, many = (join(shares(related.telling, everyone, len(related.bags.rarity), most)) for most in (1 << 20, 1))
    assert all((getattr(one, name) == getattr(many, name)).all() for name in Shares.__slots__)


def test_a_term_of_many_papers_tells_nothing() -> None:
    shared = Terms("atom", b"\x01")
    assert find_related([shared] * LONGEST_LIST).neighbours[0] != ()
    assert set(find_related([shared] * (LONGEST_LIST + 1)).neighbours) == {()}
