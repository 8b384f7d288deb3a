"""The map as its page and its file show it."""

import json
import re
import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.catalogue import Entry, build_catalogue
from sitegen.config import Config
from sitegen.frame import Frame
from sitegen.mappages import GRID, MapView, map_bundle
from sitegen.mapping import Ground, Places, place_papers
from sitegen.mapping.ground import SIDE
from sitegen.plotting import DIGITS, Plot, plot_catalogue
from sitegen.related import Neighbour, terms_of
from sitegen.topics import Topic
from tests.papers import WORDS, entry

TOPICS = tuple(Topic(f"topic-{n}", f"Topic number {n}") for n in range(20))


def papers(count: int) -> list[Entry]:
    return [
        entry(f"p{n:05}", "2024-05-06", (f"topic-{n % 20}",) if n % 7 else (), title=f"Paper {n}") for n in range(count)
    ]


def plotted(count: int, neighbours: int = 0) -> Plot:
    catalogue = build_catalogue(papers(count), TOPICS)
    near = [tuple(Neighbour((n + m) % count, ("word",)) for m in range(1, neighbours + 1)) for n in range(count)]
    return plot_catalogue(catalogue, near, lambda _key, ground: place_papers(ground()))


def view_of(plot: Plot, count: int) -> MapView:
    frame = Frame(build_catalogue(papers(count), TOPICS), Config(), WORDS)
    [job] = map_bundle(frame, (), lambda: plot).make()
    view = job.view()
    assert isinstance(view, MapView)
    return view


def numbers(column: str) -> list[int]:
    return [DIGITS.index(a) * 64 + DIGITS.index(b) for a, b in zip(column[::2], column[1::2], strict=True)]


def test_the_file_holds_each_papers_place_topic_and_a_check_of_its_slug() -> None:
    plot = plotted(50, 2)
    data = json.loads(plot.data)
    assert (numbers(data["x"]), numbers(data["y"])) == (list(plot.places.x), list(plot.places.y))
    assert data["total"] == 50
    slugs = [paper.page.slug for paper in plot.papers]
    assert numbers(data["check"]) == [zlib.crc32(slug.encode()) % 4096 for slug in slugs]
    topics = {row[0]: row[1] for row in data["topics"]}
    for paper, number in zip(plot.papers, numbers(data["topic"]), strict=True):
        said = paper.topics[0].slug.replace("topic-", "Topic number ") if paper.topics else None
        assert topics.get(number) == said


def test_topics_of_one_colour_have_two_shapes() -> None:
    looks = [(spot.tone, spot.is_square) for spot in plotted(100).spots]
    assert len(looks) == len(set(looks)) == 20


def test_the_counts_of_topics_add_up_to_the_papers_that_have_one() -> None:
    plot = plotted(100)
    assert sum(spot.count for spot in plot.spots) == sum(bool(paper.topics) for paper in plot.papers)


def cells(path: str) -> set[tuple[int, int]]:
    x = y = 0
    found = set()
    for right, down in re.findall(r"m(-?\d+) (-?\d+)h0", path):
        x, y = x + int(right), y + int(down)
        found.add((x, y))
    return found


def test_the_still_picture_has_a_dot_wherever_a_topic_has_a_paper() -> None:
    plot = plotted(300, 1)
    wanted = {(x * GRID // SIDE, y * GRID // SIDE) for x, y in zip(plot.places.x, plot.places.y, strict=True)}
    view = view_of(plot, 300)
    assert set().union(*(cells(dots.path) for dots in view.dots)) == wanted
    assert all(0 <= x < GRID and 0 <= y < GRID for x, y in wanted)


@given(st.lists(st.tuples(st.integers(0, SIDE - 1), st.integers(0, SIDE - 1)), min_size=20, max_size=20))
def test_names_on_the_still_picture_neither_overlap_nor_stick_out(places: list[tuple[int, int]]) -> None:
    catalogue = build_catalogue([entry(f"p{n}", "2024-05-06", (f"topic-{n}",)) for n in range(20)], TOPICS)
    x, y = zip(*places, strict=True)
    plot = plot_catalogue(catalogue, [()] * 20, lambda _key, _ground: Places(x, y))
    view = view_of(plot, 20)
    for width, height, minor in ((300, 260, False), (680, 480, True)):
        boxes = [
            (one.x / 100 * width, one.y / 100 * height, len(one.text) * 4)
            for one in view.labels
            if minor or not one.minor
        ]
        assert boxes
        for place, (left, top, half) in enumerate(boxes):
            assert half - 1 <= left <= width - half + 1
            assert all(abs(left - a) > half + b or abs(top - c) > 15 for a, c, b in boxes[:place])


def test_an_empty_catalogue_has_an_empty_map() -> None:
    plot = plotted(0)
    view = view_of(plot, 0)
    assert (view.count, view.dots, view.labels, view.key) == (0, (), (), ())


def test_what_does_not_move_a_paper_asks_for_no_new_places() -> None:
    keys: list[str] = []

    def placing(key: str, _ground: object) -> Places:
        keys.append(key)
        return Places((0,) * 5, (0,) * 5)

    before = papers(5)
    commented = [replace(before[0], page=replace(before[0].page, comments=9)), *before[1:]]
    reworded = [replace(before[0], terms=terms_of("Quite another title", "")), *before[1:]]
    for some in (before, commented, reworded):
        plot_catalogue(build_catalogue(some, TOPICS), [()] * 5, placing)
    assert keys[0] == keys[1] == keys[2]
    plot_catalogue(build_catalogue(before, TOPICS), [(Neighbour(1, ("word",)),), *[()] * 4], placing)
    assert keys[3] != keys[0]


def test_a_large_catalogue_shows_its_newest_papers_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.plotting.MOST", 30)
    grounds: list[Ground] = []

    def placing(_key: str, ground: object) -> Places:
        grounds.append(ground())  # type: ignore[operator]
        return place_papers(grounds[-1])

    catalogue = build_catalogue(papers(40), TOPICS)
    far = [(Neighbour(39, ("word",)),)] * 39 + [(Neighbour(0, ("word",)),)]
    plot = plot_catalogue(catalogue, far, placing)
    assert plot.papers == catalogue.papers[:30]
    assert all(number < 30 for paper in grounds[0].papers for number in paper.similar)
    assert view_of(plot, 40).about.startswith("The newest 30 of 40 papers.")
