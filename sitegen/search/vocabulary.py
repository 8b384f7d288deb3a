"""All terms of the index in one file, for what cannot be looked up: misspelt words, a `*` that is not at the end."""

from collections.abc import Iterable, Iterator
from typing import Any

from sitegen.search import utf16
from sitegen.search.values import decode


def read_vocabulary(data: Any) -> dict[str, int]:  # noqa: ANN401  # JSON is whatever it is
    """Read what `fronts.vocabulary_file` wrote: how many papers hold each term; TypeError, ValueError: it did not."""
    return dict(zip(_terms(decode(data["shared"]), data["rest"]), decode(data["papers"]), strict=True))


def _terms(shared: Iterable[int], rest: Iterable[str]) -> Iterator[str]:
    before = ""
    for length, ending in zip(shared, rest, strict=True):
        before = before[:length] + utf16.units(ending)
        yield utf16.joined(before)
