"""Records on a shelf: whole or not there; whatever is done to the file, nothing else ever comes back."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.cache import write_cache
from sitegen.shelf import Shelf, read_record, write_record

RECORDS = {"a": b"one", "b": b"", "c": b"\x00" * 9000}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    Shelf(tmp_path, "papers").write(RECORDS)
    return tmp_path / "papers.sqlite"


def test_what_was_put_there_is_there(file: Path) -> None:
    assert Shelf(file.parent, "papers").read() == RECORDS
    assert Shelf(file.parent, "others").read() == {}


def test_reading_leaves_no_file_behind(tmp_path: Path) -> None:
    assert Shelf(tmp_path / "cache", "papers").read() == {}
    assert not (tmp_path / "cache").exists()


def test_new_records_join_the_others_and_what_is_gone_leaves(file: Path) -> None:
    Shelf(file.parent, "papers").write({"a": b"two", "d": b"four"}, gone=["b", "nowhere"])
    assert Shelf(file.parent, "papers").read() == {"a": b"two", "c": RECORDS["c"], "d": b"four"}


def fold(file: Path) -> None:
    file.unlink()
    file.mkdir()


def put_odd_rows(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("INSERT INTO made VALUES ('x', 'no bytes'), ('y', x'0102'), (x'00', x'00000000'), ('z', NULL)")
    database.close()


def make_another_table(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE made (something TEXT)")
    database.close()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda file: file.write_bytes(b""),
    "cut": lambda file: file.write_bytes(file.read_bytes()[:5000]),
    "garbage": lambda file: file.write_bytes(b"garbage" * 3000),
    "a folder": fold,
    "odd rows": put_odd_rows,
    "another table": make_another_table,
    "nowhere": lambda file: file.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_shelf_gives_nothing_false_and_is_no_harm(file: Path, damage: Callable[[Path], object]) -> None:
    damage(file)
    found = Shelf(file.parent, "papers").read()
    assert found.items() <= RECORDS.items()
    Shelf(file.parent, "papers").write({**RECORDS, "new": b"new"})
    again = Shelf(file.parent, "papers").read()
    assert again.items() <= {**RECORDS, "new": b"new"}.items()
    if file.is_file() and damage is not make_another_table:
        assert again == {**RECORDS, "new": b"new"}


@given(place=st.integers(0), bit=st.integers(0, 7))
def test_no_flipped_bit_gives_a_false_record(tmp_path_factory: pytest.TempPathFactory, place: int, bit: int) -> None:
    folder = tmp_path_factory.mktemp("shelf")
    Shelf(folder, "papers").write(RECORDS)
    file = folder / "papers.sqlite"
    data = bytearray(file.read_bytes())
    data[place % len(data)] ^= 1 << bit
    file.write_bytes(data)
    assert set(Shelf(folder, "papers").read().values()) <= set(RECORDS.values())


def test_a_shelf_that_another_process_holds_is_no_harm(file: Path) -> None:
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert Shelf(file.parent, "papers").read() == {}
    Shelf(file.parent, "papers").write({"d": b"four"})
    holder.execute("ROLLBACK")
    holder.close()
    assert Shelf(file.parent, "papers").read() == RECORDS


@given(st.dictionaries(st.text(), st.tuples(st.integers(0, 9), st.text())))
def test_a_single_record_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, value: dict[str, tuple[int, str]]
) -> None:
    file = tmp_path_factory.mktemp("record") / "a.index"
    write_record(file, "e1", value)
    assert read_record(file, "e1", dict[str, tuple[int, str]]) == value
    assert read_record(file, "e2", dict[str, tuple[int, str]]) is None
    if value:
        assert read_record(file, "e1", dict[str, int]) is None


@pytest.mark.parametrize("damage", [b"", b"\xc1", b"\x92\xa2e1", b"\x92\xa2e1\xc0", b"\x91" * 100_000])
def test_a_damaged_record_is_none(tmp_path: Path, damage: bytes) -> None:
    for write in (Path.write_bytes, write_cache):
        write(tmp_path / "a.index", damage)
        assert read_record(tmp_path / "a.index", "e1", dict[str, int]) is None
