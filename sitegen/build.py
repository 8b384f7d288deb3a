"""Build: content/ to site/. The whole pipeline on one screen; each stage is the module that it calls."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.assemble import CONFIG, Assembled, Content, assemble, prose_memory, read_content
from sitegen.cache import NAME as CACHE
from sitegen.engine import engine_hash
from sitegen.freshness import inputs_of, remember, unchanged
from sitegen.output import (
    STATE,
    Action,
    Output,
    Step,
    check_ours,
    digest_of,
    edited,
    linked_folders,
    plan,
    read_manifest,
)
from sitegen.outputs import outputs_of
from sitegen.problems import Problem, Severity, SitegenError, error
from sitegen.related import similar
from sitegen.render import Site
from sitegen.searchoutputs import SearchMemory
from sitegen.theme import Theme, load_theme, theme_places
from sitegen.transaction import apply, locked, recover


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line asks for. site: the output folder. base_url: None for the one in site.yaml.

    notes: whether notes are wanted too; a build that has nothing to do does not look for them.
    """

    site: Path
    base_url: str | None = None
    drafts: bool = False
    strict: bool = False
    noindex: bool = False
    force: bool = False
    notes: bool = False


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. steps: one for each file. papers: how many the site has. seconds: of wall time."""

    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    papers: int
    seconds: float

    def count(self, action: Action) -> int:
        """Count the files of which an action was taken."""
        return sum(step.action is action for step in self.steps)


def build(root: Path, options: BuildOptions) -> BuildReport:
    """Build the site; raises SitegenError with every problem of the content, and then leaves the old site as it was."""
    started = time.perf_counter()
    check_ours(options.site, options.site.name)
    cache, engine = root / CACHE, engine_hash()
    inputs = inputs_of(root, theme_places(root), engine, options.base_url, options.drafts, options.noindex)
    if not options.notes and (same := _nothing_to_do(cache, options.site, inputs)):
        return BuildReport(tuple(same[0]), (), same[1], time.perf_counter() - started)
    content = read_content(root, drafts=options.drafts)
    stop_if_wrong(content.problems, strict=options.strict)
    memory = prose_memory(root)
    search_memory = SearchMemory(cache, engine)
    assembled = assemble(content, memory)
    problems = (*content.problems, *assembled.problems)
    stop_if_wrong(problems, strict=options.strict)
    with locked(options.site):
        steps = write(options, list(outputs_of(*_site(root, content, assembled, options), engine, search_memory)))
    memory.save()
    search_memory.save()
    papers = len(assembled.catalogue.papers)
    if all(problem.severity is Severity.NOTE for problem in problems):
        remember(cache, options.site, inputs, papers)
    return BuildReport(tuple(steps), problems, papers, time.perf_counter() - started)


def _nothing_to_do(cache: Path, site: Path, inputs: str) -> tuple[list[Step], int] | None:
    """Take the short cut of a build in which nothing changed; not while another build is writing."""
    if not (site / STATE).is_dir():
        return None
    with locked(site):
        return unchanged(cache, site, inputs)


def _site(root: Path, content: Content, assembled: Assembled, options: BuildOptions) -> tuple[Site, Theme]:
    """Put together what the pages show and the theme that shows it."""
    config = content.config.at(options.base_url or content.config.base_url)
    papers = assembled.catalogue.papers
    neighbours = similar([(entry.page.title, entry.abstract) for entry in papers])
    site = Site(assembled.catalogue, config, neighbours, assembled.hand_texts, assembled.redirects, options.noindex)
    return site, load_theme(config.theme, theme_places(root), root, (CONFIG, content.config.theme_line))


def write(options: BuildOptions, outputs: Sequence[Output]) -> list[Step]:
    """Bring the output folder to what it should be; files that another hand edited are kept, by refusing or aside."""
    site = options.site
    if links := linked_folders(site, [output.path for output in outputs]):
        cure = "is a link, and nothing is written through links; remove it"
        raise SitegenError(error(f"{site.name}/{link}", 1, cure) for link in links)
    recover(site)
    manifest = read_manifest(site)
    steps = plan(outputs, manifest, lambda path: digest_of(site / path))
    foreign = edited(site, outputs, steps, manifest)
    if foreign and not options.force:
        raise SitegenError(
            error(f"{site.name}/{path}", 1, "was edited by another hand; --force keeps that version aside and writes")
            for path in foreign
        )
    apply(site, outputs, steps, manifest, foreign)
    return steps


def stop_if_wrong(problems: Iterable[Problem], *, strict: bool) -> None:
    """Raise when there are errors, or warnings in a strict build; the exception carries all problems."""
    fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    found = tuple(problems)
    if any(problem.severity in fatal for problem in found):
        raise SitegenError(found)
