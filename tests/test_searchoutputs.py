"""The files of the search in a build: written once, and only those that changed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.assemble import ContentMemory, assemble, read_content
from sitegen.build import BuildOptions, BuildReport, build
from sitegen.cache import read_cache
from sitegen.catalogue import Catalogue
from sitegen.output import Action, Output
from sitegen.searchoutputs import Searched, SearchMemory
from tests.papers import WORDS

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
    assert kinds >= {"manifest.json", "index.json", "terms", "documents", "rows", "vocabulary", "titles"}
    assert all((root / "site" / path).is_file() for path in files)


@pytest.mark.parametrize("lost", ["nothing", "search.json", "search.npz"])
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


def search_of(site: Path) -> dict[str, bytes]:
    """Read all files of the search by their paths."""
    return {f.relative_to(site).as_posix(): f.read_bytes() for f in (site / "search").rglob("*.json")}


@pytest.mark.parametrize("lost", ["nothing", "search.json", "search.npz"])
def test_another_process_makes_what_changed_and_keeps_what_it_knows(root: Path, lost: str) -> None:
    options = BuildOptions(root / "site", workers=2)
    build(root, options)
    (root / ".sitegen-cache" / lost).unlink(missing_ok=True)
    write_page(root, "two", "Two", "Other letters.")
    after = build(root, options)
    build(root, BuildOptions(root / "clean", workers=1))
    assert search_of(root / "site") == search_of(root / "clean")
    assert {s.action for s in after.steps if s.path.startswith("search/titles/")} == {Action.KEEP}
    assert (root / ".sitegen-cache" / "search.npz").is_file()


def test_a_damaged_file_is_made_again_where_another_process_makes_the_others(root: Path) -> None:
    options = BuildOptions(root / "site", workers=2, force=True)
    build(root, options)
    whole = search_of(root / "site")
    for path in whole:
        (root / "site" / path).write_bytes(b"damaged")
    build(root, options)
    assert {path: (root / "site" / path).read_bytes() for path in whole} == whole


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


def catalogue_of(root: Path) -> Catalogue:
    memory = ContentMemory(root, "engine")
    return assemble(read_content(root, memory), memory).catalogue


def outputs_of(root: Path, memory: SearchMemory) -> dict[str, Output]:
    catalogue = catalogue_of(root)
    return {output.path: output for output in memory.outputs(Searched(catalogue, WORDS, {}))}


def test_one_memory_serves_many_builds(root: Path) -> None:
    memory = SearchMemory(root / "cache", "engine")
    before = outputs_of(root, memory)
    write_page(root, "two", "Two", "Other letters.")
    after = outputs_of(root, memory)
    clean = outputs_of(root, SearchMemory(root / "elsewhere", "engine"))
    assert {path: output.make() for path, output in after.items()} == {p: o.make() for p, o in clean.items()}
    assert {path: output.key for path, output in after.items()} == {p: o.key for p, o in clean.items()}
    kept = {path for path, output in after.items() if before.get(path) is output}
    assert {path.split("/")[1] for path in kept} == {"titles", "facets"}


def test_a_saved_memory_goes_on_in_another_process(root: Path) -> None:
    memory = SearchMemory(root / "cache", "engine")
    outputs_of(root, memory)
    memory.save()
    write_page(root, "two", "Two", "Other letters.")
    after = outputs_of(root, SearchMemory(root / "cache", "engine"))
    clean = outputs_of(root, SearchMemory(root / "elsewhere", "engine"))
    assert {path: output.make() for path, output in after.items()} == {p: o.make() for p, o in clean.items()}


def test_other_boosts_change_the_files_with_weights_only(root: Path) -> None:
    memory = SearchMemory(root / "cache", "engine")
    catalogue = catalogue_of(root)
    before = {output.path: output.key for output in memory.outputs(Searched(catalogue, WORDS, {}))}
    after = {output.path: output.key for output in memory.outputs(Searched(catalogue, WORDS, {"title": 9}))}
    changed = {path for path, key in after.items() if before.get(path) != key}
    assert changed == {"search/manifest.json", "search/index.json"}


def test_a_memory_that_was_not_asked_forgets_nothing(root: Path) -> None:
    built(root)
    names = root / ".sitegen-cache" / "search.json"
    before = names.read_bytes()
    SearchMemory(names.parent, json.loads(read_cache(names))["engine"]).save()
    assert names.read_bytes() == before
