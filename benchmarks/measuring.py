"""Whole processes, timed: wall time, CPU time and peak memory, in runs that alternate between the contenders."""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contenders import Contender

ALONE = str(Path(__file__).with_name("alone.py"))


@dataclass(frozen=True, slots=True)
class Run:
    """One build. wall, cpu: seconds, cpu of all processes together. peak: megabytes of the largest process."""

    wall: float
    cpu: float
    peak: float

    def then(self, other: "Run") -> "Run":
        """Give the run that is this one and then the other."""
        return Run(self.wall + other.wall, self.cpu + other.cpu, max(self.peak, other.peak))


@dataclass(frozen=True, slots=True)
class Figures:
    """The medians of some runs, and the least and the most of their wall time."""

    wall: float
    cpu: float
    peak: float
    least: float
    most: float

    def per(self, papers: int) -> "Figures":
        """Divide the times by a number of papers."""
        return Figures(self.wall / papers, self.cpu / papers, self.peak, self.least / papers, self.most / papers)


def figures_of(runs: Sequence[Run]) -> Figures:
    """Take the medians, each quantity for itself."""
    wall = [run.wall for run in runs]
    cpu, peak = (statistics.median(values) for values in ([r.cpu for r in runs], [r.peak for r in runs]))
    return Figures(statistics.median(wall), cpu, peak, min(wall), max(wall))


def p95(values: Sequence[float]) -> float:
    """Give what 95 of 100 values do not exceed; the most, where there are too few to say."""
    return statistics.quantiles(values, n=20)[-1] if len(values) >= 20 else max(values)


def measured(command: Sequence[str]) -> Run:
    """Run a command to its end. The kernel counts the processes that it started and waited for as its own."""
    alone = [sys.executable, ALONE, *command]
    done = subprocess.run(alone, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    wall, cpu, peak = map(float, done.stdout.split())
    return Run(wall, cpu, peak)


def built(contender: Contender) -> Run:
    """Build a contender's site once, as it now is."""
    first, *others = map(measured, contender.commands)
    for other in others:
        first = first.then(other)
    return first


def alternated(
    contenders: Sequence[Contender], runs: int, before: Callable[[Contender, int], None]
) -> tuple[Figures, ...]:
    """Build each in turn, then each again: a machine that slows down slows them all. before: makes each run ready."""
    found: list[list[Run]] = [[] for _ in contenders]
    for number in range(runs):
        for contender, its in zip(contenders, found, strict=True):
            before(contender, number)
            its.append(built(contender))
    return tuple(map(figures_of, found))


@contextmanager
def memory_folder() -> Iterator[Path]:
    """Give a folder in memory, where there is one: large trees on a disk slow the runs that follow."""
    memory = Path("/dev/shm")  # noqa: S108  # measured there on purpose
    with tempfile.TemporaryDirectory(prefix="sitegen-", dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)
