"""Whole pages, and one fault at a time between good neighbours: what is clear is kept, what is not is reported."""

from itertools import product
from pathlib import Path

import pytest

from sitegen.dump import Dump, parse_dump
from sitegen.problems import Problem
from tests.dump.texts import AFTER, AFTER_RECORD, BEFORE, BEFORE_RECORD, HEADER, SENTENCE, TITLE, content, read

PAGES = sorted((Path(__file__).parent.parent / "data" / "dumps").glob("*.txt"))

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

TEXTS_BEFORE = {
    "nothing": "",
    "header": HEADER,
    "record": BEFORE,
    "header and record": HEADER + BEFORE,
    "upvotes": "12\n\n",
}
TEXTS_AFTER = {"nothing": "", "record": AFTER, "footer": "Previous\nNext\n\nSystem theme\n", "upvotes": "-\n" + AFTER}
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
