"""Where the papers were placed in the last build, by all that the places are made of."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from sitegen.mapping import Ground, Places, place_papers
from sitegen.shelf import read_record, write_record


class Remembered(msgspec.Struct, frozen=True):
    """Places, and the key of what they are made of."""

    key: str
    places: Places


class MapMemory:
    """Remembers one map, in this process and, once saved, in the cache."""

    def __init__(self, folder: Path, engine: str) -> None:
        self._file = folder / "map.bin"
        self._engine = engine
        self._known: Remembered | None = None
        self._is_new = False

    def places(self, key: str, ground: Callable[[], Ground]) -> Places:
        """Give the places of a ground, which is only asked for where its key is not the last one's."""
        known = self._known or read_record(self._file, self._engine, Remembered)
        if known is None or known.key != key:
            known = Remembered(key, place_papers(ground()))
            self._is_new = True
        self._known = known
        return known.places

    def save(self) -> None:
        """Write what was made."""
        if self._is_new:
            write_record(self._file, self._engine, self._known)
            self._is_new = False
