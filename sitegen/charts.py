"""Charts as shapes: counts become percentages of the room that a theme gives them, so that texts keep their size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

STEPS = 4
"""Lines of a scale, above the one of zero, that there are at most."""

_GAP = 0.2
"""The part of a bar's room that is left free."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of a scale. at: percent of the height, from the top."""

    value: int
    at: float


@dataclass(frozen=True, slots=True)
class Column:
    """A bar that stands. x, y, width, height: percent of the chart, from the left and from the top.

    label: what is counted. mark: what stands below the bar, "" for nothing. minor: whether it goes where room is short.
    """

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float
    mark: str = ""
    minor: bool = False

    @property
    def middle(self) -> float:
        """Where its middle is, in percent from the left."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class Table:
    """What a chart shows, as a table. The first cell of each row names it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A column chart. id: of its heading. text: what it shows, in words."""

    id: str
    title: str
    text: str
    ticks: tuple[Tick, ...]
    columns: tuple[Column, ...]
    table: Table


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Counts of equal spans of time, as small as a word. text: the same in words."""

    columns: tuple[Column, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A count with its name. mark, minor: see `Column`."""

    label: str
    count: int
    mark: str = ""
    minor: bool = False


def scale(peak: int) -> tuple[int, ...]:
    """Give the values of a scale from 0 up to at least a peak, in steps of 1, 2 or 5 times a power of ten.

    >>> scale(7), scale(0), scale(230)
    ((0, 2, 4, 6, 8), (0, 1), (0, 100, 200, 300))
    """
    step = next(step for step in _steps() if step * STEPS >= peak)
    return tuple(range(0, max(-(-peak // step), 1) * step + 1, step))


def _steps() -> Iterator[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


def columns(counted: Sequence[Counted], top: int) -> tuple[Column, ...]:
    """Stand counts side by side. top: the count that would reach the top of the chart."""
    room = 100 / max(len(counted), 1)
    return tuple(
        Column(
            label=one.label,
            count=one.count,
            x=round(place * room + room * _GAP / 2, 2),
            y=round(100 - 100 * one.count / top, 2),
            width=round(room * (1 - _GAP), 2),
            height=round(100 * one.count / top, 2),
            mark=one.mark,
            minor=one.minor,
        )
        for place, one in enumerate(counted)
    )


def chart(name: str, title: str, text: str, counted: Sequence[Counted], table: Table) -> Chart:
    """Make a column chart."""
    values = scale(max((one.count for one in counted), default=0))
    ticks = tuple(Tick(value, round(100 - 100 * value / values[-1], 2)) for value in values)
    return Chart(name, title, text, ticks, columns(counted, values[-1]), table)


def sparkline(counted: Sequence[Counted], text: str) -> Sparkline:
    """Make a sparkline: its highest column is as high as it is."""
    return Sparkline(columns(counted, max((one.count for one in counted), default=0) or 1), text)
