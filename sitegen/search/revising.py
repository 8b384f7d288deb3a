"""Words of a query that the index does not hold: beginnings of words while one types, and misspelt words.

themes/default/static/js/search-revising.js holds the same rules; docs/search.md tells them.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from lunr.query import QueryPresence as Presence

from sitegen.search import automaton, pipeline, quoting, text, utf16
from sitegen.search.query import MAX_PATTERN_LENGTH, MAX_PATTERNS, Clause, Reading

PREFIX_LENGTH: Final = 3
FUZZY_LENGTH: Final = 4
FUZZIER_LENGTH: Final = 8
MAX_NAMED: Final = 3
MAX_SHARDS: Final = 256
"""So many files of the index may be read for the patterns of one query."""
_ENDINGS: Final = "ization ing ment ness ity ence ance able ible ively ional ical ed er est ly".split()
_QUOTED: Final = "\N{LEFT DOUBLE QUOTATION MARK}{}\N{RIGHT DOUBLE QUOTATION MARK}"


class Vocabulary(Protocol):
    """The terms of an index."""

    def __contains__(self, term: object, /) -> bool: ...

    def begins(self, word: str) -> bool:
        """Tell whether a term begins with these letters."""
        ...

    def expand(self, term: str, distance: int) -> list[str]:
        """Give the terms so many edits away at most, in the order in which lunr.js finds them."""
        ...

    def papers(self, term: str) -> int:
        """Give the number of papers that hold a term, counted once for each field."""
        ...

    def shards(self, term: str, distance: int) -> set[int]:
        """Give the numbers of the shards that hold what a pattern stands for.

        Of a pattern with its only `*` at the end: the range of shards from its beginning on, whatever is in them.
        """
        ...


Example = Callable[[str], str]
"""Gives the text of a paper that holds a term."""


def within_reach(reading: Reading, vocabulary: Vocabulary) -> Reading:
    """Take the operators from patterns that touch more shards than are left to them."""
    touched: set[int] = set()
    clauses: list[Clause] = []
    notes: list[str] = []
    for clause in reading.clauses:
        here = touched.union(*_shards(clause, vocabulary))
        if len(here) > MAX_SHARDS:
            notes.append(f"{_QUOTED.format(clause.term)} stands for too many words and was read as one word.")
        touched = touched if len(here) > MAX_SHARDS else here
        clauses.append(replace(clause, distance=0, raw=False) if len(here) > MAX_SHARDS else clause)
    return replace(reading, clauses=tuple(clauses), notes=(*notes, *reading.notes))


def revise(reading: Reading, vocabulary: Vocabulary, example: Example) -> Reading:
    """Replace each word that the index does not hold by what it may stand for, where there is any such thing."""
    unknown = [i for i, clause in enumerate(reading.clauses) if _is_unknown(clause, vocabulary)]
    left = MAX_PATTERNS - sum(clause.is_pattern for clause in reading.clauses)
    revised = reading
    for i in reversed(unknown[:left] if left > 0 else []):
        clause = reading.clauses[i]
        is_last = i == len(reading.clauses) - 1 and not reading.phrases and not reading.absent
        changed = (_begun(clause, vocabulary) if is_last else None) or _misspelt(clause, vocabulary, example)
        if changed:
            clauses = (*revised.clauses[:i], *changed.clauses, *revised.clauses[i + 1 :])
            read_as = "fuzzy" if "fuzzy" in (changed.read_as, revised.read_as) else changed.read_as
            revised = replace(revised, clauses=clauses, read_as=read_as, notes=(*changed.notes, *revised.notes))
    return revised


def _shards(clause: Clause, vocabulary: Vocabulary) -> list[set[int]]:
    if not clause.is_pattern:
        return []
    terms = [clause.term] if clause.raw else pipeline.terms(clause.term)
    return [vocabulary.shards(term, clause.distance) for term in terms]


def _is_unknown(clause: Clause, vocabulary: Vocabulary) -> bool:
    if clause.is_pattern or clause.presence is Presence.PROHIBITED:
        return False
    terms = pipeline.terms(clause.term)
    return bool(terms) and not any(term in vocabulary for term in terms)


def _begun(clause: Clause, vocabulary: Vocabulary) -> Reading | None:
    """Read the last word of a clause as the beginning of one: stems shorter than it, terms that begin with it."""
    word = text.words(clause.term)[-1]
    if len(word) < PREFIX_LENGTH or len(utf16.units(word)) > MAX_PATTERN_LENGTH:
        return None
    terms = [stem for stem in stems_of(word) if stem in vocabulary]
    terms += [word + automaton.ANY] * vocabulary.begins(word)
    if clause.presence is Presence.REQUIRED:
        terms = terms[:1]  # Lunr cannot require one of two
    clauses = tuple(replace(clause, term=term, raw=True) for term in terms)
    note = f"No paper has {_QUOTED.format(word)} as a whole word. Showing words that begin so."
    return Reading(clauses, "prefix", (note,)) if clauses else None


def stems_of(word: str) -> list[str]:
    """Give the stems, no longer than a half typed word, that it may turn out to have, in order.

    A word half typed is often longer than the stem of the whole word, "diffusi" than "diffus", so common endings are
    tried.
    """
    whole = {pipeline.stem(word + ending[i:]) for ending in _ENDINGS for i in range(len(ending))}
    return sorted((stem for stem in whole if word.startswith(stem)), key=utf16.units)


def _misspelt(clause: Clause, vocabulary: Vocabulary, example: Example) -> Reading | None:
    """Read a clause of a single word as misspelt: one edit away, or two in a long word that has nothing nearer."""
    words, terms = text.words(clause.term), pipeline.terms(clause.term)
    if len(words) != 1 or len(terms) != 1 or len(utf16.units(terms[0])) > MAX_PATTERN_LENGTH:
        return None
    distances = [d for d, least in ((1, FUZZY_LENGTH), (2, FUZZIER_LENGTH)) if len(words[0]) >= least]
    for distance in distances:
        found = vocabulary.expand(terms[0], distance)
        if found:
            note = f"No paper has {_QUOTED.format(words[0])}. Showing results for {_named(found, vocabulary, example)}."
            return Reading((replace(clause, term=terms[0], distance=distance, raw=True),), "fuzzy", (note,))
    return None


def _named(terms: list[str], vocabulary: Vocabulary, example: Example) -> str:
    """Name the terms that most papers hold, as a reader knows them."""
    ranked = sorted(terms, key=lambda term: (-vocabulary.papers(term), utf16.units(term)))[:MAX_NAMED]
    named = [_QUOTED.format(word) for word in dict.fromkeys(whole_word(term, example(term)) for term in ranked)]
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def whole_word(term: str, given: str) -> str:
    """Give the word of a text that has a term for its stem; the term itself where there is none.

    Of several the one that stands there most often, the shortest of those, the first of those.

    >>> whole_word("diffus", "Diffusion Models Are Diffusive: on Diffusion")
    'diffusion'
    """
    counts = Counter(word for word in quoting.words_of(given) if term in pipeline.terms(word))
    return min(counts, key=lambda word: (-counts[word], len(utf16.units(word))), default=term)
