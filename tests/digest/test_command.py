"""`sitegen digest` as its users meet it."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.digest.mailserver import PASSWORD, USER, MailServer, mail_server

ID = "2025-10-20.2025-11-30"
SETTINGS = "mail: {{host: 127.0.0.1, port: {port}, from: papers@example.org, unsubscribe: leave@example.org}}\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path, login=True) as running:
        yield running


@pytest.fixture
def mailed(sample: Path, server: MailServer) -> Path:
    """Make the sample with the settings of a server, and a list of three."""
    with (sample / "content" / "site.yaml").open("a") as file:
        file.write(SETTINGS.format(port=server.port))
    (sample / "list.txt").write_text("ada@example.org\nbob@example.org\neve@example.org\n")
    return sample


def start(root: Path, *args: str | Path, server: MailServer | None = None) -> "subprocess.Popen[str]":
    days = ["--since", "2025-10-20", "--until", "2025-11-30"]
    command = [sys.executable, "-c", "from sitegen.cli import main; main()", "digest", *days, *args, "--root", root]
    known = {"SITEGEN_SMTP_USER": USER, "SITEGEN_SMTP_PASSWORD": PASSWORD}
    trust = {"SSL_CERT_FILE": str(server.authority)} if server else {}
    environment = {**os.environ, "LC_ALL": "C.UTF-8", **known, **trust}
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [str(part) for part in command], stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environment
    )


def run(root: Path, *args: str | Path, server: MailServer | None = None, given: str = "") -> tuple[int, str, str]:
    with start(root, *args, server=server) as process:
        out, err = process.communicate(given)
    return process.returncode, out, err


def test_it_prints_the_text(sample: Path) -> None:
    code, out, err = run(sample)
    assert (code, err) == (0, "")
    assert out.startswith("Paper catalogue\n20 October 2025 to 30 November 2025\nhttps://papers.example.org/\n")


def test_out_is_a_folder_of_files(sample: Path, tmp_path: Path) -> None:
    code, out, _ = run(sample, "--out", tmp_path / "out", "--base-url", "https://elsewhere.example/p")
    assert code == 0
    assert [Path(line).name for line in out.splitlines()] == [f"digest-{ID}.{kind}" for kind in ("html", "txt", "eml")]
    assert 'href="https://elsewhere.example/p/papers/' in (tmp_path / "out" / f"digest-{ID}.html").read_text()


def test_it_is_sent_once(mailed: Path, tmp_path: Path, server: MailServer) -> None:
    args = "--send", "--to", mailed / "list.txt", "--state", tmp_path / "state"
    assert run(mailed, *args, server=server) == (0, "sent 3 messages; 0 had gone before\n", "")
    assert run(mailed, *args, server=server) == (0, "sent 0 messages; 3 had gone before\n", "")
    assert server.box.recipients == ["ada@example.org", "bob@example.org", "eve@example.org"]
    assert server.box.read("ada@example.org")["Subject"].startswith("Paper catalogue: 3 new papers")


def test_a_dry_run_sends_nothing_and_names_nobody(mailed: Path, tmp_path: Path, server: MailServer) -> None:
    args = "--dry-run", "--send", "--to", "-", "--state", tmp_path / "state"
    code, out, err = run(mailed, *args, server=server, given="ada@example.org\n")
    assert (code, err) == (0, "")
    assert out == (
        f"would send digest {ID} to 1 recipient; 0 had it before\n"
        "  Paper catalogue: 3 new papers, 20 October 2025 to 30 November 2025 (3 new papers, 2 trending)\n"
    )
    assert server.box.recipients == []
    assert not (tmp_path / "state").exists()


def test_one_who_is_refused_is_told_and_the_run_goes_on(mailed: Path, tmp_path: Path, server: MailServer) -> None:
    server.box.refuses["bob@example.org"] = "550 unknown"
    args = "--send", "--to", mailed / "list.txt", "--state", tmp_path / "state"
    code, out, err = run(mailed, *args, server=server)
    assert (code, out) == (1, "sent 2 messages; 0 had gone before\n")
    assert re.fullmatch(r".*/list.txt:2: error: digest \S+ was not sent: 550 unknown; .*\n", err)


def test_a_kill_between_note_and_message_errs_on_not_sending_twice(
    mailed: Path, tmp_path: Path, server: MailServer
) -> None:
    args = "--send", "--to", mailed / "list.txt", "--state", tmp_path / "state"
    process = start(mailed, *args, server=server)
    server.box.before_data = lambda address: process.kill() if address == "bob@example.org" else None
    process.communicate("")
    assert process.returncode == -signal.SIGKILL
    server.box.before_data = None
    assert run(mailed, *args, server=server)[:2] == (0, "sent 1 message; 2 had gone before\n")
    assert server.box.recipients == ["ada@example.org", "eve@example.org"]


def test_two_runs_at_once_do_not_share_a_state(mailed: Path, tmp_path: Path, server: MailServer) -> None:
    args = "--send", "--to", mailed / "list.txt", "--state", tmp_path / "state"
    second: list[tuple[int, str, str]] = []
    server.box.before_data = lambda _: None if second else second.append(run(mailed, *args, server=server))
    assert run(mailed, *args, server=server)[0] == 0
    assert second[0][0] == 3
    assert "another run is sending" in second[0][2]
    assert server.box.recipients == ["ada@example.org", "bob@example.org", "eve@example.org"]


def test_nothing_new_is_not_sent(mailed: Path, tmp_path: Path, server: MailServer) -> None:
    args = "--send", "--to", mailed / "list.txt", "--state", tmp_path / "state", "--topic", "agents"
    days = "--since", "1999-01-01", "--until", "1999-01-07"
    code, out, err = run(mailed, *args, *days, server=server)
    assert (code, out) == (0, "sent 0 messages; 0 had gone before\n")
    assert "nothing is new" in err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--send", "--to", "-"), "--send needs --state DIR"),
        (("--send", "--state", "state"), "--to FILE is missing"),
        (("--dry-run",), "--to FILE is missing"),
        (("--to", "-"), "--to is for --send or --dry-run"),
        (("--until", "2025-10-19"), "--until is before --since"),
    ],
)
def test_what_cannot_be_meant_is_refused(sample: Path, args: tuple[str, ...], message: str) -> None:
    code, _, err = run(sample, *args)
    assert code == 2
    assert message in err


def test_a_list_in_the_content_is_refused(mailed: Path, tmp_path: Path, server: MailServer) -> None:
    inside = mailed / "content" / "list.txt"
    inside.write_text("ada@example.org\n")
    code, _, err = run(mailed, "--send", "--to", inside, "--state", tmp_path / "state", server=server)
    assert code == 1
    assert "a list of addresses must not stand in content/" in err
    assert server.box.recipients == []
