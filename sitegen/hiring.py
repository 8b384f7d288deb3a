"""Choosing who does the work of a build."""

import contextlib
import os
import threading
from collections.abc import Iterator

from sitegen.crew import ALONE, Crew, Processes


@contextlib.contextmanager
def crew_of(workers: int | None, cluster: str = "") -> Iterator[Crew]:
    """Give a crew: of a cluster, of as many processes as are asked for, else of one for each core.

    cluster: address of a Dask scheduler, "" for none. A process with other threads, such as the preview's, is never
    forked and works alone.
    """
    if cluster:
        with _joined(cluster) as crew:
            yield crew
        return
    number = workers or _cores()
    yield Processes(number) if number > 1 and threading.active_count() == 1 else ALONE


def _joined(address: str) -> contextlib.AbstractContextManager[Crew]:
    try:
        from sitegen.cluster import joined  # noqa: PLC0415  # it needs what only an extra brings
    except ModuleNotFoundError as missing:
        raise OSError(f"--cluster needs {missing.name}; install it with: pip install 'sitegen[cluster]'") from missing
    return joined(address)


def _cores() -> int:
    with contextlib.suppress(AttributeError):  # not every system says which cores a process may use
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
