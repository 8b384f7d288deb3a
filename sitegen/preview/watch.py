"""Which files changed, told once per burst: an editor's save is several events, a checkout thousands.

Events come from the system where it offers them (watchdog). A system gives out a limited number of them; when they
are used up the same folders are polled instead, and the caller is told once.
"""

import contextlib
import logging
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserverVFS

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver, ObservedWatch

_log = logging.getLogger(__name__)

QUIET = 0.03
SETTLED = 0.01
LATEST = 0.3
POLLING_INTERVAL = 0.5

_END = frozenset({"closed", "moved"})
"""What a save ends with: the file is closed, or moved to its name."""
_NO_CHANGE = frozenset({"opened", "closed_no_write", "attrib"})
_NOISE = re.compile(
    r"""
    \.(?!well-known$).*          # hidden: .git, .x.swp, .#x, .goutputstream-..., .DS_Store
    | .*~                        # the backup copies of many editors
    | \#.*\#                     # Emacs, unsaved work
    | 4913                       # Vim, to see whether it may write here
    | .*\.(?:tmp|temp|swp|swx|part|crdownload|bak|orig)
    | .*___jb_(?:tmp|old)___     # JetBrains
    | __pycache__ | node_modules | Thumbs\.db
    """,
    re.VERBOSE | re.DOTALL,
)


def is_noise(relative: Path) -> bool:
    """Tell whether a path below a watched folder belongs to an editor, a tool or the system, not to the site.

    >>> is_noise(Path("papers/2024/.x.md.swp")), is_noise(Path("papers/2024/x.md"))
    (True, False)
    """
    return any(_NOISE.fullmatch(part) for part in relative.parts)


@dataclass(frozen=True, slots=True)
class Root:
    """A watched path as it was given, and where it really is."""

    given: Path
    real: Path

    def name(self, path: Path) -> Path | None:
        """Give a real path below the root the way the caller spells it; None outside of it and for noise."""
        if not path.is_relative_to(self.real):
            return None
        relative = path.relative_to(self.real)
        return None if is_noise(relative) else self.given / relative

    def hangs_on(self, path: Path) -> bool:
        """Tell whether the root is, or lies below, a path: what happens to that path happens to the root."""
        return self.real.is_relative_to(path)

    def whole(self) -> Iterator[Path]:
        """Give the root and every file below it: of what was there before the root was watched there are no events."""
        yield self.real
        for folder, _, files in os.walk(self.real):
            yield from (Path(folder, name) for name in files)

    def watches(self) -> list[tuple[Path, bool]]:
        """Give the folders to observe, with True for whole trees: the root, and what shows it come and go."""
        above = next(folder for folder in self.real.parents if folder.is_dir())
        return [(above, False), (self.real, True)] if self.real.is_dir() else [(above, False)]


def watch(
    paths: Sequence[Path],
    on_change: Callable[[frozenset[Path]], None],
    *,
    ignored: Sequence[Path] = (),
    notify: Callable[[str], None] = _log.warning,
) -> "Watcher":
    """Watch folders and files until the result is closed; it is a context manager.

    paths: may not exist yet; they are seen when they appear. A root may be a link, links below one are not followed.
    on_change: gets the changed, new and deleted paths of a burst, below `paths` as given. It is called in a thread of
    the watcher, never twice at a time, when nothing has changed for 30 ms, or for 10 ms since a file was closed or
    moved to its place; at the latest 300 ms after the first change.
    ignored: folders below `paths` whose changes are nobody's business. notify: told once when polling sets in.
    Raises OSError when the system cannot watch at all.
    """
    return Watcher(paths, on_change, ignored=ignored, notify=notify)


class Watcher:
    """See `watch`."""

    def __init__(
        self,
        paths: Sequence[Path],
        on_change: Callable[[frozenset[Path]], None],
        *,
        ignored: Sequence[Path],
        notify: Callable[[str], None],
    ) -> None:
        self._roots = tuple(Root(path, path.resolve()) for path in paths)
        self._ignored = tuple(path.resolve() for path in ignored)
        self._notify = notify
        self._burst = _Burst()
        self._polling = False
        self._scheduled: dict[tuple[Path, bool], ObservedWatch] = {}
        self._observer: BaseObserver | None = None
        self._arm(frozenset())
        self._thread = threading.Thread(target=self._deliver, args=(on_change,), name="watch", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop; after this `on_change` is not called again."""
        self._burst.close()
        self._thread.join()
        _stop(self._observer)

    def _deliver(self, on_change: Callable[[frozenset[Path]], None]) -> None:
        while (paths := self._burst.next()) is not None:
            touched = frozenset(root for root in self._roots for path in paths if root.hangs_on(path))
            if touched or any(path.is_dir() for path in paths):
                self._arm(touched)
            if changed := self._named({*paths, *(path for root in touched for path in root.whole())}):
                on_change(changed)

    def _named(self, paths: Iterable[Path]) -> frozenset[Path]:
        kept = [path for path in paths if not any(path.is_relative_to(folder) for folder in self._ignored)]
        named = (root.name(path) for path in kept for root in self._roots)
        return frozenset(path for path in named if path is not None)

    def _arm(self, touched: frozenset[Root]) -> None:
        """Observe what has to be observed now. What was touched may be a new folder of an old name: start afresh."""
        try:
            self._observer = self._observer or _started(Observer)
            self._schedule(self._observer, touched)
            if not self._polling:
                _probe(self._observer)
        except OSError as e:
            if self._polling:
                raise
            self._fall_back(e)

    def _fall_back(self, reason: OSError) -> None:
        _stop(self._observer)
        self._polling = True
        self._scheduled = {}
        self._notify(f"the system refuses to watch the folders ({reason.strerror}); looking twice a second instead")
        self._observer = _started(_polling_observer)
        self._schedule(self._observer, frozenset())

    def _schedule(self, observer: "BaseObserver", touched: frozenset[Root]) -> None:
        wanted = {key for root in self._roots for key in root.watches()}
        afresh = {(root.real, True) for root in touched}
        for key in [key for key in self._scheduled if key not in wanted or key in afresh]:
            observer.unschedule(self._scheduled.pop(key))
        for path, whole in wanted - self._scheduled.keys():
            # A folder may go between the look and the watch; its parent's events then say so.
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                self._scheduled[path, whole] = observer.schedule(self._burst, str(path), recursive=whole)


class _Burst(FileSystemEventHandler):
    """Collects the paths of events; gives them out when they stop coming."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._paths: set[Path] = set()
        self._first = self._last = 0.0
        self._quiet = QUIET
        self._closed = False

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take one event in; called by watchdog's threads."""
        if event.event_type in _NO_CHANGE or (event.is_directory and event.event_type == "modified"):
            return
        names = [os.fsdecode(name) for name in (event.src_path, event.dest_path) if name]
        with self._condition:
            self._last = time.monotonic()
            self._quiet = SETTLED if event.event_type in _END else QUIET
            if not self._paths:
                self._first = self._last
            self._paths.update(map(Path, names))
            self._condition.notify()

    def next(self) -> frozenset[Path] | None:
        """Wait for the next burst to end and give its paths; None when closed."""
        with self._condition:
            self._condition.wait_for(lambda: self._paths or self._closed)
            while not self._closed and (left := self._left()) > 0:
                self._condition.wait(left)
            paths = frozenset(self._paths)
            self._paths.clear()
            return None if self._closed else paths

    def close(self) -> None:
        """Let `next` return at once."""
        with self._condition:
            self._closed = True
            self._condition.notify()

    def _left(self) -> float:
        return min(self._last + self._quiet, self._first + LATEST) - time.monotonic()


def _started(make: Callable[[], "BaseObserver"]) -> "BaseObserver":
    observer = make()
    observer.start()
    return observer


def _stop(observer: "BaseObserver | None") -> None:
    if observer:
        observer.stop()
        observer.join()


def _polling_observer() -> "BaseObserver":
    # lstat: watchdog's plain PollingObserver follows links, out of the tree and round in circles.
    return PollingObserverVFS(stat=os.lstat, listdir=os.scandir, polling_interval=POLLING_INTERVAL)


def _probe(observer: "BaseObserver") -> None:
    """Raise OSError when the limit is reached: watchdog says so for a root only, and is silent about folders below."""
    with tempfile.TemporaryDirectory(prefix="sitegen-") as folder:
        observer.unschedule(observer.schedule(FileSystemEventHandler(), folder))
