"""How a query is read. themes/default/static/js/search-query.js holds the same rules; docs/search.md tells them.

A query is cut to size, what stands in quotes is taken out, and Lunr's own parser reads the rest. What that refuses,
and a title typed as it stands, is read as plain words, in which no character is an operator. `revising` then deals
with words that the index does not hold.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

from lunr.exceptions import QueryParseError
from lunr.query import Clause as LunrClause
from lunr.query import Query
from lunr.query import QueryPresence as Presence
from lunr.query_parser import QueryParser

from sitegen.search import automaton, pipeline, quoting, text, utf16
from sitegen.search.documents import FIELDS

MAX_LENGTH: Final = 500
MAX_CLAUSES: Final = 50
MAX_DISTANCE: Final = 2
MAX_BOOST: Final = 1000
MAX_PATTERNS: Final = 8
MAX_PATTERN_LENGTH: Final = 40
MAX_WILDCARDS: Final = 3

_QUOTES = '"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'
_OPERATORS = re.compile(f"(?:^|[ -])[-+]|[~^*\\\\{_QUOTES}]|(?:{'|'.join(FIELDS)}):", re.IGNORECASE)
"""What may give a title another meaning than its words; a colon after what is no field makes plain words of it."""

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
    """A query as it was read.

    read_as: "lunr" or "words"; "prefix" or "fuzzy" once a word was read as the beginning of one, or as misspelt.
    notes: sentences that tell the reader of it. phrases, absent: what every paper found has to hold, word by word, and
    what none may hold.
    """

    clauses: tuple[Clause, ...]
    read_as: str = "lunr"
    notes: tuple[str, ...] = ()
    phrases: tuple[quoting.Phrase, ...] = ()
    absent: tuple[quoting.Phrase, ...] = ()


PLAIN_NOTE: Final = "Searched as plain words."
"""Left out where the first paper found has that very title."""


def tidy(query: str) -> str:
    """Make white space single spaces, and cut a query to its greatest length."""
    return text.spaced(query)[:MAX_LENGTH].rstrip()


def title_form(title: str) -> str:
    """Give the form in which a query is compared with titles: only case and white space are ignored."""
    return tidy(title).lower()


def read(query: str, titles: Collection[str]) -> Reading:
    """Read a tidy query. titles: the catalogue's misread titles (`is_misread`) in their `title_form`."""
    if query.lower() in titles:
        return Reading(_words(query), "words")
    taken = quoting.take_phrases(query)
    try:
        asked = Reading(_clauses(QueryParser(taken.rest, Query(FIELDS)).parse()))
    except QueryParseError:
        asked = Reading(_words(taken.rest), "words", (PLAIN_NOTE,))
    clauses = (*asked.clauses, *required(word for phrase in taken.phrases for word in phrase))
    return replace(asked, clauses=clauses[:MAX_CLAUSES], phrases=taken.phrases, absent=taken.absent)


def required(words: Iterable[str]) -> tuple[Clause, ...]:
    """Give the clauses of words that all have to be there, as far as they are indexed."""
    return tuple(Clause(word, presence=Presence.REQUIRED) for word in words if pipeline.terms(word))


def is_misread(title: str) -> bool:
    """Tell whether a title parses as a query of another meaning than its words: it holds operators or quotes."""
    tidied = tidy(title)
    if not _OPERATORS.search(tidied):
        return False
    reading = read(tidied, ())
    if reading.read_as == "words" and not reading.phrases and not reading.absent:
        return False
    return reading != Reading(tuple(replace(c, term=c.term.lower()) for c in _words(tidied)))


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
