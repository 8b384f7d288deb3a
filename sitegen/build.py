"""Build: content/ to site/. The whole pipeline on one screen; each stage is the module that it calls."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.assemble import CONFIG, assemble, read_content
from sitegen.cache import NAME as CACHE
from sitegen.cache import Memory
from sitegen.engine import engine_hash
from sitegen.output import Action, Output, Step, apply, check_ours, edited, keep_foreign, locked, plan, read_manifest
from sitegen.outputs import outputs_of
from sitegen.problems import Problem, Severity, SitegenError, error
from sitegen.related import similar
from sitegen.render import Site
from sitegen.searchoutputs import SearchMemory
from sitegen.theme import load_theme, theme_places


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line asks for. site: the output folder. base_url: None for the one in site.yaml."""

    site: Path
    base_url: str | None = None
    drafts: bool = False
    strict: bool = False
    noindex: bool = False
    force: bool = False


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
    content = read_content(root, drafts=options.drafts)
    stop_if_wrong(content.problems, strict=options.strict)
    config = content.config.at(options.base_url or content.config.base_url)
    theme = load_theme(config.theme, theme_places(root), root, (CONFIG, 1))
    engine = engine_hash()
    memory = Memory(root / CACHE, "prose", engine)
    search_memory = SearchMemory(root / CACHE, engine)
    assembled = assemble(content, memory)
    problems = (*content.problems, *assembled.problems)
    stop_if_wrong(problems, strict=options.strict)
    papers = assembled.catalogue.papers
    neighbours = similar([(entry.page.title, entry.abstract) for entry in papers])
    site = Site(assembled.catalogue, config, neighbours, assembled.hand_texts, assembled.redirects, options.noindex)
    with locked(options.site):
        steps = write(options, list(outputs_of(site, theme, engine, search_memory)))
    memory.save()
    search_memory.save()
    return BuildReport(tuple(steps), problems, len(papers), time.perf_counter() - started)


def write(options: BuildOptions, outputs: Sequence[Output]) -> list[Step]:
    """Bring the output folder to what it should be; files that another hand edited are kept, by refusing or aside."""
    manifest = read_manifest(options.site)
    steps = plan(outputs, manifest, lambda path: (options.site / path).is_file())
    if foreign := edited(options.site, outputs, steps, manifest):
        if not options.force:
            raise SitegenError(
                error(f"{options.site.name}/{path}", 1, "was edited by another hand; --force keeps that version aside")
                for path in foreign
            )
        keep_foreign(options.site, foreign)
    apply(options.site, outputs, steps, manifest)
    return steps


def stop_if_wrong(problems: Iterable[Problem], *, strict: bool) -> None:
    """Raise when there are errors, or warnings in a strict build; the exception carries all problems."""
    fatal = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    found = tuple(problems)
    if any(problem.severity in fatal for problem in found):
        raise SitegenError(found)
