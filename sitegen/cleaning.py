"""Removing what sitegen made: the cache, and the files of the output folder that still are as it wrote them."""

import shutil
from pathlib import Path

from sitegen.cache import NAME as CACHE
from sitegen.output import STATE, locked, read_manifest, remove_written


def clean_site(root: Path, site: Path | None = None) -> int:
    """Remove the cache and the written files; gives the number of files. What another hand put there stays."""
    folder = site or root / "site"
    removed = 0
    if (folder / STATE).is_dir():
        with locked(folder):
            removed = remove_written(folder, read_manifest(folder))
            shutil.rmtree(folder / STATE)
    shutil.rmtree(root / CACHE, ignore_errors=True)
    return removed
