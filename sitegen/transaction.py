"""Applying a plan to the output folder: all of it or nothing, whatever fails and whenever the process is killed.

New files are staged first, on the same file system; then `journal` moves them into place.
"""

import os
import shutil
import stat
from collections.abc import Callable, Container, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO, Self

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
    linked_folders,
    manifest_bytes,
    plan,
    plan_leftovers,
    read_manifest,
    remove_empty_folders,
)
from sitegen.problems import Problem, SitegenError, error
from sitegen.staging import Stager, stage, stage_stream

BATCH = 32
"""Outputs that a worker is given at once."""
FEW = 4
"""Batches that are not worth a worker."""
MANY = 32
"""Batches that are worth some preparation."""


class Transaction:
    """A change of the output folder. Files are staged, in any number of goes; then all take their places, or none does.

    Whatever is wrong, with an output or with what stands in its place, is told by `commit`, all of it, and leaves the
    site as it was. manifest: what the site's manifest says, for one who knows it. force: overwrite what another hand
    edited, and keep its version aside.
    """

    def __init__(
        self,
        site: Path,
        digest_now: Callable[[str], str],
        *,
        manifest: Manifest | None = None,
        force: bool = False,
    ) -> None:
        _refuse_links(site, [])
        recover(site)
        self._site = site
        self._staging = site / STATE / "staged"
        self._digest_now = digest_now
        self._stands: Container[str] = ()
        self._force = force
        self._manifest = read_manifest(site) if manifest is None else manifest
        self._kept: dict[str, None] = {}
        self._steps: dict[str, Step] = {}
        self._written: dict[str, Written] = {}
        self._foreign: list[str] = []
        self._problems: list[Problem] = []

    def believe(self, paths: Container[str]) -> None:
        """Believe of some files that they hold what the manifest says."""
        self._stands = paths

    def keep(self, paths: Iterable[str]) -> None:
        """Let files stay that need not be looked at, since they are believed to hold what the manifest says."""
        self._kept = dict.fromkeys(paths)

    def _plan(self, outputs: Iterable[Output | Staged]) -> list[Step]:
        """Plan some files, each of which must be the only one at its path."""
        steps = plan(outputs, self._manifest, self._digest_before)
        for step in steps:
            if self._steps.setdefault(step.path, step) is not step or step.path in self._kept:
                raise ValueError(f"two outputs have the path {step.path}")
        touched = (step.path for step in steps if step.action is Action.WRITE or step.path not in self._stands)
        _refuse_links(self._site, touched)
        return steps

    def _digest_before(self, path: str) -> str:
        """Give the hash that a file had when the change began, or has now."""
        return self._manifest[path].digest if path in self._stands else self._digest_now(path)

    def stage(self, outputs: Sequence[Output], crew: Crew = ALONE, prepare: Callable[[], None] = lambda: None) -> None:
        """Plan some outputs, and make and stage those that are to be written.

        prepare: is called first where these are many.
        """
        steps = self._plan(outputs)
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
            [step] = self._plan([file])
            if step.action is Action.WRITE:
                self._note(file.path, file.key, file.digest)
            else:
                (self._staging / file.path).unlink()

    def stage_stream(self, path: str, key: str, write: Callable[[BinaryIO], None]) -> None:
        """Plan a file that is too large for the memory, and stage it if it is to be written. write: writes it."""
        [step] = self._plan([Staged(path, key, "")])
        if step.action is Action.WRITE:
            self._note(path, key, stage_stream(self._staging / path, write))

    def digests(self, paths: Iterable[str]) -> dict[str, str]:
        """Give the hash of each of some files as it will be; what could not be made has none."""
        written, before = self._written, self._manifest
        failed = {path for path, step in self._steps.items() if step.action is Action.WRITE and path not in written}
        rows = [(path, written.get(path) or before.get(path)) for path in paths]
        return {path: row.digest for path, row in rows if row and path not in failed}

    def _take(self, output: Output, made: bytes | str | tuple[Problem, ...]) -> None:
        if isinstance(made, tuple):
            self._problems += made
            return
        digest = stage(self._staging, output.path, made) if isinstance(made, bytes) else made
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
        wanted = wanted or {*self._kept, *self._steps}
        leftovers = plan_leftovers(wanted, self._manifest)
        deletes = [step.path for step in leftovers]
        _refuse_links(self._site, deletes)
        self._foreign += [path for path in deletes if self._is_foreign(path)]
        self._refuse()
        added = additions(self._site)
        if self._written or deletes or added or not (self._site / MANIFEST).exists():
            after = {path: known for path, known in self._manifest.items() if path in wanted} | self._written
            stage(self._staging, MANIFEST, manifest_bytes(after))
            self._put_in_place(MANIFEST, [*deletes, *added])
            remove_empty_folders(self._site, deletes)
        return [*self._steps.values(), *leftovers]

    def commit_part(self) -> None:
        """Put what is staged in place and add it to the manifest; the files of the rest stay as they are."""
        self._refuse()
        if self._written:
            addition = addition_after(additions(self._site))
            stage(self._staging, addition, manifest_bytes(self._written))
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
    def planned(self) -> Sequence[str]:
        """The files that were planned so far."""
        return [*self._kept, *self._steps]

    @property
    def written(self) -> Manifest:
        """What was staged, by path."""
        return self._written

    def __enter__(self) -> Self:
        """Begin; what is staged goes when the block ends."""
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)


def _make(task: tuple[Sequence[Output], Path | None], places: Iterable[int]) -> list[bytes | str | tuple[Problem, ...]]:
    """Make some of the outputs: the bytes of each, or their hash once they are staged; or what is wrong with it."""
    outputs, staging = task
    return [_made(outputs[place], staging) for place in places]


def _made(output: Output, staging: Path | None) -> bytes | str | tuple[Problem, ...]:
    try:
        data = output.make()
    except SitegenError as mistake:
        return mistake.problems
    return stage(staging, output.path, data) if staging else data


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
