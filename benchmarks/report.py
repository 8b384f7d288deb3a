"""The table: what each program took, sitegen's share of it, and the goal beside it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.measuring import Figures

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
_BETWEEN = re.compile(r"(?<=<!-- table -->\n).*(?=<!-- end of table -->)", re.DOTALL)

HEAD = ("what", "program", "wall", "CPU", "peak memory", "sitegen's share: wall", "CPU", "goal", "")


@dataclass(frozen=True, slots=True)
class Goal:
    """What was to be reached, in words, and whether it was."""

    words: str
    met: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What one program took, as text; "" where it was not measured or does not apply."""

    program: str
    wall: str
    cpu: str = ""
    peak: str = ""
    wall_share: str = ""
    cpu_share: str = ""
    goals: tuple[Goal, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """One case: its name, a line for sitegen and one for each rival."""

    what: str
    lines: tuple[Line, ...]


def line_of(program: str, figures: Figures, *goals: Goal) -> Line:
    """Write figures out; wall time with the least and the most where runs differ."""
    spread = "" if figures.least == figures.most else f" ({seconds(figures.least)} to {seconds(figures.most)})"
    wall = seconds(figures.wall) + spread
    return Line(program, wall, seconds(figures.cpu), f"{figures.peak:,.0f} MB", goals=goals)


def rival_line(program: str, theirs: Figures, ours: Figures, most: float | None = None) -> Line:
    """Write a rival's figures, and what part of them sitegen took. most: the goal for both parts, None without one."""
    wall, cpu = ours.wall / theirs.wall, ours.cpu / theirs.cpu
    goals = (Goal(f"{most:.1f} of it", max(wall, cpu) <= most),) if most is not None else ()
    return replace(line_of(program, theirs), wall_share=f"{wall:.2f}", cpu_share=f"{cpu:.2f}", goals=goals)


def seconds_goal(figures: Figures, most: float) -> Goal:
    """Ask for a wall time."""
    return Goal(f"{most:g} s", figures.wall <= most)


def memory_goal(figures: Figures, most: float) -> Goal:
    """Ask for a peak of memory, in megabytes."""
    return Goal(f"{most:,.0f} MB", figures.peak <= most)


def seconds(value: float) -> str:
    """Write a time with three digits, in the unit that suits it.

    >>> seconds(123.4), seconds(1.234), seconds(0.0123), seconds(0.00048)
    ('123 s', '1.23 s', '12.3 ms', '0.48 ms')
    """
    number, unit = (value, "s") if value >= 1 else (value * 1000, "ms")
    return f"{number:.0f} {unit}" if number >= 100 else f"{number:.3g} {unit}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table whose columns also line up on a terminal."""
    lines = [tuple(head), *map(tuple, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    written = ["| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines]
    return "\n".join([written[0], "| " + " | ".join("-" * max(3, width) for width in widths) + " |", *written[1:]])


def results_table(results: Iterable[Result]) -> str:
    """Put all results into one table; the name of a case stands on its first line."""
    rows = [
        (result.what if place == 0 else "", *_cells(line))
        for result in results
        for place, line in enumerate(result.lines)
    ]
    return table(HEAD, rows)


def _cells(line: Line) -> tuple[str, ...]:
    met = ("met" if all(goal.met for goal in line.goals) else "missed") if line.goals else ""
    words = ", ".join(goal.words for goal in line.goals)
    return line.program, line.wall, line.cpu, line.peak, line.wall_share, line.cpu_share, words, met


def with_table(document: str, text: str) -> str:
    """Put a new table between the marks of a document; raises ValueError where it has none."""
    if not _BETWEEN.search(document):
        raise ValueError("there is no place for the table; mark it with <!-- table --> and <!-- end of table -->")
    return _BETWEEN.sub(lambda _: f"\n{text}\n\n", document)
