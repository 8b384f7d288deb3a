"""Remembered work: what was made of a content, by the hash of that content.

The folder .sitegen-cache/ may be lost, damaged or copied from elsewhere at any time: what is in it is only believed
when it was written by the same engine, and whatever cannot be read is made again.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

Remembered: TypeAlias = "list[object] | dict[str, object] | str"

NAME = ".sitegen-cache"


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


class Table(dict[str, str]):
    """Short texts and what was made of each: made when first asked for, and remembered from build to build.

    A table is read when it is first asked, and nothing is written of one that was not. Only what was asked for is kept.
    """

    def __init__(self, folder: Path, kind: str, engine: str, make: Callable[[str], str]) -> None:
        self._file = folder / f"{kind}.json"
        self._engine = engine
        self._make = make
        self._old: Mapping[str, Remembered] | None = None

    def __missing__(self, asked: str) -> str:
        if self._old is None:
            self._old = _read(self._file, self._engine)
        known = self._old.get(asked)
        made = self[asked] = known if isinstance(known, str) else self._make(asked)
        return made

    def save(self) -> None:
        """Write what was asked for, if it is not what the file holds."""
        if self and self != self._old:
            write_cache(self._file, json.dumps({"engine": self._engine, "made": self}))


def write_cache(file: Path, text: str) -> None:
    """Write a file of the cache at once or not at all; one that cannot be written is no harm."""
    staged = file.with_suffix(f".{os.getpid()}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        (file.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        staged.write_text(text, encoding="utf-8")
        staged.replace(file)
        for left in file.parent.glob(f"{file.stem}.*.new"):  # by a process that was killed
            left.unlink(missing_ok=True)
    except OSError:
        with contextlib.suppress(OSError):
            staged.unlink()


def _read(file: Path, engine: str) -> dict[str, Remembered]:
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(stored, dict) or stored.get("engine") != engine or not isinstance(stored.get("made"), dict):
        return {}
    return dict(stored["made"])
