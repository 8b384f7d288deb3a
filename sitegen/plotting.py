"""The catalogue on its map: which papers are on it, where they lie, and the file that the browser draws them from."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import median_low

import msgspec

from sitegen import urls
from sitegen.assets import digest_of
from sitegen.catalogue import Catalogue, Entry
from sitegen.keys import key_of
from sitegen.mapping import NOWHERE, Ground, Places, Plotted
from sitegen.related import Neighbour

MOST = 10_000
"""Papers on the map: the newest. More could neither be told apart nor be fetched at once."""

TONES = 15
"""Colours of topics; the theme has as many. Topics beyond share them, in the other shape."""

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""Two of these write a number of 12 bits."""

_WRITTEN = [high + low for high in DIGITS for low in DIGITS]

Placing = Callable[[str, Callable[[], Ground]], Places]
"""Gives the places of a ground, by its key."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A topic on the map. x, y: the middle of its papers, as in `Places`. number: of the topic."""

    number: int
    title: str
    path: str
    count: int
    x: int
    y: int

    @property
    def tone(self) -> int:
        """The number of its colour."""
        return self.number % TONES

    @property
    def is_square(self) -> bool:
        """Whether its papers are squares, else circles: with the colours that tells twice as many topics apart."""
        return self.number % 2 == 1


@dataclass(frozen=True)
class Plot:
    """The map. papers: newest first, with their places. topics: the number of each one's first topic, -1 for none.

    total: papers of the catalogue.
    """

    papers: tuple[Entry, ...] = ()
    places: Places = NOWHERE
    topics: tuple[int, ...] = ()
    spots: tuple[Spot, ...] = ()
    total: int = 0

    @cached_property
    def data(self) -> bytes:
        """The file that the browser draws the map from; docs/map.md tells its form."""
        columns = {
            "x": _column(self.places.x),
            "y": _column(self.places.y),
            "topic": _column([number % len(_WRITTEN) for number in self.topics]),
            "check": _column([zlib.crc32(paper.page.slug.encode()) % len(_WRITTEN) for paper in self.papers]),
        }
        topics = [[s.number, s.title, s.path, s.count, s.tone, int(s.is_square), s.x, s.y] for s in self.spots]
        return msgspec.json.encode({"version": 1, "total": self.total, **columns, "topics": topics})

    @cached_property
    def path(self) -> str:
        """The path of that file, which names its bytes."""
        return urls.map_points(digest_of(self.data))


def plot_catalogue(catalogue: Catalogue, neighbours: Sequence[Sequence[Neighbour]], placing: Placing) -> Plot:
    """Put a catalogue on its map. neighbours: similar papers, in the catalogue's order."""
    papers = catalogue.papers[:MOST]
    numbers = {topic.slug: number for number, topic in enumerate(catalogue.taxonomy)}
    topics = [tuple(numbers[assignment.slug] for assignment in paper.topics) for paper in papers]
    places = _placed(papers, topics, len(numbers), neighbours, placing)
    first = tuple(own[0] if own else -1 for own in topics)
    return Plot(papers, places, first, _spots(catalogue, first, places), len(catalogue.papers))


def _placed(
    papers: Sequence[Entry],
    topics: Sequence[tuple[int, ...]],
    number: int,
    neighbours: Sequence[Sequence[Neighbour]],
    placing: Placing,
) -> Places:
    """Place the papers. Where not all are on the map, those that are have neighbours of their own there.

    To find those takes long, so then the key is made of what they are found by.
    """
    if len(neighbours) > len(papers) and any(neighbours):
        facts = [(paper.page.slug, own, paper.terms) for paper, own in zip(papers, topics, strict=True)]
        return placing(key_of(number, facts), lambda: _ground(papers, topics, number, _found_among(papers)))
    ground = _ground(papers, topics, number, neighbours)
    return placing(key_of(ground), lambda: ground)


def _found_among(papers: Sequence[Entry]) -> Sequence[Sequence[Neighbour]]:
    from sitegen.related.finding import find_related  # noqa: PLC0415  # numpy loads slowly; few catalogues need it

    return find_related([paper.terms for paper in papers]).neighbours


def _ground(
    papers: Sequence[Entry],
    topics: Sequence[tuple[int, ...]],
    number: int,
    neighbours: Sequence[Sequence[Neighbour]],
) -> Ground:
    """Tell what is to be placed."""
    rows = zip(papers, topics, neighbours, strict=False)
    return Ground(number, tuple([Plotted(p.page.slug, own, tuple([n.index for n in near])) for p, own, near in rows]))


def _spots(catalogue: Catalogue, first: Sequence[int], places: Places) -> tuple[Spot, ...]:
    """Give the topics that are the first of a paper, those with most papers first."""
    having: dict[int, list[int]] = {}
    for place, number in enumerate(first):
        having.setdefault(number, []).append(place)
    spots = (
        Spot(
            number=number,
            title=group.title,
            path=group.path,
            count=len(having[number]),
            x=median_low(places.x[place] for place in having[number]),
            y=median_low(places.y[place] for place in having[number]),
        )
        for number, group in enumerate(catalogue.topics)
        if number in having
    )
    return tuple(sorted(spots, key=lambda spot: -spot.count))


def _column(numbers: Sequence[int]) -> str:
    """Write numbers of 12 bits, two digits each."""
    return "".join([_WRITTEN[number] for number in numbers])
