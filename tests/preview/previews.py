"""A running preview for tests: a small real builder, a real folder, a real server on a free port."""

import contextlib
import http.client
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sitegen.preview.serve import Builder, BuildResult, serve
from sitegen.problems import error

DEADLINE = 20
FILLER = "<p>filler</p>" * 400


def build(content: Path, output: Path) -> BuildResult:
    """Build a small site: x.md becomes x/index.html. A line BROKEN is an error, and leaves the site as it was."""
    pages = {path.stem: path.read_text() for path in sorted(content.glob("*.md"))}
    problems = tuple(
        error(f"content/{stem}.md", number, "this page is <b>broken</b>; mend it")
        for stem, text in pages.items()
        for number, line in enumerate(text.splitlines(), 1)
        if line == "BROKEN"
    )
    if problems:
        return BuildResult(problems, failed=True, changed=frozenset(), files=frozenset(), seconds=0.0)
    wanted = {f"{stem}/index.html": page_of(stem, text) for stem, text in pages.items()}
    wanted |= {"index.html": page_of("home", "home"), "404.html": page_of("404", "no such page")}
    wanted |= {"atom.xml": "<feed/>", "assets/style.1.css": "body{}", "sw.js": "the site's own worker"}
    changed = frozenset(file for file, text in wanted.items() if _put(output / file, text))
    return BuildResult((), failed=False, changed=changed, files=frozenset(wanted), seconds=0.0)


def page_of(stem: str, text: str) -> str:
    return (
        f"<!doctype html>\n<html lang='en'><head><title>{stem}</title><link rel='icon' href='data:,'></head>"
        f"<body><main><h1>{stem}</h1><div id='text'>{text}</div>{FILLER}<!-- end of {text} --></main></body></html>"
    )


def _put(path: Path, text: str) -> bool:
    if path.is_file() and path.read_text() == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name("beside.tmp")
    beside.write_text(text)
    beside.replace(path)
    return True


@dataclass
class Preview:
    """A running preview and what it reported."""

    content: Path
    output: Path
    results: list[BuildResult] = field(default_factory=list)
    url: str = ""
    stop: threading.Event = field(default_factory=threading.Event)
    condition: threading.Condition = field(default_factory=threading.Condition)

    def report(self, result: BuildResult) -> None:
        with self.condition:
            self.results.append(result)
            self.condition.notify_all()

    def ready(self, url: str) -> None:
        with self.condition:
            self.url = url
            self.condition.notify_all()

    def until(self, condition: Callable[[], object]) -> None:
        with self.condition:
            assert self.condition.wait_for(condition, DEADLINE), f"reported only {self.results}"

    def save(self, name: str, text: str) -> None:
        """Save a page and wait for a build that has seen it."""
        before = len(self.results)
        (self.content / name).write_text(text)
        self.until(lambda: any(r.changed or r.failed for r in self.results[before:]))

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 0

    def get(self, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        """Answer with the body read: `.body`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        with contextlib.closing(connection):
            connection.request(method, path, headers=headers)
            response = connection.getresponse()
            response.body = response.read()  # type: ignore[attr-defined]  # one value to hand on
            return response

    def body(self, path: str) -> bytes:
        body: bytes = self.get(path).body  # type: ignore[attr-defined]
        return body


@contextlib.contextmanager
def previewing(folder: Path, builder: Builder | None = None) -> Iterator[Preview]:
    preview = Preview(folder / "content", folder / "site")
    preview.content.mkdir(exist_ok=True)
    thread = threading.Thread(
        target=serve,
        args=(
            builder or (lambda *_: iter([build(preview.content, preview.output)])),
            preview.output,
            [preview.content],
        ),
        kwargs={"port": 0, "report": preview.report, "on_ready": preview.ready, "stop": preview.stop},
    )
    thread.start()
    try:
        preview.until(lambda: preview.url)
        yield preview
    finally:
        preview.stop.set()
        thread.join(DEADLINE)
    assert not thread.is_alive()


@contextlib.contextmanager
def open_events(preview: Preview) -> Iterator[Iterator[dict[str, object]]]:
    """Open the event stream and give what each event says."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=DEADLINE)
    connection.request("GET", "/_sitegen/events")
    response = connection.getresponse()
    assert response.getheader("Content-Type") == "text/event-stream"
    try:
        yield (json.loads(line.removeprefix(b"data: ")) for line in response if line.startswith(b"data: "))
    finally:
        response.close()
        connection.close()
