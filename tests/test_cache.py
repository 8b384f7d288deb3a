"""What is remembered is believed only when the same engine wrote it; a lost or damaged cache is no harm."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.cache import Memory, Remembered, keep_only, make_folder, read_cache, write_cache


class Work:
    """Counts how often something is made."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> Remembered:
        self.made += 1
        return ["made"]


def recall(folder: Path, engine: str = "e1", made_of: str = "text") -> int:
    memory, work = Memory(folder, "prose", engine), Work()
    assert memory.recall(made_of, work) == ["made"]
    assert memory.recall(made_of, work) == ["made"]
    memory.save()
    return work.made


def test_what_was_made_once_is_not_made_again(tmp_path: Path) -> None:
    assert [recall(tmp_path / "cache") for _ in range(2)] == [1, 0]


def test_another_content_or_another_engine_is_made_anew(tmp_path: Path) -> None:
    assert recall(tmp_path) == 1
    assert recall(tmp_path, made_of="text\ud800") == 1
    assert recall(tmp_path, engine="e2") == 1


def test_what_is_not_asked_for_is_forgotten(tmp_path: Path) -> None:
    assert [recall(tmp_path, made_of=text) for text in ("a", "b", "a")] == [1, 1, 1]


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"\xff", b"[]", b'{"engine": "e1"}', b'{"engine": "e1", "made": []}', b"[" * 100_000]
)
def test_a_damaged_cache_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    for write in (Path.write_bytes, write_cache):
        recall(tmp_path)
        write(tmp_path / "prose.json", damage)
        assert [recall(tmp_path), recall(tmp_path)] == [1, 0]


@given(data=st.data())
def test_no_bit_of_a_file_can_change_unnoticed(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    file = tmp_path_factory.mktemp("cache") / "a.json"
    write_cache(file, b"what was made of a content")
    whole = bytearray(file.read_bytes())
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    file.write_bytes(whole)
    assert read_cache(file) == b""


def test_the_folder_holds_no_more_than_it_must(tmp_path: Path) -> None:
    (tmp_path / "prose.4711.new").write_text("left by a process that was killed")
    recall(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == [".gitignore", "prose.json"]
    assert (tmp_path / ".gitignore").read_text() == "*\n"
    assert json.loads(read_cache(tmp_path / "prose.json"))["engine"] == "e1"


def test_a_cache_that_cannot_be_written_is_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert recall(tmp_path / "file") == 1
    assert (tmp_path / "file").read_text() == "in the way"


def test_an_unchanged_cache_is_not_written(tmp_path: Path) -> None:
    recall(tmp_path)
    (tmp_path / ".gitignore").unlink()
    recall(tmp_path)
    assert not (tmp_path / ".gitignore").exists()


def test_what_is_written_is_read_and_what_cannot_be_read_is_nothing(tmp_path: Path) -> None:
    write_cache(tmp_path / "cache" / "a.bin", b"\x00\xff")
    assert read_cache(tmp_path / "cache" / "a.bin") == b"\x00\xff"
    assert read_cache(tmp_path / "cache" / "b.bin") == read_cache(tmp_path / "cache") == b""


def test_a_folder_keeps_the_files_that_are_named_and_what_git_needs(tmp_path: Path) -> None:
    make_folder(tmp_path / "cards")
    for name in ("a", "b"):
        write_cache(tmp_path / "cards" / name, name)
    keep_only(tmp_path / "cards", ["b", "c"])
    assert sorted(file.name for file in (tmp_path / "cards").iterdir()) == [".gitignore", "b"]
    keep_only(tmp_path / "nowhere", ["b"])
