"""Remembered work: what was made of a content, by the hash of that content.

The folder .sitegen-cache/ may be lost, damaged or copied from elsewhere at any time: what is in it is only believed
when it is whole, as its checksum tells, and was written by the same engine; whatever cannot be read is made again.
"""

import contextlib
import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

Remembered: TypeAlias = "list[object] | dict[str, object] | str"

NAME = ".sitegen-cache"

_SEAL = 4
"""Bytes of a checksum."""


class Memory:
    """Results of one kind, by the hash of what they were made of; only those asked for again are kept."""

    def __init__(self, folder: Path, kind: str, engine: str) -> None:
        self._file = folder / f"{kind}.json"
        self._engine = engine
        self._old = _read(self._file, engine)
        self._used: dict[str, Remembered] = {}

    def recall(self, made_of: str, make: Callable[[], Remembered]) -> Remembered:
        """Give what was made of a content before, or make it."""
        key = hashlib.sha256(made_of.encode("utf-8", "surrogatepass")).hexdigest()
        if key not in self._used:
            self._used[key] = self._old[key] if key in self._old else make()
        return self._used[key]

    def save(self) -> None:
        """Write what was used, if it is not what the file holds; a cache that cannot be written is no harm."""
        if self._used != self._old:
            write_cache(self._file, json.dumps({"engine": self._engine, "made": self._used}))


def write_cache(file: Path, data: str | bytes) -> None:
    """Write a file of the cache at once or not at all; one that cannot be written is no harm."""
    staged = file.with_suffix(f".{os.getpid()}.new")
    try:
        make_folder(file.parent)
        staged.write_bytes(seal(data.encode() if isinstance(data, str) else data))
        staged.replace(file)
        for left in file.parent.glob(f"{file.stem}.*.new"):  # by a process that was killed
            left.unlink(missing_ok=True)
    except OSError:
        with contextlib.suppress(OSError):
            staged.unlink()


def make_folder(folder: Path) -> None:
    """Make the folder of the cache, which git passes over."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")


def keep_only(folder: Path, names: Iterable[str]) -> None:
    """Delete the files of a folder of the cache but for those of some names, and what git needs."""
    kept = {".gitignore", *names}
    with contextlib.suppress(OSError):
        for file in [file for file in folder.iterdir() if file.name not in kept]:
            file.unlink()


def read_cache(file: Path) -> bytes:
    """Give the bytes that `write_cache` wrote, none where they cannot be read or are damaged."""
    try:
        return unseal(file.read_bytes())
    except (OSError, ValueError):
        return b""


def seal(made: bytes) -> bytes:
    """Put a checksum before some bytes."""
    return zlib.crc32(made).to_bytes(_SEAL, "big") + made


def unseal(sealed: bytes) -> bytes:
    """Give what was sealed; raises ValueError where it is damaged."""
    made = sealed[_SEAL:]
    if zlib.crc32(made).to_bytes(_SEAL, "big") != sealed[:_SEAL]:
        raise ValueError("damaged")
    return made


def _read(file: Path, engine: str) -> dict[str, Remembered]:
    try:
        stored = json.loads(read_cache(file))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(stored, dict) or stored.get("engine") != engine or not isinstance(stored.get("made"), dict):
        return {}
    return dict(stored["made"])
