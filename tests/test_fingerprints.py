"""A fingerprint changes with every paper that a bundle is made of, and costs no more than their digests."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sitegen.catalogue import Entry, Group, build_catalogue
from sitegen.feeds import Feed
from sitegen.fingerprints import Fingerprints
from sitegen.related import Neighbour
from tests.papers import entry

PAPERS = tuple(replace(entry(f"paper-{n}", f"2024-05-0{n}"), digest=f"{n:032d}") for n in range(1, 6))


def changed(paper: Entry) -> Entry:
    return replace(paper, digest="f" * 32)


def of(*made_of: object) -> str:
    return Fingerprints().of(made_of)


def holders(papers: tuple[Entry, ...]) -> dict[str, object]:
    """Give all that a bundle may hold papers in."""
    catalogue = build_catalogue(papers, ())
    return {
        "paper": papers[2],
        "row": papers,
        "nested": ("x", [("y", papers)]),
        "group": Group("x", "X", "topics/x/", papers),
        "feed": Feed("", "All", "", papers),
        "year": catalogue.years[0],
        "weeks": catalogue.weeks,
    }


@given(st.integers(0, 4))
def test_each_paper_counts_wherever_it_stands(place: int) -> None:
    other = (*PAPERS[:place], changed(PAPERS[place]), *PAPERS[place + 1 :])
    for name, before in holders(PAPERS).items():
        after = holders(other)[name]
        assert (of(before) == of(after)) == (name == "paper" and place != 2)


def test_equal_values_have_one_fingerprint_in_any_build() -> None:
    assert all(of(value) == of(holders(tuple(PAPERS))[name]) for name, value in holders(PAPERS).items())


def test_of_a_paper_nothing_but_its_digest_is_looked_at() -> None:
    """It is a hash of all that the paper is made of."""
    assert of(PAPERS) == of(tuple(replace(paper, html="<p>other</p>") for paper in PAPERS))


def test_what_holds_no_paper_counts_as_it_is() -> None:
    near = (Neighbour(3, ("word",)), Neighbour(4, ("term",)))
    assert of("x", near, dt.date(2024, 5, 1), None) == of("x", tuple(near), dt.date(2024, 5, 1), None)
    assert len({of("x", near), of("x", near[:1]), of("x", near[::-1]), of("y", near), of("x", ())}) == 5


def test_values_that_come_and_go_are_not_taken_for_each_other() -> None:
    """One build asks for thousands of them, and the place in memory of one that is gone may be another's."""
    fingerprints = Fingerprints()
    found = {fingerprints.of((Group(str(n), "X", "topics/x/", PAPERS),)) for n in range(100)}
    assert len(found) == 100
