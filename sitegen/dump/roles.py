"""Which paragraph of a dump is a title, which an abstract, and which is neither.

A record is a title and an abstract, and then META. Where all is well the paragraphs between two METAs are just these
two, whatever they look like. Where a record has lost its META, or something foreign stands between, there are more, and
the reading that needs the fewest oddities is taken. `_TITLE`, `_ABSTRACT` and the figures below say how odd each is.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.dump.lines import NOISE, Look, Paragraph


class Role(enum.Enum):
    """What a paragraph is to its record."""

    TITLE = enum.auto()
    ABSTRACT = enum.auto()
    CONTINUED = enum.auto()
    """More of an abstract, after a blank line that should not be there."""
    FURNITURE = enum.auto()
    """Known noise."""
    STRAY = enum.auto()
    """Neither of a record nor known."""


class Ending(enum.Enum):
    """What follows the paragraphs."""

    META = enum.auto()
    """The lines that close a record: the last title belongs to them."""
    END = enum.auto()
    """The file's end, or the header of another page."""
    MORE = enum.auto()
    """Not known yet."""


class _State(enum.Enum):
    BETWEEN = enum.auto()
    TITLED = enum.auto()
    READ = enum.auto()


_TITLE = {
    Look.PLAIN: 0,
    Look.ASIDE: 2,
    Look.WORD: 6,
    Look.FURNITURE: 12,
    Look.SENTENCE: 14,
    Look.LONG: 24,
    Look.BANNER: 100,
}
_ABSTRACT = {Look.LONG: 0, Look.SENTENCE: 0, Look.BANNER: 100}
_ABSTRACT_OF_WORDS = 14
_STRAY = {Look.LONG: 12, Look.BANNER: 100}
_STRAY_LINE = 8
_FURNITURE = 1
_CONTINUED = 10
_META_LOST = 4
_ABSTRACT_LOST = 20
_META_ORPHANED = 24
_END = {
    Ending.META: {_State.READ: 0, _State.TITLED: _ABSTRACT_LOST, _State.BETWEEN: _META_ORPHANED},
    Ending.END: {_State.READ: _META_LOST, _State.BETWEEN: 0},
    Ending.MORE: {_State.READ: 0, _State.TITLED: 0, _State.BETWEEN: 0},
}


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the paragraphs so far."""

    cost: int = 0
    roles: tuple[Role, ...] = ()

    def then(self, cost: int, *roles: Role) -> "_Reading":
        return _Reading(self.cost + cost, (*self.roles, *roles))


def assign_roles(paragraphs: Sequence[Paragraph], ending: Ending) -> list[Role]:
    """Give each paragraph its role: the least odd reading, and of equals the first in the order written here.

    Meant for a few dozen paragraphs at a time.
    """
    if ending is Ending.META and [paragraph.look for paragraph in paragraphs] in _WHOLE_RECORDS:
        return [Role.TITLE, Role.ABSTRACT]
    return least_odd(paragraphs, ending)


_WHOLE_RECORDS = ([Look.PLAIN, Look.LONG], [Look.PLAIN, Look.SENTENCE])
"""Nearly every record: nothing about it is odd, so no other reading needs to be weighed."""


def least_odd(paragraphs: Sequence[Paragraph], ending: Ending) -> list[Role]:
    """Weigh every reading of the paragraphs."""
    readings = {_State.BETWEEN: _Reading()}
    for paragraph in paragraphs:
        readings = _extended(readings, paragraph)
    ended = [reading.then(_END[ending][state]) for state, reading in readings.items() if state in _END[ending]]
    return list(min(ended, key=_cost).roles)


def _extended(readings: dict[_State, _Reading], paragraph: Paragraph) -> dict[_State, _Reading]:
    candidates: dict[_State, list[_Reading]] = {state: [] for state in _State}
    for state, reading in readings.items():
        for after, role, cost in _choices(state, paragraph):
            candidates[after].append(reading.then(cost, role))
    return {state: min(found, key=_cost) for state, found in candidates.items() if found}


def _choices(state: _State, paragraph: Paragraph) -> list[tuple[_State, Role, int]]:
    """List what a paragraph may be after what came before: the state it leads to, its role, how odd that is."""
    look = paragraph.look
    left = _META_LOST if state is _State.READ else 0
    choices = [(state, Role.FURNITURE, _FURNITURE)] if look in NOISE else []
    if state is _State.TITLED:
        return [*choices, (_State.READ, Role.ABSTRACT, _ABSTRACT.get(look, _ABSTRACT_OF_WORDS))]
    choices.append((_State.TITLED, Role.TITLE, _TITLE[look] + left))
    if state is _State.READ:
        choices.append((_State.READ, Role.CONTINUED, _CONTINUED))
    return [*choices, (_State.BETWEEN, Role.STRAY, _STRAY.get(look, _STRAY_LINE) + left)]


def _cost(reading: _Reading) -> int:
    return reading.cost
