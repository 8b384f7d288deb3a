"""All terms of the index in one file, for what cannot be looked up: misspelt words, a `*` that is not at the end."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sitegen.search import utf16
from sitegen.search.documents import json_bytes
from sitegen.search.values import decode, encode


def vocabulary_file(terms: Sequence[str], papers: Sequence[int]) -> bytes:
    """Write sorted terms, each without what it begins with like the one before, and how many papers hold each."""
    units = [utf16.units(term) for term in terms]
    shared = [_shared(before, here) for before, here in zip(["", *units], units, strict=False)]
    rest = [utf16.joined(term[length:]) for term, length in zip(units, shared, strict=True)]
    return json_bytes({"shared": encode(shared), "rest": rest, "papers": encode(papers)})


def read_vocabulary(data: Any) -> dict[str, int]:  # noqa: ANN401  # JSON is whatever it is
    """Read what `vocabulary_file` wrote: how many papers hold each term; TypeError, ValueError: it did not."""
    return dict(zip(_terms(decode(data["shared"]), data["rest"]), decode(data["papers"]), strict=True))


def _terms(shared: Iterable[int], rest: Iterable[str]) -> Iterator[str]:
    before = ""
    for length, ending in zip(shared, rest, strict=True):
        before = before[:length] + utf16.units(ending)
        yield utf16.joined(before)


def _shared(one: str, other: str) -> int:
    """Count the code units that two terms have in common at their beginning; no pair of surrogates is parted."""
    pairs = enumerate(zip(one, other, strict=False))
    length = next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
    return length - 1 if length and "\ud800" <= one[length - 1] <= "\udbff" else length
