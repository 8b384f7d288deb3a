"""The architecture: a module imports only from rows above its own, and only a few modules write."""

import ast
import graphlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import sitegen

PACKAGE = Path(sitegen.__file__).parent

LAYERS = (
    "problems places urls headers yamlvalues canonical yamlsource words fields mailsettings config",
    "options cache looks shelf fileindex keys engine crew stages cluster hiring",
    "paper trending pagefiles frontmatter links typeset digests patches phrases excerpts claims",
    "dump capture",
    "content handpages removed rendered markup formulas paragraph prose timed taxonomy topics knowntopics quality",
    (
        "addresses identity merge related mapping citing catalogue stats charts calendars bars following views"
        " paperviews jobs rows filing papers filters assets fragments templating scriptwords lunrscript theme closures"
    ),
    (
        "plotting bundles listings structured cards pictures frame sparklines citefiles paperpages directories"
        " listingjobs listingpages statspages mappages qualitypages readingpages offlinepages render prerender"
    ),
    "feeds sitemaps dataset changes search",
    (
        "output lock journal staging transaction packs zipped archives freshness sitefiles searchoutputs"
        " machineoutputs cardoutputs citeoutputs offlineoutputs outputs planning fingerprints replanning assemble"
    ),
    "importing reimporting making remaking build check scaffold cleaning explaining digest",
    "preview",
    "console arguments digestcommand previewing cli",
)
"""Rows of modules, lowest first; within a row, from left to right."""

ORDER = {name: (row, place) for row, names in enumerate(LAYERS) for place, name in enumerate(names.split())}


def modules() -> Iterator[tuple[str, Path]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        name = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if name not in {"__init__", "__main__", "themes"}:
            yield name, file


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "sitegen":
                yield from (alias.name for alias in node.names)
            elif node.module.startswith("sitegen."):
                yield node.module.split(".")[1]


@pytest.mark.parametrize(
    ("name", "file"), [pytest.param(n, f, id=f.relative_to(PACKAGE).as_posix()) for n, f in modules()]
)
def test_a_module_imports_only_what_stands_before_it(name: str, file: Path) -> None:
    below = {other for other in imported(file) if other in ORDER and other != name and ORDER[other] > ORDER[name]}
    assert name in ORDER, f"{name} has no place in LAYERS"
    assert below == set()


def test_no_module_leads_back_to_itself() -> None:
    """Inside the packages too, where the rows do not reach."""
    names = {".".join(("sitegen", *f.relative_to(PACKAGE).with_suffix("").parts)): f for _, f in modules()}
    graph = {name: {node for node in dotted(file) if node in names and node != name} for name, file in names.items()}
    graphlib.TopologicalSorter(graph).prepare()


def dotted(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_name_in_the_layers_is_a_module() -> None:
    assert set(ORDER) == {name for name, _ in modules()}


WRITERS = {
    "content", "removed", "scaffold", "cache", "looks", "shelf", "output", "lock", "journal", "staging", "transaction",
    "cleaning", "digest",
}  # fmt: skip
WRITING = {"write_text", "write_bytes", "unlink", "rename", "rmtree", "mkdir", "rmdir", "hardlink_to", "copy2"}
WRITING_OF_OS = {"os.link", "os.replace"}


def test_only_the_writers_touch_the_disk() -> None:
    writing = {
        name
        for name, file in modules()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and (node.attr in WRITING or ast.unparse(node) in WRITING_OF_OS)
    }
    assert writing <= WRITERS


@pytest.mark.parametrize(
    ("name", "file"), [pytest.param(n, f, id=f.relative_to(PACKAGE).as_posix()) for n, f in modules()]
)
def test_a_module_stays_short(name: str, file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 300, f"split {name} by responsibility"
