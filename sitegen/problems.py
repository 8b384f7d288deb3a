"""What is wrong with the input, as values, and how one such value is printed.

Bad data never raises while it is being read: the reader returns a `Problem` with its file and line and goes on.
A pipeline that cannot go on raises `SitegenError`, which carries every problem that was found.
"""

import enum
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


class Severity(enum.StrEnum):
    """How bad a problem is. Only errors stop a build; `--strict` lets warnings stop it too."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one place of the input.

    path: relative to the site's root, with forward slashes. line: counted from 1 in the user's file.
    message: what is wrong and what to do about it, in one line.
    """

    path: str
    line: int
    message: str
    severity: Severity = Severity.ERROR
    column: int | None = None

    def __str__(self) -> str:
        """Give `path:line[:column]: severity: message` on one line, control characters escaped."""
        place = f"{self.path}:{self.line}" + (f":{self.column}" if self.column is not None else "")
        return printable(f"{place}: {self.severity}: {self.message}")


def problem_facts(problem: Problem) -> list[object]:
    """Give a problem as JSON can hold it."""
    return [problem.path, problem.line, problem.message, problem.severity.value, problem.column]


def problem_of(facts: Sequence[Any]) -> Problem:
    """Give back a problem; a TypeError or ValueError where `problem_facts` did not make the facts."""
    path, line, message, severity, column = facts
    return Problem(path, line, message, Severity(severity), column)


class SitegenError(Exception):
    """The work cannot go on because of the input; `problems` says why, all of it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["SitegenError"], tuple[tuple[Problem, ...]]]:
        """Cross the border of a process whole: the message is made of the problems, not they of it."""
        return type(self), (self.problems,)


def error(path: str, line: int, message: str, column: int | None = None) -> Problem:
    """Make a problem that stops the build."""
    return Problem(path, line, message, Severity.ERROR, column)


def warning(path: str, line: int, message: str, column: int | None = None) -> Problem:
    """Make a problem that somebody should look at; the build goes on."""
    return Problem(path, line, message, Severity.WARNING, column)


def note(path: str, line: int, message: str) -> Problem:
    """Make a remark on a known and accepted state, shown only when asked for."""
    return Problem(path, line, message, Severity.NOTE)


def printable(text: str) -> str:
    """Escape control, format and surrogate characters, so that input cannot steer a terminal."""
    return "".join(_escaped(c) if unicodedata.category(c) in _UNPRINTABLE else c for c in text)


_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def warnings(problems: Iterable[Problem]) -> list[Problem]:
    """Keep the problems that stop a strict build only."""
    return [p for p in problems if p.severity is Severity.WARNING]


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Keep the problems that stop a build."""
    return [p for p in problems if p.severity is Severity.ERROR]


def stop_if_wrong(problems: Iterable[Problem], *, strict: bool = False) -> None:
    """Raise when there are errors, or warnings in a strict build; the exception carries all problems."""
    fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    found = tuple(problems)
    if any(problem.severity in fatal for problem in found):
        raise SitegenError(found)
