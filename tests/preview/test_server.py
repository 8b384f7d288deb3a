"""What the preview's server answers and refuses, over real connections."""

import contextlib
import gzip
import http.client
import itertools
import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.headers import IMMUTABLE, hosted_headers
from sitegen.preview.server import read_whole
from tests.preview.previews import DEADLINE, Preview, open_events, page_of, previewing
from tests.preview.test_requests import HOSTILE


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "x.md").write_text("first")
    with previewing(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """Give a preview that nobody changes, for the tests that only ask."""
    folder = tmp_path_factory.mktemp("standing")
    (folder / "content").mkdir()
    (folder / "content" / "x.md").write_text("first")
    with previewing(folder) as running:
        yield running


# What is answered, and with what


def test_a_page_is_served_with_the_hosted_headers_and_the_reload_script(standing: Preview) -> None:
    answer = standing.get("/x/")
    sent = answer.getheaders()
    assert answer.status == 200
    assert [h for h in sent if h in hosted_headers("/x/", secure=False)] == hosted_headers("/x/", secure=False)
    assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
    assert answer.getheader("Server") == "sitegen"
    assert b"></script></body></html>" in standing.body("/x/")


def test_the_script_is_in_no_file(standing: Preview) -> None:
    assert standing.body("/x/").count(b"/_sitegen/reload.js") == 1
    assert "/_sitegen/" not in (standing.output / "x" / "index.html").read_text()


@pytest.mark.parametrize("path", ["/", "/atom.xml", "/nowhere/", "/assets/gone.css", "/sw.js", "/_sitegen/reload.js"])
def test_what_has_no_hash_in_its_name_may_not_be_kept(standing: Preview, path: str) -> None:
    assert standing.get(path).headers.get_all("Cache-Control") == ["no-store"]


def test_what_has_one_may_be_kept(standing: Preview) -> None:
    assert standing.get("/assets/style.1.css").headers.get_all("Cache-Control") == [IMMUTABLE]


@pytest.mark.parametrize("path", ["/", "/assets/style.1.css", "/atom.xml", "/nowhere/", "/sw.js"])
def test_nothing_is_read_by_other_origins(standing: Preview, path: str) -> None:
    answer = standing.get(path)
    assert answer.getheader("Access-Control-Allow-Origin") is None
    assert answer.getheader("Strict-Transport-Security") is None
    assert "upgrade-insecure-requests" not in str(answer.getheader("Content-Security-Policy"))


def test_a_missing_page_is_the_sites_own_404(standing: Preview) -> None:
    answer = standing.get("/nowhere/")
    assert answer.status == 404
    assert b"no such page" in standing.body("/nowhere/")


def test_a_folder_without_its_slash_is_redirected_relatively(standing: Preview) -> None:
    answer = standing.get("/x?q=1")
    assert (answer.status, answer.getheader("Location")) == (302, "./x/?q=1")


def test_head_is_get_without_the_body(standing: Preview) -> None:
    got, head = standing.get("/x/"), standing.get("/x/", "HEAD")
    assert head.body == b""  # type: ignore[attr-defined]
    assert head.getheader("Content-Length") == got.getheader("Content-Length")


def test_files_beside_the_build_are_not_served(standing: Preview) -> None:
    (standing.output / "secret.html").write_text("secret")
    (standing.output / ".sitegen").mkdir()
    (standing.output / ".sitegen" / "journal").write_text("secret")
    assert standing.get("/secret.html").status == 404
    assert standing.get("/.sitegen/journal").status == 404


def test_the_worker_of_the_preview_takes_the_place_of_the_sites(standing: Preview) -> None:
    assert b"registration.unregister()" in standing.body("/sw.js")


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
def test_a_hostile_address_is_refused_and_shows_no_file(standing: Preview, target: str) -> None:
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{standing.port}\r\nConnection: close\r\n\r\n".encode()
    assert _status(standing, request) in {400, 404}


@pytest.mark.parametrize("target", ["//evil.example/", "//evil.example/..", "///x", "//x"])
def test_no_address_leads_to_another_host(standing: Preview, target: str) -> None:
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{standing.port}\r\nConnection: close\r\n\r\n".encode()
    answer = _raw(standing, request)
    assert b"Location: /" not in answer
    assert b"Location: http" not in answer
    assert answer.split(b" ", 2)[1] in {b"302", b"400", b"404"}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "get", "BREW"])
def test_only_get_and_head(standing: Preview, method: str) -> None:
    answer = standing.get("/", method)
    assert (answer.status, answer.getheader("Allow")) == (405, "GET, HEAD")


def test_another_host_is_refused_everywhere(standing: Preview) -> None:
    for path in ("/", "/x/", "/_sitegen/events", "/_sitegen/reload.js", "/sw.js"):
        assert standing.get(path, Host=f"evil.example:{standing.port}").status == 403
        assert standing.get(path, Host=f"localhost:{standing.port}", Origin="http://evil.example").status == 403


def test_a_link_from_another_site_opens_the_page(standing: Preview) -> None:
    fetch = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert standing.get("/x/", **fetch).status == 200
    assert standing.get("/x/", **(fetch | {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"})).status == 403


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
    standing: Preview, request_bytes: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with contextlib.suppress(ConnectionResetError):  # it need not read to the end what it refuses
        answer = _raw(standing, request_bytes)
        assert b" 200 " not in answer.partition(b"\r\n")[0]
    assert standing.get("/x/").status == 200
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


# While the site is built


def test_readers_see_no_half_page_while_the_site_is_built(preview: Preview) -> None:
    texts = [f"version {number} " * 200 for number in range(50)]
    preview.save("x.md", texts[0])
    done = threading.Event()
    seen: list[list[bytes]] = [[], [], [], []]

    def read(pages: list[bytes]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=DEADLINE)
        with contextlib.closing(connection):
            while not done.is_set() or len(pages) < 250:
                connection.request("GET", "/x/")
                pages.append(connection.getresponse().read())

    readers = [threading.Thread(target=read, args=(pages,)) for pages in seen]
    for reader in readers:
        reader.start()
    for text in texts[1:]:
        preview.save("x.md", text)
    done.set()
    for reader in readers:
        reader.join(DEADLINE)
    pages = {_without_script(page) for page in itertools.chain(*seen)}
    assert pages <= {page_of("x", text) for text in texts}
    assert len(pages) > 10, "the readers did not read while the site was built"


def _without_script(page: bytes) -> str:
    before, _, after = page.decode().partition("<script")
    return before + after.partition("</script>")[2]


# Events


def test_a_page_learns_of_the_present_build_and_of_the_next(preview: Preview) -> None:
    with open_events(preview) as events:
        now = next(events)
        assert f'data-build="{now["build"]}"'.encode() in preview.body("/x/")
        preview.save("x.md", "second")
        then = next(events)
        assert then["build"] != now["build"]
        assert f'data-build="{then["build"]}"'.encode() in preview.body("/x/")


def test_a_page_learns_of_a_mistake_and_that_it_is_mended(preview: Preview) -> None:
    with open_events(preview) as events:
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
        streams = [tabs.enter_context(open_events(preview)) for _ in range(60)]
        assert len({str(next(stream)) for stream in streams}) == 1
        assert preview.get("/x/").status == 200
        preview.save("x.md", "second")
        assert len({str(next(stream)) for stream in streams}) == 1
    deadline = time.monotonic() + DEADLINE
    while threading.active_count() > before and time.monotonic() < deadline:
        threading.Event().wait(0.05)
    assert threading.active_count() <= before
