"""Dumps are read as docs/dump-format.md says: what is clear is kept, what is not is reported with its line."""

import datetime as dt
import gzip
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.dump import Dump, DumpDate, Header, Record, decode, parse_dump, records
from sitegen.dumplines import NOISE, Line, paragraph
from sitegen.dumppieces import split
from sitegen.paper import Organization
from sitegen.problems import Problem, Severity

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "content" / "dumps"
PAGES = sorted((Path(__file__).parent / "data" / "dumps").glob("*.txt"))

HEADER = """new

Get trending papers in your email inbox!

Subscribe

Daily Papers

byAK and the research community

Dec 11

"""


def read(text: str) -> tuple[Dump, list[Problem]]:
    return parse_dump(text, "page.txt", "content/dumps/page.txt")


def the_record(text: str) -> tuple[Record, list[Problem]]:
    dump, problems = read(text)
    assert len(dump.records) == 1
    return dump.records[0], problems


def lines_of(problems: Iterable[Problem], severity: Severity = Severity.WARNING) -> list[int]:
    return [p.line for p in problems if p.severity is severity]


# --- the sample dumps


@pytest.mark.parametrize(
    ("name", "header", "count"),
    [
        ("daily-papers-2025-10-28.txt", Header(10, 28, 11), 4),
        ("daily-papers-2025-11-20.txt", Header(11, 20, 11), 52),
        ("daily-papers-2025-12-10.txt", Header(12, 10, 11), 39),
        ("daily-papers-2025-12-11.txt", Header(12, 11, 11), 30),
        ("daily-papers-2026-01-05.txt", Header(1, 5, 11), 4),
    ],
)
def test_sample_dumps_are_read_whole_and_without_a_warning(name: str, header: Header, count: int) -> None:
    dump, problems = parse_dump((SAMPLES / name).read_text("utf-8"), name, name)
    assert (dump.header, len(dump.records)) == (header, count)
    assert lines_of(problems) == []


def test_the_samples_texts_come_out_letter_for_letter() -> None:
    for path in sorted(SAMPLES.glob("*.txt")):
        text = path.read_text("utf-8")
        dump, _ = parse_dump(text, path.name, path.name)
        lines = text.split("\n")
        for record in dump.records:
            assert [record.title, "", record.abstract] == lines[record.line - 1 : record.line + 2]


def test_a_samples_last_record_ends_without_a_newline() -> None:
    text = (SAMPLES / "daily-papers-2025-12-11.txt").read_text("utf-8")
    assert not text.endswith("\n")
    assert read(text)[0].records[-1].date == DumpDate(11, 29, 2020)


def test_the_sample_record_without_its_last_lines_is_kept_and_its_neighbours_are_whole() -> None:
    dump, problems = read((SAMPLES / "daily-papers-2025-11-20.txt").read_text("utf-8"))
    at = next(i for i, r in enumerate(dump.records) if r.title.startswith("Self-Forcing++"))
    lost = dump.records[at]
    assert (lost.line, lost.date_line, lost.date, lost.authors, lost.organization) == (85, 85, None, None, None)
    assert [(p.line, p.severity) for p in problems] == [(85, Severity.NOTE)]
    assert dump.records[at - 1].date == DumpDate(3, 15, 2024)
    assert dump.records[at + 1].title == "Can LLMs Learn by Teaching? A Preliminary Study"
    assert dump.records[at + 1].date is not None


# --- whole pages: NAME.txt in tests/data/dumps is read as NAME.expected tells


def told(dump: Dump, problems: list[Problem]) -> str:
    """Write what was read as a person would check it, long texts cut."""
    header = dump.header
    lines = [f"{header.line}: header, month {header.month}, day {header.day}" if header else "no header"]
    for r in dump.records:
        day = (
            f"{r.date.year or '----'}-{r.date.month:02}-{r.date.day:02} at line {r.date_line}" if r.date else "undated"
        )
        who = f"{r.authors} authors" if r.authors else "no authors"
        if r.organization:
            who = f"handle {shown(r.organization.handle)}, name {shown(r.organization.name)}"
        lines += [
            "",
            f"{r.line}: {shown(r.title)}",
            f"    {shown(r.abstract)}",
            f"    {who}; {day}; comments: {r.comments}",
        ]
    return "\n".join([*lines, "", *map(str, problems)]).rstrip() + "\n"


def shown(text: str) -> str:
    return ascii(text) if len(text) <= 200 else f"{text[:40]!a}... ({len(text)} characters)"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_are_read_as_expected(page: Path) -> None:
    dump, problems = parse_dump(page.read_bytes().decode("utf-8"), page.name, page.name)
    assert told(dump, problems) == page.with_suffix(".expected").read_text("utf-8")


# --- one fault between two good neighbours, wherever they stand

BEFORE = """Morning Light: A Paper That Stands Before

The paper before has a short abstract, which ends with a full stop.

  • 3 authors
·
Mar 4, 2023 1

"""
AFTER = """Evening Light: A Paper That Stands After

The paper after has a short abstract too, and a count of comments.

openlab Open Laboratory
·
May 6
"""
BEFORE_RECORD = (
    "Morning Light: A Paper That Stands Before",
    "The paper before has a short abstract, which ends with a full stop.",
    3,
    None,
    DumpDate(3, 4, 2023),
    1,
)
AFTER_RECORD = (
    "Evening Light: A Paper That Stands After",
    "The paper after has a short abstract too, and a count of comments.",
    None,
    Organization("openlab", "Open Laboratory"),
    DumpDate(5, 6, None),
    None,
)
TEXTS_BEFORE = {
    "nothing": "",
    "header": HEADER,
    "record": BEFORE,
    "header and record": HEADER + BEFORE,
    "upvotes": "12\n\n",
}
TEXTS_AFTER = {"nothing": "", "record": AFTER, "footer": "Previous\nNext\n\nSystem theme\n", "upvotes": "-\n" + AFTER}
TITLE, SENTENCE = "Noon: A Paper in the Middle", "What the paper in the middle says is said in this one sentence."
FAULTS = {
    "none": f"{TITLE}\n\n{SENTENCE}\n\n  • 4 authors\n·\nApr 5, 2024\n\n",
    "no meta": f"{TITLE}\n\n{SENTENCE}\n\n",
    "no abstract": f"{TITLE}\n\n  • 4 authors\n·\nApr 5, 2024\n\n",
    "no mark": f"{TITLE}\n\n{SENTENCE}\n\n  • 4 authors\nApr 5, 2024\n\n",
    "no authors": f"{TITLE}\n\n{SENTENCE}\n\n·\nApr 5, 2024\n\n",
    "no date": f"{TITLE}\n\n{SENTENCE}\n\n  • 4 authors\n·\n\n",
    "no blank line below": f"{TITLE}\n\n{SENTENCE}\n\n  • 4 authors\n·\nApr 5, 2024\n",
    "no blank line above": f"{TITLE}\n\n{SENTENCE}\n  • 4 authors\n·\nApr 5, 2024\n\n",
    "impossible date": f"{TITLE}\n\n{SENTENCE}\n\n  • 4 authors\n·\nFeb 30, 2024\n\n",
    "impossible count": f"{TITLE}\n\n{SENTENCE}\n\n  • 4 authors\n·\nApr 5, 2024 {'9' * 5000}\n\n",
    "impossible authors": f"{TITLE}\n\n{SENTENCE}\n\n  • 99999999999 authors\n·\nApr 5, 2024\n\n",
    "abstract of two paragraphs": f"{TITLE}\n\n{SENTENCE}\n\n{SENTENCE}\n\n  • 4 authors\n·\nApr 5, 2024\n\n",
    "foreign line": f"Nobody knows this line\n\n{TITLE}\n\n{SENTENCE}\n\n  • 4 authors\n·\nApr 5, 2024\n\n",
    "meta alone": "  • 4 authors\n·\nApr 5, 2024\n\n",
}


def content(record: Record) -> tuple[object, ...]:
    return (record.title, record.abstract, record.authors, record.organization, record.date, record.comments)


@pytest.mark.parametrize(("before", "fault", "after"), list(product(TEXTS_BEFORE, FAULTS, TEXTS_AFTER)))
def test_a_fault_never_harms_its_neighbours(before: str, fault: str, after: str) -> None:
    dump, problems = read(TEXTS_BEFORE[before] + FAULTS[fault] + TEXTS_AFTER[after])
    first = TEXTS_BEFORE[before].count("\n") + 1
    middle = [r for r in dump.records if r.title == TITLE]
    expected = [BEFORE_RECORD] * (BEFORE in TEXTS_BEFORE[before]) + [content(r) for r in middle]
    expected += [AFTER_RECORD] * (AFTER in TEXTS_AFTER[after])
    assert [content(r) for r in dump.records] == expected
    assert len(middle) == (0 if fault == "meta alone" else 1)
    of_fault = [p for p in problems if first <= p.line < first + FAULTS[fault].count("\n")]
    assert bool(of_fault) == (fault not in {"none", "no blank line below", "no blank line above"})
    assert [p for p in problems if p not in of_fault and p.line > 1] == []


# --- META in all its forms

MIT = Organization("mit", "MIT")
MIT_ALONE = Organization("mit", "mit")
TECHNOLOGY = Organization("two-Words.2", "Two Words")
SIZE = Organization("groe", "Größe")


@pytest.mark.parametrize(
    ("meta", "facts", "warnings"),
    [
        ("  • 4 authors\n·\nDec 5, 2024 2", (4, None, DumpDate(12, 5, 2024), 2), 0),
        ("  • 1 authors\n·\nDec 5", (1, None, DumpDate(12, 5, None), None), 0),
        ("  • 671 authors\n·\nOct 23 3", (671, None, DumpDate(10, 23, None), 3), 0),
        ("- 9 authors\n·\nDec 5, 2024", (9, None, DumpDate(12, 5, 2024), None), 0),
        ("* 9 authors\n·\nDec 5, 2024", (9, None, DumpDate(12, 5, 2024), None), 0),
        ("9 authors\n·\nDec 5, 2024", (9, None, DumpDate(12, 5, 2024), None), 0),
        ("  • 9 authors\n· Dec 5, 2024 1", (9, None, DumpDate(12, 5, 2024), 1), 0),
        ("  • 9 authors · Dec 5, 2024 1", (9, None, DumpDate(12, 5, 2024), 1), 0),
        ("mit MIT · Dec 5", (None, MIT, DumpDate(12, 5, None), None), 0),
        ("  • 9 authors\n·\nDec 5, 202412", (9, None, DumpDate(12, 5, 2024), 12), 0),
        ("  • 9 authors\n·\nOct 233", (9, None, DumpDate(10, 23, None), 3), 1),
        ("  • 9 authors\n·\nOct 52024", (9, None, None, None), 1),
        ("  • 9 authors\n·\nDec 5, 2024\n12", (9, None, DumpDate(12, 5, 2024), 12), 0),
        ("  • 9 authors\n·\nDec 5, 2024\n99999999", (9, None, DumpDate(12, 5, 2024), None), 1),
        ("  • 9 authors\n·\nDec 5, 2024\n\n12", (9, None, DumpDate(12, 5, 2024), None), 0),
        ("  • 9 authors\n·\nDec 5, 2024 0", (9, None, DumpDate(12, 5, 2024), 0), 0),
        ("  • 9 authors\r\n·\r\nDec 5, 2024\r\n", (9, None, DumpDate(12, 5, 2024), None), 0),
        (
            "\u00a0\u00a0•\u00a09\u00a0authors\n\u00a0·\nDec\u00a05,\u00a02024\u00a02",
            (9, None, DumpDate(12, 5, 2024), 2),
            0,
        ),
        ("  • 9 authors\n\n·\n\nDec 5, 2024", (9, None, DumpDate(12, 5, 2024), None), 0),
        ("mit MIT\n\n·\n\nDec 5, 2024", (None, MIT, DumpDate(12, 5, 2024), None), 0),
        ("mit MIT\n·\nDec 5, 2024", (None, MIT, DumpDate(12, 5, 2024), None), 0),
        ("mit\n·\nDec 5, 2024", (None, MIT_ALONE, DumpDate(12, 5, 2024), None), 0),
        ("two-Words.2 Two Words\n·\nDec 5", (None, TECHNOLOGY, DumpDate(12, 5, None), None), 0),
        ("Größe\n·\nDec 5", (None, SIZE, DumpDate(12, 5, None), None), 1),
        ("mit MIT\n·\nsome day", (None, MIT, None, None), 1),
    ],
)
def test_meta(meta: str, facts: tuple[object, ...], warnings: int) -> None:
    record, problems = the_record(f"{HEADER}{TITLE}\n\n{SENTENCE}\n\n{meta}")
    assert content(record) == (TITLE, SENTENCE, *facts)
    assert len(problems) == warnings


def test_a_record_names_the_lines_of_its_title_and_date() -> None:
    record, _ = the_record(f"{HEADER}12\n{TITLE}\n\n{SENTENCE}\n\n  • 9 authors\n·\nDec 5, 2024 3\n")
    assert (record.line, record.date_line, record.dump) == (14, 20, "page.txt")


# --- headers, line ends, marks


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        HEADER + HEADER.replace("new\n", ""),
        HEADER.replace("byAK", "by AK "),
        HEADER.replace("byAK and", "by\n\nAK\n\nand"),
        HEADER.replace("\n\n", "\n"),
        HEADER.replace("Daily Papers", "Trending Papers\n\nDaily\nWeekly\nMonthly"),
        HEADER.replace("community\n", "community\n\none-step diffusion\n"),
        "Hugging Face's logo\nHugging Face\n\nModels\nDatasets\nSpaces\nDocs\nPricing\n\nLog In\n\nSign Up\n\n"
        + HEADER,
        "Models Datasets Spaces Docs Pricing Log In Sign Up\n\n" + HEADER,
        "\ufeff" + HEADER,
        HEADER.replace("\n", "\r\n"),
        HEADER.replace("\n", "\r"),
        "Dec 11\n\n",
    ],
)
def test_a_header_in_any_form_gives_the_pages_day_and_nothing_else(header: str) -> None:
    dump, problems = read(header + BEFORE + AFTER)
    assert dump.header is not None
    assert (dump.header.month, dump.header.day) == (12, 11)
    assert [content(r) for r in dump.records] == [BEFORE_RECORD, AFTER_RECORD]
    assert problems == []


def test_line_ends_make_no_difference() -> None:
    text = HEADER + BEFORE + AFTER
    mixed = "".join(line + end for line, end in zip(text.split("\n"), ["\n", "\r\n"] * 20, strict=False))
    plain = read(text)
    assert [read(other) for other in (text.replace("\n", "\r\n"), text.replace("\n", "\r"), mixed)] == [plain] * 3


def test_a_second_page_with_another_day_is_doubted() -> None:
    _, problems = read(HEADER + BEFORE + HEADER.replace("Dec 11", "Dec 12") + AFTER)
    assert lines_of(problems) == [31]


def test_a_text_without_records_is_doubted() -> None:
    assert read("")[1] == [Problem("content/dumps/page.txt", 1, read("")[1][0].message, Severity.WARNING)]
    assert 1 in lines_of(read("Dear reader,\n\nthis is a letter.")[1])


# --- bytes


@pytest.mark.parametrize(
    ("data", "line", "column", "said"),
    [
        ("Caf\u00e9\n".encode("latin-1"), 1, 4, "Latin-1"),
        ("ä\r\nb\rc\n\u00fcü".encode().replace("ü".encode(), b"\xfc", 1), 4, 1, "Latin-1"),
        ("new\n".encode("utf-16"), 1, None, "UTF-16"),
        ("new\n".encode("utf-16-be"), 1, 1, "UTF-8"),
        ("new\n".encode("utf-16-le"), 1, 2, "UTF-8"),
        ("new\n".encode("utf-32-be"), 1, 1, "UTF-8"),
        (b"one\nlone \xed\xa0\x80 half", 2, 6, "surrogate"),
        (b"Jul 17, 2024 \xc2", 1, 14, "cut off"),
        (gzip.compress(HEADER.encode()), 1, None, "unpack"),
        (b"\x89PNG\r\n\x1a\n", 1, None, "picture"),
        (b"%PDF-1.7", 1, None, "PDF"),
        (b"\x80", 1, 1, "UTF-8"),
    ],
)
def test_what_is_not_utf8_is_one_error_with_its_place(data: bytes, line: int, column: int | None, said: str) -> None:
    problem = decode(data, "content/dumps/x.txt")
    assert isinstance(problem, Problem)
    assert (problem.path, problem.line, problem.column) == ("content/dumps/x.txt", line, column)
    assert problem.severity is Severity.ERROR
    assert said in problem.message


def test_utf8_is_read_with_and_without_a_byte_order_mark() -> None:
    assert decode("ä\n".encode("utf-8-sig"), "x") == decode("ä\n".encode(), "x") == "ä\n"


def test_a_stray_nul_does_not_reject_a_file() -> None:
    text = decode(f"{HEADER}Nul\0l\n\n{SENTENCE}".encode(), "x")
    assert isinstance(text, str)
    assert the_record(text)[0].title == "Null"


@given(st.binary())
def test_any_bytes_are_text_or_one_error(data: bytes) -> None:
    got = decode(data, "x")
    assert got == data.decode("utf-8").removeprefix("\ufeff") if isinstance(got, str) else got.line >= 1


# --- reading is streaming


def test_a_record_is_given_as_soon_as_the_next_paragraph_is_read() -> None:
    read_lines = 0

    def source() -> Iterator[str]:
        nonlocal read_lines
        for read_lines, line in enumerate((BEFORE * 1000).splitlines(), start=1):  # noqa: B007 -- counted for the test
            yield line

    assert isinstance(next(records(source(), "d", "p")), Record)
    assert read_lines <= BEFORE.count("\n") * 2


def test_what_belongs_to_no_record_does_not_pile_up() -> None:
    read_lines = 0

    def source() -> Iterator[str]:
        nonlocal read_lines
        for read_lines in range(1, 100_001):
            yield "nobody knows this line" if read_lines % 2 else ""

    first = next(records(source(), "d", "p"))
    assert isinstance(first, Problem)
    assert (first.line, read_lines < 100) == (1, True)


# --- any papers come back, any text is taken

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
