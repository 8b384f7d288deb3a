"""What is placed on the map, and where it lies then."""

from dataclasses import dataclass

SIDE = 4096
"""Places on a side of the map, which is square: 12 bits."""


@dataclass(frozen=True, slots=True)
class Plotted:
    """A paper to be placed. topics: their numbers, best first. similar: numbers of papers like it."""

    slug: str
    topics: tuple[int, ...]
    similar: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """All that the map is made of. topics: how many there are."""

    topics: int
    papers: tuple[Plotted, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the papers lie, in their order: from the left and from the top, 0 to SIDE - 1."""

    x: tuple[int, ...]
    y: tuple[int, ...]


NOWHERE = Places((), ())
"""The places of no papers."""
