"""Remembered work as compact bytes: many records of one kind in one file, or a single one in a file of its own.

Like all of the cache it may be lost, damaged or copied from elsewhere: every record carries a checksum and is decoded
into the type that it must have; what does not fit is made again.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from sitegen.cache import make_folder, read_cache, seal, unseal, write_cache

_Kind = TypeVar("_Kind")

_UNREADABLE = (sqlite3.Error, OSError, UnicodeDecodeError)
"""What a damaged database raises; the last where not even its own message can be read."""


def read_record(file: Path, engine: str, kind: type[_Kind]) -> _Kind | None:
    """Read a value of a type that msgspec knows; None where there is none, or it is damaged or another engine's."""
    try:
        written_by, value = msgspec.msgpack.decode(read_cache(file), type=tuple[str, kind])  # type: ignore[valid-type]
    except (ValueError, RecursionError):
        return None
    return value if written_by == engine else None


def write_record(file: Path, engine: str, value: object) -> None:
    """Write one value; a cache that cannot be written is no harm."""
    write_cache(file, msgspec.msgpack.encode((engine, value)))


class Shelf:
    """Records of one kind, as bytes, by the hash of what they were made of and of who made them.

    They stay in a file of SQLite, so that a new one does not rewrite all the others.
    """

    def __init__(self, folder: Path, kind: str) -> None:
        self._file = folder / f"{kind}.sqlite"
        self._is_ready = False

    def read(self) -> dict[str, bytes]:
        """Read every record that is whole."""
        if not self._file.exists():
            return {}
        try:
            with self._connected() as database:
                return dict(_whole(database.execute("SELECT key, made FROM made")))
        except _UNREADABLE:
            return {}

    def write(self, new: Mapping[str, bytes], gone: Iterable[str] = ()) -> None:
        """Add what is new and drop what is gone; a shelf that cannot be written is no harm."""
        with contextlib.suppress(*_UNREADABLE):
            self._prepare()
            with self._connected() as database:
                database.executemany("DELETE FROM made WHERE key = ?", ((key,) for key in gone))
                rows = ((key, seal(made)) for key, made in new.items())
                database.executemany("INSERT OR REPLACE INTO made VALUES (?, ?)", rows)

    def _prepare(self) -> None:
        """Make the table where there is none, and the file anew where it is no database, or not a whole one."""
        if self._is_ready and self._file.exists():
            return
        make_folder(self._file.parent)
        for _ in range(2):
            try:
                with self._connected() as database:
                    database.execute("CREATE TABLE IF NOT EXISTS made (key TEXT PRIMARY KEY, made BLOB)")
                    [[state]] = database.execute("PRAGMA quick_check(1)")
            except (sqlite3.DatabaseError, UnicodeDecodeError) as mistake:
                if isinstance(mistake, sqlite3.OperationalError) and "locked" in str(mistake):
                    raise
                state = str(mistake)
            if state == "ok":
                self._is_ready = True
                return
            self._file.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """Open the file for one transaction. It need not outlive a loss of power: what is damaged is made anew."""
        database = sqlite3.connect(self._file, timeout=1.0)
        try:
            database.execute("PRAGMA synchronous = OFF")
            with database:
                yield database
        finally:
            database.close()


def _whole(rows: Iterable[tuple[object, object]]) -> Iterator[tuple[str, bytes]]:
    for key, sealed in rows:
        if isinstance(key, str) and isinstance(sealed, bytes):
            with contextlib.suppress(ValueError):
                yield key, unseal(sealed)
