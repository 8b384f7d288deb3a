"""The command line as its users meet it: real processes, what they print, and how they end."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sample import REPOSITORY


def run(*args: str | Path, root: Path | None = None) -> subprocess.CompletedProcess[str]:
    where = ["--root", str(root)] if root else []
    command = [sys.executable, "-c", "from sitegen.cli import main; main()", *map(str, args), *where]
    return subprocess.run(command, check=False, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"})


def last_line(text: str) -> str:
    return re.sub(r"\d+\.\d\d s", "N s", text.rstrip().splitlines()[-1])


class TestExitCodes:
    def test_0_done(self, sample: Path) -> None:
        done = run("build", root=sample)
        assert (done.returncode, done.stderr) == (0, "")
        assert re.fullmatch(
            r"built 126 papers: [\d,]+ files written, 0 unchanged, 0 deleted \(N s\)", last_line(done.stdout)
        )

    def test_1_bad_input(self, sample: Path) -> None:
        (sample / "content" / "papers" / "2024" / "bad.md").write_text("---\ntitle: A\ndate: never\n---\n")
        failed = run("build", root=sample)
        assert failed.returncode == 1
        [mistake, summary] = failed.stderr.splitlines()
        assert mistake.startswith("content/papers/2024/bad.md:3: error: date: must be a date such as 2024-12-05")
        assert summary == "failed: 1 error, 0 warnings"

    @pytest.mark.parametrize("args", [("nosuch",), ("build", "--nosuch"), ("build", "--root", "/nosuch"), ("search",)])
    def test_2_usage(self, args: tuple[str, ...]) -> None:
        assert run(*args).returncode == 2

    def test_3_environment(self, tmp_path: Path) -> None:
        (tmp_path / "content").mkdir()
        blocked = tmp_path / "file"
        blocked.write_text("")
        failed = run("build", "--output", blocked / "site", root=tmp_path)
        assert failed.returncode == 3
        assert re.fullmatch(r"sitegen: error: .*: Not a directory\n", failed.stderr)

    def test_a_held_lock_is_the_environments(self, sample: Path) -> None:
        from sitegen.lock import locked  # noqa: PLC0415  # only this test needs it

        run("build", root=sample)
        with locked(sample / "site"):
            failed = run("build", root=sample)
        assert failed.returncode == 3
        assert "another build is writing" in failed.stderr


class TestImport:
    def test_a_second_import_changes_nothing(self, sample: Path) -> None:
        done = run("import", root=sample)
        assert done.returncode == 0
        assert last_line(done.stdout) == (
            "imported 129 records of 126 papers from 5 dumps: 0 new pages, 0 updated, 126 unchanged (N s)"
        )
        assert run("import", "--check", root=sample).returncode == 0

    def test_check_names_pages_that_lag_behind(self, sample: Path) -> None:
        page = sample / "content" / "papers" / "2024" / "densing-law-of-llms.md"
        page.unlink()
        failed = run("import", "--check", root=sample)
        assert failed.returncode == 1
        assert "densing-law-of-llms.md:1: error: is missing; run `sitegen import` and commit the page" in failed.stderr
        assert not page.exists()

    def test_a_dump_in_latin_1_is_one_line_and_the_others_are_imported(self, sample: Path) -> None:
        shutil.rmtree(sample / "content" / "papers")
        dump = sample / "content" / "dumps" / "daily-papers-2026-02-01.txt"
        dump.write_bytes("Daily Papers\n\nCaf\N{LATIN SMALL LETTER E WITH ACUTE}".encode("latin-1"))
        failed = run("import", root=sample)
        assert failed.returncode == 1
        [line] = failed.stderr.splitlines()
        assert line.startswith("content/dumps/daily-papers-2026-02-01.txt:3")
        assert ": error: " in line
        assert len(list((sample / "content" / "papers").rglob("*.md"))) == 126

    def test_a_dry_run_prints_a_diff_and_writes_nothing(self, sample: Path) -> None:
        page = sample / "content" / "papers" / "2024" / "densing-law-of-llms.md"
        page.unlink()
        done = run("import", "--dry-run", root=sample)
        assert done.returncode == 0
        assert "+++ b/content/papers/2024/densing-law-of-llms.md" in done.stdout
        assert "+title: Densing Law of LLMs" in done.stdout
        assert not page.exists()


class TestTopics:
    def test_explain_names_the_words(self, sample: Path) -> None:
        done = run("topics", "--explain", "densing-law-of-llms", root=sample)
        assert done.returncode == 0
        assert "large-language-models" in done.stdout
        assert "llm" in done.stdout

    def test_an_unknown_paper_is_told_with_the_nearest(self, sample: Path) -> None:
        failed = run("topics", "--explain", "densing-law-of-llm", root=sample)
        assert failed.returncode == 1
        assert "did you mean 'densing-law-of-llms'?" in failed.stderr

    def test_all_topics_are_listed_with_their_counts(self, sample: Path) -> None:
        lines = run("topics", root=sample).stdout.splitlines()
        assert len(lines) == 30
        assert all(re.match(r" *\d+  [a-z0-9-]+ +\S", line) for line in lines)


class TestSearch:
    def test_json_is_a_list_best_first(self, built: Path) -> None:
        done = run("search", "densing law", "--json", root=built)
        found = json.loads(done.stdout)
        assert found[0]["title"] == "Densing Law of LLMs"
        assert found[0]["url"] == "/papers/2024/densing-law-of-llms/"
        assert [set(hit) for hit in found] == [{"title", "url", "score"}] * len(found)
        assert [hit["score"] for hit in found] == sorted((hit["score"] for hit in found), reverse=True)

    def test_without_a_site_it_says_what_to_do(self, sample: Path) -> None:
        failed = run("search", "x", root=sample)
        assert failed.returncode == 1
        assert "sitegen build" in failed.stderr


def test_a_new_site_builds_and_passes_its_check(tmp_path: Path) -> None:
    site = tmp_path / "reading-list"
    assert run("init", site).returncode == 0
    assert run("new", "A Paper of Mine", "--date", "2024-05-06", root=site).stdout == (
        "content/papers/2024/a-paper-of-mine.md\n"
    )
    assert run("build", "--strict", root=site).returncode == 0
    assert run("check", root=site).returncode == 0
    assert "Reading list" in (site / "site" / "index.html").read_text()
    assert run("clean", root=site).returncode == 0
    assert not (site / "site" / "index.html").exists()


def test_serve_answers_and_ends_quietly_on_an_interrupt(sample: Path) -> None:
    # A shell may have let this process ignore interrupts; the server must not inherit that.
    program = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from sitegen.cli import main; main()"
    )
    command = [
        sys.executable,
        "-c",
        program,
        "serve",
        "--port",
        "0",
        "--root",
        str(sample),
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        for line in server.stderr:
            if line.startswith("serving http://127.0.0.1:"):
                break
        server.send_signal(signal.SIGINT)
        rest = server.stderr.read()
    assert "Traceback" not in rest
    assert server.returncode == 130


def test_the_command_reference_is_what_the_commands_say() -> None:
    script = REPOSITORY / "scripts" / "command-reference"
    printed = subprocess.run([sys.executable, script], check=True, capture_output=True, text=True).stdout
    assert (REPOSITORY / "docs" / "commands.md").read_text(encoding="utf-8") == printed, "run: make docs"
