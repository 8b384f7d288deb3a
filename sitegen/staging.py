"""Staging: files that are made are written beside the site, on the same file system, before any takes its place."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from sitegen.output import Staged, digest_of_bytes, digest_of_stream

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Stager:
    """Stages files for a transaction that was begun elsewhere."""

    staging: Path

    def stands(self, path: str) -> bool:
        """Tell whether the site has a file at a path."""
        return (self.staging.parent.parent / path).is_file()

    def stage(self, path: str, key: str, data: bytes) -> Staged:
        """Stage a file."""
        return Staged(path, key, stage(self.staging, path, data))

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


def stage(folder: Path, path: str, data: bytes) -> str:
    """Write a file below a folder; gives the hash of its bytes.

    Its path is a text, since there are many and making a Path takes as long as writing.
    """
    file = f"{folder}/{path}"
    try:
        _write(file, data)
    except FileNotFoundError:
        os.makedirs(file.rpartition("/")[0], exist_ok=True)  # noqa: PTH103  # the same
        _write(file, data)
    return digest_of_bytes(data)


def stage_stream(file: Path, write: Callable[[BinaryIO], None]) -> str:
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
