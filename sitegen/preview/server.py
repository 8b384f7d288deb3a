"""The preview's HTTP server: what `requests` allows, from the files of the present edition, with the hosted headers."""

import errno
import logging
import os
import select
import socket
import stat
import sys
import threading
from collections.abc import Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer

from sitegen.headers import hosted_headers
from sitegen.preview.opened import Opened
from sitegen.preview.reload import Bulletin, Edition, error_page, read_preview_files, with_script
from sitegen.preview.requests import OWN, Found, Redirect, Refusal, content_type, find, own_hosts, refusal, site_path
from sitegen.urls import output_file

_log = logging.getLogger(__name__)

EVENTS = f"{OWN}events"
_TEXT = "text/plain; charset=utf-8"
_HTML = "text/html; charset=utf-8"
_STREAM_CHECK = 1.0
_READ_TRIES = 20
_READ_PAUSE = 0.05


class ListenError(OSError):
    """The address can't be listened at; says what to do about it."""

    def __str__(self) -> str:
        return str(self.strerror)


def listen(host: str, port: int, allowed_hosts: Sequence[str], output: Path) -> "Server":
    """Take the port; requests wait until `Server.start`. port: 0 takes a free one. Raises ListenError."""
    try:
        return Server(host, port, allowed_hosts, output)
    except OSError as e:
        if e.errno == errno.EADDRINUSE:
            raise ListenError(e.errno, f"port {port} is in use; choose another with --port") from e
        raise ListenError(e.errno, f"cannot listen at {host}, port {port}: {e.strerror}") from e


class Server(ThreadingHTTPServer):
    """A thread per connection, so that open event streams keep nobody waiting.

    bulletin: where the builds are announced. opened: what was asked for. address: the site's, with the real port.
    """

    # On Windows the option would let two programs share a port.
    allow_reuse_address = os.name == "posix"
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, allowed_hosts: Sequence[str], output: Path) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)
        bound = self.server_address[1]
        self.address = f"http://{f'[{host}]' if ':' in host else host}:{bound}/"
        self.hosts = own_hosts(host, bound, allowed_hosts)
        self.output = output.resolve()
        self.bulletin = Bulletin()
        self.opened = Opened()
        self.own_files = read_preview_files()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), name="serve", daemon=True)

    def server_bind(self) -> None:
        """Bind without looking up the machine's full name, which takes seconds where no name server answers."""
        TCPServer.server_bind(self)

    def start(self) -> None:
        """Answer requests, those too that came since the port was taken."""
        self._thread.start()

    def close(self) -> None:
        """End the event streams and give the port back."""
        self.bulletin.close()
        if self._thread.is_alive():
            self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - socketserver's signature
        """Say nothing of a browser that goes away in the middle; everything else is a bug."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            _log.exception("A request could not be answered")


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 30
    # Headers and body go out as two writes; the second must not wait for the first to be acknowledged.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        path = refusal(self.headers, self.server.hosts) or site_path(self.path)
        if isinstance(path, Refusal):
            self._refuse(path)
        elif f"/{path}" == EVENTS:
            self._stream()
        elif (own := self.server.own_files.get(f"/{path}")) is not None:
            self._reply(HTTPStatus.OK, content_type(path), own)
        elif (edition := self.server.bulletin.edition).build == 0:
            self._reply_error(edition)
        else:
            self._reply_file(path)

    def _reply_file(self, path: str) -> None:
        edition, answer, content = self._read(path)
        if isinstance(answer, Refusal):
            self._refuse(answer)
        elif isinstance(answer, Redirect):
            self._reply(HTTPStatus.FOUND, _TEXT, b"", ("Location", answer.location))
        else:
            kind = content_type(answer.file)
            if kind == _HTML:
                content = with_script(content, self.server.bulletin.script(edition))
            self._reply(answer.status, kind, content)

    def _read(self, path: str) -> tuple[Edition, Found | Redirect | Refusal, bytes]:
        """Read a file whole. One that is gone is being replaced or deleted by a build: look again when that ends.

        The edition is taken before the file is read. The other way round, a page of the old build could pass for one
        of the new, and would stay.
        """
        query = self.path.partition("?")[2]
        bulletin = self.server.bulletin
        self.server.opened.note(output_file(path))
        for _ in range(_READ_TRIES):
            edition = bulletin.edition
            answer = find(path, query, edition.files)
            if not isinstance(answer, Found):
                return edition, answer, b""
            self.server.opened.note(answer.file)
            if (content := read_whole(self.server.output, answer.file)) is not None:
                return edition, answer, content
            bulletin.wait(edition.number, _READ_PAUSE)
        return edition, Refusal(HTTPStatus.NOT_FOUND, "The file of this page is gone."), b""

    def _reply_error(self, edition: Edition) -> None:
        page = error_page(edition.problems, self.server.bulletin.script(edition, is_error=True))
        self._reply(HTTPStatus.SERVICE_UNAVAILABLE, _HTML, page)

    def _refuse(self, why: Refusal) -> None:
        self.close_connection = True
        allow = (("Allow", "GET, HEAD"),) if why.status is HTTPStatus.METHOD_NOT_ALLOWED else ()
        self._reply(why.status, _TEXT, f"{why.reason}\n".encode(), ("Connection", "close"), *allow)

    def _reply(self, status: HTTPStatus, kind: str, body: bytes, *more: tuple[str, str]) -> None:
        self._begin(status, ("Content-Type", kind), ("Content-Length", str(len(body))), *more)
        if self.command != "HEAD":
            self.wfile.write(body)

    def _begin(self, status: HTTPStatus, *headers: tuple[str, str]) -> None:
        """Send the status and the headers. Only what has a hash in its name may be kept: it is never out of date."""
        self.send_response(status)
        sent = dict(hosted_headers(self.path.partition("?")[0], secure=False))
        if status is not HTTPStatus.OK:
            sent.pop("Cache-Control", None)
        for name, value in ({"Cache-Control": "no-store"} | sent | dict(headers)).items():
            self.send_header(name, value)
        self.end_headers()

    def _stream(self) -> None:
        self.close_connection = True
        self._begin(HTTPStatus.OK, ("Content-Type", "text/event-stream"), ("Connection", "close"))
        if self.command == "HEAD":
            return
        self.wfile.write(b"retry: 500\n\n")
        bulletin, number = self.server.bulletin, -1
        while (edition := bulletin.wait(number, _STREAM_CHECK)) and not bulletin.closed and not self._is_gone():
            if edition.number != number:
                self.wfile.write(bulletin.event(edition))
                number = edition.number

    def _is_gone(self) -> bool:
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002 - http.server's signature
        """Answer what http.server itself refuses: malformed requests, and methods that have no `do_`."""
        self.path = getattr(self, "path", "/")
        if code == HTTPStatus.NOT_IMPLEMENTED:
            self._refuse(Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "Only GET and HEAD are answered."))
        else:
            self._refuse(Refusal(HTTPStatus(code), "This is not a request that can be answered."))

    def version_string(self) -> str:
        """Name the server without the versions of Python and its library."""
        return "sitegen"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Log nothing: a page is dozens of requests, and the terminal is for the builds."""


def read_whole(folder: Path, file: str) -> bytes | None:
    """Read a regular file below a folder; None when there is none, or when a link leads out of the folder."""
    path = folder / file
    try:
        if not path.resolve().is_relative_to(folder):
            return None
        # Without O_NONBLOCK a named pipe would hold the thread until somebody writes.
        with open(path, "rb", opener=_nonblocking) as opened:
            return opened.read() if stat.S_ISREG(os.fstat(opened.fileno()).st_mode) else None
    except OSError:
        return None


def _nonblocking(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
