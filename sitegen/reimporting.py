"""Import of what was imported before: nothing needs to be read again, and what was said is said again.

Like `freshness` this is a short cut and nothing else: it knows one state of content/, the one that the last import
left, by the hashes of its files. Any other state is imported as ever, and to lose the cache does no harm.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.cache import NAME as CACHE
from sitegen.cache import read_cache, write_cache
from sitegen.engine import engine_hash
from sitegen.importing import ImportPlan, shown_path
from sitegen.pagefiles import odd_folders, page_files
from sitegen.problems import problem_facts, problem_of

NOTE = "imported.json"


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that an import goes by. files: the hash of each, by the path that messages show. settings: the rest."""

    files: Mapping[str, str]
    settings: str

    def after(self, plan: ImportPlan) -> "Inputs":
        """Give the inputs of the next import, once a plan is applied."""
        written = {change.path: hashlib.sha256(change.after.encode()).hexdigest() for change in plan.changes}
        return Inputs({**self.files, **written}, self.settings)

    def digest(self) -> str:
        """Give one hash for all."""
        return hashlib.sha256(json.dumps([self.settings, sorted(self.files.items())]).encode()).hexdigest()


def inputs_of(root: Path, files: Sequence[Path], captured: dt.date | None = None) -> Inputs:
    """Hash the dumps, the pages and the list of removed papers."""
    content = root / "content"
    dumps = {shown_path(file, root): file for file in files}
    own = {"content/removed.yaml": content / "removed.yaml"}
    pages = {path: Path(file) for file, path in page_files(content)}
    names = sorted((shown_path(file, root), file.name) for file in files)
    odd = [problem.path for problem in odd_folders(content)]
    hashes = {path: _hash(file) for path, file in {**own, **dumps, **pages}.items()}
    return Inputs(hashes, repr((engine_hash(), captured, names, odd)))


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def recall(root: Path, inputs: Inputs) -> ImportPlan | None:
    """Give the plan of an import that has nothing to do; None where it may have."""
    try:
        last = json.loads(read_cache(root / CACHE / NOTE))
        if last["inputs"] != inputs.digest():
            return None
        said = tuple(map(problem_of, last["said"]))
        dumps, records, papers = map(int, last["counts"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return ImportPlan((), said, dumps, records, papers, again=said)


def remember(root: Path, inputs: Inputs, plan: ImportPlan) -> None:
    """Note an import that was made, where it is known what the next one would say. inputs: from before it."""
    if plan.again is None:
        return
    said = list(map(problem_facts, plan.again))
    note = {"inputs": inputs.after(plan).digest(), "said": said, "counts": [plan.dumps, plan.records, plan.papers]}
    write_cache(root / CACHE / NOTE, json.dumps(note))
