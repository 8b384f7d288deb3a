"""The files of the search in a build: written once, and only those that changed."""

import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.build import BuildOptions, BuildReport, build
from sitegen.output import Action

PAGE = "---\ntitle: {title}\ndate: {date}\n---\n{body}\n"


def write_page(root: Path, slug: str, title: str, body: str, day: str = "2024-01-01") -> None:
    file = root / "content" / "papers" / "2024" / f"{slug}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PAGE.format(title=title, date=day, body=body), encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_page(tmp_path, "one", "One", "Words of the first.")
    write_page(tmp_path, "two", "Two", "Words of the second.")
    return tmp_path


def built(root: Path) -> BuildReport:
    return build(root, BuildOptions(root / "site"))


def changed(report: BuildReport) -> set[str]:
    return {step.path for step in report.steps if step.action is not Action.KEEP and step.path.startswith("search/")}


def test_every_file_that_the_manifest_names_is_there(root: Path) -> None:
    files = changed(built(root))
    kinds = {path.split("/")[1] for path in files}
    assert kinds >= {"manifest.json", "index.json", "terms", "documents", "rows", "abstracts", "vocabulary", "titles"}
    assert all((root / "site" / path).is_file() for path in files)


@pytest.mark.parametrize("lost", ["nothing", "search.json", "terms.json"])
def test_second_build_writes_nothing_whatever_was_forgotten(root: Path, lost: str) -> None:
    built(root)
    (root / ".sitegen-cache" / lost).unlink(missing_ok=True)
    assert changed(built(root)) == set()


def test_files_of_old_shards_are_deleted(root: Path) -> None:
    built(root)
    write_page(root, "two", "Two", "Other letters.")
    assert Action.DELETE in {s.action for s in built(root).steps if s.path.startswith("search/terms/")}
    rebuilt = {p.relative_to(root / "site").as_posix() for p in (root / "site" / "search").rglob("*.json")}
    clean = build(root, BuildOptions(root / "clean"))
    assert rebuilt == {s.path for s in clean.steps if s.path.startswith("search/") and s.path.endswith(".json")}


def test_a_file_that_went_missing_is_made_again(root: Path) -> None:
    built(root)
    (shard,) = (root / "site" / "search" / "terms").glob("*.json")
    kept = shard.read_bytes()
    shard.unlink()
    built(root)
    assert shard.read_bytes() == kept


def test_a_build_without_changes_loads_neither_numpy_nor_lunr(root: Path) -> None:
    built(root)
    program = (
        "import sys; from pathlib import Path; from sitegen.build import BuildOptions, build;"
        f"build(Path({str(root)!r}), BuildOptions(Path({str(root / 'site')!r})));"
        "print({'numpy', 'lunr'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "set()"
