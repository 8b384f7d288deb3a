"""What is remembered is believed only when the same engine wrote it; a lost or damaged cache is no harm."""

import json
from pathlib import Path

import pytest

from sitegen.cache import Memory, Remembered, Table


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
    recall(tmp_path)
    (tmp_path / "prose.json").write_bytes(damage)
    assert [recall(tmp_path), recall(tmp_path)] == [1, 0]


def test_the_folder_holds_no_more_than_it_must(tmp_path: Path) -> None:
    (tmp_path / "prose.4711.new").write_text("left by a process that was killed")
    recall(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == [".gitignore", "prose.json"]
    assert (tmp_path / ".gitignore").read_text() == "*\n"
    assert json.loads((tmp_path / "prose.json").read_text())["engine"] == "e1"


def test_a_cache_that_cannot_be_written_is_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert recall(tmp_path / "file") == 1
    assert (tmp_path / "file").read_text() == "in the way"


def test_an_unchanged_cache_is_not_written(tmp_path: Path) -> None:
    recall(tmp_path)
    (tmp_path / ".gitignore").unlink()
    recall(tmp_path)
    assert not (tmp_path / ".gitignore").exists()


def table(folder: Path, engine: str, *asked: str) -> tuple[list[str], list[str]]:
    """Ask a table and save it; give its answers, and what it had to make."""
    made: list[str] = []

    def make(text: str) -> str:
        made.append(text)
        return text.upper()

    known = Table(folder, "terms", engine, make)
    answers = [known[text] for text in asked]
    known.save()
    return answers, made


def test_a_table_makes_each_text_once(tmp_path: Path) -> None:
    assert table(tmp_path, "e1", "a", "b", "a") == (["A", "B", "A"], ["a", "b"])
    assert table(tmp_path, "e1", "a", "c") == (["A", "C"], ["c"])


def test_a_table_keeps_what_was_asked_for_last(tmp_path: Path) -> None:
    table(tmp_path, "e1", "a", "b")
    table(tmp_path, "e1", "b")
    assert table(tmp_path, "e1", "a", "b") == (["A", "B"], ["a"])


def test_a_table_that_was_not_asked_stays_as_it_is(tmp_path: Path) -> None:
    table(tmp_path, "e1", "a")
    table(tmp_path, "e1")
    assert table(tmp_path, "e1", "a") == (["A"], [])


def test_a_table_of_another_engine_or_damaged_is_made_anew(tmp_path: Path) -> None:
    table(tmp_path, "e1", "a")
    assert table(tmp_path, "e2", "a") == (["A"], ["a"])
    (tmp_path / "terms.json").write_text('{"engine": "e2", "made": {"a": 3}}')
    assert table(tmp_path, "e2", "a") == (["A"], ["a"])
