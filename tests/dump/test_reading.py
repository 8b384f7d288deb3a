"""The sample dumps, headers, bytes and streaming: a dump is read as docs/dump-format.md says."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.dump import DumpDate, Header, Record, decode, parse_dump, records
from sitegen.problems import Problem, Severity
from tests.dump.texts import (
    AFTER,
    AFTER_RECORD,
    BEFORE,
    BEFORE_RECORD,
    HEADER,
    SENTENCE,
    content,
    lines_of,
    read,
    the_record,
)
from tests.sample import DUMPS

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "content" / "dumps"

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
    for path in DUMPS:
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
    assert lines_of(read("")[1]) == [1]
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
