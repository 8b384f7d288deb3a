"""Scores of a query's clauses over a built index, with the arithmetic of lunr.js in its order.

A field of a document scores the dot product of the query's vector and the field's, divided by the length of the
query's vector; a document scores the sum of its fields, in the order in which they were first matched.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lunr.query import QueryPresence as Presence

from sitegen.search import pipeline
from sitegen.search.documents import FIELDS, K1, B
from sitegen.search.lexicon import Entry, Lexicon
from sitegen.search.query import Clause


@dataclass(frozen=True, slots=True)
class LunrIndex:
    """A built index. boosts, totals: of each field, its weight and the number of its terms in all documents.

    lengths: the number of terms of the long field in each document.
    """

    lexicon: Lexicon
    count: int
    boosts: Sequence[float]
    totals: Sequence[int]
    lengths: Sequence[int]

    def weights(self, entry: Entry, place: int) -> Iterator[tuple[int, float]]:
        """Yield the documents that hold a term in a field, with its weight there, as lunr.py rounds it."""
        idf = math.log(1 + abs((self.count - entry.pairs + 0.5) / (entry.pairs + 0.5)))
        average = self.totals[place] / self.count
        documents = entry.documents[place]
        lengths = entry.lengths[place] or [self.lengths[number] for number in documents]
        for number, frequency, length in zip(documents, entry.counts[place], lengths, strict=True):
            relative = length / average
            weight = idf * ((K1 + 1) * frequency) / (K1 * (1 - B + B * relative) + frequency)
            yield number, round(weight * self.boosts[place], 3)


def score(index: LunrIndex, clauses: Iterable[Clause]) -> dict[int, float]:
    """Give the score of every document that the clauses select, by its number; of no clause, nothing."""
    asked = list(clauses)
    selection = _Selection(index.lexicon)
    for clause in asked:
        selection.add(clause)
    if asked and all(clause.presence is Presence.PROHIBITED for clause in asked):
        return {number: 0.0 for number in range(index.count) if number not in selection.prohibited}
    similarities = [_similarities(index, place, vector) for place, vector in enumerate(selection.vectors)]
    scores: dict[int, float] = {}
    for number, place in selection.matched:
        if selection.admits(number):
            scores[number] = scores.get(number, 0.0) + similarities[place][number]
    return scores


@dataclass(slots=True)
class _Selection:
    """What the clauses of one query have gathered so far.

    vectors: per field, term to weight. entries: of all terms met. required: per field, the documents that every
    required clause so far has. matched: document and field of whatever holds a term of the query, in the order found.
    """

    lexicon: Lexicon
    vectors: list[dict[str, tuple[Entry, int]]] = field(default_factory=lambda: [{} for _ in FIELDS])
    required: dict[int, set[int]] = field(default_factory=dict)
    prohibited: set[int] = field(default_factory=set)
    matched: dict[tuple[int, int], None] = field(default_factory=dict)

    def admits(self, number: int) -> bool:
        return number not in self.prohibited and all(number in found for found in self.required.values())

    def add(self, clause: Clause) -> None:
        places = [FIELDS.index(name) for name in clause.fields]
        found: set[int] = set()
        for term in [clause.term] if clause.raw else pipeline.terms(clause.term):
            expanded = self.lexicon.expand(term, clause.distance)
            if not expanded and clause.presence is Presence.REQUIRED:
                found = set()  # Lunr gives up at the first term of a required clause that nothing holds
                break
            for known in expanded:
                found |= self._add_term(known, clause, places)
        if clause.presence is Presence.REQUIRED:
            for place in places:
                self.required[place] = self.required[place] & found if place in self.required else found

    def _add_term(self, term: str, clause: Clause, places: Sequence[int]) -> set[int]:
        """Take in one term of the index; give the documents that hold it in the clause's fields."""
        entry = self.lexicon.entry(term)
        if entry is None:
            return set()
        found = {number for place in places for number in entry.documents[place]}
        if clause.presence is Presence.PROHIBITED:
            self.prohibited |= found
            return found
        for place in places:
            vector = self.vectors[place]
            vector[term] = entry, vector.get(term, (entry, 0))[1] + clause.boost
            self.matched.update(dict.fromkeys((number, place) for number in entry.documents[place]))
        return found


def _similarities(index: LunrIndex, place: int, vector: dict[str, tuple[Entry, int]]) -> dict[int, float]:
    """Give the dot product over the length of the query's vector for each document, both summed in Lunr's order."""
    ordered = sorted(vector.values(), key=lambda weighted: weighted[0].order)
    length = math.sqrt(sum(boost * boost for _, boost in ordered))
    dots: dict[int, float] = {}
    for entry, boost in ordered:
        for number, weight in index.weights(entry, place):
            dots[number] = dots.get(number, 0.0) + boost * weight
    return {number: dot / length if length else 0.0 for number, dot in dots.items()}
