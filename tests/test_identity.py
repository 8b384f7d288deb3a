import datetime as dt
from collections.abc import Sequence
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content import PageFile, parse_page
from sitegen.identity import alike, combine, group, match
from sitegen.merge import new_page
from sitegen.paper import Organization, Paper, Source, YearOrigin
from sitegen.prose import from_plain

TIDES = "Small networks read tide tables and learn the rhythm of a harbour from one year of water levels."
OIL = "Lamp oil burns longer when wicks are woven from recycled fibres, as forty careful trials have shown."


def record(title: str = "Tides", abstract: str = TIDES, dump: str = "a.txt", line: int = 1, **said: object) -> Paper:
    day = said.pop("captured", dt.date(2025, 1, 10))
    comments, year = said.get("comments"), said.pop("year", YearOrigin.EXPLICIT)
    source = Source(dump, line, day, comments, year)  # type: ignore[arg-type]
    return Paper(title, abstract, sources=(source,), **said)  # type: ignore[arg-type]


def page_of(records: Sequence[Paper], path: str = "content/papers/2024/tides.md", body: str | None = None) -> PageFile:
    paper = combine(records)
    text = new_page(paper, from_plain(paper.abstract)).text()
    if body is not None:
        text = text[: text.index("\n---\n") + 5] + body
    file, problems = parse_page(text.encode(), path)
    assert problems == []
    assert file is not None
    return file


# --- which records are one paper


def test_records_of_one_title_are_one_paper_however_it_is_written() -> None:
    assert len(group([record("Tides, Again"), record("TIDES: again!", dump="b.txt")])) == 1


def test_one_title_with_two_abstracts_is_two_papers() -> None:
    assert len(group([record(), record(abstract=OIL, dump="b.txt")])) == 2


@pytest.mark.parametrize(
    "other",
    [TIDES[:50], TIDES.replace("rhythm", "rhythms"), "", "Cut off.", TIDES + " Code is public.", TIDES.upper()],
    ids=["cut short", "reworded", "missing", "too few words to tell", "longer", "in capitals"],
)
def test_abstracts_of_one_paper_are_alike(other: str) -> None:
    assert alike(TIDES, other)
    assert alike(other, TIDES)


def test_abstracts_of_two_papers_are_not() -> None:
    assert not alike(TIDES, OIL)


RECORDS = st.builds(
    record,
    title=st.sampled_from(["Tides", "tides", "Oil"]),
    abstract=st.sampled_from([TIDES, TIDES[:60], OIL, OIL + " More.", ""]),
    dump=st.sampled_from(["a.txt", "b.txt", "c.txt"]),
    line=st.integers(1, 9),
    captured=st.sampled_from([None, dt.date(2025, 1, 10), dt.date(2025, 1, 11)]),
    comments=st.sampled_from([None, 0, 3, 7]),
)
DISTINCT = st.lists(RECORDS, max_size=6, unique_by=lambda p: (p.sources[0].dump, p.sources[0].line))


@given(DISTINCT, st.randoms())
def test_grouping_and_combining_do_not_depend_on_the_order(records: list[Paper], random: Random) -> None:
    shuffled = random.sample(records, len(records))
    assert [combine(c) for c in group(records)] == [combine(c) for c in group(shuffled)]


@given(DISTINCT)
def test_every_record_is_in_one_group_and_every_source_is_kept(records: list[Paper]) -> None:
    combined = [combine(cluster) for cluster in group(records)]
    places = sorted((s.dump, s.line) for paper in combined for s in paper.sources)
    assert places == sorted((p.sources[0].dump, p.sources[0].line) for p in records)


# --- what the records of a paper say together


def test_the_newest_capture_is_believed_but_for_abstract_and_date() -> None:
    old = record(dump="a.txt", abstract=TIDES + " More.", date=dt.date(2024, 3, 4), authors=3, comments=9)
    new = record("TIDES", dump="b.txt", captured=dt.date(2025, 2, 10), comments=4, organization=Organization("h", "H"))
    paper = combine([old, new])
    assert (paper.title, paper.comments, paper.authors) == ("TIDES", 4, 3)
    assert (paper.abstract, paper.date) == (old.abstract, old.date)
    assert [(s.dump, s.gave) for s in paper.sources] == [
        ("b.txt", ("title", "organization", "comments")),
        ("a.txt", ("abstract", "date", "authors")),
    ]


def test_of_one_day_the_higher_count_is_the_newer() -> None:
    for records in permutations([record(dump=f"{n}.txt", comments=n) for n in (5, 8, 6)]):
        assert combine(records).comments == 8


def test_a_dump_that_shows_no_count_leaves_the_older_one() -> None:
    new = record(dump="b.txt", captured=dt.date(2025, 2, 10))
    assert combine([new, record(comments=2)]).comments == 2


def test_a_count_of_none_is_a_count() -> None:
    paper = combine([record(comments=0)])
    assert paper.comments == 0
    assert "comments" in paper.sources[0].gave


def test_a_written_year_beats_an_inferred_one_of_a_newer_capture() -> None:
    sure = record(date=dt.date(2024, 3, 4))
    guess = record(dump="b.txt", captured=dt.date(2025, 2, 10), date=dt.date(2025, 1, 4), year=YearOrigin.INFERRED)
    assert combine([guess, sure]).date == sure.date


# --- which page is theirs


def test_a_page_is_found_by_its_keys() -> None:
    page = page_of([record()])
    matches, new = match([(record(dump="b.txt"),)], [page])
    assert [m.file for m in matches] == [page]
    assert new == []


def test_a_page_with_another_abstract_is_another_papers() -> None:
    oil = (record(abstract=OIL, dump="b.txt"),)
    assert match([oil], [page_of([record()])]) == ([], [oil])


def test_a_dump_that_was_corrected_keeps_its_page() -> None:
    matches, new = match([(record(abstract=OIL),)], [page_of([record()])])
    assert (len(matches), new) == (1, [])


def test_each_of_two_papers_of_one_title_finds_its_page() -> None:
    one, two = (record(),), (record(abstract=OIL, line=9),)
    pages = [page_of(one, "content/papers/2024/a.md"), page_of(two, "content/papers/2024/b.md")]
    for clusters in permutations([one, two]):
        matches, new = match(clusters, pages)
        assert {m.file.page.path: m.records for m in matches} == {pages[0].page.path: one, pages[1].page.path: two}
        assert new == []


def test_a_page_whose_abstract_was_edited_does_not_take_its_twins_records() -> None:
    one, two = (record(),), (record(abstract=OIL, line=9),)
    pages = [page_of(one, "content/papers/2024/a.md", "By hand.\n"), page_of(two, "content/papers/2024/b.md")]
    newer = [(record(abstract=TIDES + " More.", dump="b.txt"),), (record(abstract=OIL + " More.", dump="b.txt"),)]
    matches, new = match(newer, pages)
    assert {m.file.page.path: m.records for m in matches} == {
        "content/papers/2024/a.md": newer[0],
        "content/papers/2024/b.md": newer[1],
    }
    assert new == []


def test_an_edited_page_is_believed_to_be_of_one_paper_only() -> None:
    page = page_of([record()], body="By hand.\n")
    unlike = [(record(dump="b.txt"),), (record(abstract=OIL, dump="b.txt", line=9),)]
    matches, new = match(unlike, [page])
    assert [m.records for m in matches] == [unlike[0]]
    assert new == [unlike[1]]


def test_keys_that_a_curator_joined_bring_records_of_two_titles_to_one_page() -> None:
    text = page_of([record()]).document.text().replace("keys: [tides]", "keys: [tides, lowtides]")
    page, _ = parse_page(text.encode(), "content/papers/2024/tides.md")
    assert page is not None
    clusters = group([record(), record("Low Tides", abstract=TIDES + " More.", line=9)])
    (found,), new = match(clusters, [page])
    assert sorted(p.title for p in found.records) == ["Low Tides", "Tides"]
    assert found.abstract == TIDES + " More."
    assert new == []
