"""Front coding: each of the sorted terms as what it has in common with the one before, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from sitegen.search import utf16
from sitegen.search.analysis import Integers, Wide
from sitegen.search.columns import Column
from sitegen.search.documents import json_bytes

_FIRST: Final = -1
_NOWHERE: Final = -2


@dataclass(frozen=True, slots=True)
class FrontCoded:
    """What stands for each term, by its number.

    before: the number of the term before it. shared: how many code units the two have in common. rest: what follows.
    """

    before: Integers
    shared: Integers
    rest: Sequence[str]


NOTHING: Final = FrontCoded(np.empty(0, np.int32), np.empty(0, np.int32), ())


def front_code(terms: Sequence[str], order: Integers, known: FrontCoded = NOTHING) -> FrontCoded:
    """Code the terms in an order. known: how fewer of the same terms were coded; only other neighbours are compared."""
    before = np.full(len(terms), _NOWHERE, np.int32)
    before[order] = np.append(_FIRST, order[:-1])[: len(order)]
    shared = np.zeros(len(terms), np.int32)
    shared[: len(known.shared)] = known.shared
    rest = [*known.rest, *terms[len(known.rest) :]]
    moved = before != _NOWHERE
    moved[: len(known.before)] &= before[: len(known.before)] != known.before
    for number in np.flatnonzero(moved).tolist():
        one = utf16.units(terms[before[number]]) if before[number] != _FIRST else ""
        here = utf16.units(terms[number])
        shared[number] = length = _shared(one, here)
        rest[number] = utf16.joined(here[length:])
    return FrontCoded(before, shared, rest)


def vocabulary_file(coded: FrontCoded, order: Integers, papers: Wide) -> bytes:
    """Write the terms in order, and how many papers hold each. papers: by the terms' numbers."""
    rest = json_bytes([coded.rest[number] for number in order.tolist()])
    shared, held = (Column(values[order]).json().encode() for values in (coded.shared, papers))
    return b'{"shared":%b,"rest":%b,"papers":%b}' % (shared, rest, held)


def _shared(one: str, other: str) -> int:
    """Count the code units that two terms have in common at their beginning; no pair of surrogates is parted."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length - 1 if length and "\ud800" <= one[length - 1] <= "\udbff" else length
