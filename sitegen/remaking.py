"""Making the site again and again in one process: first what is looked at, the rest behind it.

Each part is put in place by itself. Who asks for no further part leaves a site of old and new pages, each whole; the
next to make it goes on from there. After the last part the site is what `making` makes of the same content.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sitegen.archives import stage_archives
from sitegen.bundles import Bundle, Turn
from sitegen.cache import NAME as CACHE
from sitegen.crew import Crew
from sitegen.hiring import crew_of
from sitegen.lock import locked
from sitegen.making import Making, Read, read_all, searched_of, site_of, theme_of
from sitegen.output import Action, Manifest, Output, check_ours
from sitegen.outputs import closing_bundles, machine_bundles, page_bundles
from sitegen.planning import Portion, Settled, add, portions
from sitegen.problems import Problem
from sitegen.theme import Theme
from sitegen.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a build that is in place. changed: files that were written or deleted. files: all that there are.

    Of what comes last nothing is in place before all of it is: until then nothing has changed.
    is_last: whether the site is whole now. pause: whether browsers should be left to take it before the next part.
    """

    problems: tuple[Problem, ...]
    changed: frozenset[str]
    files: frozenset[str]
    is_last: bool
    pause: bool = False


def remake_site(
    making: Making, changed: Collection[Path] | None = None, opened: Collection[str] = ()
) -> Iterator[Part]:
    """Make what is not as it should be, part by part; the site's folder must be this process's own.

    changed: files of content/ that may be other than in the last build, None where that is not known. opened: files
    of the site that are looked at just now. Raises SitegenError with what is wrong; the parts before it stand.
    """
    options = making.options
    check_ours(options.site, options.site.name)
    with crew_of(options.workers, options.cluster) as workers:
        read = read_all(making, making.stages.watch(workers), changed)
        theme = _theme(making, read, changed)
        with locked(options.site):
            yield from _Remaking(making, read, theme, workers).parts(opened)


def _theme(making: Making, read: Read, changed: Collection[Path] | None) -> Theme:
    """Give what shows the site: that of the last build, where only papers have changed since."""
    papers = making.root / "content" / "papers"
    if (theme := making.memory.theme) and changed is not None and all(path.is_relative_to(papers) for path in changed):
        return theme
    return theme_of(making, read)


class _Remaking:
    """One build, from the planning to its last part."""

    def __init__(self, making: Making, read: Read, theme: Theme, crew: Crew) -> None:
        self._making = making
        self._read = read
        self._crew = crew
        self._standing = making.memory.standing
        self._files: frozenset[str] = frozenset()
        self._theme = theme
        self._site = site_of(making, read, theme)

    def parts(self, opened: Collection[str]) -> Iterator[Part]:
        """Plan and make the site, the search after the pages; each part is in place when it is given."""
        standing, engine = self._standing, self._making.memory.engine
        standing.look(self._making.options.site)
        self._files = frozenset(standing.manifest)
        self._making.memory.files.begin()
        is_known, rest = standing.is_known, Portion()
        pages = list(page_bundles(self._site, self._theme, engine))
        fresh = standing.fresh("pages", pages)
        for portion in portions(fresh, standing, opened):
            yield from self._part(portion, pause=portion.is_looked_at) if is_known else rest.take(portion)
        search = list(self._search())
        for portion in portions(standing.fresh("search", search), standing, opened):
            yield from self._part(portion, pause=True) if is_known else rest.take(portion)
        data = list(machine_bundles(self._site, self._theme, self._making.root / CACHE, engine))
        late = [*(bundle for bundle in fresh if bundle.turn is Turn.LAST), *standing.fresh("data", data)]
        yield from self._last_part(rest, [*pages, *search, *data], late)

    def _search(self) -> Iterator[Bundle[Output]]:
        if "search" in self._site.only:
            yield from self._making.memory.search.bundles(searched_of(self._read, self._theme))

    def _part(self, portion: Portion, *, pause: bool) -> Iterator[Part]:
        if not portion.outputs:
            self._standing.settled |= portion.settled
            return
        with self._change() as change:
            change.stage(portion.outputs, self._crew)
            change.commit_part()
        self._note(change, {**self._standing.manifest, **change.written}, portion.settled)
        yield self._told(frozenset(change.written), is_last=False, pause=pause)

    def _last_part(
        self, rest: Portion, bundles: Sequence[Bundle[Output]], late: Sequence[Bundle[Output]]
    ) -> Iterator[Part]:
        """Make what comes last, and delete what nothing makes any more. Whoever has something newer may stop it."""
        with self._change() as change:
            for portion in self._late(rest, late):
                change.stage(portion.outputs, self._crew)
                yield self._told(frozenset(), is_last=False)
            settled = self._standing.settled | rest.settled
            closing = self._closing(settled[bundle.name] for bundle in bundles)
            wanted = _files_of(settled.values()) | {output.path for output in closing}
            change.stage(self._standing.wanted(closing), self._crew)
            wanted |= stage_archives(change, wanted, self._site, self._making.memory.engine, self._crew)
            steps = change.commit(wanted)
        kept = {path: known for path, known in self._standing.manifest.items() if path in wanted}
        self._note(change, {**kept, **change.written}, rest.settled)
        yield self._told(frozenset(step.path for step in steps if step.action is not Action.KEEP), is_last=True)

    def _late(self, rest: Portion, late: Sequence[Bundle[Output]]) -> Iterator[Portion]:
        """Yield what is to be made, all at once where all is; `rest` has settled it in the end."""
        for bundle in late:
            portion = Portion()
            add(portion, bundle, self._standing)
            rest.take(portion)
            if self._standing.is_known:
                yield portion
        if not self._standing.is_known:
            yield rest

    def _closing(self, settled: Iterable[Settled]) -> list[Output]:
        indexed = chain.from_iterable(bundle.indexed for bundle in settled)
        closing = closing_bundles(self._site, indexed, self._making.memory.engine)
        return [output for bundle in closing for output in bundle.make()]

    def _change(self) -> Transaction:
        options, files = self._making.options, self._making.memory.files
        base = f"{options.site.absolute()}/"
        known = self._standing.manifest
        return Transaction(
            options.site, lambda path: files.digest(f"{base}{path}"), manifest=known, force=options.force
        )

    def _note(self, change: Transaction, manifest: Manifest, settled: dict[str, Settled]) -> None:
        """Note what was put in place."""
        site, files = self._making.options.site, self._making.memory.files
        self._standing.note(site, manifest, settled)
        if len(manifest) != len(self._files) or not self._files.issuperset(change.written):
            self._files = frozenset(manifest)
        for path, written in change.written.items():
            files.note(f"{site.absolute()}/{path}", written.digest)

    def _told(self, changed: frozenset[str], *, is_last: bool, pause: bool = False) -> Part:
        return Part(self._read.problems, changed, self._files, is_last, pause)


def _files_of(bundles: Iterable[Settled]) -> set[str]:
    """Give the files of all bundles; two that make the same one are a bug."""
    files = [path for bundle in bundles for path in bundle.files]
    found = set(files)
    if len(found) < len(files):
        twice = next(path for path, count in Counter(files).items() if count > 1)
        raise ValueError(f"two outputs have the path {twice}")
    return found
