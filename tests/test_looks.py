"""How files look tells that they changed, whatever was changed and whatever was done to hide it."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.looks import clock, looks_of, snapshot_below, snapshot_of, wait_past


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "papers" / "2024").mkdir(parents=True)
    (folder / "papers" / "2024" / "one.md").write_text("one")
    (folder / "site.yaml").write_text("title: A")
    (folder / "empty").mkdir()
    wait_past(tmp_path / "cache", time.time_ns())
    return folder


def hide(file: Path, text: str) -> None:
    """Write another text of the same size, and set the time of the content back."""
    before = file.stat()
    file.write_text(text)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


CHANGES: dict[str, Callable[[Path], object]] = {
    "edited": lambda folder: (folder / "site.yaml").write_text("title: B"),
    "edited with its time set back": lambda folder: hide(folder / "papers" / "2024" / "one.md", "two"),
    "replaced": lambda folder: (folder / "site.yaml").replace(folder / "papers" / "2024" / "one.md"),
    "touched": lambda folder: os.utime(folder / "site.yaml", (1, 1)),
    "added": lambda folder: (folder / "papers" / "two.md").touch(),
    "removed": lambda folder: (folder / "site.yaml").unlink(),
    "renamed": lambda folder: (folder / "papers" / "2024").rename(folder / "papers" / "2025"),
    "an empty folder added": lambda folder: (folder / "papers" / "odd.md").mkdir(),
    "an empty folder removed": lambda folder: (folder / "empty").rmdir(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_change_below_a_folder_shows(folder: Path, change: Callable[[Path], object]) -> None:
    before = snapshot_below([folder])
    assert snapshot_below([folder]) == before
    change(folder)
    assert snapshot_below([folder]).digest != before.digest


def test_what_is_left_out_does_not_count(folder: Path) -> None:
    before = snapshot_below([folder], without=[folder / "papers"])
    (folder / "papers" / "2024" / "one.md").write_text("other")
    (folder / "empty" / "__pycache__").mkdir()
    assert snapshot_below([folder], without=[folder / "papers"]) == before


def test_a_folder_that_is_not_there_is_another_than_an_empty_one(tmp_path: Path, folder: Path) -> None:
    assert snapshot_below([folder, tmp_path / "nowhere"]) == snapshot_below([folder])
    assert snapshot_below([tmp_path / "nowhere"]).newest == 0


class TestLinks:
    """Templates, and pages below content/papers/, may be somewhere else: what they lead to counts."""

    def test_a_change_behind_a_link_to_a_folder_shows(self, folder: Path, tmp_path: Path) -> None:
        (folder / "papers").rename(tmp_path / "elsewhere")
        (folder / "papers").symlink_to(tmp_path / "elsewhere")
        before = snapshot_below([folder])
        (tmp_path / "elsewhere" / "2024" / "one.md").write_text("another")
        assert snapshot_below([folder]).digest != before.digest

    def test_a_change_behind_a_link_to_a_file_shows(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "elsewhere.md").write_text("two")
        (folder / "papers" / "two.md").symlink_to(tmp_path / "elsewhere.md")
        before = snapshot_below([folder])
        (tmp_path / "elsewhere.md").write_text("three")
        assert snapshot_below([folder]).digest != before.digest

    def test_links_that_lead_in_a_circle_or_nowhere_end(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / "b").mkdir()
        (tmp_path / "a" / "to-b").symlink_to(tmp_path / "b")
        (tmp_path / "b" / "to-a").symlink_to(tmp_path / "a")
        (folder / "to-a").symlink_to(tmp_path / "a")
        (folder / "up").symlink_to(folder)
        (folder / "nowhere").symlink_to(tmp_path / "nowhere")
        before = snapshot_below([folder])
        (tmp_path / "b" / "new").touch()
        assert snapshot_below([folder]).digest != before.digest

    def test_a_linked_folder_may_be_left_out(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "dumps").mkdir()
        (folder / "dumps").symlink_to(tmp_path / "dumps")
        before = snapshot_below([folder], without=[(folder / "dumps").resolve()])
        (tmp_path / "dumps" / "new").touch()
        assert snapshot_below([folder], without=[(folder / "dumps").resolve()]) == before


def test_named_files_are_looked_at_in_their_order(folder: Path) -> None:
    names = ["site.yaml", "papers/2024/one.md", "nowhere"]
    before = snapshot_of(folder, names)
    assert before.newest == max((folder / name).stat().st_ctime_ns for name in names[:2])
    assert snapshot_of(folder, reversed(names)).digest != before.digest
    (folder / "nowhere").touch()
    assert snapshot_of(folder, names).digest != before.digest


class TestClock:
    def test_a_file_is_no_younger_than_the_clock_after_it(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        assert looks_of((tmp_path / "file").stat())[1] <= clock(tmp_path / "cache")

    def test_a_file_is_no_older_than_the_clock_before_it(self, tmp_path: Path) -> None:
        instant = clock(tmp_path / "cache")
        (tmp_path / "file").touch()
        assert looks_of((tmp_path / "file").stat())[1] >= instant > 0

    def test_it_leaves_one_file_and_no_more(self, tmp_path: Path) -> None:
        for _ in range(3):
            clock(tmp_path / "cache")
        assert [file.name for file in (tmp_path / "cache").iterdir()] == ["clock"]

    def test_what_was_written_before_the_wait_is_older_than_after(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        written = (tmp_path / "file").stat().st_ctime_ns
        assert wait_past(tmp_path / "cache", written) > written

    def test_where_nothing_can_be_written_it_is_never_past_anything(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        assert (clock(tmp_path / "file"), wait_past(tmp_path / "file", 1)) == (0, 0)
