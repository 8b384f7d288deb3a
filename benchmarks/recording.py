"""A server that notes what a reader's browser asks for, and when it had it."""

import functools
import gzip
import time
from collections import Counter
from contextlib import AbstractContextManager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.scripts import imported
from tests.serving import running

SCRIPTS = Path(__file__).resolve().parents[1] / "themes" / "default" / "static" / "js"


class Recorder(ThreadingHTTPServer):
    """Serves a folder, and notes when it was done with each answer."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(RecordingHandler, directory=str(folder)))
        self.folder = folder
        self.sent: list[tuple[float, str]] = []
        self.root = f"http://127.0.0.1:{self.server_port}/"

    def since(self, at: float) -> float:
        """Give the milliseconds from the last byte of the index that was sent before a time to that time."""
        return at - max(when for when, path in self.sent if when <= at and path.startswith("/search/"))

    def fetched(self) -> dict[str, int]:
        """Give the bytes of each kind of file that was asked for and is there, pages and styles aside."""
        kinds: Counter[str] = Counter()
        for path in {path for _, path in self.sent if not path.endswith(("/", ".html", ".css"))}:
            if (file := self.folder / path.removeprefix("/")).is_file():
                kinds[kind_of(path)] += compressed(file)
        return kinds


class RecordingHandler(SimpleHTTPRequestHandler):
    """Answers for a Recorder."""

    server: Recorder
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else the kernel keeps what follows the headers back for 40 ms

    def do_GET(self) -> None:
        """Answer, then note what and when."""
        super().do_GET()
        self.server.sent.append((time.time() * 1000, self.path.partition("?")[0]))

    def log_message(self, *_: object) -> None:
        """Print nothing."""


def kind_of(path: str) -> str:
    """Name what a file is of: a folder of the search, lunr.js, scripts that every page has, the search's own."""
    if "/search/" in path:
        return path.split("/")[2].removesuffix(".json")
    name = path.rpartition("/")[2]
    if name == "lunr.js":
        return name
    return "scripts of every page" if name in of_every_page() else "scripts of the search"


@functools.cache
def of_every_page() -> frozenset[str]:
    """Name the scripts that a page has even if nobody searches: site.js and what it imports."""
    return frozenset({"site.js"} | {script.name for script in imported(SCRIPTS / "site.js")})


@functools.cache
def compressed(file: Path) -> int:
    """Give the bytes of a file as it would be sent: compressed, where that makes it smaller."""
    data = file.read_bytes()
    return min(len(data), len(gzip.compress(data, 6)))


def recording(folder: Path) -> AbstractContextManager[Recorder]:
    """Serve a folder."""
    return running(Recorder(folder))
