"""Making the site. The whole pipeline on one screen; each stage is the module that it calls."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from sitegen.archives import stage_archives
from sitegen.assemble import CONFIG, Assembled, Content, ContentMemory, assemble, read_content
from sitegen.cache import NAME as CACHE
from sitegen.catalogue import Catalogue
from sitegen.closures import ClosureMemory
from sitegen.crew import Crew
from sitegen.engine import engine_hash
from sitegen.fileindex import FileIndex
from sitegen.freshness import Done, Inputs, Left, note_name, remember
from sitegen.hiring import crew_of
from sitegen.lock import locked
from sitegen.mapping.memory import MapMemory
from sitegen.options import BuildOptions
from sitegen.output import MANIFEST, Step, digest_of_bytes
from sitegen.outputs import bundles_of, closing_bundles
from sitegen.places import theme_places
from sitegen.planning import Standing
from sitegen.plotting import plot_catalogue
from sitegen.prerender import prerender_rows
from sitegen.problems import Problem, stop_if_wrong
from sitegen.related import Neighbour, RelatedMemory
from sitegen.render import Site
from sitegen.replanning import Plan, PlanMemory, Rows, plan_bundles
from sitegen.searchoutputs import Begun, Searched, SearchMemory
from sitegen.sitefiles import SiteFiles, begin_looking
from sitegen.stages import Stages
from sitegen.theme import Theme, load_theme
from sitegen.transaction import Transaction


class BuildMemory:
    """What is remembered from build to build: of the content, of the search, and how the site's files look.

    is_private: whether nobody else writes to the site's folder meanwhile, so that its files need not be looked at.
    """

    def __init__(self, root: Path, site: Path, *, is_private: bool = False) -> None:
        cache, self.engine = root / CACHE, engine_hash()
        self.content = ContentMemory(root, self.engine)
        self.search = SearchMemory(cache, self.engine)
        self.standing = Standing()
        self.related = RelatedMemory(cache / "related.bin", self.engine)
        self.map = MapMemory(cache, self.engine)
        self.closures = ClosureMemory(cache / "templates.bin", self.engine)
        self.theme: Theme | None = None
        index = cache / f"{note_name(site)}.index"
        self.files = FileIndex(index, self.engine, digest_of_bytes, is_private=is_private)
        self.plan = PlanMemory(index.with_suffix(".plan"), self.engine)

    def save(self) -> None:
        """Write what is worth remembering."""
        self.content.save()
        self.search.save()
        self.related.save()
        self.map.save()
        self.closures.save()
        self.files.save()


@dataclass(frozen=True, slots=True)
class Made:
    """What was made. See `BuildReport` for the fields."""

    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    papers: int
    files: int


@dataclass(frozen=True, slots=True)
class Making:
    """What a build works with from its beginning to its end."""

    root: Path
    options: BuildOptions
    memory: BuildMemory
    stages: Stages


@dataclass(frozen=True, slots=True)
class Read:
    """Everything of content/, read and put together. problems: what is to be said of it; none of them stops a build."""

    content: Content
    assembled: Assembled
    problems: tuple[Problem, ...]


def read_all(making: Making, crew: Crew, changed: Collection[Path] | None = None) -> Read:
    """Read content/; raises SitegenError with all that is wrong.

    changed: files of content/ that may be other than in the last build of this process, None where that is not known.
    """
    memory, options = making.memory.content, making.options
    with making.stages.stage("read pages"):
        content = read_content(making.root, memory, crew, drafts=options.drafts, changed=changed)
        stop_if_wrong(content.problems, strict=options.strict)
        assembled = assemble(content, memory)
    problems = (*content.problems, *assembled.problems)
    stop_if_wrong(problems, strict=options.strict)
    return Read(content, assembled, problems)


def theme_of(making: Making, read: Read) -> Theme:
    """Give what shows the site."""
    config, memory = read.content.config, making.memory
    places, asked_for = theme_places(making.root), (CONFIG, config.theme_line)
    memory.theme = memory.closures.recall(load_theme(config.theme, places, making.root, asked_for, config.language))
    return memory.theme


def searched_of(read: Read, theme: Theme) -> Searched:
    """Give what is searched."""
    return Searched(read.assembled.catalogue, theme.words, read.content.config.boosts)


def site_of(making: Making, read: Read, theme: Theme) -> Site:
    """Give all that the pages show."""
    options, assembled = making.options, read.assembled
    config = read.content.config.at(options.base_url or read.content.config.base_url)
    with making.stages.stage("similar papers"):
        neighbours = _neighbours(making, assembled.catalogue)
    plot = cache(partial(plot_catalogue, assembled.catalogue, neighbours, making.memory.map.places))
    about = theme.words, assembled.redirects, options.noindex, options.only, plot
    return Site(assembled.catalogue, config, neighbours, assembled.hand_texts, *about)


def make_site(making: Making, inputs: Inputs | None) -> Made:
    """Read the content, make every file that is not as it should be, and put all in place.

    inputs: what is to be remembered, to tell that nothing changed; None where nobody will ask.
    """
    cache, options, memory = making.root / CACHE, making.options, making.memory
    with crew_of(options.workers, options.cluster) as workers:
        crew = making.stages.watch(workers)
        looked = begin_looking(cache, options.site, crew) if inputs and not options.steps else Left
        read = read_all(making, crew)
        with locked(options.site):
            found = SiteFiles(options.site, looked, memory.files)
            written = _write(making, crew, read, found)
            done = Done(len(read.assembled.catalogue.papers), len(written.files), read.problems)
            if inputs:
                files = [MANIFEST, *written.files]
                digest = remember(cache, options.site, inputs, files, done, known=found.looks)
                memory.plan.keep(digest, written.rows)
    return Made(tuple(written.steps), read.problems, done.papers, done.files)


@dataclass(frozen=True, slots=True)
class _Written:
    """What was written. files: of the whole site. rows: the bundles that are in place."""

    steps: Sequence[Step]
    files: Sequence[str]
    rows: Rows


def _write(making: Making, crew: Crew, read: Read, found: SiteFiles) -> _Written:
    """Bring the output folder to what it should be."""
    options, memory, stages = making.options, making.memory, making.stages
    memory.files.begin()
    with Transaction(options.site, found.digest, force=options.force) as change:
        left = found.look()
        change.believe(left.looks)
        theme = theme_of(making, read)
        search = _begin_search(making, crew, searched_of(read, theme), change)
        site = site_of(making, read, theme)
        with stages.stage("plan"):
            plan = _planned(making, site, theme, memory.plan.recall(left.digest))
        with stages.stage("pages"):
            change.keep(plan.standing)
            change.stage(plan.outputs, crew, partial(prerender_rows, site, theme, crew))
            theme.fragments.forget()
        with stages.stage("search"):
            search()
        with stages.stage("packs"):
            stage_archives(change, change.planned, site, memory.engine, crew)
        with stages.stage("put in place"):
            steps = change.commit()
            found.note(change.written)
    return _Written(steps, change.planned, plan.rows)


def _planned(making: Making, site: Site, theme: Theme, known: Rows) -> Plan:
    engine = making.memory.engine
    plan = plan_bundles(bundles_of(site, theme, making.root / CACHE, engine), known)
    closing = closing_bundles(site, plan.indexed, engine)
    plan.outputs += [output for bundle in closing for output in bundle.make()]
    return plan


def _begin_search(making: Making, crew: Crew, searched: Searched, change: Transaction) -> Callable[[], None]:
    """Begin to make the files of the search; gives what brings them into the change."""
    search = making.memory.search
    if "search" not in making.options.only:
        return lambda: None
    if "related" in making.options.only:
        import numpy  # noqa: F401, ICN001, PLC0415  # both processes need it: it is loaded before they part
    if waiting := search.begin(searched, crew, change.stager):
        return lambda: _bring(waiting(), change, crew)
    return lambda: change.stage(search.outputs(searched), crew)


def _bring(begun: Begun, change: Transaction, crew: Crew) -> None:
    change.adopt(begun.staged)
    change.stage(begun.others, crew)


def _neighbours(making: Making, catalogue: Catalogue) -> Sequence[Sequence[Neighbour]]:
    """Find the similar papers of each."""
    if "related" not in making.options.only:
        return [()] * len(catalogue.papers)
    return making.memory.related.find([entry.terms for entry in catalogue.papers])
