"""One build at a time: the lock of an output folder."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from sitegen.output import STATE


@contextlib.contextmanager
def locked(site: Path) -> Iterator[None]:
    """Hold the folder's lock, which the kernel drops when the process ends; raises BlockingIOError when it is held."""
    state = site / STATE
    state.mkdir(parents=True, exist_ok=True)
    with (state / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BlockingIOError(f"another build is writing {site}; wait for it, or end it") from None
        yield
