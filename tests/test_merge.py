"""The three-way merge of one field or body; whole pages are compared in test_importing.py."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.content import PageFile, parse_page
from sitegen.identity import combine
from sitegen.merge import Merged, merge, new_page
from sitegen.paper import Organization, Paper, Source, YearOrigin
from sitegen.problems import errors
from sitegen.prose import from_plain

PATH = "content/papers/2024/tides.md"
OLD = Source("old.txt", 13, dt.date(2025, 1, 10), 2, YearOrigin.EXPLICIT)
NEW = Source("new.txt", 13, dt.date(2025, 2, 10), None, YearOrigin.EXPLICIT)
PAPER = Paper("Tides", "Small networks read tide tables.", dt.date(2024, 3, 4), authors=3, comments=2, sources=(OLD,))


def page(text: str) -> PageFile:
    file, problems = parse_page(text.encode(), PATH)
    assert errors(problems) == []
    assert file is not None
    return file


def page_of(paper: Paper) -> PageFile:
    whole = combine([paper])
    return page(new_page(whole, from_plain(whole.abstract)).text())


def edited(file: PageFile, pattern: str, text: str) -> PageFile:
    return page(re.sub(pattern, text, file.document.text(), count=1, flags=re.MULTILINE))


def merged(file: PageFile, *records: Paper) -> Merged:
    paper = combine(records)
    return merge(file, paper, from_plain(paper.abstract))


def after(result: Merged) -> PageFile:
    return page(result.document.text())


def said_by(source: Source, **said: object) -> Paper:
    known = replace(PAPER, **said)  # type: ignore[arg-type]
    return replace(known, sources=(replace(source, comments=known.comments),))


def test_the_same_dumps_change_nothing() -> None:
    file = page_of(PAPER)
    result = merged(file, PAPER)
    assert (result.document, result.updated, result.contested) == (file.document, (), ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "TIDES"),
        ("date", dt.date(2024, 3, 5)),
        ("authors", 4),
        ("organization", Organization("harbour", "Harbour Institute")),
        ("comments", 7),
    ],
)
def test_a_value_that_import_wrote_takes_the_new_one(name: str, value: object) -> None:
    result = merged(page_of(PAPER), said_by(NEW, **{name: value}))
    assert result.updated == (name,)
    assert getattr(after(result).page, name) == value


@pytest.mark.parametrize(
    ("pattern", "edit", "name", "value"),
    [
        ("^title: .*", "title: My tides", "title", "TIDES"),
        ("^date: .*", "date: 2020-02-02", "date", dt.date(2024, 3, 5)),
        ("^authors: .*", "authors: [Ada, Ben]", "authors", 4),
        ("^comments: .*", "comments: 99", "comments", 7),
        ("^comments: .*\n", "", "comments", 7),
    ],
)
def test_a_value_of_a_curator_stays_and_what_it_hides_is_told_once(
    pattern: str, edit: str, name: str, value: object
) -> None:
    file = edited(page_of(PAPER), pattern, edit)
    result = merged(file, said_by(NEW, **{name: value}))
    again = after(result)
    assert (result.updated, result.contested) == ((), (name,))
    assert getattr(again.page, name) == getattr(file.page, name)
    assert again.page.contested == {name: value}
    assert merged(again, said_by(NEW, **{name: value})).contested == ()


def test_a_contested_value_that_changes_is_told_again() -> None:
    file = edited(page_of(PAPER), "^comments: .*", "comments: 99")
    once = after(merged(file, said_by(NEW, comments=7)))
    twice = merged(once, said_by(NEW, comments=8))
    assert twice.contested == ("comments",)
    assert after(twice).page.contested == {"comments": 8}


def test_what_the_curator_added_before_any_dump_said_it_stays() -> None:
    file = edited(page_of(replace(PAPER, authors=None)), "^sources:", "authors: [Ada]\nsources:")
    result = merged(file, said_by(NEW, authors=3))
    assert after(result).page.authors == ("Ada",)
    assert result.contested == ("authors",)


def test_an_edit_that_only_writes_the_same_value_otherwise_is_none() -> None:
    file = edited(page_of(PAPER), "^title: .*", 'title: "Tides"')
    assert merged(file, PAPER).document == file.document
    assert after(merged(file, said_by(NEW, title="TIDES"))).page.title == "TIDES"


def test_a_remark_behind_a_value_stays_when_the_value_changes() -> None:
    file = edited(page_of(PAPER), "^comments: .*", "comments: 2  # ask again in May")
    assert "\ncomments: 7  # ask again in May\n" in merged(file, said_by(NEW, comments=7)).document.text()


def test_a_value_that_a_corrected_dump_no_longer_has_goes() -> None:
    result = merged(page_of(PAPER), said_by(OLD, authors=None, organization=Organization("harbour", "Harbour")))
    assert after(result).page.authors is None
    assert "authors" not in after(result).page.imported


def test_a_value_that_only_a_dump_not_read_now_has_stays() -> None:
    result = merged(page_of(PAPER), said_by(NEW, authors=None, comments=None, abstract=""))
    assert result.updated == ()
    assert [(s.dump, s.gave) for s in after(result).page.sources] == [
        ("new.txt", ("title", "date")),
        ("old.txt", ("abstract", "authors", "comments")),
    ]


def test_an_older_dump_does_not_speak_against_a_newer_one() -> None:
    older = replace(OLD, dump="oldest.txt", captured=dt.date(2024, 12, 1))
    result = merged(page_of(PAPER), said_by(older, title="tides", comments=1, authors=9))
    assert result.updated == ()
    assert after(result).page.sources[1].gave == ()


def test_of_one_day_the_higher_count_is_taken_whichever_comes_first() -> None:
    low, high = said_by(replace(OLD, dump="b.txt"), comments=2), said_by(replace(OLD, dump="c.txt"), comments=5)
    assert after(merged(page_of(low), high)).page.comments == 5
    assert after(merged(page_of(high), low)).page.comments == 5


def test_a_written_year_replaces_an_inferred_one_whatever_the_capture() -> None:
    guess = replace(PAPER, date=dt.date(2023, 3, 4), sources=(replace(NEW, year=YearOrigin.INFERRED),))
    assert after(merged(page_of(guess), PAPER)).page.date == PAPER.date
    assert after(merged(page_of(PAPER), guess)).page.date == PAPER.date


LONGER = PAPER.abstract + " Code is at https://github.com/harbour/tides."


def test_a_longer_abstract_takes_the_place_of_the_shorter_and_brings_its_links() -> None:
    file = page(page_of(PAPER).document.text() + "\nBelow, by hand.\n")
    result = after(merged(file, said_by(NEW, abstract=LONGER)))
    assert result.page.body == f"\n{LONGER}\n\nBelow, by hand.\n"
    assert result.page.links == (("code", "https://github.com/harbour/tides"),)


def test_a_shorter_abstract_of_another_dump_is_not_taken() -> None:
    assert after(merged(page_of(said_by(OLD, abstract=LONGER)), said_by(NEW))).page.body == f"\n{LONGER}\n"


def test_links_go_with_the_abstract_that_had_them() -> None:
    result = after(merged(page_of(said_by(OLD, abstract=LONGER)), said_by(OLD)))
    assert (result.page.body, result.page.links) == (f"\n{PAPER.abstract}\n", ())


def test_a_second_link_of_a_kind_gets_a_number() -> None:
    text = "See github.com/a/b, github.com/c/d, github.com/a/b and https://arxiv.org/abs/2412.04315."
    assert page_of(replace(PAPER, abstract=text)).page.links == (
        ("code", "https://github.com/a/b"),
        ("code-2", "https://github.com/c/d"),
        ("paper", "https://arxiv.org/abs/2412.04315"),
    )


@pytest.mark.parametrize("body", ["", "\nMy own words.\n", f"\nAbove.\n\n{PAPER.abstract}\n"])
def test_an_edited_body_stays(body: str) -> None:
    text = page_of(PAPER).document.text()
    file = page(text[: text.index("\n---\n") + 5] + body)
    result = merged(file, said_by(NEW, abstract=LONGER))
    assert after(result).page.body == body
    assert result.contested == ("body",)


def test_a_curator_who_wrote_what_the_dumps_now_say_is_not_contested() -> None:
    file = edited(page_of(PAPER), f"^{PAPER.abstract}$", LONGER)
    result = merged(file, said_by(NEW, abstract=LONGER))
    assert result.contested == ()
    longest = LONGER + " It is free."
    assert after(merged(after(result), said_by(NEW, abstract=longest))).page.body == f"\n{longest}\n"


def test_a_page_with_windows_line_ends_keeps_them() -> None:
    text = page_of(replace(PAPER, abstract="")).document.text().replace("\n", "\r\n")
    result = merged(page(text), said_by(NEW, comments=7)).document.text()
    assert result.count("\r\n") == result.count("\n")
    assert result.endswith(f"---\r\n\r\n{PAPER.abstract}\r\n")


def test_a_title_of_nothing_but_commands_is_still_a_title() -> None:
    assert page_of(replace(PAPER, title=r"\textit{}")).page.title == r"\textit{}"


# --- anything that a dump may hold

TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("'\"#:-[]{}&*!|>%@`\\$~ ,=<\u2028\ufeff"),
    max_size=40,
).map(lambda text: " ".join(text.split()))
DAYS = st.dates(dt.date(1000, 1, 1), dt.date(9998, 1, 1))
COUNTS = st.none() | st.integers(0, 999)
PAPERS = st.builds(
    Paper,
    TEXTS.filter(bool),
    TEXTS,
    st.none() | DAYS,
    st.none() | st.integers(1, 999),
    st.none() | st.builds(Organization, st.from_regex("[A-Za-z0-9._-]{1,9}", fullmatch=True), TEXTS.filter(bool)),
    COUNTS,
    st.tuples(
        st.builds(
            Source,
            st.sampled_from(["a.txt", "b: c.txt"]),
            st.integers(1, 9),
            st.none() | DAYS,
            COUNTS,
            st.sampled_from(YearOrigin),
        )
    ),
)


@settings(max_examples=150, deadline=None)
@given(PAPERS, PAPERS)
def test_any_paper_makes_a_page_that_can_be_read_and_merged_twice(first: Paper, second: Paper) -> None:
    file = page_of(first)
    assert merged(file, first).document == file.document
    once = after(merged(file, second))
    assert merged(once, second).document == once.document
