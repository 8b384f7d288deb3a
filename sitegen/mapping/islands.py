"""Islands: the room of each topic on the map, a disc as large as its papers need, near the topics akin to it."""

from dataclasses import dataclass

import numpy as np

from sitegen.mapping.ties import Filing, Floats, Ties, sums

ROUNDS = 300
"""Rounds in which the discs come to rest."""

DENSITY = 8.0
"""Papers in a unit of area."""

_SHORE = 0.025
"""The strait between two discs, in parts of the whole."""
_NEAR = 1e-9
"""Keeps a distance from being nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Islands:
    """A disc for each topic, and one for what has none; all of shape (topics + 1,)."""

    x: Floats
    y: Floats
    radius: Floats


def lay_out_islands(filing: Filing, ties: Ties, topics: int) -> Islands:
    """Place the discs: those of akin topics are drawn together, and none lies on another."""
    sizes = np.bincount(filing.first, minlength=topics + 1).astype(np.float64)
    radius = np.sqrt(np.maximum(sizes, 1) / (DENSITY * 3.14159))
    whole = float(np.sqrt((radius * radius).sum()))
    x, y = _in_rows(topics + 1, whole)
    pull = _kinship(filing, ties, sizes)
    area = radius * radius
    yielding = area[None, :] / (area[:, None] + area[None, :])
    room = radius[:, None] + radius[None, :] + _SHORE * whole
    for turn in range(ROUNDS):
        heat = 1 - turn / ROUNDS
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        distance = np.sqrt(dx * dx + dy * dy) + _NEAR
        overlap = np.maximum(room - distance, 0)
        np.fill_diagonal(overlap, 0)
        force = yielding * (0.5 * overlap - 0.2 * heat * pull * np.maximum(distance - room, 0)) / distance
        x = x + (force * dx).sum(axis=1) - 0.03 * heat * x
        y = y + (force * dy).sum(axis=1) - 0.03 * heat * y
    return Islands(x, y, radius)


def _in_rows(number: int, whole: float) -> tuple[Floats, Floats]:
    """Begin with the discs in rows, in the order of the topics; each row a little to the right of the one before."""
    side = 1
    while side * side < number:
        side += 1
    places = np.arange(number, dtype=np.float64)
    rows = np.floor(places / side)
    columns = places - rows * side
    step = 4 * whole / side
    return (columns + 0.3 * rows - side / 2) * step, (rows - side / 2) * step


def _kinship(filing: Filing, ties: Ties, sizes: Floats) -> Floats:
    """Weigh how akin two topics are: by ties from one to the other, and by papers filed under both. At most 1."""
    number = len(sizes)
    from_first = filing.first[filing.paper] * number + filing.topic
    across = filing.first[ties.one] * number + filing.first[ties.other]
    both = sums(from_first, np.ones(len(from_first)), number * number) + sums(across, ties.weight, number * number)
    counts = both.reshape(number, number)
    matrix = (counts + counts.T) / np.sqrt((sizes[:, None] + 5) * (sizes[None, :] + 5))
    np.fill_diagonal(matrix, 0)
    return matrix / max(float(matrix.max()), _NEAR)
