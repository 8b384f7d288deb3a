"""Import: dumps to pages. Reads every dump, settles the years, joins records of one paper, merges into its page."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen import urls
from sitegen.capture import day_in_name, settle
from sitegen.content import MAX_TITLE, PageFile, read_pages, write_page
from sitegen.dump import Dump, decode, parse_dump
from sitegen.frontmatter import Document
from sitegen.identity import Match, combine, group, match
from sitegen.merge import merge, new_page
from sitegen.paper import Paper, YearOrigin, title_key
from sitegen.patches import unified_diff
from sitegen.problems import Problem, SitegenError, error, errors, note, warning
from sitegen.prose import from_plain
from sitegen.removed import RemovedPaper, read_removed
from sitegen.typeset import typeset
from sitegen.yamlsource import MAX_BYTES

DUMPS = "content/dumps"
MANY = 20
"""Of more pages than this, one warning speaks for all."""


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page that import would write. path: under the site's root. before: "" for a new page."""

    path: str
    before: str
    after: str
    updated: tuple[str, ...] = ()

    def diff(self) -> str:
        """Give the change as a unified diff."""
        return unified_diff(self.before, self.after, self.path)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import finds and would write; nothing has been written yet.

    again: what the next import would say, if this plan is applied and nothing else changes; it would write nothing.
    None where only that import can tell.
    """

    changes: tuple[PageChange, ...]
    problems: tuple[Problem, ...]
    dumps: int
    records: int
    papers: int
    again: tuple[Problem, ...] | None = None

    @property
    def created(self) -> int:
        """Count the new pages."""
        return sum(not change.before for change in self.changes)


def find_dumps(root: Path) -> list[Path]:
    """List the dumps of a site, in the order of their names."""
    return sorted(p for p in (root / DUMPS).glob("*.txt") if p.is_file() and not p.name.startswith("."))


def plan_import(root: Path, files: Sequence[Path], captured: dt.date | None = None) -> ImportPlan:
    """Work out what the dumps change in content/papers/. The order of the dumps makes no difference.

    A dump that cannot be read is an error among the problems; the others are read all the same. Raises SitegenError
    where a page cannot be read: import would make a second page of its paper.
    """
    dumps, problems = _read_dumps(root, files)
    pages, found = read_pages(root / "content")
    problems += found
    records, settled = settle(dumps, captured, _known_captures(pages))
    problems += settled
    clusters = group(records)
    removed, found = read_removed(root / "content")
    problems += found
    if errors(found) or _unreadable_pages(pages, problems):
        raise SitegenError(problems)
    changes, found, once = _Planning({d.name: d.path for d in dumps}, pages, removed).changes(clusters)
    lasting = (*problems, *found)
    told = all(captured or day_in_name(d.name) for d in dumps)
    again = lasting if _is_last_word(changes, told=told) else None
    return ImportPlan(tuple(changes), (*lasting, *once), len(dumps), len(records), len(clusters), again)


def _is_last_word(changes: Sequence[PageChange], *, told: bool) -> bool:
    """Tell whether the next import surely has nothing new to say.

    A page that changes may move the lines that messages name; days of capture that nobody told are learnt from pages.
    """
    return not changes or (told and not any(change.before for change in changes))


def _known_captures(pages: Iterable[PageFile]) -> dict[str, dt.date]:
    """Recall the days of capture that pages record, but of dumps whose year was only inferred."""
    sources = [source for file in pages for source in file.page.sources]
    inferred = {source.dump for source in sources if source.year is YearOrigin.INFERRED}
    return {s.dump: s.captured for s in sources if s.captured and s.dump not in inferred}


def apply_import(root: Path, plan: ImportPlan) -> None:
    """Write the pages of a plan."""
    content = (root / "content").resolve()
    folders = {change.path.rpartition("/")[0] for change in plan.changes}
    out = {folder for folder in folders if not (root / folder).resolve().is_relative_to(content)}
    outside = [change.path for change in plan.changes if change.path.rpartition("/")[0] in out]
    if outside:
        raise SitegenError(error(path, 1, "a link leads out of content/; remove it, import again") for path in outside)
    for change in plan.changes:
        write_page(root / change.path, change.after)


def _read_dumps(root: Path, files: Sequence[Path]) -> tuple[list[Dump], list[Problem]]:
    """Read dumps, each once however often it is named."""
    dumps: list[Dump] = []
    problems: list[Problem] = []
    for file in sorted({f.resolve(): f for f in sorted(files)}.values(), key=lambda f: (f.name, f.as_posix())):
        path = shown_path(file, root)
        text = _read_dump(file, path)
        if isinstance(text, Problem):
            problems.append(text)
            continue
        dump, found = parse_dump(text, file.name, path)
        dumps.append(dump)
        problems += found
    if not files:
        problems.append(warning(DUMPS, 1, "no dump found; put copies of listing pages there, as .txt files"))
    return dumps, problems


def _read_dump(file: Path, path: str) -> str | Problem:
    if not _is_text(file.name):
        return _bad_name(path)
    if not file.is_file():
        return error(path, 1, "is not a file; name a dump")
    return decode(file.read_bytes(), path)


def shown_path(file: Path, root: Path) -> str:
    """Give the path by which messages name a file: under the site's root where it is there, else as it was given."""
    resolved = file.resolve()
    return resolved.relative_to(root.resolve()).as_posix() if resolved.is_relative_to(root.resolve()) else str(file)


def _is_text(name: str) -> bool:
    """Tell whether a file's name can stand on a page: bytes that are no UTF-8 come as lone surrogates."""
    return not any("\ud800" <= c <= "\udfff" for c in name)


def _bad_name(path: str) -> Problem:
    return error(path, 1, "the file's name is not UTF-8; rename the file")


def _unreadable_pages(pages: Sequence[PageFile], problems: Iterable[Problem]) -> bool:
    """Tell whether a page cannot be read: import must not make a second page of its paper."""
    readable = {file.page.path for file in pages}
    return any(p.path.startswith("content/papers/") and p.path not in readable for p in errors(problems))


@dataclass(frozen=True, slots=True)
class _Planning:
    """What stands in content/ before an import. dumps: the path of each dump read now, by its name."""

    dumps: Mapping[str, str]
    pages: Sequence[PageFile]
    removed: Sequence[RemovedPaper]

    def changes(self, clusters: Iterable[tuple[Paper, ...]]) -> tuple[list[PageChange], list[Problem], list[Problem]]:
        """Merge each paper into its page, and make pages for those that have none.

        The last value is what only this import has to say, since it comes of what it writes.
        """
        problems: list[Problem] = []
        matches, unknown = match(clusters, self.pages)
        changes = [change for found in matches for change in self._merged(found, problems)]
        gone = {key for paper in self.removed for key in paper.keys}
        papers = [combine(cluster) for cluster in unknown]
        out = [paper for paper in papers if title_key(paper.title) in gone]
        problems += [note(*self._place(paper), "taken out by `sitegen remove`, not imported") for paper in out]
        new = list(self._new([paper for paper in papers if title_key(paper.title) not in gone], problems))
        written = sorted([*changes, *(change for change, _ in new)], key=lambda c: c.path)
        return written, problems, list(self._reappeared(new))

    def _merged(self, found: Match, problems: list[Problem]) -> Iterator[PageChange]:
        page = found.file.page
        if not page.imported:
            said = "written by hand: the dumps' record of this title is not merged into it"
            problems.append(note(page.path, 1, said))
            return
        merged = merge(found.file, combine(found.records), found.abstract)
        if fault := _fault(merged.document):
            problems.append(error(page.path, 1, f"cannot take what the dumps say: {fault}"))
            return
        problems += [
            warning(page.path, page.lines.get(name, page.body_line), f"{name} was edited by hand and the dumps now say "
                    "something else; see `contested:` on the page")
            for name in merged.contested
        ]  # fmt: skip
        before, after = found.file.document.text(), merged.document.text()
        if before != after:
            yield PageChange(page.path, before, after, merged.updated)

    def _new(self, papers: Sequence[Paper], problems: list[Problem]) -> Iterator[tuple[PageChange, Paper]]:
        for path, paper in _new_paths(papers, _taken(self.pages, self.removed)):
            document = new_page(paper, from_plain(paper.abstract))
            if fault := _fault(document, typeset(paper.title)):
                problems.append(error(*self._place(paper), f"no page can be made of this record: {fault}"))
            else:
                yield PageChange(path, "", document.text(), ("new",)), paper

    def _reappeared(self, new: Sequence[tuple[PageChange, Paper]]) -> Iterator[Problem]:
        """Warn of pages made from dumps that were imported before: they may have been deleted by hand."""
        cited = {source.dump for file in self.pages for source in file.page.sources}
        paths = [change.path for change, paper in new if any(source.dump in cited for source in paper.sources)]
        said = "imported again from a known dump; to take {} out for good use `sitegen remove {}`"
        if len(paths) > MANY:
            yield warning("content/papers", 1, f"{len(paths):,} pages " + said.format("papers", "SLUG"))
            return
        for path in paths:
            yield warning(path, 1, said.format("it", path.rpartition("/")[2].removesuffix(".md")))

    def _place(self, paper: Paper) -> tuple[str, int]:
        source = paper.sources[0]
        return self.dumps[source.dump], source.line


def _fault(document: Document, title: str = "") -> str:
    """Say why a page would be refused when it is read again; "" for one that is fine."""
    if len(title) > MAX_TITLE:
        return f"its title has {len(title):,} characters, and {MAX_TITLE:,} are the most"
    if len(document.head) * 4 > MAX_BYTES and len(document.head.encode()) > MAX_BYTES:
        limit = f"{MAX_BYTES // 1024} KiB"
        return (
            f"the front matter would be longer than {limit}; move the oldest dumps away and their rows from `sources:`"
        )
    return ""


def _taken(pages: Iterable[PageFile], removed: Iterable[RemovedPaper]) -> set[str]:
    """Collect the slugs that a new page must not have: of pages, of their files, of old addresses that lead on."""
    taken = {paper.address.rstrip("/").rpartition("/")[2] for paper in removed}
    for file in pages:
        old = (alias.rstrip("/").rpartition("/")[2] for alias in file.page.aliases)
        taken.update((file.page.slug, Path(file.page.path).stem.casefold(), *old))
    return taken


def _new_paths(papers: Iterable[Paper], taken: set[str]) -> Iterator[tuple[str, Paper]]:
    """Give new papers their files. Of those that ask for one slug the first by date and hash gets it plain."""
    marked = [(paper.date is None, paper.date or dt.date.min, _mark(paper), paper) for paper in papers]
    for *_, mark, paper in sorted(marked, key=lambda m: m[:3]):
        slug = next(s for s in _slugs(urls.slugify(typeset(paper.title)), mark) if s not in taken)
        taken.add(slug)
        yield f"content/papers/{urls.year_folder(paper.date)}/{slug}.md", paper


def _slugs(plain: str, mark: str) -> Iterator[str]:
    """Give the slugs that a paper may have, the plain one first, then with more and more digits of its hash."""
    yield plain
    for digits in range(6, len(mark) + 1):
        yield f"{plain[: urls.SLUG_LENGTH - digits - 1].rstrip('-.')}-{mark[:digits]}"


def _mark(paper: Paper) -> str:
    """Hash what tells two papers of one title apart."""
    return hashlib.sha256(f"{title_key(paper.title)}\0{paper.abstract}".encode()).hexdigest()


def check_import(plan: ImportPlan) -> list[Problem]:
    """Say which pages are not what the dumps make of them, for `import --check`."""
    wanted: Mapping[bool, str] = {True: "is missing", False: "is not up to date with the dumps"}
    return [error(c.path, 1, f"{wanted[not c.before]}; run `sitegen import` and commit the page") for c in plan.changes]
