"""Scores of a query's clauses over a loaded Lunr index, with the arithmetic of lunr.js in its order.

A field of a document scores the dot product of the query's vector and the field's, divided by the length of the
query's vector; a document scores the sum of its fields, in the order in which they were first matched.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lunr.query import QueryPresence as Presence

from sitegen.search import automaton, pipeline, utf16
from sitegen.search.query import Clause


@dataclass(frozen=True)  # no slots: the trie is made once, when a query first needs it
class LunrIndex:
    """A built index, loaded.

    vectors: `field/ref` to (term number, weight) pairs, flat, as Lunr writes them. postings: term to
    `{"_index": term number, field: {ref: {}}}`, in the order of the terms' code units.
    """

    fields: tuple[str, ...]
    vectors: Mapping[str, list[float]]
    postings: Mapping[str, Mapping[str, Any]]

    @cached_property
    def trie(self) -> automaton.Node:
        """The automaton of all terms, in code units."""
        return automaton.trie(map(utf16.units, self.postings))

    def expand(self, term: str, distance: int) -> list[str]:
        """Give the index's terms that a term, a pattern with `*` or a misspelt word stands for, in Lunr's order."""
        if not distance and automaton.ANY not in term:
            return [term] if term in self.postings else []
        units = utf16.units(term)
        query = automaton.fuzzy(units, distance) if distance else automaton.wildcard(units)
        return [utf16.joined(t) for t in automaton.matches(self.trie, query)]


def score(index: LunrIndex, clauses: Iterable[Clause]) -> dict[str, float]:
    """Give the score of every document that the clauses select, by its ref; of no clause, nothing."""
    asked = list(clauses)
    selection = _Selection(index)
    for clause in asked:
        selection.add(clause)
    only_prohibits = all(c.presence is Presence.PROHIBITED for c in asked)
    scores: dict[str, float] = {}
    for key in (index.vectors if only_prohibits else selection.matched) if asked else ():
        name, ref = key.split("/", 1)
        if selection.admits(ref):
            scores[ref] = scores.get(ref, 0.0) + _similarity(selection.vectors[name], index.vectors[key])
    return scores


@dataclass(slots=True)
class _Selection:
    """What the clauses of one query have gathered so far.

    vectors: per field, term number to weight. required: per field, the refs that every required clause so far has.
    matched: `field/ref` of whatever holds a term of the query, in the order found.
    """

    index: LunrIndex
    vectors: dict[str, dict[int, int]] = field(init=False)
    required: dict[str, set[str]] = field(default_factory=dict)
    prohibited: set[str] = field(default_factory=set)
    matched: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.vectors = {name: {} for name in self.index.fields}

    def admits(self, ref: str) -> bool:
        return ref not in self.prohibited and all(ref in refs for refs in self.required.values())

    def add(self, clause: Clause) -> None:
        found: set[str] = set()
        for term in [clause.term] if clause.raw else pipeline.terms(clause.term):
            expanded = self.index.expand(term, clause.distance)
            if not expanded and clause.presence is Presence.REQUIRED:
                found = set()  # Lunr gives up at the first term of a required clause that nothing holds
                break
            for known in expanded:
                found |= self._add_term(known, clause)
        if clause.presence is Presence.REQUIRED:
            for name in clause.fields:
                self.required[name] = self.required[name] & found if name in self.required else found

    def _add_term(self, term: str, clause: Clause) -> set[str]:
        """Take in one term of the index; give the refs that hold it in the clause's fields."""
        posting = self.index.postings[term]
        refs = {ref for name in clause.fields for ref in posting[name]}
        if clause.presence is Presence.PROHIBITED:
            self.prohibited |= refs
            return refs
        number = posting["_index"]
        for name in clause.fields:
            vector = self.vectors[name]
            vector[number] = vector.get(number, 0) + clause.boost
            self.matched.update(dict.fromkeys(f"{name}/{ref}" for ref in posting[name]))
        return refs


def _similarity(query: Mapping[int, int], flat: list[float]) -> float:
    """Give the dot product over the length of the query's vector, both summed by ascending term number."""
    length = math.sqrt(sum(query[number] * query[number] for number in sorted(query)))
    weights = dict(zip(flat[::2], flat[1::2], strict=True))
    dot = 0.0
    for number in sorted(query):
        if number in weights:
            dot += query[number] * weights[number]
    return dot / length if length else 0.0
