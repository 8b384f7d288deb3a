"""The hashes of files, remembered: what looks as it did when it was last read is not read again."""

import os
import stat
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from sitegen.looks import Looks, clock, looks_of
from sitegen.shelf import read_record, write_record


class FileIndex:
    """The hashes of files, believed as long as the files look as they did. One for each kind of hash."""

    def __init__(self, file: Path, engine: str, digest: Callable[[bytes], str], *, is_private: bool = False) -> None:
        """Begin with what an earlier process knew. is_private: whether nobody else writes to these files meanwhile."""
        self._file = file
        self._engine = engine
        self._digest = digest
        self._is_private = is_private
        self._now: dict[str, tuple[Looks, str]] = {}
        self._begun = 0

    def begin(self) -> None:
        """Begin to look at files. One that changes from now on may do so again and look the same: it is read again."""
        self._begun = clock(self._file.parent)

    @cached_property
    def _old(self) -> dict[str, tuple[Looks, str]]:
        """What an earlier process knew. It is read when it is asked for: some builds need not look at their files."""
        return read_record(self._file, self._engine, dict[str, tuple[Looks, str]]) or {}

    def look(self, file: str, read: Callable[[], bytes]) -> tuple[str, bytes | None]:
        """Give a file's hash, and its bytes where they had to be read; "" where there is no file.

        file: an absolute path. read: reads it.
        """
        if self._is_private and (known := self._now.get(file)):
            return known[1], None
        try:
            found = os.stat(file)  # noqa: PTH116  # there are many, and a Path costs as much
        except OSError:
            return "", None
        looks = looks_of(found)
        known = self._now.get(file) or self._old.get(file)
        if known and known[0] == looks:
            self._now[file] = known
            return known[1], None
        if not stat.S_ISREG(found.st_mode):
            return "", None
        data = read()
        digest = self._digest(data)
        if max(looks[1:3]) < self._begun:
            self._now[file] = looks, digest
        return digest, data

    def looks(self, file: str) -> Looks | None:
        """Tell how a file looked when this process last looked at it; None where it did not."""
        known = self._now.get(file)
        return known and known[0]

    def digest(self, file: str) -> str:
        """Give a file's hash; "" where there is no file."""
        return self.look(file, lambda: Path(file).read_bytes())[0]

    def note(self, file: str, digest: str) -> None:
        """Note the hash of a file that was just written."""
        self._now[file] = looks_of(os.stat(file)), digest  # noqa: PTH116

    def save(self) -> None:
        """Write what was asked for, but for files that may yet change without looking so."""
        if not self._now or self._now == self._old:
            return
        instant = clock(self._file.parent)
        old = {file: row for file, row in self._now.items() if max(row[0][1:3]) < instant}
        write_record(self._file, self._engine, old)
