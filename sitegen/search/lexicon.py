"""The terms of a built index: looked up one by one in its shards, or all together in its vocabulary."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sitegen.search import automaton, utf16
from sitegen.search.documents import LONG
from sitegen.search.values import decode, sums

_BEYOND = "\uffff"


@dataclass(frozen=True, slots=True)
class Entry:
    """A term's lists. documents, counts: for each field the documents that hold it there, ascending, and how often.

    lengths: for each field its length in each of them, but none for the long field, whose lengths stand elsewhere.
    rank: its place among the terms of the first document that holds it.
    """

    rank: int
    documents: tuple[list[int], ...]
    counts: tuple[list[int], ...]
    lengths: tuple[list[int], ...]

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
    _, rank, *held = data
    lists = [_lists(given, place == LONG) for place, given in enumerate(held + [0] * (fields - len(held)))]
    documents, counts, lengths = zip(*lists, strict=True)
    if len(lists) != fields or not any(documents):
        raise ValueError(data)
    return Entry(int(rank), documents, counts, lengths)


def _lists(data: Any, is_long: bool) -> tuple[list[int], list[int], list[int]]:  # noqa: ANN401  # JSON, see above
    """Read the documents of one field, the frequencies in them and their lengths, which a long field has elsewhere."""
    if data == 0:
        return [], [], []
    deltas, counts, lengths = map(decode, [*data, ""] if is_long else data)
    if len(deltas) != len(counts) or len(lengths) != (0 if is_long else len(counts)):
        raise ValueError(data)
    return sums(deltas), counts, lengths


@dataclass(frozen=True)  # no slots: the vocabulary is read once, when a query first needs it
class Lexicon:
    """The terms of an index. first: the border before each shard, in code units. read_shard, read_words: read a file.

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
        if _is_beginning(term, distance):
            known = list(map(utf16.units, self._beginning(term[:-1])))
        else:
            known = self._accepted(term, distance)
        return [utf16.joined(found) for found in automaton.matches(automaton.trie(known), _asked(term, distance))]

    def shards(self, term: str, distance: int) -> set[int]:
        """Give the numbers of the shards that hold what a pattern stands for."""
        if not self.first:
            return set()
        if _is_beginning(term, distance):
            return set(self._range(term[:-1]))
        return {self._shard_of(known) for known in self._accepted(term, distance)}

    def _accepted(self, term: str, distance: int) -> list[str]:
        """Give the terms that a pattern stands for, sorted, in code units.

        They are remembered: a query asks twice, for the files that it takes and for the terms.
        """
        if (term, distance) not in self._found:
            self._found[term, distance] = automaton.accepted(self._units, _asked(term, distance))
        return self._found[term, distance]

    @cached_property
    def _found(self) -> dict[tuple[str, int], list[str]]:
        return {}

    @cached_property
    def _units(self) -> list[str]:
        return list(map(utf16.units, self._papers))

    def _shard_of(self, units: str) -> int:
        return max(bisect_right(self.first, units) - 1, 0)

    def _range(self, word: str) -> range:
        """Give the shards that terms with this beginning may be in."""
        units = utf16.units(word)
        return range(self._shard_of(units), self._shard_of(units + _BEYOND) + 1) if self.first else range(0)

    def _beginning(self, word: str) -> list[str]:
        return [term for shard in self._range(word) for term in self.read_shard(shard) if term.startswith(word)]


def _asked(term: str, distance: int) -> automaton.Node:
    units = utf16.units(term)
    return automaton.fuzzy(units, distance) if distance else automaton.wildcard(units)


def _is_beginning(term: str, distance: int) -> bool:
    """Tell whether a pattern is the beginning of words: letters and one `*`, at the end."""
    return not distance and len(term) > 1 and term.find(automaton.ANY) == len(term) - 1


def by_term(entries: Iterable[Any], fields: int) -> dict[str, Entry]:
    """Read the entries of a shard."""
    return {str(data[0]): read_entry(data, fields) for data in entries}
