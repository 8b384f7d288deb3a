"""Applying a plan to the output folder: all of it or nothing, whatever fails and whenever the process is killed.

New files are staged first, on the same file system. Then a journal is synced to the disk, what will change is kept
aside, and the staged files are moved into place.
"""

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sitegen.output import (
    MANIFEST,
    STATE,
    Action,
    Manifest,
    Output,
    Step,
    Written,
    digest_of_bytes,
    is_inside,
    manifest_bytes,
    remove_empty_folders,
)
from sitegen.problems import Problem, SitegenError

JOURNAL = f"{STATE}/journal.json"


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


def is_interrupted(site: Path) -> bool:
    """Tell whether a build was killed while it put files in place."""
    return (site / JOURNAL).exists()


def apply(
    site: Path, outputs: Sequence[Output], steps: Sequence[Step], manifest: Manifest, foreign: Iterable[str] = ()
) -> None:
    """Carry out a plan: stage every new file, then put all in place, the manifest last.

    An error while staging leaves the site untouched; one while putting in place is undone. After a kill, the next
    `recover` undoes what was begun; it comes before the manifest is read. foreign: files to keep a copy of, since
    another hand edited them.
    """
    by_path = {output.path: output for output in outputs}
    writes = [step.path for step in steps if step.action is Action.WRITE]
    deletes = [step.path for step in steps if step.action is Action.DELETE]
    if not writes and not deletes and (site / MANIFEST).exists():
        return
    staging = site / STATE / "staged"
    try:
        digests = _stage_all(staging, [by_path[path] for path in writes])
        gone = frozenset(deletes)
        after = {path: known for path, known in manifest.items() if path not in gone}
        after |= {path: Written(by_path[path].key, digest) for path, digest in digests.items()}
        _stage(staging / MANIFEST, manifest_bytes(after))
        for path in foreign:
            _copy_beside(site / path)
        _commit(site, staging, [*writes, MANIFEST], deletes)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    remove_empty_folders(site, deletes)


def _commit(site: Path, staging: Path, writes: Sequence[str], deletes: Sequence[str]) -> None:
    """Put staged files in place and delete others; whatever fails on the way is undone."""
    state = site / STATE
    there = {path: (site / path).exists() for path in (*writes, *deletes)}
    replaced = [path for path, exists in there.items() if exists]
    created = [path for path in writes if not there[path]]
    for path in replaced:
        _keep_aside(site / path, state / "before" / path)
    _write_synced(site / JOURNAL, json.dumps({"replaced": replaced, "created": created}).encode())
    try:
        for path in writes:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / path).replace(site / path)
        for path in deletes:
            (site / path).unlink(missing_ok=True)
        (site / JOURNAL).unlink()  # from here on the new site stands
    except BaseException:
        _undo(site, replaced, created)
        (site / JOURNAL).unlink(missing_ok=True)
        raise
    shutil.rmtree(state / "before", ignore_errors=True)


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


def _copy_beside(file: Path) -> None:
    """Copy a file beside itself, under a name that is free."""
    number, kept = 1, file.with_name(f"{file.name}.edited")
    while kept.exists():
        number += 1
        kept = file.with_name(f"{file.name}.edited-{number}")
    if file.is_file():
        shutil.copy2(file, kept)


def _stage_all(staging: Path, outputs: Iterable[Output]) -> dict[str, str]:
    """Stage outputs; what is wrong with any of them is raised when all have been tried."""
    digests: dict[str, str] = {}
    problems: list[Problem] = []
    for output in outputs:
        try:
            digests[output.path] = _stage(staging / output.path, output.make())
        except SitegenError as mistake:
            problems += mistake.problems
    if problems:
        raise SitegenError(dict.fromkeys(problems))
    return digests


def _stage(file: Path, data: bytes) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return digest_of_bytes(data)


def _write_synced(file: Path, data: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
