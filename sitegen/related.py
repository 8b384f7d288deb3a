"""Similar papers, and the words that say so: terms that two papers share and few others have.

An inverted index over each paper's most telling terms keeps the work linear in the number of papers: a term that is
common says little and is left out, so that no list is long. Rarity counts in coarse steps, so that one new paper does
not reorder the neighbours of all the others.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_TERMS = 24
"""Terms of a paper that count."""

LONGEST_LIST = 120
"""Papers that may share a term; what more papers share tells nothing."""

_WORD = re.compile(r"[^\W\d_][\w-]+[^\W_]")
_COMMON = frozenset(
    """
    about above across after again against all along already also although always among and another any are around
    base based been before being best better between both but can cannot code com common compare compared
    consistently could count data different does done each easily either empirical empirically enough entire even
    ever every existing experiments extensive few first for four from further github given gives good has have
    having here high how however http https idea improve improved improves into io its itself keep large learn
    learned learning less like low made make makes making many may method methods model models more most much must
    need needs network networks new non not novel now one only onto org other others our out over own paper per
    perform performance performs present propose proposed provide recent require result results reveal same several
    should show shown shows significantly simple since single small some state state-of-the-art still strong study
    such task tasks than that the their them then there these they this those three through thus time to too towards
    train trained training two under until use used useful uses using various very via was way well were what when
    where whether which while who whole why wide widely will with within without work works would www yet you your
    """.split()
)
"""Words of any abstract; they tell nothing of what it is about."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A similar paper, by its place in the sequence that was asked about. shared: the most telling terms of both."""

    index: int
    shared: tuple[str, ...]


def similar(texts: Sequence[tuple[str, str]], most: int = 5, shared: int = 4) -> list[tuple[Neighbour, ...]]:
    """Find for each paper, given as (title, abstract), up to `most` similar ones, best first; ties by place."""
    counts = [_terms(title, abstract) for title, abstract in texts]
    frequency = Counter(term for terms in counts for term in terms)
    weights = [_weights(terms, frequency, len(texts)) for terms in counts]
    having: defaultdict[str, list[int]] = defaultdict(list)
    for index, terms in enumerate(weights):
        for term in terms:
            having[term].append(index)
    return [_neighbours(index, weights, having, most, shared) for index in range(len(texts))]


def _terms(title: str, abstract: str) -> Counter[str]:
    """Count a text's words, plural and singular as one; a word of the title counts three times."""
    counts = Counter(_singular(word) for word in _WORD.findall(abstract.casefold()) if word not in _COMMON)
    for word in _WORD.findall(title.casefold()):
        if word not in _COMMON:
            counts[_singular(word)] += 3
    return counts


def _singular(word: str) -> str:
    """Take a plural for its singular, which readers see as a shared word: galaxies, losses, models."""
    if len(word) < _SHORTEST_PLURAL or word in _ALWAYS_PLURAL or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word.removesuffix("s")


_SHORTEST_PLURAL = 5
_ALWAYS_PLURAL = frozenset({"series", "species", "physics", "mathematics", "dynamics", "statistics", "always"})


def _weights(terms: Mapping[str, int], frequency: Mapping[str, int], total: int) -> dict[str, float]:
    """Weigh the terms that another paper has too, and keep the most telling ones."""
    weights = {
        term: (1 + math.log2(count)) * round(math.log2(1 + total / frequency[term]))
        for term, count in terms.items()
        if 2 <= frequency[term] <= LONGEST_LIST  # noqa: PLR2004
    }
    best = sorted(weights, key=lambda term: (-weights[term], term))[:MOST_TERMS]
    return {term: weights[term] for term in best}


def _neighbours(
    index: int, weights: Sequence[Mapping[str, float]], having: Mapping[str, Sequence[int]], most: int, shared: int
) -> tuple[Neighbour, ...]:
    mine = weights[index]
    scores: defaultdict[int, float] = defaultdict(float)
    for term, weight in mine.items():
        for other in having[term]:
            scores[other] += weight * weights[other][term]
    scores.pop(index, None)
    best = sorted(scores, key=lambda other: (-round(scores[other], 6), other))[:most]
    return tuple(Neighbour(other, _shared(mine, weights[other], shared)) for other in best)


def _shared(mine: Mapping[str, float], theirs: Mapping[str, float], most: int) -> tuple[str, ...]:
    both = sorted(mine.keys() & theirs.keys(), key=lambda term: (-mine[term] * theirs[term], term))
    return tuple(both[:most])
