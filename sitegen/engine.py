"""The identity of the program that makes the site: its own sources and the libraries that make bytes."""

import functools
import hashlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

LIBRARIES = (
    "font_source_serif_pro",
    "isal",
    "jinja2",
    "latex2mathml",
    "lunr",
    "markdown",
    "nh3",
    "numpy",
    "pillow",
    "rcssmin",
    "rjsmin",
)
"""As they are installed; those of an extra may be missing."""

_MODULES = {"pillow": "PIL"}
"""Libraries that are imported by another name."""


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


def library_files() -> Iterator[Path]:
    """Yield a file of each library that an update of it replaces; no library is loaded for that."""
    for library in LIBRARIES:
        spec = find_spec(_MODULES.get(library, library))
        if spec and spec.origin:
            yield Path(spec.origin)


def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  # it loads slowly

    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
