"""The map of a catalogue: papers placed so that similar ones lie side by side.

`ground` says what is placed, `islands` gives each topic its room, `ties` says which papers draw each other near,
`placing` moves the papers until they rest, `memory` remembers where. All of it is additions, multiplications, divisions
and square roots of floats in one fixed order, and random numbers from hashes, so that any machine and any number of
workers give the same places. The time is linear in the papers.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from sitegen.mapping.ground import NOWHERE, Ground, Places, Plotted

if TYPE_CHECKING:
    from sitegen.mapping.placing import place_papers

__all__ = ["NOWHERE", "Ground", "Places", "Plotted", "place_papers"]


def __getattr__(name: str) -> object:
    """Import what needs numpy when it is first used: a build in which nothing changed never does."""
    if name != "place_papers":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.placing").place_papers
