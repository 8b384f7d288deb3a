"""The engine's hash stands for its sources and its libraries."""

import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import sitegen
from sitegen.engine import LIBRARIES, engine_hash

ASK = "from sitegen.engine import engine_hash; import sitegen; print(sitegen.__file__, engine_hash())"


def of_copy(folder: Path) -> str:
    done = subprocess.run([sys.executable, "-c", ASK], cwd=folder, capture_output=True, text=True, check=True)
    place, said = done.stdout.split()
    assert Path(place).is_relative_to(folder)
    return said


def test_the_hash_is_that_of_the_sources_wherever_they_are(tmp_path: Path) -> None:
    package = Path(sitegen.__file__).parent
    shutil.copytree(package, tmp_path / "sitegen", ignore=shutil.ignore_patterns("__pycache__"))
    assert of_copy(tmp_path) == engine_hash()
    source = tmp_path / "sitegen" / "search" / "text.py"
    source.write_text(source.read_text() + "# changed\n")
    assert of_copy(tmp_path) != engine_hash()


def test_every_library_that_makes_bytes_is_installed() -> None:
    assert all(version(library) for library in LIBRARIES)
