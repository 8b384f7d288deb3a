"""The preview as a whole: a real server on a free port, a real folder, real file events, a real browser."""

import contextlib
import errno
import gzip
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from sitegen.headers import hosted_headers
from sitegen.problems import Problem, error, warning
from sitegen.reload import Edition
from sitegen.serve import BuildResult, next_edition, serve
from sitegen.server import ListenError, read_whole
from tests.test_requests import HOSTILE

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
    wanted = {f"{stem}/index.html": _page(stem, text) for stem, text in pages.items()}
    wanted |= {"index.html": _page("home", "home"), "404.html": _page("404", "no such page")}
    wanted |= {"atom.xml": "<feed/>", "assets/style.1.css": "body{}", "sw.js": "the site's own worker"}
    changed = frozenset(file for file, text in wanted.items() if _put(output / file, text))
    return BuildResult((), failed=False, changed=changed, files=frozenset(wanted), seconds=0.0)


def _page(stem: str, text: str) -> str:
    return (
        f"<!doctype html>\n<html lang='en'><head><title>{stem}</title><link rel='icon' href='data:,'></head>"
        f"<body><h1>{stem}</h1><div id='text'>{text}</div>{FILLER}<!-- end of {text} --></body></html>"
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


Builder = Callable[[frozenset[Path]], BuildResult]


@contextlib.contextmanager
def previewing(folder: Path, builder: Builder | None = None) -> Iterator[Preview]:
    preview = Preview(folder / "content", folder / "site")
    preview.content.mkdir(exist_ok=True)
    thread = threading.Thread(
        target=serve,
        args=(builder or (lambda _: build(preview.content, preview.output)), preview.output, [preview.content]),
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


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "x.md").write_text("first")
    with previewing(tmp_path) as running:
        yield running


# What is answered, and with what


def test_a_page_is_served_with_the_hosted_headers_and_the_reload_script(preview: Preview) -> None:
    answer = preview.get("/x/")
    sent = answer.getheaders()
    assert answer.status == 200
    assert [h for h in sent if h in hosted_headers("/x/", secure=False)] == hosted_headers("/x/", secure=False)
    assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
    assert answer.getheader("Server") == "sitegen"
    assert b"defer></script></body></html>" in preview.body("/x/")


def test_the_script_is_in_no_file(preview: Preview) -> None:
    assert preview.body("/x/").count(b"/_sitegen/reload.js") == 1
    assert "/_sitegen/" not in (preview.output / "x" / "index.html").read_text()


@pytest.mark.parametrize(
    "path", ["/", "/assets/style.1.css", "/atom.xml", "/nowhere/", "/sw.js", "/_sitegen/reload.js"]
)
def test_nothing_may_be_kept_and_nothing_read_by_other_origins(preview: Preview, path: str) -> None:
    answer = preview.get(path)
    assert answer.headers.get_all("Cache-Control") == ["no-store"]
    assert answer.getheader("Access-Control-Allow-Origin") is None
    assert answer.getheader("Strict-Transport-Security") is None
    assert "upgrade-insecure-requests" not in str(answer.getheader("Content-Security-Policy"))


def test_a_missing_page_is_the_sites_own_404(preview: Preview) -> None:
    answer = preview.get("/nowhere/")
    assert answer.status == 404
    assert b"no such page" in preview.body("/nowhere/")


def test_a_folder_without_its_slash_is_redirected_relatively(preview: Preview) -> None:
    answer = preview.get("/x?q=1")
    assert (answer.status, answer.getheader("Location")) == (302, "./x/?q=1")


def test_head_is_get_without_the_body(preview: Preview) -> None:
    got, head = preview.get("/x/"), preview.get("/x/", "HEAD")
    assert head.body == b""  # type: ignore[attr-defined]
    assert head.getheader("Content-Length") == got.getheader("Content-Length")


def test_files_beside_the_build_are_not_served(preview: Preview) -> None:
    (preview.output / "secret.html").write_text("secret")
    (preview.output / ".sitegen").mkdir()
    (preview.output / ".sitegen" / "journal").write_text("secret")
    assert preview.get("/secret.html").status == 404
    assert preview.get("/.sitegen/journal").status == 404


def test_the_worker_of_the_preview_takes_the_place_of_the_sites(preview: Preview) -> None:
    assert b"registration.unregister()" in preview.body("/sw.js")


# What is refused


def _raw(preview: Preview, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", preview.port), timeout=DEADLINE) as connection:
        connection.sendall(request)
        answer = b""
        while part := connection.recv(65536):
            answer += part
        return answer


def _status(preview: Preview, request: bytes) -> int:
    return int(_raw(preview, request).split(b" ", 2)[1])


@pytest.mark.parametrize("target", [t for t in HOSTILE if t and " " not in t])
def test_a_hostile_address_is_refused_and_shows_no_file(preview: Preview, target: str) -> None:
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\nConnection: close\r\n\r\n".encode()
    assert _status(preview, request) in {400, 404}


@pytest.mark.parametrize("target", ["//evil.example/", "//evil.example/..", "///x", "//x"])
def test_no_address_leads_to_another_host(preview: Preview, target: str) -> None:
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\nConnection: close\r\n\r\n".encode()
    answer = _raw(preview, request)
    assert b"Location: /" not in answer
    assert b"Location: http" not in answer
    assert answer.split(b" ", 2)[1] in {b"302", b"400", b"404"}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "BREW"])
def test_only_get_and_head(preview: Preview, method: str) -> None:
    answer = preview.get("/", method)
    assert (answer.status, answer.getheader("Allow")) == (405, "GET, HEAD")


def test_another_host_is_refused_everywhere(preview: Preview) -> None:
    for path in ("/", "/x/", "/_sitegen/events", "/_sitegen/reload.js", "/sw.js"):
        assert preview.get(path, Host=f"evil.example:{preview.port}").status == 403
        assert preview.get(path, Host=f"localhost:{preview.port}", Origin="http://evil.example").status == 403


def test_a_link_from_another_site_opens_the_page(preview: Preview) -> None:
    fetch = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert preview.get("/x/", **fetch).status == 200
    assert preview.get("/x/", **(fetch | {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"})).status == 403


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        gzip.compress(b"x" * 1000, mtime=0) + b"\r\n\r\n",
    ],
)
def test_what_is_no_request_ends_in_a_refusal(
    preview: Preview, request_bytes: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with contextlib.suppress(ConnectionResetError):  # it need not read to the end what it refuses
        answer = _raw(preview, request_bytes)
        assert b" 200 " not in answer.partition(b"\r\n")[0]
    assert preview.get("/x/").status == 200
    assert caplog.records == []


def test_a_link_out_of_the_output_and_a_pipe_are_not_read(tmp_path: Path) -> None:
    output = tmp_path / "site"
    output.mkdir()
    (tmp_path / "secret").write_text("secret")
    (output / "page").write_text("page")
    (output / "link").symlink_to(tmp_path / "secret")
    os.mkfifo(output / "pipe")
    assert read_whole(output, "page") == b"page"
    assert [read_whole(output, name) for name in ("link", "pipe", "missing", "../secret")] == [None] * 4


# Builds


def test_a_change_is_built_and_shown(preview: Preview) -> None:
    preview.save("x.md", "second")
    assert b"<div id='text'>second</div>" in preview.body("/x/")
    preview.save("y.md", "new")
    assert preview.get("/y/").status == 200


def test_a_page_that_is_deleted_is_gone(preview: Preview) -> None:
    preview.save("y.md", "new")
    (preview.content / "y.md").unlink()
    preview.until(lambda: "y/index.html" not in preview.results[-1].files)
    assert preview.get("/y/").status == 404


def test_the_builder_is_told_what_changed(tmp_path: Path) -> None:
    told: list[frozenset[Path]] = []

    def builder(changed: frozenset[Path]) -> BuildResult:
        told.append(changed)
        return build(tmp_path / "content", tmp_path / "site")

    with previewing(tmp_path, builder) as preview:
        preview.save("x.md", "first")
    assert told[0] == frozenset()
    assert preview.content / "x.md" in frozenset[Path]().union(*told[1:])


def test_after_a_failed_build_the_old_pages_stay(preview: Preview) -> None:
    preview.save("x.md", "one\nBROKEN")
    assert preview.results[-1].problems == (error("content/x.md", 2, "this page is <b>broken</b>; mend it"),)
    assert b"<div id='text'>first</div>" in preview.body("/x/")
    preview.save("x.md", "mended")
    assert b"<div id='text'>mended</div>" in preview.body("/x/")


def test_a_first_build_that_fails_shows_why_and_recovers(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "x.md").write_text("BROKEN")
    with previewing(tmp_path) as preview:
        answer = preview.get("/x/")
        assert answer.status == 503
        assert b"content/x.md:1: error: this page is &lt;b&gt;broken" in preview.body("/anything")
        preview.save("x.md", "mended")
        assert preview.get("/x/").status == 200


def test_a_builder_that_raises_is_a_bug_that_is_shown(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def builder(changed: frozenset[Path]) -> BuildResult:
        if not changed:
            raise ZeroDivisionError("what a bug")
        return build(tmp_path / "content", tmp_path / "site")

    with previewing(tmp_path, builder) as preview:
        assert b"this is a bug in sitegen: ZeroDivisionError: what a bug" in preview.body("/")
        preview.save("x.md", "mended")
        assert preview.get("/x/").status == 200
    assert [r.exc_info is not None for r in caplog.records] == [True]


def _result(*problems: Problem, failed: bool = False, changed: frozenset[str] = frozenset()) -> BuildResult:
    return BuildResult(problems, failed, changed, frozenset({"index.html"}), 0.0)


def test_editions_follow_builds() -> None:
    wrong, doubtful = error("a", 1, "wrong"), warning("a", 2, "doubtful")
    failed_first = next_edition(Edition(), _result(wrong, failed=True))
    assert failed_first == Edition(1, 0, frozenset(), ("a:1: error: wrong",))
    good = next_edition(failed_first, _result(doubtful))
    assert good == Edition(2, 1, frozenset({"index.html"}))
    failed = next_edition(good, _result(wrong, doubtful, failed=True))
    assert failed == Edition(3, 1, good.files, ("a:1: error: wrong",))
    assert next_edition(failed, _result()) == Edition(4, 1, good.files)
    assert next_edition(failed, _result(changed=frozenset({"index.html"}))) == Edition(4, 2, good.files)
    strict = next_edition(good, _result(doubtful, failed=True))
    assert strict.problems == ("a:2: warning: doubtful",)
    assert next_edition(good, _result(failed=True)).problems == ("The build failed.",)


def test_readers_see_no_half_page_while_the_site_is_built(preview: Preview) -> None:
    texts = [f"version {number} " * 200 for number in range(50)]
    preview.save("x.md", texts[0])
    seen: list[bytes] = []

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=DEADLINE)
        with contextlib.closing(connection):
            for _ in range(250):
                connection.request("GET", "/x/")
                seen.append(connection.getresponse().read())

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for text in texts[1:]:
        preview.save("x.md", text)
    for reader in readers:
        reader.join(DEADLINE)
    whole = {_page("x", text) for text in texts}
    assert len(seen) == 1000
    assert {_without_script(page) for page in seen} <= whole


def _without_script(page: bytes) -> str:
    before, _, after = page.decode().partition("<script")
    return before + after.partition("</script>")[2]


# Events


@contextlib.contextmanager
def _events(preview: Preview) -> Iterator[Iterator[dict[str, object]]]:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=DEADLINE)
    connection.request("GET", "/_sitegen/events")
    response = connection.getresponse()
    assert response.getheader("Content-Type") == "text/event-stream"
    try:
        yield (json.loads(line.removeprefix(b"data: ")) for line in response if line.startswith(b"data: "))
    finally:
        response.close()
        connection.close()


def test_a_page_learns_of_the_present_build_and_of_the_next(preview: Preview) -> None:
    with _events(preview) as events:
        now = next(events)
        assert f'data-build="{now["build"]}"'.encode() in preview.body("/x/")
        preview.save("x.md", "second")
        then = next(events)
        assert then["build"] != now["build"]
        assert f'data-build="{then["build"]}"'.encode() in preview.body("/x/")


def test_a_page_learns_of_a_mistake_and_that_it_is_mended(preview: Preview) -> None:
    with _events(preview) as events:
        good = next(events)
        preview.save("x.md", "BROKEN")
        bad = next(news for news in events if news["problems"])
        assert bad["build"] == good["build"]
        assert bad["problems"] == ["content/x.md:1: error: this page is <b>broken</b>; mend it"]
        (preview.content / "x.md").write_text("first")
        assert next(news for news in events if not news["problems"])["build"] == good["build"]


def test_many_open_tabs_keep_nobody_waiting_and_end_when_they_close(preview: Preview) -> None:
    before = threading.active_count()
    with contextlib.ExitStack() as tabs:
        streams = [tabs.enter_context(_events(preview)) for _ in range(60)]
        assert len({str(next(stream)) for stream in streams}) == 1
        assert preview.get("/x/").status == 200
        preview.save("x.md", "second")
        assert len({str(next(stream)) for stream in streams}) == 1
    deadline = time.monotonic() + DEADLINE
    while threading.active_count() > before and time.monotonic() < deadline:
        threading.Event().wait(0.05)
    assert threading.active_count() <= before


# Starting and stopping


def test_a_port_in_use_is_told_before_anything_is_built(tmp_path: Path) -> None:
    def builder(_: frozenset[Path]) -> BuildResult:
        pytest.fail("built although the port is taken")

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ListenError, match=f"^port {port} is in use; choose another with --port$") as raised:
            serve(
                builder,
                tmp_path,
                [],
                port=port,
                report=lambda _: None,
                on_ready=lambda _: None,
                stop=threading.Event(),
            )
    assert raised.value.errno == errno.EADDRINUSE


def test_an_address_of_another_machine_is_told(tmp_path: Path) -> None:
    with pytest.raises(ListenError, match="^cannot listen at 192.0.2.1, port 0: "):
        serve(
            lambda _: _result(),
            tmp_path,
            [],
            host="192.0.2.1",
            port=0,
            report=lambda _: None,
            on_ready=lambda _: None,
            stop=threading.Event(),
        )


INTERRUPTED = """
    import sys, threading
    from pathlib import Path
    from sitegen.serve import BuildResult, serve

    folder = Path(sys.argv[1])
    (folder / "index.html").write_text("page")
    result = BuildResult((), False, frozenset({"index.html"}), frozenset({"index.html"}), 0.0)
    try:
        serve(lambda _: result, folder, [], port=0, report=lambda _: None,
              on_ready=lambda url: print(url, flush=True), stop=threading.Event())
    except KeyboardInterrupt:
        print("closed")
"""


def test_an_interrupt_ends_it_quietly_with_streams_open(tmp_path: Path) -> None:
    script = [sys.executable, "-c", textwrap.dedent(INTERRUPTED), str(tmp_path)]
    with subprocess.Popen(script, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        preview = Preview(tmp_path, tmp_path, url=process.stdout.readline())
        with contextlib.ExitStack() as tabs:
            for _ in range(5):
                next(tabs.enter_context(_events(preview)))
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=DEADLINE)
    assert (process.returncode, out, err) == (0, "closed\n", "")


# In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = next((path for path in map(shutil.which, names) if path), None)
    assert executable, "no Chromium was found"
    args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    args += ["--disable-component-update", "--disable-sync", "--no-first-run"]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=args)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a tab in which nothing may be complained of: no script error, no refusal by the policy."""
    complaints: list[str] = []
    tab = browser.new_page()
    tab.on("pageerror", lambda e: complaints.append(str(e)))
    tab.on("console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None)
    yield tab
    tab.close()
    assert [c for c in complaints if "status of 503" not in c] == []


@pytest.mark.browser
def test_a_saved_change_appears_and_the_reader_stays_where_they_are(preview: Preview, page: Page) -> None:
    page.goto(f"{preview.url}x/")
    page.evaluate("scrollTo(0, 1234)")
    preview.save("x.md", "second")
    expect(page.locator("#text")).to_have_text("second")
    page.wait_for_function("scrollY === 1234")
    assert page.evaluate("sessionStorage.length") == 0


@pytest.mark.browser
def test_a_mistake_appears_over_the_page_and_goes_when_it_is_mended(preview: Preview, page: Page) -> None:
    page.goto(f"{preview.url}x/")
    preview.save("x.md", "BROKEN")
    box = page.get_by_role("alertdialog", name="The site could not be built")
    expect(box).to_contain_text("content/x.md:1: error: this page is <b>broken</b>; mend it")
    expect(box).to_have_css("border-top-width", "6px")
    expect(box.get_by_role("button", name="Close")).to_be_focused()
    expect(page.locator("#text")).to_have_text("first")
    preview.save("x.md", "mended")
    expect(page.locator("#text")).to_have_text("mended")
    expect(box).to_have_count(0)


@pytest.mark.browser
def test_a_mistake_taken_back_goes_without_a_reload(preview: Preview, page: Page) -> None:
    page.goto(f"{preview.url}x/")
    page.evaluate("window.mark = 1")
    preview.save("x.md", "BROKEN")
    box = page.get_by_role("alertdialog")
    expect(box).to_be_visible()
    (preview.content / "x.md").write_text("first")
    expect(box).to_be_hidden()
    assert page.evaluate("window.mark") == 1


@pytest.mark.browser
def test_escape_puts_a_mistake_away_until_the_next_one(preview: Preview, page: Page) -> None:
    page.goto(f"{preview.url}x/")
    preview.save("x.md", "BROKEN")
    box = page.get_by_role("alertdialog")
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    preview.save("x.md", "one\nBROKEN")
    expect(box).to_contain_text("content/x.md:2:")


@pytest.mark.browser
def test_the_error_page_of_a_first_build_mends_itself(tmp_path: Path, page: Page) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "x.md").write_text("BROKEN")
    with previewing(tmp_path) as preview:
        page.goto(f"{preview.url}x/")
        expect(page.get_by_role("listitem")).to_contain_text("content/x.md:1:")
        preview.save("x.md", "one\nBROKEN")
        expect(page.get_by_role("listitem")).to_contain_text("content/x.md:2:")
        preview.save("x.md", "mended")
        expect(page.locator("#text")).to_have_text("mended")
        page.goto("about:blank")


@pytest.mark.browser
def test_more_tabs_than_a_browser_has_connections_all_follow(preview: Preview, browser: Browser) -> None:
    with browser.new_context() as context:
        tabs = [context.new_page() for _ in range(9)]
        for tab in tabs:
            tab.goto(f"{preview.url}x/")
        preview.save("x.md", "second")
        for tab in tabs:
            expect(tab.locator("#text")).to_have_text("second")
        tabs[0].close()
        preview.save("x.md", "third")
        for tab in tabs[1:]:
            expect(tab.locator("#text")).to_have_text("third")


@pytest.mark.browser
def test_a_worker_of_an_earlier_visit_removes_itself(preview: Preview, page: Page) -> None:
    page.goto(f"{preview.url}x/")
    page.evaluate(
        """async () => {
            await caches.open("an earlier visit");
            const policy = trustedTypes.createPolicy("sitegen", { createScriptURL: (url) => url });
            await navigator.serviceWorker.register(policy.createScriptURL("/sw.js"));
        }"""
    )
    page.wait_for_function("async () => (await navigator.serviceWorker.getRegistrations()).length === 0")
    assert page.evaluate("caches.keys()") == []
