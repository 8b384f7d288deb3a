"""The output folder: what each file is made of, a pure plan of what to write, and applying it all or not at all.

The manifest, site/.sitegen/manifest.json, names every file that sitegen wrote, with the key of what it was made of and
the hash of its bytes. Only files that it names, and that still have those bytes, are ever replaced or deleted.
"""

import contextlib
import enum
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sitegen.problems import Problem, SitegenError, error

STATE = ".sitegen"
MANIFEST = f"{STATE}/manifest.json"
VERSION = 1
TOLERATED = frozenset({STATE, ".gitignore", ".gitkeep", ".DS_Store"})
"""Entries that do not make a folder somebody else's."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file to be: its path under the output folder, a key for all it is made of, and how to make its bytes."""

    path: str
    key: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Written:
    """What the manifest knows of a file: the key it was made with and the hash of its bytes."""

    key: str
    digest: str


def key_of(*made_of: object) -> str:
    """Hash what an output is made of; everything has a `repr` that says all of it and nothing else."""
    digest = hashlib.sha256()
    for part in made_of:
        data = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:24]


class Action(enum.StrEnum):
    """What happens to a file."""

    WRITE = "write"
    KEEP = "keep"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Step:
    """One file's part of a plan, and why."""

    action: Action
    path: str
    reason: str


Manifest = Mapping[str, Written]


def plan(outputs: Iterable[Output], manifest: Manifest, present: Callable[[str], bool]) -> list[Step]:
    """Say for each file whether it is written, kept or deleted, and why. present: whether a file is there now."""
    steps = []
    wanted = set()
    for output in outputs:
        wanted.add(output.path)
        known = manifest.get(output.path)
        if known is None:
            steps.append(Step(Action.WRITE, output.path, "new"))
        elif known.key != output.key:
            steps.append(Step(Action.WRITE, output.path, "what it is made of changed"))
        elif not present(output.path):
            steps.append(Step(Action.WRITE, output.path, "the file is missing"))
        else:
            steps.append(Step(Action.KEEP, output.path, "unchanged"))
    steps += [Step(Action.DELETE, path, "nothing makes it any more") for path in manifest if path not in wanted]
    return steps


def read_manifest(site: Path) -> dict[str, Written]:
    """Read what sitegen wrote into a folder; empty where there is no manifest or what it says makes no sense.

    One that is there but cannot be read raises OSError: to take it for lost would orphan every file.
    """
    if not (site / MANIFEST).exists():
        return {}
    text = (site / MANIFEST).read_text(encoding="utf-8", errors="replace")
    try:
        stored = json.loads(text)
        if stored["version"] != VERSION:
            return {}
        return {path: Written(key, digest) for path, (key, digest) in stored["files"].items() if _is_inside(path)}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


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


def check_ours(site: Path, shown: str) -> None:
    """Refuse a folder that holds files but was never written by sitegen."""
    if not site.exists() or (site / STATE).is_dir():
        return
    if not site.is_dir():
        raise SitegenError([error(shown, 1, "is not a folder; move it away or choose another output folder")])
    foreign = sorted(entry.name for entry in site.iterdir() if entry.name not in TOLERATED)
    if foreign:
        message = (
            f"holds files that sitegen did not write ({', '.join(foreign[:3])}); empty it or choose another folder"
        )
        raise SitegenError([error(shown, 1, message)])


def edited(site: Path, outputs: Sequence[Output], steps: Iterable[Step], manifest: Manifest) -> list[str]:
    """List the files that a plan would overwrite or delete, but that hold neither the old nor the new bytes."""
    made = {output.path: output.make for output in outputs}
    return [
        step.path
        for step in steps
        if step.action is not Action.KEEP
        and _is_foreign(site / step.path, manifest.get(step.path), made.get(step.path))
    ]


def _is_foreign(file: Path, known: Written | None, make: Callable[[], bytes] | None) -> bool:
    if file.is_symlink() or file.is_dir():
        return True
    if not file.exists() or (known and _digest_of(file) == known.digest):
        return False
    return make is None or file.read_bytes() != make()


def keep_foreign(site: Path, paths: Iterable[str]) -> None:
    """Move files that another hand edited aside, beside themselves, so that the plan can be carried out."""
    for path in paths:
        file = site / path
        file.rename(file.with_name(f"{file.name}.edited"))


def apply(site: Path, outputs: Sequence[Output], steps: Sequence[Step], manifest: Manifest) -> None:
    """Carry out a plan: stage every new file, then put all in place, the manifest last.

    An error while staging leaves the site untouched; one while putting in place is undone. After a kill, the next
    `recover` undoes what was begun.
    """
    recover(site)
    by_path = {output.path: output for output in outputs}
    writes = [step.path for step in steps if step.action is Action.WRITE]
    deletes = [step.path for step in steps if step.action is Action.DELETE]
    if not writes and not deletes and (site / MANIFEST).exists():
        return
    staging = site / STATE / "staged"
    try:
        digests = _stage_all(staging, [by_path[path] for path in writes])
        after = {path: known for path, known in manifest.items() if path not in deletes}
        after |= {path: Written(by_path[path].key, digest) for path, digest in digests.items()}
        _stage(staging / MANIFEST, _manifest_bytes(after))
        _commit(site, staging, [*writes, MANIFEST], deletes)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    _remove_empty_folders(site, deletes)


def remove_written(site: Path, manifest: Manifest) -> int:
    """Delete the files that still have the bytes that sitegen wrote, and the folders left empty; gives their number."""
    ours = [path for path, known in manifest.items() if _digest_of(site / path) == known.digest]
    for path in ours:
        (site / path).unlink()
    _remove_empty_folders(site, ours)
    return len(ours)


def recover(site: Path) -> None:
    """Undo a build that was killed while it put files in place, and clear away what it had staged."""
    state = site / STATE
    journal = state / "journal.json"
    if journal.exists():
        with contextlib.suppress(ValueError, KeyError):  # a journal cut short means that nothing had been moved yet
            record = json.loads(journal.read_text(encoding="utf-8"))
            _undo(site, record["replaced"], record["created"])
        journal.unlink()
    shutil.rmtree(state / "staged", ignore_errors=True)
    shutil.rmtree(state / "before", ignore_errors=True)


def _commit(site: Path, staging: Path, writes: Sequence[str], deletes: Sequence[str]) -> None:
    """Put staged files in place and delete others; whatever fails on the way is undone."""
    state = site / STATE
    replaced = [path for path in (*writes, *deletes) if (site / path).exists()]
    created = [path for path in writes if path not in set(replaced)]
    for path in replaced:
        _keep_aside(site / path, state / "before" / path)
    _write_synced(state / "journal.json", json.dumps({"replaced": replaced, "created": created}).encode())
    try:
        for path in writes:
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / path).replace(site / path)
        for path in deletes:
            (site / path).unlink(missing_ok=True)
        (state / "journal.json").unlink()  # from here on the new site stands
    except BaseException:
        _undo(site, replaced, created)
        (state / "journal.json").unlink(missing_ok=True)
        raise
    shutil.rmtree(state / "before", ignore_errors=True)


def _undo(site: Path, replaced: Iterable[str], created: Iterable[str]) -> None:
    """Put back what was there before."""
    for path in replaced:
        kept = site / STATE / "before" / path
        if kept.exists():
            kept.replace(site / path)
    for path in created:
        (site / path).unlink(missing_ok=True)
    _remove_empty_folders(site, created)


def _keep_aside(file: Path, kept: Path) -> None:
    """Keep a file's present bytes under another name; a hard link where the file system has them."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.unlink(missing_ok=True)
    try:
        os.link(file, kept)
    except OSError:
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
    return hashlib.sha256(data).hexdigest()[:16]


def _write_synced(file: Path, data: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _manifest_bytes(files: Manifest) -> bytes:
    rows = {path: [files[path].key, files[path].digest] for path in sorted(files)}
    return (json.dumps({"version": VERSION, "files": rows}, indent=0) + "\n").encode()


def _digest_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:16] if file.is_file() else ""


def _is_inside(path: str) -> bool:
    """Tell whether a path of a manifest, which may be anybody's, stays inside the folder."""
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path


def _remove_empty_folders(site: Path, paths: Iterable[str]) -> None:
    """Remove the folders that deletions left empty, but never the site's own."""
    folders = {folder for path in paths for folder in PurePosixPath(path).parents if folder != PurePosixPath()}
    for folder in sorted(folders, key=lambda f: -len(f.parts)):
        with contextlib.suppress(OSError):
            (site / folder).rmdir()
