"""The index cut by term: the lists of neighbouring terms make one file."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from sitegen.search import utf16
from sitegen.search.analysis import Analysis
from sitegen.search.columns import Columns, Integers, by_term
from sitegen.search.documents import FIELDS, json_bytes
from sitegen.search.values import LIMIT, OFFSET

LEAST: Final = 4_000
GREATEST: Final = 16_000
"""Bytes of a shard: no border before the one, a border in any case after the other."""
BORDER: Final = 24
"""Of so many terms one may begin a shard; its hash says which, so that borders stay when lists grow elsewhere."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of lists and the first of its terms."""

    first: str
    data: bytes


def cut(entries: Iterable[tuple[str, bytes]]) -> Iterator[Shard]:
    """Put sorted entries, each with its term, into shards; one of `LEAST` bytes or more stands alone."""
    terms: list[str] = []
    held: list[bytes] = []
    size = 0
    for term, entry in entries:
        if held and _is_border(term, len(entry), size):
            yield _shard(terms, held)
            terms, held, size = [], [], 0
        terms.append(term)
        held.append(entry)
        size += len(entry)
        if len(entry) >= LEAST:
            size = GREATEST
    if held:
        yield _shard(terms, held)


def _is_border(term: str, length: int, size: int) -> bool:
    if length >= LEAST or size + length > GREATEST:
        return True
    return size >= LEAST and zlib.crc32(term.encode("utf-8", "surrogatepass")) % BORDER == 0


def _shard(terms: Sequence[str], entries: Sequence[bytes]) -> Shard:
    return Shard(terms[0], b"[" + b",\n".join(entries) + b"]")


def term_entries(analysis: Analysis, columns: Columns) -> Iterator[tuple[str, bytes]]:
    """Yield every term with its entry, in the order of code units: rank, and per field documents and frequencies."""
    lists = by_term(columns)
    bounds = lists.bounds
    documents = _Values(_differences(lists.documents, bounds))
    counts = _Values(lists.counts)
    ranks = columns.ranks.tolist()
    for number in code_unit_order(analysis.terms):
        entry: list[object] = [analysis.terms[number], ranks[number]]
        for start, end in pairwise(bounds[number * len(FIELDS) : (number + 1) * len(FIELDS) + 1]):
            entry += [documents[start:end], counts[start:end]] if start < end else [0, 0]
        while entry[-1] == 0 and len(entry) > len(("term", "rank")):
            entry.pop()
        yield analysis.terms[number], json_bytes(entry)


def code_unit_order(terms: Sequence[str]) -> list[int]:
    """Give the numbers of terms, sorted as JavaScript compares strings; lunr.js refuses an index in another order."""
    return sorted(range(len(terms)), key=lambda number: utf16.units(terms[number]))


class _Values:
    """A column whose slices are written as `values.encode` writes them."""

    def __init__(self, numbers: Integers) -> None:
        self._numbers = numbers
        self._text = (np.minimum(numbers, LIMIT) + OFFSET).astype("<u2").tobytes().decode("utf-16-le")
        self._is_small = bool((numbers < LIMIT).all())

    def __getitem__(self, part: slice) -> str | list[int]:
        numbers = self._numbers[part]
        if self._is_small or bool((numbers < LIMIT).all()):
            return self._text[part]
        return [int(number) for number in numbers]


def _differences(documents: Integers, bounds: Sequence[int]) -> Integers:
    """Write the documents of each list as the first, then the differences."""
    differences = np.diff(documents, prepend=0)
    starts = np.unique(np.array(bounds, dtype=np.int64))
    starts = starts[starts < len(documents)]
    differences[starts] = documents[starts]
    return differences
