"""Build: content/ to site/. What is here decides whether there is anything to do; `making` does it.

Nothing that is slow to load is imported before that is decided.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sitegen.cache import NAME as CACHE
from sitegen.freshness import Done, Inputs, look_at_inputs, nothing_changed
from sitegen.lock import locked
from sitegen.options import BuildOptions
from sitegen.output import STATE, Action, Step, check_ours
from sitegen.places import theme_places
from sitegen.problems import Problem, stop_if_wrong

__all__ = ["BuildOptions", "BuildReport", "build"]

if TYPE_CHECKING:
    from sitegen.making import BuildMemory
    from sitegen.stages import Cost


Tell: TypeAlias = Callable[[str, int, int], None]
"""Hears what stage a build is in, how many of its batches are done, and of how many."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. steps: one for each file, or none where nothing was to do. files: how many the site has.

    papers: how many the site has. seconds: of wall time. costs: of each stage, none where nothing was to do.
    """

    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    papers: int
    files: int
    seconds: float
    costs: "tuple[Cost, ...]" = ()

    def count(self, action: Action) -> int:
        """Count the files of which an action was taken."""
        if action is Action.KEEP:
            return self.files - self.count(Action.WRITE)
        return sum(step.action is action for step in self.steps)


def build(
    root: Path, options: BuildOptions, memory: "BuildMemory | None" = None, tell: Tell | None = None
) -> BuildReport:
    """Build the site; raises SitegenError with every problem of the content, and then leaves the old site as it was.

    memory: what is remembered by one who builds again and again, when something has changed. tell: see `Stages`.
    """
    started = time.perf_counter()
    check_ours(options.site, options.site.name)
    inputs = None if memory else look_at_inputs(root, root / CACHE, theme_places(root), options.facts)
    if inputs and not options.steps and (done := _nothing_to_do(root / CACHE, options.site, inputs)):
        stop_if_wrong(done.problems, strict=options.strict)
        return BuildReport((), done.problems, done.papers, done.files, time.perf_counter() - started)
    from sitegen.making import BuildMemory, Making, make_site  # noqa: PLC0415  # it loads slowly
    from sitegen.stages import Stages  # noqa: PLC0415  # only where there is one

    stages = Stages(tell)
    with stages.stage("recall"):
        kept = memory or BuildMemory(root, options.site)
    made = make_site(Making(root, options, kept, stages), inputs)
    if memory is None:
        with stages.stage("remember"):
            kept.save()
    seconds = time.perf_counter() - started
    return BuildReport(made.steps, made.problems, made.papers, made.files, seconds, tuple(stages.costs))


def _nothing_to_do(cache: Path, site: Path, inputs: Inputs) -> Done | None:
    """Take the short cut of a build in which nothing changed; not while another build is writing."""
    if not (site / STATE).is_dir():
        return None
    with locked(site):
        return nothing_changed(cache, site, inputs)
