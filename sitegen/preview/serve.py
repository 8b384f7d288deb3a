"""The live preview: builds, serves the result on this machine, builds again when a file changes, reloads the browser.

It knows nothing of building: a `builder` is given the changed paths and says what it did, part by part: what is looked
at comes first, and what comes behind it waits for the browser.
"""

import logging
import queue
import threading
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from sitegen.preview.reload import Edition
from sitegen.preview.server import Server, listen
from sitegen.preview.watch import watch
from sitegen.problems import Problem, errors

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did, or a part of it.

    failed: nothing was changed. changed: paths under the output folder that were written or deleted. files: every path
    that there is now. seconds: how long it took, from the beginning of the build. more: whether other parts follow.
    pause: whether browsers should be left to take what is new before that.
    """

    problems: tuple[Problem, ...]
    failed: bool
    changed: frozenset[str]
    files: frozenset[str]
    seconds: float
    more: bool = False
    pause: bool = False


Builder: TypeAlias = Callable[[frozenset[Path], frozenset[str]], Iterator[BuildResult]]
"""Builds, from the changed paths and the files that were asked for last; gives each part when it is in place.

It may be left between two parts, when something else has changed: the next build makes up for what is missing.
"""

PAUSE = 0.03
"""Seconds that browsers are given to take what is new, before the rest of a build wants the processor."""


def serve(  # noqa: PLR0913 - each is a thing that only the command line knows
    builder: Builder,
    output: Path,
    watched: Sequence[Path],
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    allowed_hosts: Sequence[str] = (),
    report: Callable[[BuildResult], None],
    on_ready: Callable[[str], None],
    stop: threading.Event,
) -> None:
    """Preview a site until `stop` is set; an interrupt from the keyboard goes through, once everything is closed.

    builder: builds into `output`; gets the changed paths, none of them the first time. What it raises is a bug, and
    is shown like any other mistake. report: gets every result that changed something or is the last of its build, in
    the caller's thread. port: 0 takes a free one. allowed_hosts: further values of Host that are answered. on_ready:
    gets the address, after the first build.
    Raises ListenError, before anything is built, when the port is taken or may not be used.
    """
    changes: queue.SimpleQueue[frozenset[Path]] = queue.SimpleQueue()
    server = listen(host, port, allowed_hosts, output)
    with closing(server), watch(watched, changes.put, ignored=[output], notify=_log.warning):
        for result in _results(builder, frozenset(), frozenset()):
            _publish(server, result, report)
        server.start()
        on_ready(server.address)
        changed: frozenset[Path] = frozenset()
        while not stop.is_set():
            if changed := changed or _next(changes, LOOK):
                changed = _build(builder, changed, server, changes, report, stop)


LOOK = 0.2
"""Seconds after which `stop` is looked at."""


def _next(changes: "queue.SimpleQueue[frozenset[Path]]", timeout: float) -> frozenset[Path]:
    """Give everything that changed since the last build; nothing after a short while."""
    try:
        paths = changes.get(timeout=timeout)
        while not changes.empty():
            paths |= changes.get_nowait()
    except queue.Empty:
        return frozenset()
    return paths


def _build(  # noqa: PLR0913, PLR0917 - what `serve` was given, and what it made of it
    builder: Builder,
    changed: frozenset[Path],
    server: Server,
    changes: "queue.SimpleQueue[frozenset[Path]]",
    report: Callable[[BuildResult], None],
    stop: threading.Event,
) -> frozenset[Path]:
    """Build part by part, until all is done, something else has changed, or `stop` is set; gives what has changed."""
    patience = PAUSE
    with closing(_results(builder, changed, server.opened.recent())) as results:
        for result in results:
            _publish(server, result, report)
            if result.more and (newer := _next(changes, patience if result.pause else 0.0)):
                return newer
            if stop.is_set():
                break
            patience = 0.0 if result.pause else patience
    return frozenset()


def _results(builder: Builder, changed: frozenset[Path], opened: frozenset[str]) -> Generator[BuildResult, None, None]:
    try:
        yield from builder(changed, opened)
    except Exception as e:  # noqa: BLE001 - a bug of the builder is shown, and must not end the preview
        _log.exception("The build raised")
        yield BuildResult((_bug(e),), failed=True, changed=frozenset(), files=frozenset(), seconds=0.0)


def _publish(server: Server, result: BuildResult, report: Callable[[BuildResult], None]) -> None:
    if not result.changed and result.more:
        return
    is_seen = server.opened.any_of(result.changed)
    server.bulletin.publish(next_edition(server.bulletin.edition, result, is_seen=is_seen))
    report(result)


def _bug(error: Exception) -> Problem:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = "/".join(Path(frame.filename).parts[-2:])
    return Problem(place, frame.lineno or 0, f"this is a bug in sitegen: {type(error).__name__}: {error}")


def next_edition(edition: Edition, result: BuildResult, *, is_seen: bool = True) -> Edition:
    """Give what is shown after a build: the new pages, or the old ones and why there are no new ones.

    is_seen: whether anything that changed was ever asked for. A good build that changed nothing of that keeps the
    build's number: open pages stay as they are, and the error goes away.
    """
    number = edition.number + 1
    if result.failed:
        shown = errors(result.problems) or result.problems
        problems = tuple(map(str, shown)) or ("The build failed.",)
        return replace(edition, number=number, problems=problems, is_whole=True)
    is_new = (bool(result.changed) and is_seen) or edition.build == 0
    return Edition(number, edition.build + is_new, result.files, is_whole=not result.more)
