"""Moving staged files into their places: all of them or none, whatever fails and whenever the process is killed.

A journal is synced to the disk and what will change is kept aside; then files are moved. `recover` undoes what a kill
has left half done.
"""

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from sitegen.output import STATE, is_inside, remove_empty_folders

JOURNAL = f"{STATE}/journal.json"


def recover(site: Path) -> None:
    """Undo a build that was killed while it put files in place, and clear away what it had staged."""
    state = site / STATE
    journal = site / JOURNAL
    if journal.exists():
        with contextlib.suppress(ValueError, KeyError, TypeError):  # cut short: nothing had been moved yet
            record = json.loads(journal.read_text(encoding="utf-8"))
            _undo(site, filter(is_inside, record["replaced"]), filter(is_inside, record["created"]))
        journal.unlink()
    shutil.rmtree(state / "staged", ignore_errors=True)
    shutil.rmtree(state / "before", ignore_errors=True)


def put_in_place(site: Path, staging: Path, writes: Sequence[str], deletes: Sequence[str]) -> None:
    """Put staged files in place and delete others; whatever fails on the way is undone."""
    state = site / STATE
    folders = _Folders(site)
    moves = {path: folders.outermost_new(path) for path in writes}
    replaced = [path for path, moved in moves.items() if moved == path and os.path.lexists(site / path)]
    replaced += [path for path in deletes if (site / path).exists()]
    old = frozenset(replaced)
    created = [path for path in writes if path not in old]
    for path in replaced:
        _keep_aside(site / path, state / "before" / path)
    _write_synced(site / JOURNAL, json.dumps({"replaced": replaced, "created": created}).encode())
    try:
        for path in dict.fromkeys(moves.values()):
            (staging / path).replace(site / path)
        for path in deletes:
            (site / path).unlink(missing_ok=True)
        (site / JOURNAL).unlink()  # from here on the new site stands
    except BaseException:
        _undo(site, replaced, created)
        (site / JOURNAL).unlink(missing_ok=True)
        raise
    shutil.rmtree(state / "before", ignore_errors=True)


class _Folders:
    """The folders that a site has; each is looked up once."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._known: dict[str, bool] = {}

    def outermost_new(self, path: str) -> str:
        """Give what is moved to bring a file to its place: the outermost folder that is new, else the file itself."""
        end = path.find("/")
        while end >= 0:
            folder = path[:end]
            if folder not in self._known:
                self._known[folder] = (self._site / folder).is_dir()
            if not self._known[folder]:
                return folder
            end = path.find("/", end + 1)
        return path


def _undo(site: Path, replaced: Iterable[str], created: Iterable[str]) -> None:
    """Put back what was there before."""
    for path in replaced:
        kept = site / STATE / "before" / path
        if kept.exists():
            kept.replace(site / path)
    created = list(created)
    for path in created:
        (site / path).unlink(missing_ok=True)
    remove_empty_folders(site, created)


def _keep_aside(file: Path, kept: Path) -> None:
    """Keep a file's present bytes under another name; a hard link where the file system has them."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.unlink(missing_ok=True)
    try:
        os.link(file, kept)
    except OSError:
        shutil.copy2(file, kept)


def _write_synced(file: Path, data: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
