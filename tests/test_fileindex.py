"""Hashes of files are believed as long as the files look as they did, and never where they may change unseen."""

import hashlib
import os
from pathlib import Path

import pytest

from sitegen.fileindex import FileIndex
from sitegen.looks import clock, wait_past


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Desk:
    """An index in a folder, and how often it reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reads = 0
        self.index = self.fresh()

    def fresh(self, engine: str = "e1") -> FileIndex:
        self.index = FileIndex(self.folder / "cache" / "pages.index", engine, digest)
        self.index.begin()
        return self.index

    def look(self, file: Path) -> str:
        def read() -> bytes:
            self.reads += 1
            return file.read_bytes()

        return self.index.look(str(file), read)[0]

    def wait(self) -> None:
        """Let the clock move on, so that what was written counts as past."""
        wait_past(self.folder / "cache", clock(self.folder / "cache"))
        self.index.begin()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def file(desk: Desk) -> Path:
    file = desk.folder / "a.md"
    file.write_text("one")
    desk.wait()
    return file


def test_a_file_that_looks_the_same_is_read_once(desk: Desk, file: Path) -> None:
    assert [desk.look(file) for _ in range(3)] == [digest(b"one")] * 3
    assert desk.reads == 1


def test_and_once_for_all_when_it_was_saved(desk: Desk, file: Path) -> None:
    desk.look(file)
    desk.index.save()
    desk.fresh()
    assert (desk.look(file), desk.reads) == (digest(b"one"), 1)


def test_its_bytes_come_along_where_they_had_to_be_read(desk: Desk, file: Path) -> None:
    assert desk.index.look(str(file), file.read_bytes) == (digest(b"one"), b"one")
    assert desk.index.look(str(file), file.read_bytes) == (digest(b"one"), None)


def test_another_engine_reads_anew(desk: Desk, file: Path) -> None:
    desk.look(file)
    desk.index.save()
    desk.fresh("e2")
    assert (desk.look(file), desk.reads) == (digest(b"one"), 2)


@pytest.mark.parametrize("saved", [True, False])
def test_an_edit_of_the_same_size_with_its_time_set_back_shows(desk: Desk, file: Path, *, saved: bool) -> None:
    desk.look(file)
    if saved:
        desk.index.save()
        desk.fresh()
    before = file.stat()
    file.write_text("two")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert desk.look(file) == digest(b"two")


def test_what_changed_since_it_began_is_read_again_as_it_may_change_and_look_the_same(desk: Desk, file: Path) -> None:
    """Two writes of one size may fall into one tick of a coarse clock, the second after the file was read."""
    file.write_text("two")
    assert [desk.look(file) for _ in range(2)] == [digest(b"two")] * 2
    desk.wait()
    desk.index.save()
    desk.fresh()
    assert desk.look(file) == digest(b"two")
    assert desk.reads == 3


def test_then_it_is_as_good_as_any_other(desk: Desk, file: Path) -> None:
    file.write_text("two")
    desk.look(file)
    desk.wait()
    assert [desk.look(file) for _ in range(2)] == [digest(b"two")] * 2
    assert desk.reads == 2


def test_what_is_no_file_has_no_hash_and_is_not_read(desk: Desk) -> None:
    os.mkfifo(desk.folder / "pipe")
    (desk.folder / "folder").mkdir()
    (desk.folder / "dangling").symlink_to(desk.folder / "nowhere")
    names = ["pipe", "folder", "dangling", "missing"]
    assert [desk.look(desk.folder / name) for name in names] == [""] * 4
    assert desk.reads == 0


def test_a_file_that_was_just_written_need_not_be_read(desk: Desk, file: Path) -> None:
    desk.index.note(str(file), "what its writer says")
    assert (desk.index.digest(str(file)), desk.reads) == ("what its writer says", 0)


def test_what_was_not_asked_for_is_forgotten(desk: Desk, file: Path) -> None:
    other = desk.folder / "b.md"
    other.write_text("other")
    desk.wait()
    desk.look(file)
    desk.look(other)
    desk.index.save()
    desk.fresh()
    desk.look(other)
    desk.index.save()
    desk.fresh()
    desk.look(file)
    assert desk.reads == 3


def test_an_index_that_says_nothing_new_is_not_written(desk: Desk, file: Path) -> None:
    desk.look(file)
    desk.index.save()
    stored = desk.folder / "cache" / "pages.index"
    before = stored.stat().st_ino
    desk.fresh()
    desk.look(file)
    desk.index.save()
    assert stored.stat().st_ino == before
