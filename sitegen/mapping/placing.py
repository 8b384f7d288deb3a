"""Placing: each paper begins on the island of its first topic, and moves until what draws and what drives it even out.

The forces are those of a layout of neighbours by gradient descent: ties draw two papers together, all others drive each
other apart. Of all others a few are taken in each round, by shifting the whole row of papers against itself.
"""

import zlib
from collections.abc import Iterator

import numpy as np

from sitegen.mapping.ground import NOWHERE, SIDE, Ground, Places
from sitegen.mapping.islands import Islands, lay_out_islands
from sitegen.mapping.ties import Filing, Floats, Ties, file_topics, sums, tie

ROUNDS = 80
"""Rounds in which the papers come to rest."""
SHIFTS = 6
"""Other papers that each paper is driven from in a round, on either side."""
SMOOTHINGS = 2
"""Rounds, before all others, in which each paper moves to the middle of those it is tied to."""

_DRIVE = 2.0
_WALL = 0.015
_PACE = 0.25
_FASTEST = 4.0
_MARGIN = 0.03
"""The part of a side that is left free at each edge."""
_OUTLIERS = 1000
"""One paper in so many, on each side, may lie outside the rest; it is brought to the margin."""


def place_papers(ground: Ground) -> Places:
    """Place all papers; the same ground gives the same places anywhere."""
    if not ground.papers:
        return NOWHERE
    filing = file_topics(ground)
    ties = tie(ground, filing)
    islands = lay_out_islands(filing, ties, ground.topics)
    x, y = _settled(*_begun(ground, filing, ties, islands), filing, ties, islands)
    return _fitted(x, y)


def _begun(ground: Ground, filing: Filing, ties: Ties, islands: Islands) -> tuple[Floats, Floats]:
    """Put each paper on its island, on the side of its other topics, and then amidst those that it is tied to."""
    radius = islands.radius[filing.first]
    scatter = np.array([zlib.crc32(paper.slug.encode()) for paper in ground.papers], np.int64)
    number = len(ground.papers)
    topics = np.bincount(filing.paper, minlength=number)
    weight = sums(ties.one, ties.weight, number) + sums(ties.other, ties.weight, number)
    placed = []
    for centre, bits in ((islands.x, scatter & 0xFFFF), (islands.y, scatter >> 16)):
        home = centre[filing.first]
        aim = sums(filing.paper, centre[filing.topic], number) / topics - home
        here = home + np.clip(aim, -0.5, 0.5) * radius + (bits / 32768 - 1) * 0.6 * radius
        for _ in range(SMOOTHINGS):
            here = (here + _drawn(here, ties, number)) / (1 + weight)
        placed.append(here)
    return placed[0], placed[1]


def _drawn(here: Floats, ties: Ties, number: int) -> Floats:
    """Sum the places of the papers that each is tied to, by weight."""
    return sums(ties.one, ties.weight * here[ties.other], number) + sums(
        ties.other, ties.weight * here[ties.one], number
    )


def _settled(
    x: Floats, y: Floats, filing: Filing, ties: Ties, islands: Islands
) -> tuple[Floats, Floats]:  # fmt: skip
    """Move the papers, round by round, ever more slowly."""
    number, shifts = len(x), _shifts(len(x))
    home_x, home_y, radius = (of[filing.first] for of in (islands.x, islands.y, islands.radius))
    for turn in range(ROUNDS):
        pace = 1 - turn / ROUNDS
        force_x, force_y = _pull(x, y, ties, number)
        for _ in range(SHIFTS if number > 1 else 0):
            _drive(x, y, next(shifts), force_x, force_y)
        away_x, away_y = home_x - x, home_y - y
        far = (away_x * away_x + away_y * away_y) / (radius * radius)
        back = _WALL * pace * np.minimum(far, 3)
        x = x + np.clip(force_x, -_FASTEST, _FASTEST) * (pace * _PACE) + away_x * back
        y = y + np.clip(force_y, -_FASTEST, _FASTEST) * (pace * _PACE) + away_y * back
    return x, y


def _pull(x: Floats, y: Floats, ties: Ties, number: int) -> tuple[Floats, Floats]:
    dx, dy = x[ties.one] - x[ties.other], y[ties.one] - y[ties.other]
    strength = -2 * ties.weight / (1 + dx * dx + dy * dy)
    along_x, along_y = strength * dx, strength * dy
    return (
        sums(ties.one, along_x, number) - sums(ties.other, along_x, number),
        sums(ties.one, along_y, number) - sums(ties.other, along_y, number),
    )


def _drive(x: Floats, y: Floats, shift: int, force_x: Floats, force_y: Floats) -> None:
    """Drive each paper from the one that stands some places before it in the row, and that one from it."""
    dx, dy = x - np.roll(x, shift), y - np.roll(y, shift)
    square = dx * dx + dy * dy
    strength = 2 * _DRIVE / ((0.1 + square) * (1 + square))
    along_x, along_y = strength * dx, strength * dy
    force_x += along_x - np.roll(along_x, -shift)
    force_y += along_y - np.roll(along_y, -shift)


def _shifts(number: int) -> Iterator[int]:
    """Yield numbers from 1 to number - 1 that look random: a linear congruential generator's upper bits."""
    state = 12345
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        yield 1 + (state >> 33) % max(number - 1, 1)


def _fitted(x: Floats, y: Floats) -> Places:
    """Fit the papers into the square, at one scale; what lies far from all others comes to the margin."""
    bounds = [_bounds(along) for along in (x, y)]
    extent = max(high - low for low, high in bounds) or 1.0
    room = SIDE * (1 - 2 * _MARGIN)
    fitted = []
    for along, (low, high) in zip((x, y), bounds, strict=True):
        places = (np.clip(along, low, high) - (low + high) / 2) * (room / extent) + SIDE / 2
        fitted.append(tuple(np.clip(np.rint(places), 0, SIDE - 1).astype(np.int64).tolist()))
    return Places(fitted[0], fitted[1])


def _bounds(along: Floats) -> tuple[float, float]:
    ordered = np.sort(along)
    outside = len(ordered) // _OUTLIERS
    return float(ordered[outside]), float(ordered[-1 - outside])
