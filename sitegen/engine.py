"""The identity of the program that makes the site: its own sources and the libraries that make bytes."""

import functools
import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = ("jinja2", "latex2mathml", "lunr", "markdown", "nh3", "numpy")


@functools.cache
def engine_hash() -> str:
    """Hash sitegen's sources and the versions of the libraries; a change of either makes every output anew."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for file in sorted(package.rglob("*.py")):
        digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library}={_version(library)}\0".encode())
    return digest.hexdigest()[:16]


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
