"""The wheel, as others get it: made by pip alone, installed into an empty environment, away from the checkout."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.sample import REPOSITORY

PIP = ["-m", "pip", "--quiet", "--disable-pip-version-check"]


def run(*command: str | Path, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        list(map(str, command)), check=False, capture_output=True, text=True, cwd=cwd, env=environment
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from what git knows of, as a fresh clone would."""
    clone, folder = tmp_path_factory.mktemp("clone"), tmp_path_factory.mktemp("wheel")
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", cwd=REPOSITORY)
    for name in filter(None, listed.split("\0")):
        if (REPOSITORY / name).is_file() and not name.startswith(("content/", "tests/")):
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            (clone / name).write_bytes((REPOSITORY / name).read_bytes())
    run(sys.executable, *PIP, "wheel", "--no-deps", "--wheel-dir", folder, clone, cwd=folder)
    [made] = folder.glob("*.whl")
    return made


def test_the_wheel_holds_the_theme_and_lunr(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "sitegen/themes/default/theme.yaml",
        "sitegen/themes/default/templates/base.html",
        "sitegen/themes/default/static/css/style.css",
        "sitegen/themes/default/static/js/lunr.js",
        "sitegen/preview/static/reload.js",
        "sitegen/py.typed",
    } <= names
    assert not [name for name in names if name.startswith(("themes/", "tests/", "content/"))]


def test_lunr_is_a_module_that_keeps_its_licence(wheel: Path) -> None:
    module = zipfile.ZipFile(wheel).read("sitegen/themes/default/static/js/lunr.js").decode()
    assert module.startswith(
        "/**\n * lunr - http://lunrjs.com - A bit like Solr, but much smaller and not as bright - 2.3.9"
    )
    assert "@license MIT" in module[:300]
    assert module.endswith("export default module.exports;\n")
    assert len(module) < 45_000


def test_an_empty_environment_with_the_wheel_builds_a_site(wheel: Path, sample: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    run(python, *PIP, "install", wheel, cwd=tmp_path)
    sitegen = environment / "bin" / "sitegen"
    assert "126 papers" in run(sitegen, "--root", sample, "build", "--strict", cwd=tmp_path)
    assert "0 errors" in run(sitegen, "--root", sample, "check", cwd=tmp_path)
    assert "Densing Law" in run(sitegen, "--root", sample, "search", "densing law", cwd=tmp_path)
