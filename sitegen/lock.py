"""Locks of folders: one build at a time, and whatever else must not run twice."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from sitegen.output import STATE


@contextlib.contextmanager
def locked(site: Path) -> Iterator[None]:
    """Hold the lock of an output folder; raises BlockingIOError when another build holds it."""
    state = site / STATE
    state.mkdir(parents=True, exist_ok=True)
    with held(state, f"another build is writing {site}; wait for it, or end it"):
        yield


@contextlib.contextmanager
def held(folder: Path, refusal: str) -> Iterator[None]:
    """Hold a folder's lock, which the kernel drops when the process ends; raises BlockingIOError(refusal) if taken."""
    with (folder / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BlockingIOError(refusal) from None
        yield
