"""How a query is read. themes/default/static/js/search-query.js holds the same rules; docs/search.md tells them.

A query is cut to size, then parsed by Lunr's own parser. What that refuses, and a title typed as it stands, is read
as plain words, in which no character is an operator.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from lunr.exceptions import QueryParseError
from lunr.query import Clause as LunrClause
from lunr.query import Query
from lunr.query import QueryPresence as Presence
from lunr.query_parser import QueryParser

from sitegen.search import automaton, pipeline, text, utf16
from sitegen.search.indexing import FIELDS

MAX_LENGTH: Final = 500
MAX_CLAUSES: Final = 50
MAX_DISTANCE: Final = 2
MAX_BOOST: Final = 1000
MAX_PATTERNS: Final = 8
MAX_PATTERN_LENGTH: Final = 40
MAX_WILDCARDS: Final = 3
PREFIX_LENGTH: Final = 3
_ENDINGS: Final = "ization ing ment ness ity ence ance able ible ively ional ical ed er est ly".split()

_SEPARATORS = str.maketrans({"-": " "})


@dataclass(frozen=True, slots=True)
class Clause:
    """One word of a query. raw: the term is looked up as it stands, without the pipeline, `*` being a wildcard."""

    term: str
    fields: tuple[str, ...] = FIELDS
    presence: Presence = Presence.OPTIONAL
    boost: int = 1
    distance: int = 0
    raw: bool = False

    @property
    def is_pattern(self) -> bool:
        """Whether the clause may stand for many terms: it holds a wildcard or allows misspelling."""
        return self.distance > 0 or self.raw


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as it was read. read_as: "lunr", "words" or "prefix". note: what to tell the reader of it, or ""."""

    clauses: tuple[Clause, ...]
    read_as: str = "lunr"
    note: str = ""


def tidy(query: str) -> str:
    """Cut a query to its greatest length, white space made single spaces."""
    return text.spaced(query[:MAX_LENGTH])


def title_form(title: str) -> str:
    """Give the form in which a query is compared with titles: only case and white space are ignored."""
    return tidy(title).lower()


def read(query: str, titles: Collection[str]) -> Reading:
    """Read a tidy query. titles: every title of the catalogue in its `title_form`."""
    if query.lower() in titles:
        return Reading(_words(query), "words")
    try:
        return Reading(_clauses(QueryParser(query, Query(FIELDS)).parse()))
    except QueryParseError:
        return Reading(_words(query), "words", "Searched as plain words.")


def read_prefix(reading: Reading, terms: Collection[str]) -> Reading | None:
    """Read the last word as the beginning of a word; None where it is shorter than 3 letters or nothing begins so."""
    last = reading.clauses[-1] if reading.clauses else None
    words = text.words(last.term) if last else ()
    if not last or not words or len(words[-1]) < PREFIX_LENGTH or last.presence is Presence.PROHIBITED:
        return None
    begun = _begun(words[-1], terms)
    if last.presence is Presence.REQUIRED:
        begun = begun[:1]  # Lunr cannot require one of two
    clauses = [replace(last, term=term, distance=0, raw=True) for term in begun]
    note = f"No paper has \N{LEFT DOUBLE QUOTATION MARK}{words[-1]}\N{RIGHT DOUBLE QUOTATION MARK} as a whole word."
    return (
        Reading((*reading.clauses[:-1], *clauses), "prefix", f"{note} Showing words that begin so.")
        if clauses
        else None
    )


def _begun(word: str, terms: Collection[str]) -> list[str]:
    """Give what a word half typed may become: stems shorter than it, and the pattern of terms that begin with it.

    A word half typed is often longer than the stem of the whole word, "diffusi" than "diffus", so common endings are
    tried as well.
    """
    whole = {pipeline.stem(word + rest) for ending in _ENDINGS for rest in _tails(ending)}
    stems = sorted(stem for stem in whole if word.startswith(stem) and stem in terms)
    return stems + [word + automaton.ANY] * any(term.startswith(word) for term in terms)


def _tails(ending: str) -> list[str]:
    return [ending[i:] for i in range(len(ending))]


def _words(query: str) -> tuple[Clause, ...]:
    return tuple(Clause(word) for word in query.translate(_SEPARATORS).split(" ") if word)[:MAX_CLAUSES]


def _clauses(query: Query) -> tuple[Clause, ...]:
    """Bring a parsed query within the limits and drop what would empty it: required words that are not indexed."""
    clauses = _tamed([_clause(c) for c in query.clauses[:MAX_CLAUSES]])
    return tuple(c for c in clauses if c.presence is not Presence.REQUIRED or c.raw or pipeline.terms(c.term))


def _clause(clause: LunrClause) -> Clause:
    return Clause(
        term=clause.term,
        fields=tuple(clause.fields),
        presence=clause.presence,
        boost=min(clause.boost, MAX_BOOST),
        distance=min(clause.edit_distance, MAX_DISTANCE),
        raw=not clause.use_pipeline,
    )


def _tamed(clauses: list[Clause]) -> list[Clause]:
    """Take the operators from words that would cost too much, and from all patterns after the eighth."""
    patterns = [i for i, c in enumerate(clauses) if c.is_pattern and _affordable(c)][:MAX_PATTERNS]
    return [c if i in patterns else replace(c, distance=0, raw=False) for i, c in enumerate(clauses)]


def _affordable(clause: Clause) -> bool:
    return len(utf16.units(clause.term)) <= MAX_PATTERN_LENGTH and clause.term.count(automaton.ANY) <= MAX_WILDCARDS
