"""The sample catalogue, built once; a server with the hosted headers; a real browser."""

import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from sitegen.headers import hosted_headers
from sitegen.search import SearchDocument, SearchIndex, read_index

from .catalogue import sample_documents, write_site

PREFIX = "/under/a/path"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
).split()


@pytest.fixture(scope="session")
def documents() -> list[SearchDocument]:
    return sample_documents()


@pytest.fixture(scope="session")
def site(documents: list[SearchDocument], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder, documents)
    return folder


@pytest.fixture(scope="session")
def index(site: Path) -> SearchIndex:
    return read_index(site)


class Server(ThreadingHTTPServer):
    """Serves one folder under a path of its own, with the headers of the hosted site.

    broken: files that are answered with 503 while they are named here. index_gate: index.json waits while it is shut.
    """

    daemon_threads = True
    request_queue_size = 128  # a browser opens many connections at once

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        self.broken: set[str] = set()
        self.requested: list[str] = []
        self.index_gate = threading.Event()
        self.index_gate.set()
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
        if path.endswith("/index.json"):
            self.server.index_gate.wait(15)
        self.path = path.removeprefix(PREFIX)
        return super().do_GET()

    def end_headers(self) -> None:
        for name, value in hosted_headers(self.path, secure=False):
            if name != "Cache-Control":
                self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Keep the test's output to what went wrong."""


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    with Server(folder) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield served
        served.shutdown()


@pytest.fixture
def server(site: Path) -> Iterator[Server]:
    with serving(site) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, f"these tests need one of {', '.join(BROWSERS)}"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page that fails its test when anything is thrown or refused in it."""
    faults: list[str] = []
    opened = browser.new_page()
    opened.set_default_timeout(15_000)
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    opened.close()
    assert [f for f in faults if "503" not in f] == []


@pytest.fixture
def browser_without_script(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
