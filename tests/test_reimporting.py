"""An import of what was imported before says the same without reading it; whatever has changed is noticed."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.cache import NAME as CACHE
from sitegen.cli import main
from sitegen.importing import ImportPlan, apply_import, find_dumps, plan_import
from sitegen.reimporting import NOTE, inputs_of, recall, remember
from tests.sample import copy_dumps
from tests.test_importing import BEFORE, DUMPS, EDITED_LINES, ONE, edited, make_site

DAY = dt.date(2025, 2, 3)
EDITS = st.sampled_from([*EDITED_LINES, "-imported", "-comments", "+# a remark"])


def run_import(root: Path, captured: dt.date | None = None) -> ImportPlan:
    files = find_dumps(root)
    inputs, plan = inputs_of(root, files, captured), plan_import(root, files, captured)
    apply_import(root, plan)
    remember(root, inputs, plan)
    return plan


def recalled(root: Path, files: Sequence[Path] | None = None, captured: dt.date | None = None) -> ImportPlan | None:
    return recall(root, inputs_of(root, find_dumps(root) if files is None else files, captured))


def cli(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a site with two dumps, and what they made of it."""
    later = ONE.format(**{**BEFORE, "title": "Lamps", "who": "  • 2 authors"})
    root = make_site(tmp_path, {"papers-2025-01-10.txt": ONE.format(**BEFORE), "papers-2025-01-11.txt": later})
    run_import(root)
    return root


def test_the_sample_is_known_as_soon_as_it_is_imported(tmp_path: Path) -> None:
    copy_dumps(tmp_path)
    plan = run_import(tmp_path)
    again = recalled(tmp_path)
    assert again is not None
    assert again == plan_import(tmp_path, find_dumps(tmp_path))
    assert (again.changes, again.papers, again.problems) == ((), plan.papers, plan.problems)


def test_before_the_first_import_nothing_is_known(tmp_path: Path) -> None:
    root = make_site(tmp_path, {"papers-2025-01-10.txt": ONE.format(**BEFORE)})
    assert recalled(root) is None


@settings(max_examples=60, deadline=None)
@given(DUMPS, DUMPS, EDITS, st.none() | st.just(DAY))
def test_what_is_recalled_is_what_the_import_would_say(
    first: Mapping[str, str], second: Mapping[str, str], edit: str, captured: dt.date | None
) -> None:
    """Pages written by hand, edited, deleted; dumps with and without a day in their names."""
    with TemporaryDirectory() as folder:
        root = make_site(Path(folder), first)
        run_import(root, captured)
        assert_recalled_truly(root, captured)
        for n, page in enumerate(sorted((root / "content" / "papers").rglob("*.md"))):
            if n:
                page.write_text(edited(page.read_text("utf-8"), edit), encoding="utf-8")
            else:
                page.unlink()
        for name, text in second.items():
            (root / "content" / "dumps" / name).write_text(text, encoding="utf-8")
        assert recalled(root, captured=captured) in (None, plan_import(root, find_dumps(root), captured))
        run_import(root, captured)
        assert_recalled_truly(root, captured)
        run_import(root, captured)
        assert recalled(root, captured=captured) is not None
        assert_recalled_truly(root, captured)


def assert_recalled_truly(root: Path, captured: dt.date | None) -> None:
    assert recalled(root, captured=captured) in (None, plan_import(root, find_dumps(root), captured))


def page(root: Path) -> Path:
    return root / "content" / "papers" / "2024" / "lamps.md"


CHANGES: Mapping[str, Callable[[Path], object]] = {
    "a page edited": lambda root: page(root).write_text(page(root).read_text("utf-8") + " ", encoding="utf-8"),
    "a page deleted": lambda root: page(root).unlink(),
    "a page renamed": lambda root: page(root).rename(page(root).with_name("lamp.md")),
    "a page added": lambda root: page(root).with_name("new.md").write_text("---\ntitle: A\n---\n", encoding="utf-8"),
    "a folder named like a page": lambda root: (root / "content" / "papers" / "a.md").mkdir(),
    "a dump edited": lambda root: find_dumps(root)[0].write_text("Daily Papers\n", encoding="utf-8"),
    "a dump deleted": lambda root: find_dumps(root)[0].unlink(),
    "a dump renamed": lambda root: find_dumps(root)[0].rename(root / "content" / "dumps" / "papers-2025-01-12.txt"),
    "a dump added": lambda root: (root / "content" / "dumps" / "new.txt").write_text("Daily Papers\n"),
    "removed.yaml written": lambda root: (root / "content" / "removed.yaml").write_text("removed: []\n"),
    "the note lost": lambda root: (root / CACHE / NOTE).unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_changes_is_noticed(site: Path, change: Callable[[Path], object]) -> None:
    assert recalled(site) is not None
    change(site)
    assert recalled(site) is None


def test_other_dumps_or_another_day_of_capture_are_another_import(site: Path) -> None:
    files = find_dumps(site)
    assert recalled(site, files[::-1]) is not None
    assert recalled(site, files[:1]) is None
    assert recalled(site, captured=DAY) is None


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff", b"[]", b"{}", b"[" * 100_000])
def test_a_damaged_note_is_not_believed(site: Path, damage: bytes) -> None:
    (site / CACHE / NOTE).write_bytes(damage)
    assert recalled(site) is None


def test_an_import_that_changed_pages_is_not_noted_and_the_next_one_is(site: Path) -> None:
    name = "papers-2025-01-12.txt"
    (site / "content" / "dumps" / name).write_text(ONE.format(**{**BEFORE, "when": "Mar 4, 2024 9"}), encoding="utf-8")
    assert run_import(site).changes[0].before
    assert recalled(site) is None
    run_import(site)
    assert recalled(site) is not None


def test_what_was_said_is_said_again_with_the_same_exit_code(site: Path) -> None:
    (site / "content" / "dumps" / "papers-2025-01-13.txt").write_bytes(b"Daily Papers\n\nUn r\xe9seau\n")
    page(site).with_name("hand.md").write_text("---\ntitle: A\ntitel: B\n---\n", encoding="utf-8")
    first, second = (cli("import", "-v", "--root", str(site)) for _ in range(2))
    assert recalled(site) is not None
    assert (first.exit_code, second.exit_code) == (1, 1)
    assert first.stderr == second.stderr
    assert "not UTF-8" in second.stderr
    assert "did you mean 'title'" in second.stderr


def test_a_dry_run_and_a_check_notice_and_note_nothing(site: Path) -> None:
    (site / CACHE / NOTE).unlink()
    assert cli("import", "--dry-run", "--root", str(site)).exit_code == 0
    assert cli("import", "--check", "--root", str(site)).exit_code == 0
    assert not (site / CACHE / NOTE).exists()
    cli("import", "--root", str(site))
    page(site).unlink()
    assert "+title: Lamps" in cli("import", "--dry-run", "--root", str(site)).stdout
    assert cli("import", "--check", "--root", str(site)).exit_code == 1
