"""What each stage of a build costs, and how far it is, for those who wait for it."""

import contextlib
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from sitegen.crew import Crew

_Shared = TypeVar("_Shared")
_Batch = TypeVar("_Batch")
_Result = TypeVar("_Result")

_UNITS = 1 if sys.platform == "darwin" else 1024
"""Bytes in the unit of ru_maxrss."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a stage took. wall, cpu: seconds, the CPU's of all processes. memory: the most that any held, in bytes."""

    stage: str
    wall: float
    cpu: float
    memory: int


class Stages:
    """The stages of one build. tell: hears the stage under way, how many of its batches are done, and of how many."""

    def __init__(self, tell: Callable[[str, int, int], None] | None = None) -> None:
        self.costs: list[Cost] = []
        self._tell = tell or (lambda _stage, _done, _total: None)
        self._present = ""

    @contextlib.contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a stage; a worker process counts once it has ended."""
        self._present = name
        self._tell(name, 0, 0)
        wall, cpu = time.perf_counter(), _cpu()
        yield
        self.costs.append(Cost(name, time.perf_counter() - wall, _cpu() - cpu, _peak()))

    def watch(self, crew: Crew) -> Crew:
        """Give a crew that tells how far it is."""
        return _Watched(crew, lambda done, total: self._tell(self._present, done, total))


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peak() -> int:
    own, others = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(own, others) * _UNITS


@dataclass(frozen=True, slots=True)
class _Watched:
    crew: Crew
    tell: Callable[[int, int], None]

    @property
    def size(self) -> int:
        return self.crew.size

    @property
    def shares_disk(self) -> bool:
        return self.crew.shares_disk

    def each(
        self, job: Callable[[_Shared, _Batch], _Result], shared: _Shared, batches: Iterable[_Batch]
    ) -> Iterator[tuple[int, _Result]]:
        waiting = list(batches)
        for done, result in enumerate(self.crew.each(job, shared, waiting), start=1):
            self.tell(done, len(waiting))
            yield result

    def begin(self, job: Callable[[_Shared], _Result], shared: _Shared) -> Callable[[], _Result]:
        return self.crew.begin(job, shared)
