"""The ledger: who has had what is known, across runs and kills, and nobody who reads it learns an address."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.digest.ledger import open_ledger, peek_ledger
from sitegen.problems import SitegenError

WEEK, NEXT = "2025-12-01.2025-12-07", "2025-12-08.2025-12-14"


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_what_one_run_sent_the_next_one_knows(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "state") as ledger:
        ledger.note_sent(WEEK, "ada@example.org")
    with open_ledger(tmp_path / "state") as ledger:
        assert ledger.has(WEEK, "ada@example.org")
        assert ledger.has(WEEK, "Ada@Example.ORG")
        assert not ledger.has(NEXT, "ada@example.org")
        assert not ledger.has(WEEK, "bob@example.org")


def test_who_was_refused_has_not_had_it(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        ledger.note_sent(WEEK, "ada@example.org")
        ledger.note_refused(WEEK, "ada@example.org")
        assert not ledger.has(WEEK, "ada@example.org")
    assert not peek_ledger(tmp_path).has(WEEK, "ada@example.org")


def test_nothing_in_the_folder_names_anyone_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    state = tmp_path / "state"
    with open_ledger(state) as ledger:
        ledger.note_sent(WEEK, "ada@example.org")
        assert "ada" not in ledger.token(WEEK, "ada@example.org")
    assert b"ada" not in b"".join(file.read_bytes() for file in state.iterdir())
    assert (mode(state), mode(state / "key"), mode(state / "ledger")) == (0o700, 0o600, 0o600)


def test_two_folders_write_different_hashes_of_one_address(tmp_path: Path) -> None:
    for name in ("one", "two"):
        with open_ledger(tmp_path / name) as ledger:
            ledger.note_sent(WEEK, "ada@example.org")
    assert (tmp_path / "one" / "ledger").read_text() != (tmp_path / "two" / "ledger").read_text()


def test_a_key_that_was_restored_too_open_is_closed(tmp_path: Path) -> None:
    with open_ledger(tmp_path):
        (tmp_path / "key").chmod(0o644)
    with open_ledger(tmp_path):
        assert mode(tmp_path / "key") == 0o600


def test_two_runs_cannot_have_it_at_once(tmp_path: Path) -> None:
    with open_ledger(tmp_path), pytest.raises(BlockingIOError, match="another run"), open_ledger(tmp_path):
        pass


def test_a_look_makes_nothing(tmp_path: Path) -> None:
    assert not peek_ledger(tmp_path / "state").has(WEEK, "ada@example.org")
    assert not (tmp_path / "state").exists()


def test_a_lost_key_is_an_error_and_no_new_beginning(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        ledger.note_sent(WEEK, "ada@example.org")
    (tmp_path / "key").unlink()
    with pytest.raises(SitegenError, match="nobody can tell who has had what"), open_ledger(tmp_path):
        pass


@pytest.mark.parametrize("key", ["", "0123", "g" * 64])
def test_a_damaged_key_is_an_error(tmp_path: Path, key: str) -> None:
    (tmp_path / "key").write_text(key)
    with pytest.raises(SitegenError, match="is not a key"), open_ledger(tmp_path):
        pass


def test_a_damaged_line_is_an_error_with_its_number(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        ledger.note_sent(WEEK, "ada@example.org")
    with (tmp_path / "ledger").open("a") as file:
        file.write("sent by post\n")
    with pytest.raises(SitegenError, match=":2: error: is no line of a ledger"), open_ledger(tmp_path):
        pass


@given(length=st.integers(0, 69))
def test_wherever_a_kill_cuts_a_line_off_the_ledger_goes_on(
    tmp_path_factory: pytest.TempPathFactory, length: int
) -> None:
    state = tmp_path_factory.mktemp("state")
    with open_ledger(state) as ledger:
        ledger.note_sent(WEEK, "ada@example.org")
        ledger.note_sent(WEEK, "bob@example.org")
    file = state / "ledger"
    file.write_bytes(file.read_bytes()[: 70 + length])
    for _ in range(2):
        with open_ledger(state) as ledger:
            assert ledger.has(WEEK, "ada@example.org")
            ledger.note_sent(WEEK, "eve@example.org")
    assert peek_ledger(state).has(WEEK, "eve@example.org")


def test_what_is_noted_outlives_a_kill(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, signal\n"
        "from sitegen.digest.ledger import open_ledger\n"
        f"with open_ledger(pathlib.Path({str(tmp_path)!r})) as ledger:\n"
        f"    ledger.note_sent({WEEK!r}, 'ada@example.org')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program], check=False, env=os.environ)
    assert killed.returncode == -signal.SIGKILL
    with open_ledger(tmp_path) as ledger:
        assert ledger.has(WEEK, "ada@example.org")
