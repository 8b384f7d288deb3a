"""How files look: their stat data, a hint at whether they changed, as in git's index.

It is a hint, not a proof: within one tick of the file system's clock a file may change twice and look the same. So what
is as young as the clock itself is never relied on. The times are those of content and of inode, since the first can be
set back by anybody.
"""

import hashlib
import marshal
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Looks: TypeAlias = tuple[int, int, int, int]
"""Size in bytes, times of content and of inode in nanoseconds, inode."""

NOTHING: Looks = (0, 0, 0, 0)
"""What is not there, and folders, which count by their names alone."""

PATIENCE = 0.1
"""Seconds that the file system's clock is given to move on; one that is coarser gets no short cut."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How some files look, together. newest: the latest of their times, in nanoseconds."""

    digest: str
    newest: int

    @classmethod
    def of(cls, rows: list[tuple[str, Looks]]) -> "Snapshot":
        """Put together how each of some files looks."""
        newest = max([max(looks[1:3]) for _, looks in rows], default=0)
        return cls(hashlib.sha256(marshal.dumps(rows, 2)).hexdigest(), newest)


def snapshot_below(folders: Iterable[Path], without: Iterable[Path] = ()) -> Snapshot:
    """Look at every file below some folders, reading none. without: folders to pass over."""
    left_out = {os.fspath(path) for path in without}
    return Snapshot.of([row for folder in folders for row in sorted(_below(os.fspath(folder), left_out))])


def snapshot_of(
    folder: Path, names: Iterable[str], known: Callable[[str], Looks | None] = lambda _file: None
) -> Snapshot:
    """Look at some files, by their paths below a folder. known: how one looked, for who has just seen it."""
    return Snapshot.of(look_at(folder, names, known))


def look_at(
    folder: Path, names: Iterable[str], known: Callable[[str], Looks | None] = lambda _file: None
) -> list[tuple[str, Looks]]:
    """Give how each of some files looks. See `snapshot_of`."""
    base = os.fspath(folder) + os.sep
    return [(name, known(name) or _looks(base + name)) for name in names]


def _below(
    folder: str, left_out: Collection[str], followed: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Looks]]:
    """Walk through a folder, and through links to folders as who reads templates does. followed: where those lead."""
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            if not entry.is_dir():
                yield entry.path, _looks(entry.path)
            elif entry.path not in left_out and entry.name != "__pycache__":
                yield entry.path, NOTHING
                target = {os.path.realpath(entry.path)} if entry.is_symlink() else frozenset()
                if not target & {*followed, *left_out}:
                    yield from _below(entry.path, left_out, followed | target)


def _looks(path: str) -> Looks:
    try:
        return looks_of(os.stat(path))  # noqa: PTH116  # the hundred thousandth Path costs as much as the first
    except OSError:
        return NOTHING


def looks_of(found: os.stat_result) -> Looks:
    """Take from stat data what tells that a file changed."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def clock(folder: Path) -> int:
    """Tell the file system's time, in nanoseconds; 0 where nothing can be written."""
    probe = folder / "clock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        return probe.stat().st_mtime_ns
    except OSError:
        return 0


def wait_past(folder: Path, instant: int) -> int:
    """Wait, but not long, for a file system's clock to pass an instant; gives its time then, in nanoseconds."""
    end = time.monotonic() + PATIENCE
    while (now := clock(folder)) <= instant and time.monotonic() < end:
        time.sleep(0.001)
    return now
