"""Import: dumps to pages. Reads every dump, settles the years, joins records of one paper, merges into its page."""

import datetime as dt
import difflib
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen import urls
from sitegen.capture import settle
from sitegen.content import PageFile, read_pages, write_page
from sitegen.dump import Dump, decode, parse_dump
from sitegen.identity import alike, combine, group
from sitegen.merge import abstract_span, merge, new_page
from sitegen.paper import Paper, title_key
from sitegen.problems import Problem, SitegenError, error, errors, note, warning
from sitegen.prose import from_plain
from sitegen.removed import RemovedPaper, read_removed
from sitegen.typeset import typeset


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page that import would write. path: under the site's root. before: "" for a new page."""

    path: str
    before: str
    after: str
    updated: tuple[str, ...] = ()

    def diff(self) -> str:
        """Give the change as a unified diff."""
        old = "/dev/null" if not self.before else f"a/{self.path}"
        lines = difflib.unified_diff(
            self.before.splitlines(keepends=True), self.after.splitlines(keepends=True), old, f"b/{self.path}"
        )
        return "".join(line if line.endswith("\n") else line + "\n" for line in lines)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import finds and would write; nothing has been written yet."""

    changes: tuple[PageChange, ...]
    problems: tuple[Problem, ...]
    dumps: int
    records: int
    papers: int

    @property
    def created(self) -> int:
        """Count the new pages."""
        return sum(not change.before for change in self.changes)


def find_dumps(root: Path) -> list[Path]:
    """List the dumps of a site, in the order of their names."""
    folder = root / "content" / "dumps"
    return sorted(p for p in folder.glob("*.txt") if p.is_file() and not p.name.startswith("."))


def plan_import(root: Path, files: Sequence[Path], captured: dt.date | None = None) -> ImportPlan:
    """Work out what the dumps change in content/papers/. The order of the dumps makes no difference.

    A dump that cannot be read is an error among the problems; the others are read all the same.
    """
    dumps, problems = _read_dumps(root, files)
    records, found = settle(dumps, captured)
    problems += found
    papers = [combine(cluster) for cluster in group(records)]
    pages, found = read_pages(root / "content")
    problems += found
    removed, found = read_removed(root / "content")
    problems += found
    if errors(found) or _unreadable_pages(pages, problems):
        raise SitegenError(problems)
    changes, found = _changes(papers, pages, removed)
    return ImportPlan(tuple(changes), (*problems, *found), len(dumps), len(records), len(papers))


def apply_import(root: Path, plan: ImportPlan) -> None:
    """Write the pages of a plan."""
    for change in plan.changes:
        write_page(root / change.path, change.after)


def _read_dumps(root: Path, files: Sequence[Path]) -> tuple[list[Dump], list[Problem]]:
    dumps: list[Dump] = []
    problems: list[Problem] = []
    for file in sorted(set(files), key=lambda f: (f.name, f.as_posix())):
        path = _shown(file, root)
        text = decode(file.read_bytes(), path)
        if isinstance(text, Problem):
            problems.append(text)
            continue
        dump, found = parse_dump(text, file.name, path)
        dumps.append(dump)
        problems += found
    return dumps, problems


def _shown(file: Path, root: Path) -> str:
    resolved = file.resolve()
    return resolved.relative_to(root.resolve()).as_posix() if resolved.is_relative_to(root.resolve()) else str(file)


def _unreadable_pages(pages: Sequence[PageFile], problems: Iterable[Problem]) -> bool:
    """Tell whether a page cannot be read: import must not make a second page of its paper."""
    readable = {file.page.path for file in pages}
    return any(p.path.startswith("content/papers/") and p.path not in readable for p in errors(problems))


def _changes(
    papers: Sequence[Paper], pages: Sequence[PageFile], removed: Sequence[RemovedPaper]
) -> tuple[list[PageChange], list[Problem]]:
    """Merge each paper into its page, and make pages for those that have none."""
    by_key: defaultdict[str, list[PageFile]] = defaultdict(list)
    for file in pages:
        for key in dict.fromkeys([*file.page.keys, *([] if file.page.imported else [title_key(file.page.title)])]):
            by_key[key].append(file)
    gone = {key for paper in removed for key in paper.keys}
    changes: list[PageChange] = []
    problems: list[Problem] = []
    new: list[Paper] = []
    for paper in papers:
        key = title_key(paper.title)
        known = next((f for f in by_key[key] if _is_of(f, paper)), None)
        if known is not None:
            changes += _merged(known, paper, problems)
        elif key in gone:
            problems.append(_note(paper, "taken out by `sitegen remove`, not imported"))
        else:
            new.append(paper)
    cited = {source.dump for file in pages for source in file.page.sources}
    for path, paper in _new_paths(new, pages):
        changes.append(PageChange(path, "", new_page(paper).text(), ("new",)))
        problems += _reappeared(path, paper, cited)
    return sorted(changes, key=lambda c: c.path), problems


def _is_of(file: PageFile, paper: Paper) -> bool:
    """Confirm by the abstract that a page with the paper's title key is the paper's; an edited one is believed."""
    span = abstract_span(file.page)
    return span is None or alike(file.page.body[slice(*span)], from_plain(paper.abstract))


def _merged(file: PageFile, paper: Paper, problems: list[Problem]) -> Iterator[PageChange]:
    if not file.page.imported:
        problems.append(
            note(file.page.path, 1, "written by hand: the dumps' record of this title is not merged into it")
        )
        return
    merged = merge(file, paper)
    problems += [
        warning(file.page.path, file.page.lines.get(name, file.page.body_line), f"{name} was edited by hand and the "
                "dumps now say something else; see `contested:` on the page")
        for name in merged.contested
    ]  # fmt: skip
    before, after = file.document.text(), merged.document.text()
    if before != after:
        yield PageChange(file.page.path, before, after, merged.updated)


def _reappeared(path: str, paper: Paper, cited: set[str]) -> Iterator[Problem]:
    """Warn of a page that is made from a dump that was imported before: it may have been deleted by hand."""
    if any(source.dump in cited for source in paper.sources):
        slug = path.rpartition("/")[2].removesuffix(".md")
        yield warning(path, 1, f"imported again from a known dump; to take it out for good use `sitegen remove {slug}`")


def _new_paths(papers: Sequence[Paper], pages: Sequence[PageFile]) -> Iterator[tuple[str, Paper]]:
    """Give new papers their files. Of those that ask for one slug the first by date and hash gets it plain."""
    taken = {file.page.slug for file in pages}
    for paper in sorted(papers, key=lambda p: (p.date is None, p.date or dt.date.min, _mark(p))):
        slug = urls.slugify(typeset(paper.title))
        if slug in taken:
            slug = f"{slug[: urls.SLUG_LENGTH - 7].rstrip('-.')}-{_mark(paper)[:6]}"
        taken.add(slug)
        yield f"content/papers/{urls.year_folder(paper.date)}/{slug}.md", paper


def _mark(paper: Paper) -> str:
    """Hash what tells two papers of one title apart."""
    return hashlib.sha256(f"{title_key(paper.title)}\0{paper.abstract}".encode()).hexdigest()


def _note(paper: Paper, message: str) -> Problem:
    source = paper.sources[0]
    return note(f"content/dumps/{source.dump}", source.line, message)


def check_import(plan: ImportPlan) -> list[Problem]:
    """Say which pages are not what the dumps make of them, for `import --check`."""
    wanted: Mapping[bool, str] = {True: "is missing", False: "is not up to date with the dumps"}
    return [error(c.path, 1, f"{wanted[not c.before]}; run `sitegen import` and commit the page") for c in plan.changes]
