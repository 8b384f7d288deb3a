"""The terms of a built index: looked up one by one in its shards, or all together in its vocabulary."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sitegen.search import automaton, utf16
from sitegen.search.values import decode, sums

_BEYOND = "\uffff"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term's lists. documents, counts: for each field the documents that hold it there, ascending, and how often.

    rank: its place among the terms of the first document that holds it.
    """

    rank: int
    documents: tuple[list[int], ...]
    counts: tuple[list[int], ...]

    @property
    def pairs(self) -> int:
        """In how many fields of documents the term stands."""
        return sum(map(len, self.documents))

    @property
    def order(self) -> tuple[int, int]:
        """Sort entries as Lunr numbers their terms: as they first appear in the catalogue."""
        return min(documents[0] for documents in self.documents if documents), self.rank


def read_entry(data: Any, fields: int) -> Entry:  # noqa: ANN401  # JSON is whatever it is
    """Read an entry of a shard; TypeError, ValueError, IndexError: it is none."""
    _, rank, *lists = data
    lists += [0] * (2 * fields - len(lists))
    documents = tuple(sums(decode(given or "")) for given in lists[0::2])
    counts = tuple(decode(given or "") for given in lists[1::2])
    if not any(documents) or list(map(len, documents)) != list(map(len, counts)):
        raise ValueError(data)
    return Entry(int(rank), documents, counts)


@dataclass(frozen=True)  # no slots: the vocabulary is read once, when a query first needs it
class Lexicon:
    """The terms of an index. first: the first term of each shard, in code units. read_shard, read_words: read a file.

    read_shard gives a shard's entries by term, read_words the vocabulary's JSON.
    """

    first: Sequence[str]
    read_shard: Callable[[int], Mapping[str, Entry]]
    read_words: Callable[[], dict[str, int]]

    @cached_property
    def _papers(self) -> dict[str, int]:
        return self.read_words()

    def entry(self, term: str) -> Entry | None:
        """Give a term's lists, None where the index does not hold it."""
        return self.read_shard(self._shard_of(utf16.units(term))).get(term) if self.first else None

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and self.entry(term) is not None

    def begins(self, word: str) -> bool:
        """Tell whether a term begins with these letters."""
        return bool(self._beginning(word))

    def papers(self, term: str) -> int:
        """Give the number of papers that hold a term, counted once for each field."""
        return self._papers.get(term, 0)

    def expand(self, term: str, distance: int) -> list[str]:
        """Give the terms that a term, a pattern with `*` or a misspelt word stands for, in the order of lunr.js."""
        if not distance and automaton.ANY not in term:
            return [term] if term in self else []
        units = utf16.units(term)
        asked = automaton.fuzzy(units, distance) if distance else automaton.wildcard(units)
        if _is_beginning(term, distance):
            known = list(map(utf16.units, self._beginning(term[:-1])))
        else:
            known = automaton.accepted(map(utf16.units, self._papers), asked)
        return [utf16.joined(found) for found in automaton.matches(automaton.trie(known), asked)]

    def shards(self, term: str, distance: int) -> set[int]:
        """Give the numbers of the shards that hold what a pattern stands for."""
        if not self.first:
            return set()
        if _is_beginning(term, distance):
            return set(self._range(term[:-1]))
        return {self._shard_of(utf16.units(known)) for known in self.expand(term, distance)}

    def _shard_of(self, units: str) -> int:
        return max(bisect_right(self.first, units) - 1, 0)

    def _range(self, word: str) -> range:
        """Give the shards that terms with this beginning may be in."""
        units = utf16.units(word)
        return range(self._shard_of(units), self._shard_of(units + _BEYOND) + 1) if self.first else range(0)

    def _beginning(self, word: str) -> list[str]:
        return [term for shard in self._range(word) for term in self.read_shard(shard) if term.startswith(word)]


def _is_beginning(term: str, distance: int) -> bool:
    """Tell whether a pattern is the beginning of words: letters and one `*`, at the end."""
    return not distance and len(term) > 1 and term.find(automaton.ANY) == len(term) - 1


def by_term(entries: Iterable[Any], fields: int) -> dict[str, Entry]:
    """Read the entries of a shard."""
    return {str(data[0]): read_entry(data, fields) for data in entries}
