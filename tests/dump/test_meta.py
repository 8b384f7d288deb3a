"""The closing lines of a record are read in all their forms; what cannot be read is left out with a warning."""

import pytest

from sitegen.dump import DumpDate
from sitegen.paper import Organization
from tests.dump.texts import HEADER, SENTENCE, TITLE, content, the_record

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
        ("  • 9 authors\n·\nDec 999999999999, 2024", (9, None, None, None), 1),
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
