"""Removing what sitegen made: the cache, and the files of the output folder that still are as it wrote them."""

import shutil
from pathlib import Path

from sitegen.cache import NAME as CACHE
from sitegen.journal import recover
from sitegen.lock import locked
from sitegen.output import STATE, TOLERATED, read_manifest, remove_written


def clean_site(root: Path, site: Path | None = None) -> int:
    """Remove the cache and the written files; gives the number of files. What another hand put there stays."""
    folder = site or root / "site"
    removed = 0
    if (folder / STATE).is_dir():
        with locked(folder):
            recover(folder)
            manifest = read_manifest(folder)
            removed = remove_written(folder, manifest)
            if manifest or not any(entry.name not in TOLERATED for entry in folder.iterdir()):
                shutil.rmtree(folder / STATE)  # without a manifest it alone says that the files are sitegen's
    shutil.rmtree(root / CACHE, ignore_errors=True)
    return removed
