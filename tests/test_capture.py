"""A yearless date has the year of its dump's capture: as the user, the file's name or the dates tell it."""

import datetime as dt
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.capture import day_in_name, settle
from sitegen.dump import Dump, DumpDate, Header, Record, parse_dump
from sitegen.paper import Paper, YearOrigin
from sitegen.problems import Problem, Severity
from tests.sample import DUMPS

EXPLICIT, INFERRED, ABSENT = YearOrigin.EXPLICIT, YearOrigin.INFERRED, YearOrigin.ABSENT


def dump(name: str, header: tuple[int, int] | None, *records: tuple[str, tuple[int, int, int | None] | None]) -> Dump:
    """Make a dump whose header stands in line 11 and whose records, title and date, stand in lines 20, 30, ..."""
    made = tuple(
        Record(
            title=title,
            abstract=f"All about {title}.",
            authors=2,
            organization=None,
            date=DumpDate(*date) if date else None,
            comments=None,
            line=number,
            date_line=number + 6,
            dump=name,
        )
        for number, (title, date) in zip(range(20, 10_000, 10), records, strict=False)
    )
    return Dump(name, f"content/dumps/{name}", Header(*header, 11) if header else None, made)


def year_of(papers: list[Paper], title: str) -> tuple[int | None, YearOrigin]:
    paper = next(p for p in papers if p.title == title)
    return paper.date.year if paper.date else None, paper.sources[0].year


def places(problems: list[Problem], severity: Severity = Severity.WARNING) -> list[tuple[str, int]]:
    return [(p.path.removeprefix("content/dumps/"), p.line) for p in problems if p.severity is severity]


# --- where the year comes from


def test_a_date_in_the_files_name_settles_the_year() -> None:
    papers, problems = settle([dump("daily-2025-12-11.txt", (12, 11), ("A", (10, 3, None)), ("B", (5, 1, 2024)))])
    assert [(p.date, p.sources[0].year) for p in papers] == [
        (dt.date(2025, 10, 3), EXPLICIT),
        (dt.date(2024, 5, 1), EXPLICIT),
    ]
    assert papers[0].sources[0].captured == dt.date(2025, 12, 11)
    assert problems == []


def test_the_option_goes_before_the_files_name() -> None:
    papers, problems = settle([dump("daily-2025-12-11.txt", (12, 11), ("A", (10, 3, None)))], dt.date(2024, 12, 11))
    assert year_of(papers, "A") == (2024, EXPLICIT)
    assert papers[0].sources[0].captured == dt.date(2024, 12, 11)
    assert problems == []


def test_the_smallest_year_after_every_written_one_is_inferred() -> None:
    papers, problems = settle(
        [dump("page.txt", (12, 11), ("A", (10, 3, None)), ("B", (5, 1, 2024)), ("C", (5, 1, 2019)))]
    )
    assert year_of(papers, "A") == (2025, INFERRED)
    assert year_of(papers, "B") == (2024, EXPLICIT)
    assert papers[0].sources[0].captured == dt.date(2025, 12, 11)
    assert places(problems, Severity.NOTE) == [("page.txt", 11)]
    assert places(problems) == []


def test_a_written_year_in_another_dump_settles_the_capture() -> None:
    later = dump("later.txt", (1, 5), ("Paper: A", (10, 3, 2025)))
    papers, problems = settle([dump("page.txt", (12, 11), ("paper a", (10, 3, None)), ("B", (5, 1, 2019))), later])
    assert year_of(papers, "paper a") == (2025, EXPLICIT)
    assert places(problems) == places(problems, Severity.NOTE) == []


def test_the_same_yearless_date_in_a_dump_of_known_year_settles_the_capture() -> None:
    named = dump("daily-2025-12-11.txt", (12, 11), ("A", (10, 3, None)))
    papers, _ = settle(
        [dump("page.txt", (10, 28), ("A", (10, 3, None)), ("B", (5, 1, 2019)), ("C", (2, 2, None))), named]
    )
    assert year_of(papers, "C") == (2025, EXPLICIT)


def test_dumps_that_share_a_yearless_date_share_the_year() -> None:
    one = dump("one.txt", (10, 28), ("A", (10, 3, None)), ("B", (5, 1, 2019)))
    two = dump("two.txt", (11, 20), ("A", (10, 3, None)), ("C", (5, 1, 2024)), ("D", (1, 1, None)))
    three = dump("three.txt", (11, 21), ("D", (1, 1, None)))
    papers, _ = settle([one, two, three])
    assert {p.date.year for p in papers if p.title in {"A", "D"} and p.date} == {2025}


def test_a_year_told_in_a_chain_of_dumps_reaches_its_end() -> None:
    chain = [dump(f"{i}.txt", (11, 20), (f"P{i}", (1, 1, None)), (f"P{i + 1}", (1, 1, None))) for i in range(50)]
    papers, _ = settle([*chain, dump("end.txt", (3, 1), ("P50", (1, 1, 2023)))])
    assert {(p.date, p.sources[0].year) for p in papers} == {(dt.date(2023, 1, 1), EXPLICIT)}


def test_of_two_years_that_others_tell_the_smaller_is_inferred_and_the_other_reported() -> None:
    page = dump("page.txt", (12, 11), ("A", (10, 3, None)), ("B", (10, 4, None)))
    papers, problems = settle([page, dump("x.txt", (1, 5), ("A", (10, 3, 2024)), ("B", (10, 4, 2023)))])
    assert year_of(papers, "A") == (2023, INFERRED)
    assert places(problems) == [("page.txt", 26)]


def test_without_any_hint_a_yearless_date_stays_unknown() -> None:
    papers, problems = settle([dump("page.txt", (12, 11), ("A", (10, 3, None)))])
    assert (papers[0].date, papers[0].sources[0].year, papers[0].sources[0].captured) == (None, ABSENT, None)
    assert places(problems) == [("page.txt", 11)]


def test_a_record_without_a_date_stays_undated() -> None:
    papers, problems = settle([dump("daily-2025-12-11.txt", (12, 11), ("A", None))])
    assert (papers[0].date, papers[0].sources[0].year) == (None, ABSENT)
    assert papers[0].sources[0].captured == dt.date(2025, 12, 11)
    assert problems == []


def test_without_a_header_the_year_is_inferred_and_the_day_of_capture_unknown() -> None:
    papers, _ = settle([dump("page.txt", None, ("A", (10, 3, None)), ("B", (5, 1, 2024)))])
    assert year_of(papers, "A") == (2025, INFERRED)
    assert papers[0].sources[0].captured is None


def test_a_leap_day_asks_for_a_leap_year() -> None:
    papers, _ = settle([dump("page.txt", (12, 11), ("A", (2, 29, None)), ("B", (5, 1, 2021)))])
    assert [p.date for p in papers] == [dt.date(2024, 2, 29), dt.date(2021, 5, 1)]
    papers, _ = settle([dump("page.txt", (2, 29), ("A", (1, 2, None)), ("B", (5, 1, 2024)))])
    assert year_of(papers, "A") == (2028, INFERRED)


# --- the turn of the year, and a day's grace


def test_a_page_of_new_years_day_saved_the_day_before_has_the_new_year() -> None:
    papers, problems = settle([dump("daily-2025-12-31.txt", (1, 1), ("A", (1, 1, None)), ("B", (12, 30, 2025)))])
    assert [p.date for p in papers] == [dt.date(2026, 1, 1), dt.date(2025, 12, 30)]
    assert problems == []


def test_a_date_one_day_after_the_capture_is_fine() -> None:
    _, problems = settle([dump("daily-2025-12-11.txt", (12, 11), ("A", (12, 12, None)))])
    assert problems == []
    _, problems = settle([dump("daily-2025-12-31.txt", (12, 31), ("A", (1, 1, 2026)))])
    assert problems == []


# --- contradictions


@pytest.mark.parametrize(
    ("header", "record", "line"),
    [
        ((12, 11), (12, 13, None), 26),  # a yearless date after the capture
        ((12, 11), (5, 1, 2026), 26),  # a year later than the capture's
        ((12, 11), (5, 1, 2025), 26),  # the capture's own year is never written
        ((12, 11), (2, 29, None), 26),  # 2025 has no such day
        ((12, 13), (5, 1, 2024), 11),  # the page's day is not the name's
    ],
)
def test_a_contradiction_is_a_warning_with_its_line(
    header: tuple[int, int], record: tuple[int, int, int | None], line: int
) -> None:
    papers, problems = settle([dump("daily-2025-12-11.txt", header, ("A", record))])
    assert places(problems) == [("daily-2025-12-11.txt", line)]
    assert len(papers) == 1


def test_an_impossible_day_stays_unknown() -> None:
    papers, _ = settle([dump("daily-2025-12-11.txt", (12, 11), ("A", (2, 29, None)))])
    assert (papers[0].date, papers[0].sources[0].year) == (None, ABSENT)


def test_dumps_that_disagree_about_a_papers_year_are_reported() -> None:
    one = dump("daily-2025-12-11.txt", (12, 11), ("A", (10, 3, None)))
    _, problems = settle([one, dump("daily-2026-01-05.txt", (1, 5), ("A", (10, 3, 2024)))])
    assert places(problems) == [("daily-2025-12-11.txt", 26)]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("daily-papers-2025-12-11.txt", dt.date(2025, 12, 11)),
        ("daily-papers-2025-12-11-0001.txt", dt.date(2025, 12, 11)),
        ("2025-12-11 saved 2025-12-11.txt", dt.date(2025, 12, 11)),
        ("from-2025-12-11-to-2025-12-12.txt", None),
        ("daily-2025-02-30.txt", None),
        ("daily-2025-13-01.txt", None),
        ("daily-0000-01-01.txt", None),
        ("daily-9999-01-01.txt", None),
        ("daily-12025-12-11.txt", None),
        ("daily-20251211.txt", None),
        ("daily-٢٠٢٥-12-11.txt", None),
        ("dump.txt", None),
    ],
)
def test_only_a_date_that_exists_counts_in_a_name(name: str, day: dt.date | None) -> None:
    assert day_in_name(name) == day


# --- order


def test_papers_come_by_name_and_line_whatever_the_order() -> None:
    dumps = [
        dump("b.txt", (12, 11), ("A", (10, 3, None)), ("B", (5, 1, 2019))),
        dump("a.txt", (11, 20), ("C", (10, 3, None)), ("A", (10, 3, None))),
        dump("c-2025-12-12.txt", (12, 12), ("C", (10, 3, None))),
    ]
    results = [settle(list(order)) for order in permutations(dumps)]
    assert all(result == results[0] for result in results)
    assert [(s.dump, s.line) for p in results[0][0] for s in p.sources] == [
        ("a.txt", 20),
        ("a.txt", 30),
        ("b.txt", 20),
        ("b.txt", 30),
        ("c-2025-12-12.txt", 20),
    ]


DATES = st.tuples(st.integers(1, 12), st.integers(1, 28), st.none() | st.integers(2019, 2026))
RECORDS = st.lists(st.tuples(st.sampled_from("ABCDE"), st.none() | DATES), max_size=4)
HEADERS = st.none() | st.tuples(st.integers(1, 12), st.integers(1, 28))
NAMES = st.lists(st.sampled_from(["a.txt", "b.txt", "c-2024-02-02.txt", "d-2025-12-11.txt", "e.txt"]), unique=True)


@st.composite
def some_dumps(draw: st.DrawFn) -> list[Dump]:
    return [dump(name, draw(HEADERS), *draw(RECORDS)) for name in draw(NAMES)]


@given(some_dumps())
def test_any_dumps_settle_the_same_in_any_order(dumps: list[Dump]) -> None:
    papers, problems = settle(dumps)
    assert settle(dumps[::-1]) == (papers, problems)
    assert len(papers) == sum(len(d.records) for d in dumps)
    for paper, record in zip(papers, [r for d in sorted(dumps, key=lambda d: d.name) for r in d.records], strict=True):
        assert [(s.dump, s.line) for s in paper.sources] == [(record.dump, record.line)]
        assert (paper.date is None) == (paper.sources[0].year is ABSENT)
        if paper.date and record.date:
            assert (paper.date.month, paper.date.day) == (record.date.month, record.date.day)
            assert paper.date.year == (record.date.year or paper.date.year)


# --- the sample


def test_the_sample_dumps_give_129_papers_with_sure_years() -> None:
    dumps = [parse_dump(path.read_text("utf-8"), path.name, path.name)[0] for path in DUMPS]
    papers, problems = settle(dumps)
    assert (len(papers), problems) == (129, [])
    assert [p.title for p in papers if not p.date] == [
        "Self-Forcing++: Towards Minute-Scale High-Quality Video Generation"
    ]
    assert {p.sources[0].year for p in papers if p.date} == {EXPLICIT}
