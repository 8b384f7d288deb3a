"""The live preview: builds, serves the result on this machine, builds again when a file changes, reloads the browser.

It knows nothing of building: a `builder` is given the changed paths and says what it did.
"""

import logging
import queue
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.preview.reload import Bulletin, Edition
from sitegen.preview.server import listen
from sitegen.preview.watch import watch
from sitegen.problems import Problem, errors

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What one build did.

    failed: the site is as it was before. changed: paths under the output folder that were written or deleted.
    files: every path of the present build. seconds: how long it took.
    """

    problems: tuple[Problem, ...]
    failed: bool
    changed: frozenset[str]
    files: frozenset[str]
    seconds: float


def serve(  # noqa: PLR0913 - each is a thing that only the command line knows
    builder: Callable[[frozenset[Path]], BuildResult],
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
    is shown like any other mistake. report: gets every result, in the caller's thread. port: 0 takes a free one.
    allowed_hosts: further values of Host that are answered. on_ready: gets the address, after the first build.
    Raises ListenError, before anything is built, when the port is taken or may not be used.
    """
    changes: queue.SimpleQueue[frozenset[Path]] = queue.SimpleQueue()
    server = listen(host, port, allowed_hosts, output)
    with closing(server), watch(watched, changes.put, ignored=[output], notify=_log.warning):
        _build(builder, frozenset(), server.bulletin, report)
        server.start()
        on_ready(server.address)
        while not stop.is_set():
            if changed := _next(changes):
                _build(builder, changed, server.bulletin, report)


def _next(changes: "queue.SimpleQueue[frozenset[Path]]") -> frozenset[Path]:
    """Give everything that changed since the last build; nothing after a short while, to let `stop` be seen."""
    try:
        paths = changes.get(timeout=0.2)
        while not changes.empty():
            paths |= changes.get_nowait()
    except queue.Empty:
        return frozenset()
    return paths


def _build(
    builder: Callable[[frozenset[Path]], BuildResult],
    changed: frozenset[Path],
    bulletin: Bulletin,
    report: Callable[[BuildResult], None],
) -> None:
    try:
        result = builder(changed)
    except Exception as e:  # noqa: BLE001 - a bug of the builder is shown, and must not end the preview
        _log.exception("The build raised")
        result = BuildResult((_bug(e),), failed=True, changed=frozenset(), files=frozenset(), seconds=0.0)
    bulletin.publish(next_edition(bulletin.edition, result))
    report(result)


def _bug(error: Exception) -> Problem:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = "/".join(Path(frame.filename).parts[-2:])
    return Problem(place, frame.lineno or 0, f"this is a bug in sitegen: {type(error).__name__}: {error}")


def next_edition(edition: Edition, result: BuildResult) -> Edition:
    """Give what is shown after a build: the new pages, or the old ones and why there are no new ones.

    A good build that changed nothing keeps the build's number: open pages stay as they are, and the error goes away.
    """
    number = edition.number + 1
    if result.failed:
        shown = errors(result.problems) or result.problems
        return replace(edition, number=number, problems=tuple(map(str, shown)) or ("The build failed.",))
    is_new = bool(result.changed) or edition.build == 0
    return Edition(number, edition.build + is_new, result.files)
