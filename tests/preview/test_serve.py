"""The preview as a whole: builds, mistakes, start and end, with real file events."""

import contextlib
import errno
import logging
import signal
import socket
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.preview.reload import Edition
from sitegen.preview.serve import BuildResult, next_edition, serve
from sitegen.preview.server import ListenError
from sitegen.problems import Problem, error, warning
from tests.preview.previews import DEADLINE, Preview, build, open_events, previewing


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "x.md").write_text("first")
    with previewing(tmp_path) as running:
        yield running


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

    def builder(changed: frozenset[Path], _: frozenset[str]) -> Iterator[BuildResult]:
        told.append(changed)
        yield build(tmp_path / "content", tmp_path / "site")

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
    def builder(changed: frozenset[Path], _: frozenset[str]) -> Iterator[BuildResult]:
        if not changed:
            raise ZeroDivisionError("what a bug")
        yield build(tmp_path / "content", tmp_path / "site")

    with previewing(tmp_path, builder) as preview:
        assert b"this is a bug in sitegen: ZeroDivisionError: what a bug" in preview.body("/")
        preview.save("x.md", "mended")
        assert preview.get("/x/").status == 200
    assert [r.exc_info is not None for r in caplog.records if r.levelno >= logging.ERROR] == [True]


def test_what_comes_behind_is_told_when_it_is_there(tmp_path: Path) -> None:
    first = BuildResult((), failed=False, changed=frozenset({"a"}), files=frozenset({"a"}), seconds=0.0, more=True)
    last = BuildResult((), failed=False, changed=frozenset({"b"}), files=frozenset({"a", "b"}), seconds=0.0)
    with previewing(tmp_path, lambda *_: iter([first, last])) as preview:
        preview.save("x.md", "first")
        preview.until(lambda: preview.results[-2:] == [first, last])


def test_a_save_does_not_wait_for_what_comes_behind_another(tmp_path: Path) -> None:
    """The rest never ends here, and the next save is built all the same."""

    def builder(changed: frozenset[Path], _: frozenset[str]) -> Iterator[BuildResult]:
        while True:
            yield BuildResult((), False, frozenset(map(str, changed)), frozenset(), 0.0, more=bool(changed))
            if not changed:
                return

    with previewing(tmp_path, builder) as preview:
        preview.save("x.md", "first")
        preview.save("y.md", "first")
        preview.until(lambda: str(preview.content / "y.md") in preview.results[-1].changed)


def test_the_builder_is_told_what_is_looked_at(tmp_path: Path) -> None:
    told: list[frozenset[str]] = []

    def builder(_: frozenset[Path], opened: frozenset[str]) -> Iterator[BuildResult]:
        told.append(opened)
        yield build(tmp_path / "content", tmp_path / "site")

    with previewing(tmp_path, builder) as preview:
        preview.save("x.md", "first")
        preview.get("/x/")
        preview.save("x.md", "second")
    assert told[0] == frozenset()
    assert "x/index.html" in frozenset[str]().union(*told)


def test_pages_that_nobody_asked_for_reload_nobody() -> None:
    shown = Edition(3, 2, frozenset({"index.html"}))
    result = _result(changed=frozenset({"sitemap.xml"}))
    assert next_edition(shown, result, is_seen=False) == Edition(4, 2, shown.files)


def test_pages_are_told_whether_more_is_to_come() -> None:
    part, last = (replace(_result(changed=frozenset({"index.html"})), more=more) for more in (True, False))
    assert not next_edition(Edition(), part).is_whole
    assert next_edition(next_edition(Edition(), part), last).is_whole
    assert next_edition(next_edition(Edition(), part), _result(error("a", 1, "wrong"), failed=True)).is_whole


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


# Starting and stopping


def test_a_port_in_use_is_told_before_anything_is_built(tmp_path: Path) -> None:
    def builder(*_: object) -> Iterator[BuildResult]:
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
    with pytest.raises(ListenError, match=r"^cannot listen at 192\.0\.2\.1, port 0: "):
        serve(
            lambda *_: iter([_result()]),
            tmp_path,
            [],
            host="192.0.2.1",
            port=0,
            report=lambda _: None,
            on_ready=lambda _: None,
            stop=threading.Event(),
        )


INTERRUPTED = """
    import logging, signal, sys, threading
    from pathlib import Path
    from sitegen.preview.serve import BuildResult, serve

    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
    logging.disable(logging.WARNING)  # a machine at its limit of watches is told of
    folder = Path(sys.argv[1])
    (folder / "index.html").write_text("page")
    result = BuildResult((), False, frozenset({"index.html"}), frozenset({"index.html"}), 0.0)
    try:
        serve(lambda *_: iter([result]), folder, [], port=0, report=lambda _: None,
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
                next(tabs.enter_context(open_events(preview)))
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=DEADLINE)
    assert (process.returncode, out, err) == (0, "closed\n", "")
