import errno
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.crew import Processes
from sitegen.journal import recover
from sitegen.lock import locked
from sitegen.output import (
    MANIFEST,
    STATE,
    Action,
    Output,
    Step,
    Written,
    check_ours,
    digest_of,
    plan,
    plan_leftovers,
    read_manifest,
    remove_written,
)
from sitegen.problems import SitegenError
from sitegen.transaction import Transaction
from tests.trees import tree


def output(path: str, text: str) -> Output:
    return Output(path, f"key of {text}", text.encode)


def write(site: Path, *outputs: Output, force: bool = False) -> list[Step]:
    with Transaction(site, lambda path: digest_of(site / path), force=force) as change:
        change.stage(outputs)
        return change.commit()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


KNOWN = {
    "a": Written("key of A", "x"),
    "b": Written("key of B", "x"),
    "c": Written("key of C", "x"),
    "e": Written("key of E", "x"),
}


class TestPlan:
    @pytest.mark.parametrize(
        ("outputs", "step"),
        [
            ([output("d", "D")], Step(Action.WRITE, "d", "new")),
            ([output("a", "A")], Step(Action.KEEP, "a", "unchanged")),
            ([output("a", "A2")], Step(Action.WRITE, "a", "what it is made of changed")),
            ([output("c", "C")], Step(Action.WRITE, "c", "the file is missing")),
            ([output("e", "E")], Step(Action.WRITE, "e", "another hand edited it")),
        ],
    )
    def test_each_file_has_a_reason(self, outputs: list[Output], step: Step) -> None:
        assert plan(outputs, KNOWN, lambda path: {"a": "x", "b": "x", "e": "other"}.get(path, "")) == [step]

    def test_what_nothing_makes_any_more_is_deleted(self) -> None:
        steps = plan_leftovers({"a", "c", "e"}, KNOWN)
        assert steps == [Step(Action.DELETE, "b", "nothing makes it any more")]


class TestApply:
    def test_what_is_planned_is_there_afterwards(self, site: Path) -> None:
        write(site, output("a.html", "A"), output("deep/er/b.html", "B"))
        write(site, output("a.html", "A2"), output("c.html", "C"))
        assert tree(site) == {"a.html": b"A2", "c.html": b"C"}
        assert not (site / "deep").exists()

    def test_a_second_time_writes_nothing(self, site: Path) -> None:
        write(site, output("a.html", "A"))
        before = {p: p.stat().st_mtime_ns for p in site.rglob("*") if p.is_file()}
        steps = write(site, output("a.html", "A"))
        assert [step.action for step in steps] == [Action.KEEP]
        assert {p: p.stat().st_mtime_ns for p in site.rglob("*") if p.is_file()} == before

    def test_files_of_others_stay(self, site: Path) -> None:
        (site / "CNAME").write_text("papers.example.org")
        write(site, output("a.html", "A"))
        write(site)
        assert tree(site) == {"CNAME": b"papers.example.org"}

    def test_every_mistake_is_told_and_the_site_stays_as_it_was(self, site: Path) -> None:
        write(site, output("a.html", "A"))

        def fails(name: str) -> Callable[[], bytes]:
            def make() -> bytes:
                from sitegen.problems import error  # noqa: PLC0415  # only this test needs it

                raise SitegenError([error(name, 1, "wrong; mend it")])

            return make

        with pytest.raises(SitegenError) as raised:
            write(site, output("a.html", "A2"), Output("b", "b", fails("one")), Output("c", "c", fails("two")))
        assert [problem.path for problem in raised.value.problems] == ["one", "two"]
        assert tree(site) == {"a.html": b"A"}

    def test_a_manifest_that_names_paths_outside_deletes_nothing(self, site: Path, tmp_path: Path) -> None:
        outside = tmp_path / "precious.txt"
        outside.write_text("keep me")
        write(site, output("a.html", "A"))
        manifest = json.loads((site / MANIFEST).read_text())
        manifest["files"] |= {
            "../precious.txt": ["k", "d"],
            str(outside): ["k", "d"],
            "x/../../precious.txt": ["k", "d"],
        }
        (site / MANIFEST).write_text(json.dumps(manifest))
        write(site)
        assert outside.read_text() == "keep me"

    @pytest.mark.parametrize(
        "damage", ["", "{", "[]", '{"version": 1}', '{"version": 1, "files": {"a": 3}}', "[" * 9000]
    )
    def test_a_damaged_manifest_is_no_manifest(self, site: Path, damage: str) -> None:
        write(site, output("a.html", "A"))
        (site / MANIFEST).write_text(damage)
        write(site, output("a.html", "A"), output("b.html", "B"))
        assert tree(site) == {"a.html": b"A", "b.html": b"B"}


CALLS = ("write_bytes", "replace", "mkdir", "unlink", "open")


def failing(method: Callable[..., object], at: int, folder: Path) -> Callable[..., object]:
    """Let the n-th call of a method of Path fail as a full disk does."""
    calls = 0

    def call(self: Path, *args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += self.is_relative_to(folder)
        if calls == at:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))
        return method(self, *args, **kwargs)

    return call


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("at", range(1, 14))
def test_a_full_disk_leaves_the_old_site_or_the_new_one(
    name: str, at: int, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = [output("a", "A"), output("b", "B"), output("deep/c", "C")]
    new = [output("a", "A2"), output("deep/c", "C"), output("new/d", "D"), output("e", "E")]
    write(site, *old)
    before = tree(site)
    with monkeypatch.context() as patch:
        patch.setattr(Path, name, failing(getattr(Path, name), at, site))
        try:
            write(site, *new)
            after_error = None
        except OSError:
            after_error = tree(site)
    if after_error is not None:
        assert after_error == before
    write(site, *new)
    assert tree(site) == {"a": b"A2", "deep/c": b"C", "new/d": b"D", "e": b"E"}


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from tests.test_output import output, write
    site, at = Path(sys.argv[1]), int(sys.argv[2])
    calls = 0
    def dying(method):
        def call(*args, **kwargs):
            global calls
            calls += 1
            if calls == at:
                os.kill(os.getpid(), signal.SIGKILL)
            return method(*args, **kwargs)
        return call
    for name in ("write_bytes", "replace", "unlink", "mkdir"):
        setattr(Path, name, dying(getattr(Path, name)))
    os.link = dying(os.link)
    write(site, output("a", "A2"), output("deep/c", "C"), output("new/d", "D"))
"""


@pytest.mark.parametrize("at", range(1, 40, 2))
def test_a_build_that_is_killed_is_undone_by_the_next(at: int, site: Path) -> None:
    old = [output("a", "A"), output("b", "B"), output("deep/c", "C")]
    write(site, *old)
    before = tree(site)
    script = [sys.executable, "-c", textwrap.dedent(KILLED), str(site), str(at)]
    killed = subprocess.run(script, check=False, cwd=Path(__file__).parent.parent).returncode != 0
    recover(site)
    done = {"a": b"A2", "deep/c": b"C", "new/d": b"D"}
    assert tree(site) in ([before, done] if killed else [done])
    write(site, output("a", "A2"), output("deep/c", "C"), output("new/d", "D"))
    assert tree(site) == done
    assert {p.name for p in (site / STATE).iterdir()} == {"manifest.json"}


class TestForeignFolders:
    def test_a_folder_with_files_of_others_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.tex").write_text("years of work")
        with pytest.raises(SitegenError, match=r"thesis\.tex"):
            check_ours(tmp_path, "site")

    def test_a_file_in_the_place_of_the_folder_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "site").write_text("")
        with pytest.raises(SitegenError, match="is not a folder"):
            check_ours(tmp_path / "site", "site")

    @pytest.mark.parametrize("tolerated", [".gitignore", ".gitkeep"])
    def test_what_keeps_an_empty_folder_in_git_is_tolerated(self, tmp_path: Path, tolerated: str) -> None:
        (tmp_path / tolerated).touch()
        check_ours(tmp_path, "site")

    def test_a_folder_that_is_ours_is_ours_without_its_manifest(self, site: Path) -> None:
        write(site, output("a.html", "A"))
        (site / MANIFEST).unlink()
        check_ours(site, "site")


class TestEditedByAnotherHand:
    NEW = (output("a", "A2"), output("b", "B2"))

    @pytest.fixture(autouse=True)
    def _written(self, site: Path) -> None:
        write(site, output("a", "A"), output("b", "B"), output("gone", "G"))

    def test_edited_files_are_named_and_nothing_is_written(self, site: Path) -> None:
        (site / "a").write_text("by hand")
        (site / "gone").write_text("by hand")
        with pytest.raises(SitegenError) as raised:
            write(site, *self.NEW)
        assert [problem.path for problem in raised.value.problems] == ["site/a", "site/gone"]
        assert tree(site) == {"a": b"by hand", "b": b"B", "gone": b"by hand"}

    def test_a_file_that_already_has_the_new_bytes_is_not_edited(self, site: Path) -> None:
        (site / "a").write_text("A2")
        write(site, *self.NEW)
        assert tree(site) == {"a": b"A2", "b": b"B2"}

    def test_a_link_is_never_written_through(self, site: Path, tmp_path: Path) -> None:
        (tmp_path / "target").write_text("A")
        (site / "a").unlink()
        (site / "a").symlink_to(tmp_path / "target")
        with pytest.raises(SitegenError, match="site/a:1: error: was edited by another hand"):
            write(site, *self.NEW)

    def test_force_keeps_the_edited_version_aside(self, site: Path) -> None:
        (site / "a").write_text("by hand")
        write(site, *self.NEW, force=True)
        assert tree(site) == {"a": b"A2", "a.edited": b"by hand", "b": b"B2"}

    def test_an_earlier_edited_version_is_never_overwritten(self, site: Path) -> None:
        (site / "a").write_text("by hand")
        (site / "a.edited").write_text("by hand, earlier")
        write(site, *self.NEW, force=True)
        assert (site / "a.edited").read_text() == "by hand, earlier"
        assert (site / "a.edited-2").read_text() == "by hand"


def test_two_outputs_with_one_path_are_a_bug(site: Path) -> None:
    with pytest.raises(ValueError, match="two outputs have the path a"):
        write(site, output("a", "1"), output("a", "2"))


def test_processes_make_what_one_makes(site: Path) -> None:
    outputs = [output(f"{number}.html", f"page {number}") for number in range(200)]
    with Transaction(site, lambda _: "") as change:
        change.stage(outputs, Processes(2))
        change.commit()
    assert tree(site) == {f"{number}.html": f"page {number}".encode() for number in range(200)}


def test_one_build_at_a_time(site: Path) -> None:
    with locked(site), pytest.raises(BlockingIOError, match="another build"), locked(site):
        pass


def test_cleaning_removes_only_what_still_is_as_it_was_written(site: Path) -> None:
    write(site, output("a", "A"), output("deep/b", "B"))
    (site / "a").write_text("by hand")
    assert remove_written(site, read_manifest(site)) == 1
    assert tree(site) == {"a": b"by hand"}
