"""Which papers are talked about now: the comments they gained, old ones counting less. Formula: docs/listings.md."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator

from sitegen.paper import Source

HALF_LIFE = 14
"""Days after which a comment counts half."""

LEAST = 0.1
"""Comments, discounted to the day of the newest capture, that a paper needs in order to be trending."""

DECIMALS = 6
"""Of a heat: two machines may differ behind them, and the order of papers must not."""


def heat_of(published: dt.date | None, sources: Iterable[Source]) -> float | None:
    """Give the comments that a paper gained, discounted, as a logarithm to the base of 2; None where none are known.

    On a day `d` the paper has `2 ** (heat - d.toordinal() / HALF_LIFE)` discounted comments, so that the order of two
    papers is the same on every day, and a heat hangs on nothing but the paper.
    """
    gains = list(_gains(published, sources))
    if not gains:
        return None
    last = gains[-1][1]
    # Counted from the last gain, which stays far from zero, and not from some fixed day, from which it may not.
    discounted = sum(gain * _weight((last - since).days, (last - until).days) for since, until, gain in gains)
    return round(math.log2(discounted) + last.toordinal() / HALF_LIFE, DECIMALS)


def least_heat(newest: dt.date) -> float:
    """Give the heat that a trending paper has at least. newest: the day of the newest capture of all."""
    return math.log2(LEAST) + newest.toordinal() / HALF_LIFE


def _gains(published: dt.date | None, sources: Iterable[Source]) -> Iterator[tuple[dt.date, dt.date, int]]:
    """Yield the comments that came between two days, for each time that there were more than ever before.

    A paper begins without any on the day of its publication; where that is not known, with those first seen.
    """
    counts: dict[dt.date, int] = {}
    for source in sources:
        if source.captured and source.comments is not None:
            counts[source.captured] = max(source.comments, counts.get(source.captured, 0))
    since, most = published, 0
    for day in sorted(counts):
        if since and counts[day] > most:
            yield min(since, day), day, counts[day] - most
        since, most = day, max(most, counts[day])


def _weight(oldest: int, youngest: int) -> float:
    """Give what a comment counts that came at any time between two ages in days, each as likely as the others."""
    if oldest == youngest:
        return _halved(youngest)
    return float((_halved(youngest) - _halved(oldest)) * HALF_LIFE / math.log(2) / (oldest - youngest))


def _halved(age: int) -> float:
    return float(2 ** (-age / HALF_LIFE))
