"""A problem is one line that says where, how bad, what, and what to do."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.problems import Problem, Severity, SitegenError, error, errors, note, printable, warning


def test_a_problem_is_one_line() -> None:
    assert str(error("content/a.md", 3, "what; do this")) == "content/a.md:3: error: what; do this"
    assert str(warning("content/a.md", 3, "what", 7)) == "content/a.md:3:7: warning: what"
    assert str(note("content/a.md", 3, "what")) == "content/a.md:3: note: what"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines", r"two\nlines"),
        ("\x1b[2Jwiped", r"\x1b[2Jwiped"),
        ("right \u202eto left", r"right \u202eto left"),
        ("half \udc80", r"half \udc80"),
        ("line\u2028end", r"line\u2028end"),
        ("naïve “quotes” 漢字", "naïve “quotes” 漢字"),
    ],
)
def test_characters_that_steer_a_terminal_are_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown


@settings(deadline=None)
@given(st.text())
def test_whatever_a_message_holds_it_is_one_line_that_can_be_written(text: str) -> None:
    line = str(Problem(text, 1, text))
    assert len(line.splitlines()) == 1
    assert line.encode("utf-8")


def test_only_errors_stop_a_build() -> None:
    found = [note("a", 1, "n"), error("a", 2, "e"), warning("a", 3, "w")]
    assert [p.line for p in errors(found)] == [2]
    assert found[1].severity is Severity.ERROR


def test_an_exception_carries_every_problem() -> None:
    found = (error("a", 1, "one"), warning("b", 2, "two"))
    raised = SitegenError(iter(found))
    assert raised.problems == found
    assert str(raised) == "a:1: error: one\nb:2: warning: two"


def test_an_error_crosses_the_border_of_a_process_whole() -> None:
    wrong = SitegenError([error("a.md", 3, "is wrong; mend it", 7), warning("b.md", 1, "odd")])
    there = pickle.loads(pickle.dumps(wrong))  # noqa: S301  # written one line above
    assert (str(there), there.problems) == (str(wrong), wrong.problems)
