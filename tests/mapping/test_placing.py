"""The map: similar papers side by side, topics together, and always the same places."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.mapping import NOWHERE, Ground, Places, Plotted, place_papers
from sitegen.mapping.ground import SIDE
from sitegen.mapping.islands import lay_out_islands
from sitegen.mapping.memory import MapMemory
from sitegen.mapping.ties import AKIN, APART, SAME, file_topics, tie


def field(size: int = 60, topics: int = 3) -> Ground:
    """Make papers in as many chains of similar ones as there are topics."""
    chain = size // topics
    papers = (
        Plotted(f"paper-{n}", (n // chain,), tuple(m for m in (n - 1, n + 1) if m // chain == n // chain))
        for n in range(chain * topics)
    )
    return Ground(topics, tuple(papers))


@st.composite
def grounds(draw: st.DrawFn) -> Ground:
    size, topics = draw(st.integers(0, 20)), draw(st.integers(0, 5))
    numbers = st.lists(st.integers(0, topics - 1), max_size=3, unique=True) if topics else st.just([])
    papers = []
    for n in range(size):
        similar = draw(st.sets(st.integers(0, size - 1), max_size=5)) - {n}
        papers.append(Plotted(f"paper-{n}", tuple(draw(numbers)), tuple(sorted(similar))))
    return Ground(topics, tuple(papers))


def apart(places: Places, one: int, other: int) -> float:
    return float(np.hypot(places.x[one] - places.x[other], places.y[one] - places.y[other]))


@given(grounds())
def test_every_paper_of_any_catalogue_has_a_place_on_the_map(ground: Ground) -> None:
    places = place_papers(ground)
    assert len(places.x) == len(places.y) == len(ground.papers)
    assert all(0 <= place < SIDE for place in (*places.x, *places.y))


def test_no_papers_no_places() -> None:
    assert place_papers(Ground(3, ())) == NOWHERE


def test_papers_of_one_topic_lie_together() -> None:
    places = place_papers(field())
    centres = [(np.mean(places.x[n : n + 20]), np.mean(places.y[n : n + 20])) for n in (0, 20, 40)]
    nearest = [
        min(range(3), key=lambda c: np.hypot(centres[c][0] - x, centres[c][1] - y))
        for x, y in zip(places.x, places.y, strict=True)
    ]
    astray = sum(topic != n // 20 for n, topic in enumerate(nearest))
    assert astray <= 6


def test_similar_papers_lie_nearer_than_others_of_their_topic() -> None:
    places = place_papers(field(60, 1))
    beside = np.mean([apart(places, n, n + 1) for n in range(59)])
    others = np.mean([apart(places, n, (n + 30) % 60) for n in range(60)])
    assert beside < others / 2


def test_the_places_are_the_same_in_another_process_with_other_hashes_and_threads() -> None:
    code = "from tests.mapping.test_placing import *; print(place_papers(field()))"
    for seed, threads in (("1", "1"), ("2", "2")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
        done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == str(place_papers(field()))


def test_the_places_are_the_same_on_every_machine() -> None:
    places = place_papers(field(12, 2))
    assert list(zip(places.x, places.y, strict=True)) == [
        (1594, 881),
        (1430, 1500),
        (1102, 2134),
        (462, 2192),
        (123, 1597),
        (144, 956),
        (3973, 1739),
        (3525, 1308),
        (2903, 1392),
        (2647, 2020),
        (2528, 2664),
        (2285, 3215),
    ]


@pytest.mark.parametrize(
    ("one", "other", "weight"),
    [((0,), (0,), SAME), ((0, 1), (1, 0), AKIN), ((0,), (1,), APART), ((), (), SAME), ((), (0,), APART)],
)
def test_ties_are_the_heavier_the_more_topics_two_papers_share(
    one: tuple[int, ...], other: tuple[int, ...], weight: float
) -> None:
    ground = Ground(2, (Plotted("a", one, (1,)), Plotted("b", other, ())))
    assert tie(ground, file_topics(ground)).weight.tolist() == [weight]
    both = Ground(2, (ground.papers[0], replace(ground.papers[1], similar=(0,))))
    assert tie(both, file_topics(both)).weight.tolist() == [2 * weight]


def test_islands_of_topics_do_not_lie_on_each_other_and_are_as_large_as_their_papers_need() -> None:
    papers = tuple(Plotted(f"{topic}-{n}", (topic,), ()) for topic in range(6) for n in range(4 ** (topic % 3) * 5))
    ground = Ground(6, papers)
    filing = file_topics(ground)
    islands = lay_out_islands(filing, tie(ground, filing), 6)
    distance = np.hypot(islands.x[:, None] - islands.x, islands.y[:, None] - islands.y)
    room = islands.radius[:, None] + islands.radius
    np.fill_diagonal(distance, np.inf)
    assert (distance > 0.95 * room).all()
    assert islands.radius[1] == pytest.approx(2 * islands.radius[0])


class TestMemory:
    def test_a_ground_of_the_same_key_is_not_asked_for_again(self, tmp_path: Path) -> None:
        asked: list[str] = []

        def ground() -> Ground:
            asked.append("asked")
            return field()

        first = MapMemory(tmp_path, "engine")
        assert first.places("a", ground) == place_papers(field())
        first.places("a", ground)
        first.save()
        assert MapMemory(tmp_path, "engine").places("a", ground) == place_papers(field())
        assert asked == ["asked"]
        MapMemory(tmp_path, "engine").places("b", ground)
        MapMemory(tmp_path, "other").places("a", ground)
        assert len(asked) == 3

    def test_a_damaged_cache_is_no_harm(self, tmp_path: Path) -> None:
        first = MapMemory(tmp_path, "engine")
        first.places("a", field)
        first.save()
        [file] = tmp_path.glob("map.bin")
        file.write_bytes(file.read_bytes()[:-3] + b"xyz")
        assert MapMemory(tmp_path, "engine").places("a", field) == place_papers(field())
