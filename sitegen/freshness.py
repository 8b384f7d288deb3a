"""Whether anything has changed since the last build: a hash of all that goes in, and the files that came out.

This is a short cut and nothing else. It is only taken when the last build had nothing to say, since what it said would
have to be said again; and it is lost with the cache without harm.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from sitegen.cache import write_cache
from sitegen.output import Action, Step, digest_of, read_manifest
from sitegen.transaction import is_interrupted


def inputs_of(root: Path, themes: Iterable[Path], *settings: object) -> str:
    """Hash content/ but for its dumps, the folders of themes, and the settings of the build."""
    digest = hashlib.sha256(repr(settings).encode())
    for folder in dict.fromkeys(folder.resolve() for folder in (root / "content", *themes)):
        for file in _files(folder, without=(root / "content" / "dumps").resolve()):
            data = file.read_bytes()
            digest.update(f"{file.relative_to(folder).as_posix()}\0{len(data)}\0".encode("utf-8", "surrogateescape"))
            digest.update(data)
        digest.update(b"\0folder\0")
    return digest.hexdigest()


def unchanged(cache: Path, site: Path, inputs: str) -> tuple[list[Step], int] | None:
    """Give the steps of a build that has nothing to do, and how many papers the site has; None where it has."""
    try:
        last = json.loads(_note(cache, site).read_text(encoding="utf-8"))
        same, papers = last["inputs"] == inputs, int(last["papers"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    manifest = read_manifest(site) if same else {}
    if not manifest or is_interrupted(site) or any(digest_of(site / p) != w.digest for p, w in manifest.items()):
        return None
    return [Step(Action.KEEP, path, "unchanged") for path in manifest], papers


def remember(cache: Path, site: Path, inputs: str, papers: int) -> None:
    """Note what the site was built from."""
    write_cache(_note(cache, site), json.dumps({"inputs": inputs, "papers": papers}))


def _note(cache: Path, site: Path) -> Path:
    """Name the note on a site; the preview and the site itself have one each."""
    return cache / f"built-{hashlib.sha256(bytes(site.resolve())).hexdigest()[:8]}.json"


def _files(folder: Path, without: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (p for p in sorted(folder.rglob("*")) if p.is_file() and without not in p.parents)
