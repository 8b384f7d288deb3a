"""Whether anything has changed since the last build: how all that goes in looks, and the files that came out.

This is a short cut and nothing else. It reads no file but its own note, so it must be sure: what changed in the same
tick of the clock in which the note was made is not relied on, and without the note the build goes its usual way.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.cache import read_cache, write_cache
from sitegen.engine import library_files
from sitegen.looks import Looks, Snapshot, clock, look_at, looks_of, snapshot_below, snapshot_of, wait_past
from sitegen.output import MANIFEST, additions
from sitegen.problems import Problem, problem_facts, problem_of

PROGRAM = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a build depends on, by looks. settings: what the command line asks for.

    instant: the time of the file system's clock just before it was looked at.
    """

    content: Snapshot
    settings: str
    instant: int

    @property
    def digest(self) -> str:
        """Give one hash for all of it."""
        return hashlib.sha256(f"{self.content.digest} {self.settings}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Done:
    """What the last build had to say. files: how many it has made."""

    papers: int
    files: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """The files of a site, where all of them, the manifest too, look as the last build left them; else nothing.

    looks: of each, by its path. digest: of all of it, "" for nothing.
    """

    looks: Mapping[str, Looks] = field(default_factory=dict)
    digest: str = ""


def look_at_inputs(root: Path, cache: Path, themes: Iterable[Path], *settings: object) -> Inputs:
    """Look at content/ but for its dumps, at the folders of themes, and at the program itself."""
    instant = clock(cache)
    folders = dict.fromkeys(folder.resolve() for folder in (root / "content", *themes, PROGRAM))
    libraries = [looks_of(file.stat()) for file in library_files()]
    dumps = (root / "content" / "dumps").resolve()
    looks = snapshot_below(folders, without=[dumps])
    if looks.newest >= instant:  # something was saved this very moment; a moment later it can be relied on
        instant = wait_past(cache, looks.newest)
        looks = snapshot_below(folders, without=[dumps])
    return Inputs(looks, repr((settings, libraries)), instant)


def nothing_changed(cache: Path, site: Path, inputs: Inputs) -> Done | None:
    """Give what the last build said, where a build now would do and say the same; else None."""
    try:
        note = json.loads(read_cache(_note(cache, site)))
        if note["inputs"] != inputs.digest or note["outputs"] != snapshot_of(site, note["files"].split("\0")).digest:
            return None
        problems = tuple(map(problem_of, note["problems"]))
        return Done(int(note["papers"]), note["files"].count("\0"), problems)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def left_by_last(cache: Path, site: Path) -> Left:
    """Look whether the site is as the last build left it, whatever became of the content."""
    try:
        note = json.loads(read_cache(_note(cache, site)))
        rows, outputs = look_at(site, note["files"].split("\0")), note["outputs"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Left()
    if Snapshot.of(rows).digest != outputs or additions(site):
        return Left()
    return Left(dict(rows), outputs)


def seal_of(cache: Path, site: Path) -> Sequence[tuple[str, Looks]]:
    """Give how the note and the manifest look: while that stays, no other build has ended."""
    return [*look_at(cache, [_note(cache, site).name]), *look_at(site, [MANIFEST])]


def remember(  # noqa: PLR0913  # one parameter for each thing that is noted
    cache: Path,
    site: Path,
    inputs: Inputs,
    files: Sequence[str],
    done: Done,
    *,
    known: Callable[[str], Looks | None] = lambda _file: None,
) -> str:
    """Note what the site was built from and what it looks like now; gives the digest of that, "" where it is not noted.

    files: paths under the site, the manifest first. known: how a file looked in this build, by its path.
    """
    instant = wait_past(cache, (site / files[0]).stat().st_ctime_ns)
    outputs = snapshot_of(site, files, known)
    if inputs.content.newest >= inputs.instant or outputs.newest >= instant:
        return ""
    note = {
        "inputs": inputs.digest,
        "outputs": outputs.digest,
        "files": "\0".join(files),
        "papers": done.papers,
        "problems": list(map(problem_facts, done.problems)),
    }
    write_cache(_note(cache, site), json.dumps(note))
    return outputs.digest


def _note(cache: Path, site: Path) -> Path:
    return cache / f"{note_name(site)}.json"


def note_name(site: Path) -> str:
    """Name what is remembered of a site; the preview and the site itself have one each."""
    return f"built-{hashlib.sha256(bytes(site.resolve())).hexdigest()[:8]}"
