"""Applying a plan to the output folder: all of it or nothing, whatever fails and whenever the process is killed.

New files are staged first, on the same file system. Then a journal is synced to the disk, what will change is kept
aside, and the staged files are moved into place.
"""

import contextlib
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sitegen.crew import ALONE, Crew, cut
from sitegen.output import (
    MANIFEST,
    STATE,
    Action,
    Output,
    Staged,
    Step,
    Written,
    digest_of_bytes,
    is_inside,
    linked_folders,
    manifest_bytes,
    plan,
    plan_leftovers,
    read_manifest,
    remove_empty_folders,
)
from sitegen.problems import Problem, SitegenError, error

JOURNAL = f"{STATE}/journal.json"

BATCH = 32
"""Outputs that a worker is given at once."""
FEW = 4
"""Batches that are not worth a worker."""


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


class Transaction:
    """A change of the output folder. Files are staged, in any number of goes; then all take their places, or none does.

    Whatever is wrong, with an output or with what stands in its place, is told by `commit`, all of it, and leaves the
    site as it was. force: overwrite what another hand edited, and keep its version aside.
    """

    def __init__(self, site: Path, digest_now: Callable[[str], str], *, force: bool = False) -> None:
        _refuse_links(site, [])
        recover(site)
        self._site = site
        self._staging = site / STATE / "staged"
        self._digest_now = digest_now
        self._force = force
        self._manifest = read_manifest(site)
        self._steps: dict[str, Step] = {}
        self._written: dict[str, Written] = {}
        self._foreign: list[str] = []
        self._problems: list[Problem] = []

    def stage(self, outputs: Sequence[Output], crew: Crew = ALONE) -> None:
        """Plan some outputs, and make and stage those that are to be written."""
        steps = plan(outputs, self._manifest, self._digest_now)
        for step in steps:
            if self._steps.setdefault(step.path, step) is not step:
                raise ValueError(f"two outputs have the path {step.path}")
        _refuse_links(self._site, [step.path for step in steps])
        wanted = [output for output, step in zip(outputs, steps, strict=True) if step.action is Action.WRITE]
        places = list(cut(range(len(wanted)), BATCH))
        for number, made in (crew if len(places) > FEW else ALONE).each(
            _make, (wanted, self._staging if crew.shares_disk else None), places
        ):
            for place, result in zip(places[number], made, strict=True):
                self._take(wanted[place], result)

    @property
    def stager(self) -> "Stager":
        """Give what stages files from another process of this machine."""
        return Stager(self._staging)

    def adopt(self, staged: Iterable[Staged]) -> None:
        """Take in files that another process has staged; those that are as they were stay."""
        for file in staged:
            [step] = plan([file], self._manifest, self._digest_now)
            if self._steps.setdefault(file.path, step) is not step:
                raise ValueError(f"two outputs have the path {file.path}")
            if step.action is Action.WRITE:
                self._note(file.path, file.key, file.digest)
            else:
                (self._staging / file.path).unlink()
        _refuse_links(self._site, self._written)

    def _take(self, output: Output, made: bytes | str | tuple[Problem, ...]) -> None:
        if isinstance(made, tuple):
            self._problems += made
            return
        digest = _stage(self._staging / output.path, made) if isinstance(made, bytes) else made
        self._note(output.path, output.key, digest)

    def _note(self, path: str, key: str, digest: str) -> None:
        self._written[path] = Written(key, digest)
        if self._is_foreign(path, digest):
            self._foreign.append(path)

    def _is_foreign(self, path: str, digest: str = "") -> bool:
        """Tell whether a file holds neither what sitegen wrote nor what it is to write."""
        try:
            if not stat.S_ISREG((self._site / path).lstat().st_mode):
                return True
        except (FileNotFoundError, NotADirectoryError):
            return False
        now, known = self._digest_now(path), self._manifest.get(path)
        return now not in {"", digest, known.digest if known else ""}

    def commit(self) -> list[Step]:
        """Put everything in place, the manifest last; gives the steps of the whole plan.

        An error on the way is undone. After a kill, the next transaction undoes what was begun before it reads the
        manifest.
        """
        leftovers = plan_leftovers(self._steps, self._manifest)
        deletes = [step.path for step in leftovers]
        self._foreign += [path for path in deletes if self._is_foreign(path)]
        self._refuse()
        if self._written or deletes or not (self._site / MANIFEST).exists():
            after = {path: known for path, known in self._manifest.items() if path in self._steps} | self._written
            _stage(self._staging / MANIFEST, manifest_bytes(after))
            for path in self._foreign:
                _copy_beside(self._site / path)
            _commit(self._site, self._staging, [*self._written, MANIFEST], deletes)
            remove_empty_folders(self._site, deletes)
        return [*self._steps.values(), *leftovers]

    def _refuse(self) -> None:
        if self._problems:
            raise SitegenError(dict.fromkeys(self._problems))
        if self._foreign and not self._force:
            said = "was edited by another hand; --force keeps that version aside and writes"
            raise SitegenError(error(f"{self._site.name}/{path}", 1, said) for path in self._foreign)

    def written(self) -> Mapping[str, str]:
        """Give the hash of each file that was staged, by path."""
        return {path: written.digest for path, written in self._written.items()}

    def __enter__(self) -> Self:
        """Begin; what is staged goes when the block ends."""
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Stager:
    """Stages files for a transaction that was begun elsewhere."""

    staging: Path

    def stage(self, path: str, key: str, data: bytes) -> Staged:
        """Stage a file."""
        return Staged(path, key, _stage(self.staging / path, data))


def _make(task: tuple[Sequence[Output], Path | None], places: Iterable[int]) -> list[bytes | str | tuple[Problem, ...]]:
    """Make some of the outputs: the bytes of each, or their hash once they are staged; or what is wrong with it."""
    outputs, staging = task
    return [_made(outputs[place], staging) for place in places]


def _made(output: Output, staging: Path | None) -> bytes | str | tuple[Problem, ...]:
    try:
        data = output.make()
    except SitegenError as mistake:
        return mistake.problems
    return _stage(staging / output.path, data) if staging else data


def _refuse_links(site: Path, paths: Iterable[str]) -> None:
    if links := linked_folders(site, paths):
        cure = "is a link, and nothing is written through links; remove it"
        raise SitegenError(error(f"{site.name}/{link}", 1, cure) for link in links)


def _commit(site: Path, staging: Path, writes: Sequence[str], deletes: Sequence[str]) -> None:
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


def _copy_beside(file: Path) -> None:
    """Copy a file beside itself, under a name that is free."""
    number, kept = 1, file.with_name(f"{file.name}.edited")
    while kept.exists():
        number += 1
        kept = file.with_name(f"{file.name}.edited-{number}")
    if file.is_file():
        shutil.copy2(file, kept)


def _stage(file: Path, data: bytes) -> str:
    try:
        file.write_bytes(data)
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return digest_of_bytes(data)


def _write_synced(file: Path, data: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
