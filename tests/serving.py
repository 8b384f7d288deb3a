"""A server for tests: one folder, under a path of its own, with the headers of the hosted site."""

import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import BaseServer
from typing import TypeVar

from sitegen.headers import hosted_headers

PREFIX = "/under/a/path"
AnyServer = TypeVar("AnyServer", bound=BaseServer)


class Server(ThreadingHTTPServer):
    """Serves one folder.

    broken: files that are answered with 503 while they are named here. cut: paths whose answers break off halfway.
    index_gate: the search index waits until it is open.
    """

    daemon_threads = True
    request_queue_size = 128  # a browser opens many connections at once

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        self.broken: set[str] = set()
        self.cut: set[str] = set()
        self.index_gate = threading.Event()
        self.index_gate.set()
        self.requested: list[str] = []
        self.root = f"http://127.0.0.1:{self.server_port}{PREFIX}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that left while it was being answered."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(SimpleHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"  # a browser keeps its connections

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.requested.append(path)
        if not path.startswith(f"{PREFIX}/"):
            return self.send_error(404)
        if path.rpartition("/")[2] in self.server.broken:
            return self.send_error(503)
        if path.endswith("/search/manifest.json"):
            self.server.index_gate.wait(15)
        self.path = path.removeprefix(PREFIX)
        if not path.endswith("/") and Path(self.translate_path(self.path)).is_dir():
            return self.lead_to(f"{path}/")
        if path in self.server.cut:
            return self.break_off()
        return super().do_GET()

    def break_off(self) -> None:
        """Send half of what is promised."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Half</title>".ljust(500))
        self.close_connection = True

    def lead_to(self, address: str) -> None:
        """Lead to a folder that was asked for without its slash, as hosts do."""
        self.send_response(301)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def end_headers(self) -> None:
        for name, value in hosted_headers(self.path, secure=False):
            if name != "Cache-Control":
                self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Keep the test's output to what went wrong."""


def serving(folder: Path) -> AbstractContextManager[Server]:
    """Serve a folder."""
    return running(Server(folder))


@contextmanager
def running(server: AnyServer) -> Iterator[AnyServer]:
    """Let a server answer, in a thread of its own."""
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
