"""The watcher on real folders: every test waits for a condition, with a deadline, never for a time to pass."""

import errno
import importlib
import logging
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitegen.preview.watch import is_noise, watch

DEADLINE = 10


class Told:
    """What `on_change` was told, burst by burst."""

    def __init__(self) -> None:
        self.bursts: list[frozenset[Path]] = []
        self._condition = threading.Condition()

    def __call__(self, paths: frozenset[Path]) -> None:
        with self._condition:
            self.bursts.append(paths)
            self._condition.notify_all()

    def until(self, *expected: Path) -> None:
        def all_told() -> bool:
            return set(expected) <= set().union(*self.bursts)

        with self._condition:
            assert self._condition.wait_for(all_told, DEADLINE), f"told only of {self.bursts}"


@contextmanager
def watching(*paths: Path, ignored: tuple[Path, ...] = ()) -> Iterator[Told]:
    told = Told()
    with watch(paths, told, ignored=ignored, notify=logging.warning):  # a full machine may refuse: then it polls
        yield told


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "papers").mkdir(parents=True)
    (folder / "papers" / "old.md").write_text("old")
    return folder


def _write(path: Path) -> None:
    path.write_text("new")


def _write_by_rename(path: Path) -> None:
    """Save as careful editors do: write a file beside it, then take its place."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text("new")
    beside.replace(path)


def _write_keeping_backup(path: Path) -> None:
    """Save as Vim does: the old file becomes the backup."""
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text("new")


@pytest.mark.parametrize("change", [_write, _write_by_rename, _write_keeping_backup, Path.unlink])
def test_a_change_is_told(content: Path, change: Callable[[Path], None]) -> None:
    page = content / "papers" / "old.md"
    with watching(content) as told:
        change(page)
        told.until(page)


def test_a_burst_is_told_once(content: Path) -> None:
    pages = [content / "papers" / f"{n}.md" for n in range(300)]
    with watching(content) as told:
        for page in pages:
            page.write_text("new")
        told.until(*pages)
    assert len(told.bursts) < 30


def test_changes_that_do_not_stop_are_told_all_the_same(content: Path) -> None:
    page = content / "papers" / "old.md"
    stop = threading.Event()

    def write_for_ever() -> None:
        while not stop.wait(0.005):
            page.write_text("new")

    writer = threading.Thread(target=write_for_ever)
    with watching(content) as told:
        writer.start()
        try:
            told.until(page)
        finally:
            stop.set()
            writer.join()


def test_folders_that_appear_later_are_seen(content: Path) -> None:
    with watching(content) as told:
        folder = content / "papers" / "2026"
        folder.mkdir()
        told.until(folder)
        (folder / "x.md").write_text("new")
        told.until(folder / "x.md")


def test_a_folder_moved_in_is_seen_with_what_it_holds(content: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "2026"
    elsewhere.mkdir(parents=True)
    (elsewhere / "x.md").write_text("new")
    with watching(content) as told:
        elsewhere.rename(content / "papers" / "2026")
        told.until(content / "papers" / "2026" / "x.md")


def test_a_root_may_appear_go_and_appear_again(tmp_path: Path) -> None:
    themes = tmp_path / "site" / "themes"
    with watching(themes) as told:
        for name in ("first.css", "second.css"):
            themes.mkdir(parents=True)
            told.until(themes)
            (themes / name).write_text("new")
            told.until(themes / name)
            told.bursts.clear()
            shutil.rmtree(themes.parent)
            told.until(themes)
            told.bursts.clear()


def test_a_root_may_be_one_file(tmp_path: Path) -> None:
    topics = tmp_path / "topics.yaml"
    with watching(topics) as told:
        (tmp_path / "other.yaml").write_text("other")
        topics.write_text("new")
        told.until(topics)
    assert told.bursts == [frozenset({topics})]


def test_a_root_may_be_a_link_and_is_named_as_it_was_given(content: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(content)
    with watching(link) as told:
        (content / "x.md").write_text("new")
        told.until(link / "x.md")


def test_links_are_not_followed_out(content: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (content / "link").symlink_to(outside)
    with watching(content) as told:
        (outside / "x.md").write_text("outside")
        (content / "y.md").write_text("inside")
        told.until(content / "y.md")
    assert set().union(*told.bursts) == {content / "y.md"}


def test_ignored_folders_are_silent(content: Path) -> None:
    output = content / "site"
    output.mkdir()
    with watching(content, ignored=(output,)) as told:
        (output / "index.html").write_text("built")
        (content / "y.md").write_text("new")
        told.until(content / "y.md")
    assert set().union(*told.bursts) == {content / "y.md"}


@pytest.mark.parametrize(
    "name",
    [
        ".x.md.swp",
        ".#x.md",
        "#x.md#",
        "x.md~",
        "4913",
        ".git/index",
        "x.tmp",
        ".goutputstream-A1B2",
        "x.md___jb_tmp___",
    ],
)
def test_editors_own_files_are_noise(name: str) -> None:
    assert is_noise(Path("papers", name))


@pytest.mark.parametrize("name", ["x.md", "49130", "a-#-b.md", "tmp.md", ".well-known/security.txt", "temp/x.md"])
def test_pages_are_not_noise(name: str) -> None:
    assert not is_noise(Path("papers", name))


def test_after_closing_nothing_is_told(content: Path) -> None:
    with watching(content) as told:
        pass
    with watching(content) as other:
        (content / "x.md").write_text("new")
        other.until(content / "x.md")
    assert told.bursts == []


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is one of Linux")
def test_at_the_limit_of_the_system_folders_are_polled(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal is put in by hand: to use the limit up would take it from everybody else on the machine."""
    inotify = importlib.import_module("watchdog.observers.inotify_c")

    def refuse() -> int:
        raise OSError(errno.EMFILE, "inotify instance limit reached")

    monkeypatch.setattr(inotify.InotifyFD, "_create_inotify_fd", staticmethod(refuse))
    (content / "round").symlink_to(content)
    told, notices = Told(), list[str]()
    with watch([content], told, notify=notices.append):
        (content / "x.md").write_text("new")
        told.until(content / "x.md")
    assert [notice.partition(" (")[0] for notice in notices] == ["the system refuses to watch the folders"]


def test_a_bug_in_the_callback_is_not_swallowed(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raised = threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda _: raised.set())

    def broken(_: frozenset[Path]) -> None:
        raise ZeroDivisionError

    with watch([content], broken, notify=logging.warning):
        (content / "x.md").write_text("new")
        assert raised.wait(DEADLINE)
