"""Bundles: files of the site that are planned together, and stay planned while what they are made of stays equal.

A preview compares bundles instead of planning thousands of files anew. docs/builds.md says how to add one.
"""

import enum
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

Planned_co = TypeVar("Planned_co", covariant=True)


class Turn(enum.IntEnum):
    """When a preview makes a bundle of which something changed: what no page can be shown without, pages, the rest.

    LAST is for what takes long, or is made of the whole catalogue and read by machines.
    """

    FIRST = 0
    USUAL = 1
    LAST = 2


@dataclass(frozen=True, slots=True)
class Bundle(Generic[Planned_co]):
    """Pages, or files, that are planned together.

    name: tells it from all others of a build, and finds it again in the next one. made_of: all that they are made of,
    in values that can be compared; while it is equal, so are they. make: plans them.
    """

    name: str
    made_of: tuple[object, ...]
    make: Callable[[], Iterable[Planned_co]]
    turn: Turn = Turn.USUAL
