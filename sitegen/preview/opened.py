"""What browsers have asked the preview for: the files that may be looked at just now."""

import threading
from collections.abc import Collection

RECENT = 64
"""Files that count as looked at: the last ones that were asked for."""


class Opened:
    """The files that were asked for, the latest last. Threads that answer note them; the one that builds reads."""

    def __init__(self) -> None:
        self._files: dict[str, None] = {}
        self._lock = threading.Lock()

    def note(self, file: str) -> None:
        """Note a file that is asked for, before it is read, so that no change is missed; there may be none."""
        with self._lock:
            self._files.pop(file, None)
            self._files[file] = None

    def recent(self) -> frozenset[str]:
        """Give the files that were asked for last."""
        with self._lock:
            return frozenset(list(self._files)[-RECENT:])

    def any_of(self, files: Collection[str]) -> bool:
        """Tell whether one of some files was ever asked for."""
        with self._lock:
            return not self._files.keys().isdisjoint(files)
