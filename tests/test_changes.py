"""The papers that were added last, as data for browsers."""

import datetime as dt
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sitegen.catalogue import Entry
from sitegen.changes import MOST, SIZE, added, changes_json
from sitegen.paper import Source
from tests.papers import entry

TITLES = {"nlp": "Language", "diffusion": "Diffusion"}


def captured(*days: str) -> tuple[Source, ...]:
    return tuple(Source("d.txt", 1, dt.date.fromisoformat(day)) for day in days)


def written(papers: list[Entry]) -> dict[str, Any]:
    return json.loads(changes_json(papers, TITLES))  # type: ignore[no-any-return]


def test_a_paper_is_added_when_it_was_first_captured_else_when_it_came_out() -> None:
    assert added(entry("a", "2020-01-01", sources=captured("2025-02-01", "2025-01-01"))) == dt.date(2025, 1, 1)
    assert added(entry("a", "2020-01-01")) == dt.date(2020, 1, 1)
    assert added(entry("a")) is None


def test_what_was_added_last_stands_first_with_its_topics() -> None:
    papers = [
        entry("old", "2025-06-01"),
        entry("late", "2020-01-01", ("nlp",), sources=captured("2025-12-11")),
        entry("unknown"),
    ]
    assert written(papers) == {
        "version": 1,
        "more": False,
        "topics": {"nlp": "Language"},
        "papers": [
            {
                "added": "2025-12-11",
                "slug": "late",
                "path": "/papers/2020/late/",
                "title": "Title of late",
                "topics": ["nlp"],
            },
            {
                "added": "2025-06-01",
                "slug": "old",
                "path": "/papers/2025/old/",
                "title": "Title of old",
                "topics": [],
            },
        ],
    }


def test_the_file_stays_small_and_says_that_there_is_more() -> None:
    many = [entry(f"paper-{number}", "2024-05-06") for number in range(MOST + 1)]
    assert len(written(many)["papers"]) == MOST
    assert written(many)["more"]
    assert not written(many[:MOST])["more"]
    long = [entry(f"paper-{number}", "2024-05-06", title="Wörter " * 300) for number in range(MOST)]
    assert len(changes_json(long, TITLES)) <= SIZE
    assert 0 < len(written(long)["papers"]) < MOST
    assert written(long)["more"]


@given(st.permutations(range(8)))
def test_the_order_of_the_papers_makes_no_difference(order: list[int]) -> None:
    papers = [entry(f"p{number}", f"2024-05-0{1 + number // 3}", ("nlp", "diffusion")) for number in range(8)]
    assert changes_json([papers[place] for place in order], TITLES) == changes_json(papers, TITLES)
