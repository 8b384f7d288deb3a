"""Any papers come back from a page of them, and any text at all gives records and problems."""

import datetime as dt

from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.dump import DumpDate, Record
from sitegen.dump.lines import NOISE, Line, paragraph
from sitegen.dump.pieces import split
from sitegen.paper import Organization
from tests.dump.texts import HEADER, content, read

WORDS = st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1, max_size=60)


def is_plain(text: str) -> bool:
    """Tell whether a text says nothing of its own to a reader of dumps: no furniture, no META."""
    line = (Line(1, text),)
    return list(split(line)) == [line] and paragraph(line).look not in NOISE


TITLES = WORDS.map(str.strip).filter(bool).filter(is_plain)
ABSTRACTS = WORDS.map(lambda text: f"{text.strip()}.").filter(is_plain)
HANDLES = st.from_regex(r"[A-Za-z0-9._-]{1,96}", fullmatch=True).filter(lambda h: h.strip("-*"))
ORGANIZATIONS = st.builds(Organization, HANDLES, st.from_regex(r"[A-Z][a-z]{1,9}( [A-Z&()]{1,9}){0,5}", fullmatch=True))
DATES = st.builds(
    lambda day, yearless: DumpDate(day.month, day.day, None if yearless else day.year),
    st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 12, 31)),
    st.booleans(),
)
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@st.composite
def papers(draw: st.DrawFn) -> Record:
    organization = draw(st.none() | ORGANIZATIONS)
    return Record(
        title=draw(TITLES),
        abstract=draw(ABSTRACTS),
        authors=None if organization else draw(st.integers(1, 10_000)),
        organization=organization,
        date=draw(DATES),
        comments=draw(st.none() | st.integers(0, 10_000_000)),
        line=0,
        date_line=0,
        dump="",
    )


def rendered(paper: Record) -> str:
    """Write a paper as a listing page shows it."""
    who = f"  • {paper.authors} authors"
    if paper.organization:
        who = f"{paper.organization.handle} {paper.organization.name}"
    assert paper.date
    year = f", {paper.date.year}" if paper.date.year else ""
    comments = "" if paper.comments is None else f" {paper.comments}"
    day = f"{MONTHS[paper.date.month - 1]} {paper.date.day}{year}{comments}"
    return f"{paper.title}\n\n{paper.abstract}\n\n{who}\n·\n{day}\n"


@given(st.lists(papers(), max_size=5))
def test_any_papers_come_back_from_their_page(given_papers: list[Record]) -> None:
    dump, problems = read(HEADER + "\n".join(map(rendered, given_papers)))
    assert [content(r) for r in dump.records] == [content(p) for p in given_papers]
    assert all("count of comments" in p.message or "no record" in p.message for p in problems)


def told_by(organization: Organization | None) -> str:
    return f"{organization.handle} {organization.name}" if organization else ""


KNOWN_LINES = ["", "", "", "·", "  • 4 authors", "- 2 authors", "Dec 5, 2024 2", "May 8", "Feb 30, 2024", "12", "-"]
FURNITURE_LINES = [*HEADER.split("\n"), "Submitted by", "Models", "Previous", "[Content truncated]", "· Dec 5, 2024"]


@given(st.lists(st.sampled_from(KNOWN_LINES) | st.just("w"), max_size=60))
@example(["w", "", "w", "w", "·", "w"])
def test_every_line_is_in_a_record_or_reported(lines: list[str]) -> None:
    numbered = [f"word{i} is here." if line == "w" else line for i, line in enumerate(lines, start=1)]
    dump, problems = read("\n".join(numbered))
    texts = [f"{r.title} {r.abstract} {told_by(r.organization)}" for r in dump.records]
    reported = {p.line for p in problems}
    for number, line in enumerate(numbered, start=1):
        if line.startswith("word"):
            assert number in reported or any(f"word{number} " in f"{text} " for text in texts)


@given(
    st.lists(st.sampled_from(KNOWN_LINES + FURNITURE_LINES) | st.text(max_size=300), max_size=60),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
)
def test_any_text_gives_records_and_problems(lines: list[str], end: str) -> None:
    text = end.join(lines)
    dump, problems = read(text)
    last = max(1, text.count("\n") + text.count("\r") + 1)
    assert all(1 <= p.line <= last for p in problems)
    assert all(1 <= r.line <= r.date_line <= last for r in dump.records)
    assert all(r.title and r.title.strip() == r.title for r in dump.records)
    assert [r.line for r in dump.records] == sorted({r.line for r in dump.records})
