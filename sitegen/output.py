"""The output folder: what each file is made of, what the manifest knows of it, and a pure plan of what to write.

The manifest, site/.sitegen/manifest.json, names every file that sitegen wrote, with the key of what it was made of and
the hash of its bytes. Only files that it names, and that still have those bytes, are ever replaced or deleted. What a
preview wrote since is in files beside it, until the preview has the time to write it whole.
"""

import contextlib
import enum
import hashlib
import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple, TypedDict

from sitegen.problems import SitegenError, error

STATE = ".sitegen"
MANIFEST = f"{STATE}/manifest.json"
VERSION = 1
_AT_ONCE = 1 << 20
TOLERATED = frozenset({STATE, ".gitignore", ".gitkeep", ".DS_Store"})
"""Entries that do not make a folder somebody else's."""

_DOUBTFUL = frozenset({"", "/", "."})
"""How a path begins that must be looked at closely; of the others there are many."""


@dataclass(frozen=True, slots=True)
class Output:
    """A file to be: its path under the output folder, a key for all it is made of, and how to make its bytes.

    indexed: whether it is a page that search engines are to find.
    """

    path: str
    key: str
    make: Callable[[], bytes]
    indexed: bool = False


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that was made and staged elsewhere. digest: hash of its bytes."""

    path: str
    key: str
    digest: str


class Written(NamedTuple):
    """What the manifest knows of a file: the key it was made with and the hash of its bytes."""

    key: str
    digest: str


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


class _Stored(TypedDict):
    """A manifest as it is written: for each file its key and the hash of its bytes."""

    version: int
    files: dict[str, Written]


def plan(outputs: Iterable[Output | Staged], manifest: Manifest, digest_now: Callable[[str], str]) -> list[Step]:
    """Say for each output whether it is written or kept, and why.

    digest_now: hash of the bytes that a path has now, "" where there is no file.
    """
    return [_step(output, manifest.get(output.path), digest_now) for output in outputs]


def plan_leftovers(wanted: Container[str], manifest: Manifest) -> list[Step]:
    """Say which files are deleted: those of the manifest that are no longer wanted."""
    return [Step(Action.DELETE, path, "nothing makes it any more") for path in manifest if path not in wanted]


def _step(output: Output | Staged, known: Written | None, digest_now: Callable[[str], str]) -> Step:
    if known is None:
        return Step(Action.WRITE, output.path, "new")
    if known.key != output.key:
        return Step(Action.WRITE, output.path, "what it is made of changed")
    now = digest_now(output.path)
    if now == known.digest:
        return Step(Action.KEEP, output.path, "unchanged")
    return Step(Action.WRITE, output.path, "another hand edited it" if now else "the file is missing")


def read_manifest(site: Path) -> dict[str, Written]:
    """Read what sitegen wrote into a folder; empty where there is no manifest or what it says makes no sense.

    One that is there but cannot be read raises OSError: to take it for lost would orphan every file.
    """
    found: dict[str, Written] = {}
    for name in (MANIFEST, *additions(site)):
        written = _read_files(site / name)
        if written is None:
            return {}
        found |= written
    return found


def additions(site: Path) -> list[str]:
    """List the files that add to the manifest, the oldest first."""
    return sorted(f"{STATE}/{file.name}" for file in (site / STATE).glob("manifest-[0-9]*.json"))


def addition_after(names: Sequence[str]) -> str:
    """Name the next file that adds to the manifest. names: those that there are."""
    return f"{STATE}/manifest-{len(names) + 1:06d}.json"


def _read_files(manifest: Path) -> dict[str, Written] | None:
    if not manifest.exists():
        return None
    import msgspec  # noqa: PLC0415  # a build that finds nothing changed does without

    data = manifest.read_bytes()
    try:
        stored = msgspec.json.decode(data, type=_Stored)
    except (ValueError, RecursionError):
        return None
    if stored["version"] != VERSION:
        return None
    files = stored["files"]
    return files if _are_inside(files) else {path: written for path, written in files.items() if is_inside(path)}


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


def linked_folders(site: Path, paths: Iterable[str]) -> list[str]:
    """List the folders on the way to some files that are links: what is written through them lands elsewhere."""
    folders = {STATE}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return sorted(folder for folder in folders if os.path.islink(f"{site}/{folder}"))  # noqa: PTH114  # there are many


def remove_written(site: Path, manifest: Manifest) -> int:
    """Delete the files that still have the bytes that sitegen wrote, and the folders left empty; gives their number."""
    linked = linked_folders(site, manifest)
    ours = [
        path
        for path, known in manifest.items()
        if digest_of(site / path) == known.digest and not any(path.startswith(f"{folder}/") for folder in linked)
    ]
    for path in ours:
        (site / path).unlink()
    remove_empty_folders(site, ours)
    return len(ours)


def manifest_bytes(files: Manifest) -> bytes:
    """Write a manifest, its files in order."""
    import msgspec  # noqa: PLC0415  # as above

    stored: _Stored = {"version": VERSION, "files": {path: files[path] for path in sorted(files)}}
    return msgspec.json.encode(stored) + b"\n"


def digest_of(file: Path) -> str:
    """Hash a file's bytes; "" where there is no file."""
    return digest_of_bytes(file.read_bytes()) if file.is_file() else ""


def digest_of_bytes(data: bytes) -> str:
    """Hash the bytes of a file that is, or is to be."""
    return hashlib.sha256(data).hexdigest()[:16]


def digest_of_stream(stream: BinaryIO) -> str:
    """Hash the bytes of an open file from where it stands, to the same as `digest_of_bytes` does."""
    digest = hashlib.sha256()
    while data := stream.read(_AT_ONCE):
        digest.update(data)
    return digest.hexdigest()[:16]


def is_inside(path: str) -> bool:
    """Tell whether a path of a manifest, which may be anybody's, stays inside the folder."""
    if path[:1] not in _DOUBTFUL and ".." not in path and "\\" not in path:
        return True
    return bool(path.strip("./")) and not path.startswith("/") and ".." not in path.split("/") and "\\" not in path


def _are_inside(paths: Iterable[str]) -> bool:
    """Tell at one look of many paths that all stay inside the folder; False where each must be looked at."""
    text = "\0".join(["", *paths, ""])
    return not any(doubt in text for doubt in ("..", "\\", "\0/", "\0.", "\0\0"))


def remove_empty_folders(site: Path, paths: Iterable[str]) -> None:
    """Remove the folders that deletions left empty, but never the site's own."""
    folders = {folder for path in paths for folder in PurePosixPath(path).parents if folder != PurePosixPath()}
    for folder in sorted(folders, key=lambda f: -len(f.parts)):
        with contextlib.suppress(OSError):
            (site / folder).rmdir()
