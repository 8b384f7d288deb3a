"""The page of the map. Without a script it shows a still picture: a dot for each cell that holds papers of a topic."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sitegen.bundles import Bundle, Turn
from sitegen.frame import MAP, Frame, ready
from sitegen.jobs import Job
from sitegen.mapping.ground import SIDE
from sitegen.plotting import Plot, Spot
from sitegen.related import Neighbour
from sitegen.views import Chrome, Head, Link

GRID = 160
"""Cells on a side of the still picture."""

FEW = 1_000
"""Papers of a map whose dots may be large."""

_SIZES = ((300, 260), (680, 480))
"""Width and height, in pixels, of the smallest picture and of a usual one. Names of topics must have room there."""
_LETTER, _LINE = 8.2, 20
"""Width of a letter and height of a line of a name, in pixels."""


@dataclass(frozen=True, slots=True)
class Key:
    """A topic in the map's key. link: with its papers on the map. tone: number of its colour."""

    link: Link
    tone: int
    is_square: bool


@dataclass(frozen=True, slots=True)
class Dots:
    """The dots of a topic in the still picture: an SVG path of lines without length. tone: as in `Key`; -1 for none."""

    tone: int
    is_square: bool
    path: str


@dataclass(frozen=True, slots=True)
class Label:
    """A topic's name in the still picture. x, y: of its middle, in percent. minor: not in the smallest picture."""

    text: str
    x: float
    y: float
    minor: bool


@dataclass(frozen=True, slots=True)
class MapView:
    """map.html. about: what it shows. points: path of the file that the script draws from. side: of the picture."""

    chrome: Chrome
    head: Head
    heading: str
    about: str
    crumbs: tuple[Link, ...]
    count: int
    is_sparse: bool
    points: str
    side: int
    dots: tuple[Dots, ...]
    labels: tuple[Label, ...]
    key: tuple[Key, ...]


def map_bundle(frame: Frame, neighbours: Sequence[Sequence[Neighbour]], plot: Callable[[], Plot]) -> Bundle[Job]:
    """Give the page of the map; all papers have a part in it, and nobody waits for it."""
    made_of = (frame.digest, frame.catalogue.papers, neighbours)
    return Bundle("map", made_of, lambda: [_job(frame, plot())], Turn.LAST)


def _job(frame: Frame, plot: Plot) -> Job:
    count, words = len(plot.papers), frame.words
    heading = frame.leading_to(MAP).label
    about = words("map.about") if count == plot.total else words("map.newest", n=count, all=plot.total)
    view = MapView(
        chrome=frame.chrome,
        head=frame.head(MAP, heading, about),
        heading=heading,
        about=about,
        crumbs=(),
        count=count,
        is_sparse=count < FEW,
        points=plot.path,
        side=GRID,
        dots=tuple(_dots(plot)),
        labels=tuple(_labels(plot.spots)),
        key=tuple(Key(Link(s.title, s.path, s.count), s.tone, s.is_square) for s in plot.spots),
    )
    return ready(MAP, "map.html", view)


def _dots(plot: Plot) -> Iterator[Dots]:
    """Draw each topic's cells that hold a paper; large topics first, so that small ones are not hidden."""
    cells: dict[int, set[tuple[int, int]]] = {}
    for number, x, y in zip(plot.topics, plot.places.x, plot.places.y, strict=True):
        cells.setdefault(number, set()).add((y * GRID // SIDE, x * GRID // SIDE))
    if -1 in cells:
        yield Dots(-1, is_square=False, path=_path(cells[-1]))
    for spot in plot.spots:
        yield Dots(spot.tone, spot.is_square, _path(cells[spot.number]))


def _path(cells: Iterable[tuple[int, int]]) -> str:
    """Write cells as lines without length, row by row, each from where the last one was: that packs well."""
    parts, here = [], (0, 0)
    for row, column in sorted(cells):
        parts.append(f"m{column - here[1]} {row - here[0]}h0")
        here = row, column
    return "".join(parts)


def _labels(spots: Iterable[Spot]) -> Iterator[Label]:
    """Name the topics, those with most papers first, as far as no name lies on another."""
    small, usual = (_Room(*size) for size in _SIZES)
    for spot in spots:
        y = round(100 * spot.y / SIDE, 1)
        for rooms in ((small, usual), (usual,)):
            x = rooms[0].beside_edges(spot)
            if all(room.has_place(x, y, spot.title) for room in rooms):
                for room in rooms:
                    room.take(x, y, spot.title)
                yield Label(spot.title, x, y, minor=small not in rooms)
                break


class _Room:
    """A picture of some size, and the names that are in it."""

    def __init__(self, width: int, height: int) -> None:
        self._width = width
        self._height = height
        self._taken: list[tuple[float, float, float]] = []

    def _half(self, text: str) -> float:
        """Give half of the width that a name takes, in percent."""
        return 50 * _LETTER * len(text) / self._width

    def beside_edges(self, spot: Spot) -> float:
        """Give the middle of a topic's name, in percent, so that it does not stick out."""
        half = self._half(spot.title)
        return round(min(max(100 * spot.x / SIDE, half), 100 - half), 1)

    def has_place(self, x: float, y: float, text: str) -> bool:
        """Tell whether a name may stand there."""
        half, line = self._half(text), 100 * _LINE / self._height
        clear = all(abs(x - ox) >= half + other or abs(y - oy) >= line for ox, oy, other in self._taken)
        return clear and half - 0.1 <= x <= 100.1 - half  # x is rounded

    def take(self, x: float, y: float, text: str) -> None:
        """Put a name there."""
        self._taken.append((x, y, self._half(text)))
