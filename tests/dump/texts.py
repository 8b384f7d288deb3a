"""Texts of dumps that several tests read, and short ways to read them."""

from collections.abc import Iterable

from sitegen.dump import Dump, DumpDate, Record, parse_dump
from sitegen.paper import Organization
from sitegen.problems import Problem, Severity

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
TITLE, SENTENCE = "Noon: A Paper in the Middle", "What the paper in the middle says is said in this one sentence."


def content(record: Record) -> tuple[object, ...]:
    return (record.title, record.abstract, record.authors, record.organization, record.date, record.comments)
