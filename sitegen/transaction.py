"""Applying a plan to the output folder: all of it or nothing, whatever fails and whenever the process is killed.

New files are staged first, on the same file system; then `journal` moves them into place.
"""

import os
import shutil
import stat
from collections.abc import Callable, Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Self, TypeVar

from sitegen.crew import ALONE, Crew, cut
from sitegen.journal import put_in_place, recover
from sitegen.output import (
    MANIFEST,
    STATE,
    Action,
    Manifest,
    Output,
    Staged,
    Step,
    Written,
    addition_after,
    additions,
    digest_of_bytes,
    digest_of_stream,
    linked_folders,
    manifest_bytes,
    plan,
    plan_leftovers,
    read_manifest,
    remove_empty_folders,
)
from sitegen.problems import Problem, SitegenError, error

BATCH = 32
"""Outputs that a worker is given at once."""
FEW = 4
"""Batches that are not worth a worker."""
MANY = 32
"""Batches that are worth some preparation."""

_Found = TypeVar("_Found")


class Transaction:
    """A change of the output folder. Files are staged, in any number of goes; then all take their places, or none does.

    Whatever is wrong, with an output or with what stands in its place, is told by `commit`, all of it, and leaves the
    site as it was. manifest: what the site's manifest says, for one who knows it. force: overwrite what another hand
    edited, and keep its version aside.
    """

    def __init__(
        self, site: Path, digest_now: Callable[[str], str], *, manifest: Manifest | None = None, force: bool = False
    ) -> None:
        _refuse_links(site, [])
        recover(site)
        self._site = site
        self._staging = site / STATE / "staged"
        self._digest_now = digest_now
        self._force = force
        self._manifest = read_manifest(site) if manifest is None else manifest
        self._steps: dict[str, Step] = {}
        self._written: dict[str, Written] = {}
        self._foreign: list[str] = []
        self._problems: list[Problem] = []

    def stage(self, outputs: Sequence[Output], crew: Crew = ALONE, prepare: Callable[[], None] = lambda: None) -> None:
        """Plan some outputs, and make and stage those that are to be written.

        prepare: is called first where these are many.
        """
        steps = plan(outputs, self._manifest, self._digest_now)
        for step in steps:
            if self._steps.setdefault(step.path, step) is not step:
                raise ValueError(f"two outputs have the path {step.path}")
        _refuse_links(self._site, [step.path for step in steps])
        wanted = [output for output, step in zip(outputs, steps, strict=True) if step.action is Action.WRITE]
        places = list(cut(range(len(wanted)), BATCH))
        if len(places) > MANY:
            prepare()
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

    def stage_stream(self, path: str, key: str, write: Callable[[BinaryIO], None]) -> None:
        """Plan a file that is too large for the memory, and stage it if it is to be written. write: writes it."""
        [step] = plan([Staged(path, key, "")], self._manifest, self._digest_now)
        if self._steps.setdefault(path, step) is not step:
            raise ValueError(f"two outputs have the path {path}")
        _refuse_links(self._site, [path])
        if step.action is Action.WRITE:
            self._note(path, key, _stage_stream(self._staging / path, write))

    def digests(self, paths: Iterable[str]) -> dict[str, str]:
        """Give the hash of each of some files as it will be; what could not be made has none."""
        to_write = (path for path, step in self._steps.items() if step.action is Action.WRITE)
        failed = {path for path in to_write if path not in self._written}
        known = ((path, self._written.get(path) or self._manifest.get(path)) for path in paths if path not in failed)
        return {path: written.digest for path, written in known if written}

    def _take(self, output: Output, made: bytes | str | tuple[Problem, ...]) -> None:
        if isinstance(made, tuple):
            self._problems += made
            return
        digest = _stage(self._staging, output.path, made) if isinstance(made, bytes) else made
        self._note(output.path, output.key, digest)

    def _note(self, path: str, key: str, digest: str) -> None:
        self._written[path] = Written(key, digest)
        if self._is_foreign(path, digest):
            self._foreign.append(path)

    def _is_foreign(self, path: str, digest: str = "") -> bool:
        """Tell whether a file holds neither what sitegen wrote nor what it is to write."""
        try:
            if not stat.S_ISREG(os.lstat(f"{self._site}/{path}").st_mode):  # there are many, and a Path costs as much
                return True
        except (FileNotFoundError, NotADirectoryError):
            return False
        now, known = self._digest_now(path), self._manifest.get(path)
        return now not in {"", digest, known.digest if known else ""}

    def commit(self, wanted: Container[str] = ()) -> list[Step]:
        """Put everything in place, the manifest last; gives the steps of the whole plan.

        An error on the way is undone. After a kill, the next transaction undoes what was begun before it reads the
        manifest. wanted: the files that stay though nothing was staged for them.
        """
        wanted = wanted or self._steps
        leftovers = plan_leftovers(wanted, self._manifest)
        deletes = [step.path for step in leftovers]
        self._foreign += [path for path in deletes if self._is_foreign(path)]
        self._refuse()
        added = additions(self._site)
        if self._written or deletes or added or not (self._site / MANIFEST).exists():
            after = {path: known for path, known in self._manifest.items() if path in wanted} | self._written
            _stage(self._staging, MANIFEST, manifest_bytes(after))
            self._put_in_place(MANIFEST, [*deletes, *added])
            remove_empty_folders(self._site, deletes)
        return [*self._steps.values(), *leftovers]

    def commit_part(self) -> None:
        """Put what is staged in place and add it to the manifest; the files of the rest stay as they are."""
        self._refuse()
        if self._written:
            addition = addition_after(additions(self._site))
            _stage(self._staging, addition, manifest_bytes(self._written))
            self._put_in_place(addition, [])

    def _put_in_place(self, manifest: str, deletes: Sequence[str]) -> None:
        for path in self._foreign:
            _copy_beside(self._site / path)
        put_in_place(self._site, self._staging, [*self._written, manifest], deletes)

    def _refuse(self) -> None:
        if self._problems:
            raise SitegenError(dict.fromkeys(self._problems))
        if self._foreign and not self._force:
            said = "was edited by another hand; --force keeps that version aside and writes"
            raise SitegenError(error(f"{self._site.name}/{path}", 1, said) for path in self._foreign)

    @property
    def planned(self) -> Collection[str]:
        """The files that were planned so far."""
        return self._steps.keys()

    @property
    def written(self) -> Manifest:
        """What was staged, by path."""
        return self._written

    def __enter__(self) -> Self:
        """Begin; what is staged goes when the block ends."""
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Stager:
    """Stages files for a transaction that was begun elsewhere."""

    staging: Path

    def stands(self, path: str) -> bool:
        """Tell whether the site has a file at a path."""
        return (self.staging.parent.parent / path).is_file()

    def stage(self, path: str, key: str, data: bytes) -> Staged:
        """Stage a file."""
        return Staged(path, key, _stage(self.staging, path, data))

    def read(self, path: str) -> bytes:
        """Read a file as it will be: the staged one, else the one that stands and stays."""
        return self._find(path, lambda file: file.read_bytes())

    def size(self, path: str) -> int:
        """Give the bytes of a file as it will be."""
        return self._find(path, lambda file: file.stat().st_size)

    def _find(self, path: str, look: Callable[[Path], _Found]) -> _Found:
        try:
            return look(self.staging / path)
        except FileNotFoundError:
            return look(self.staging.parent.parent / path)


def _make(task: tuple[Sequence[Output], Path | None], places: Iterable[int]) -> list[bytes | str | tuple[Problem, ...]]:
    """Make some of the outputs: the bytes of each, or their hash once they are staged; or what is wrong with it."""
    outputs, staging = task
    return [_made(outputs[place], staging) for place in places]


def _made(output: Output, staging: Path | None) -> bytes | str | tuple[Problem, ...]:
    try:
        data = output.make()
    except SitegenError as mistake:
        return mistake.problems
    return _stage(staging, output.path, data) if staging else data


def _refuse_links(site: Path, paths: Iterable[str]) -> None:
    if links := linked_folders(site, paths):
        cure = "is a link, and nothing is written through links; remove it"
        raise SitegenError(error(f"{site.name}/{link}", 1, cure) for link in links)


def _copy_beside(file: Path) -> None:
    """Copy a file beside itself, under a name that is free."""
    number, kept = 1, file.with_name(f"{file.name}.edited")
    while kept.exists():
        number += 1
        kept = file.with_name(f"{file.name}.edited-{number}")
    if file.is_file():
        shutil.copy2(file, kept)


def _stage(folder: Path, path: str, data: bytes) -> str:
    """Write a file; its path is a text, since there are many and making a Path takes as long as writing."""
    file = f"{folder}/{path}"
    try:
        _write(file, data)
    except FileNotFoundError:
        os.makedirs(file.rpartition("/")[0], exist_ok=True)  # noqa: PTH103  # the same
        _write(file, data)
    return digest_of_bytes(data)


def _stage_stream(file: Path, write: Callable[[BinaryIO], None]) -> str:
    """Write a file by what writes it; gives the hash of its bytes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w+b") as stream:
        write(stream)
        stream.seek(0)
        return digest_of_stream(stream)


def _write(file: str, data: bytes) -> None:
    """Write bytes by the system's own calls: most files are small, and a file object costs as much as they do."""
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(opened, left) :]
    finally:
        os.close(opened)
