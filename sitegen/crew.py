"""Who does the work: this process alone, some processes of this machine, or a cluster.

A job is a function of what all batches share and of one batch; it gives a value and changes
nothing, but that it may stage a file where it was told to. So the results are
the same whoever does it; only the order in which they come differs.
"""

import multiprocessing
import multiprocessing.connection
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any, Protocol, TypeVar, cast

_Shared = TypeVar("_Shared")
_Batch = TypeVar("_Batch")
_Result = TypeVar("_Result")

AHEAD = 4
"""Batches that each worker has waiting, so that none is idle and results do not pile up."""


class Crew(Protocol):
    """Somebody who does jobs."""

    @property
    def size(self) -> int:
        """Give the number of batches that are done at once."""
        ...

    @property
    def shares_disk(self) -> bool:
        """Tell whether the jobs run where the site's folder is."""
        ...

    def each(
        self, job: Callable[[_Shared, _Batch], _Result], shared: _Shared, batches: Iterable[_Batch]
    ) -> Iterator[tuple[int, _Result]]:
        """Do a job for each batch; yields the place of a batch and its result, as they are done."""
        ...

    def begin(self, job: Callable[[_Shared], _Result], shared: _Shared) -> Callable[[], _Result]:
        """Begin a job of its own, beside all others; gives what waits for its result."""
        ...


@dataclass(frozen=True, slots=True)
class Alone:
    """This process, one batch after the other."""

    size: int = 1
    shares_disk: bool = True

    def each(
        self, job: Callable[[_Shared, _Batch], _Result], shared: _Shared, batches: Iterable[_Batch]
    ) -> Iterator[tuple[int, _Result]]:
        """Do a job for each batch."""
        return ((number, job(shared, batch)) for number, batch in enumerate(batches))

    def begin(self, job: Callable[[_Shared], _Result], shared: _Shared) -> Callable[[], _Result]:
        """Put a job off until it is waited for."""
        return lambda: job(shared)


ALONE = Alone()


_FORKS = "fork" in multiprocessing.get_all_start_methods()
_CONTEXT = multiprocessing.get_context("fork") if _FORKS else multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Processes:
    """Processes of this machine, started for each job. Where the system can fork, nothing is copied to them.

    One that is ended from outside raises ChildProcessError where its work is waited for.
    """

    size: int
    shares_disk: bool = True

    def each(
        self, job: Callable[[_Shared, _Batch], _Result], shared: _Shared, batches: Iterable[_Batch]
    ) -> Iterator[tuple[int, _Result]]:
        """Do a job for each batch."""
        with ProcessPoolExecutor(self.size, _CONTEXT, initializer=_arrive, initargs=(job, shared)) as pool:
            try:
                yield from as_done(lambda batch: pool.submit(_work, batch), batches, self.size * AHEAD)
            except BrokenProcessPool:
                raise ChildProcessError(_ENDED) from None

    def begin(self, job: Callable[[_Shared], _Result], shared: _Shared) -> Callable[[], _Result]:
        """Begin a job in a process of its own."""
        receiving, sending = _CONTEXT.Pipe(duplex=False)
        process = _CONTEXT.Process(target=_send, args=(sending, job, shared), daemon=True)
        process.start()
        sending.close()

        def wait_for() -> _Result:
            try:
                done, result = receiving.recv()
            except EOFError:
                raise ChildProcessError(_ENDED) from None
            process.join()
            if not done:
                raise result
            return cast("_Result", result)

        return wait_for


_ENDED = "a worker process was ended from outside, perhaps for want of memory; try again with fewer --workers"


class _Desk:
    """What a worker process was given when it started."""

    job: Callable[[Any, Any], Any]
    shared: Any


def _arrive(job: Callable[[Any, Any], Any], shared: object) -> None:
    _end_with_parent()
    _Desk.job, _Desk.shared = staticmethod(job), shared


def _end_with_parent() -> None:
    """Let this process end when the one that started it does, even by a kill: orphans would hold the site's lock."""
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_outlive, args=(parent.sentinel,), daemon=True).start()


def _outlive(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _work(batch: object) -> Any:  # noqa: ANN401  # whatever the job gives
    return _Desk.job(_Desk.shared, batch)


def _send(sending: Connection, job: Callable[[Any], Any], shared: object) -> None:
    _end_with_parent()
    try:
        sending.send((True, job(shared)))
    except Exception as mistake:  # noqa: BLE001  # it is raised where the result is waited for
        sending.send((False, mistake))


def as_done(
    submit: Callable[[_Batch], "Future[_Result]"], batches: Iterable[_Batch], ahead: int
) -> Iterator[tuple[int, _Result]]:
    """Yield the place of each batch and its result as they are done, with no more than some of them under way."""
    waiting = enumerate(batches)
    places = {submit(batch): place for place, batch in islice(waiting, ahead)}
    try:
        while places:
            for future in wait(places, return_when=FIRST_COMPLETED).done:
                yield places.pop(future), future.result()
                places |= {submit(batch): place for place, batch in islice(waiting, 1)}
    finally:
        for future in places:
            future.cancel()


def cut(items: Sequence[_Batch], size: int) -> Iterator[Sequence[_Batch]]:
    """Cut a sequence into batches.

    >>> list(cut("abcde", 2))
    ['ab', 'cd', 'e']
    """
    return (items[start : start + size] for start in range(0, len(items), size))
