"""Lists of integers as text: one code unit for each, which is small, compresses well and is fast to read."""

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

OFFSET: Final = 48
LIMIT: Final = 53_000
"""The least value that no code unit stands for: the surrogates begin above it."""


def encode(numbers: Sequence[int]) -> str | list[int]:
    """Write integers from 0 as a string, or as they are where one is too large for that.

    >>> encode([1, 2, 0]), encode([70_000])
    ('120', [70000])
    """
    if max(numbers, default=0) >= LIMIT:
        return list(numbers)
    return "".join(chr(number + OFFSET) for number in numbers)


def halves(numbers: Sequence[int]) -> tuple[str | list[int], str | list[int]]:
    """Write integers as their multiples of 64 and what is left: two rows of few letters compress better than one.

    >>> halves([63, 64, 200])
    ('013', 'o08')
    """
    return encode([number >> 6 for number in numbers]), encode([number & 63 for number in numbers])


def decode(values: object) -> list[int]:
    """Read what `encode` wrote; TypeError or ValueError: it did not."""
    if isinstance(values, str):
        numbers = [ord(unit) - OFFSET for unit in values]
    elif isinstance(values, list):
        numbers = [int(value) for value in values]
    else:
        raise TypeError(values)
    if min(numbers, default=0) < 0:
        raise ValueError(values)
    return numbers


def whole(high: object, low: object) -> list[int]:
    """Undo `halves`; TypeError or ValueError: it did not write them."""
    return [64 * above + below for above, below in zip(decode(high), decode(low), strict=True)]


def deltas(numbers: Iterable[int]) -> list[int]:
    """Give the first of ascending numbers, then the differences.

    >>> deltas([3, 4, 9])
    [3, 1, 5]
    """
    before = 0
    differences = []
    for number in numbers:
        differences.append(number - before)
        before = number
    return differences


def sums(differences: Iterable[int]) -> list[int]:
    """Undo `deltas`."""
    return list(accumulate(differences))
