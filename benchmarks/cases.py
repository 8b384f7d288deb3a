"""The cases: each makes its contenders ready, has them measured, and says what was to be reached."""

import datetime as dt
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator

from benchmarks.browser import Save, saves, template_saves
from benchmarks.catalogues import REPOSITORY, write_dumps
from benchmarks.contenders import SITEGEN, Contender, sitegen
from benchmarks.measuring import Figures, alternated, built, p95
from benchmarks.report import Goal, Line, Result, line_of, memory_goal, rival_line, seconds, seconds_goal
from benchmarks.workshop import Bench, Workshop

SHOWN = 0.15
"""Seconds from saved to shown that 95 of 100 saves must not exceed."""

TEMPLATE_SHOWN = 1.0
"""The same for a template, on the page that is open."""

SAMPLE_PAPER = ("papers/2024/densing-law-of-llms/", "2024/12/05/")


def cold(bench: Bench) -> Iterator[Result]:
    """Build pages, listings and one feed from nothing."""
    both = bench.usual.like_for_like, bench.usual.hugo
    yield _against(_title(bench.usual, "cold, like for like"), both, _cold(both, bench.scale.runs), most=1.0)
    both = bench.usual.default_theme, bench.usual.hugo
    yield _against(_title(bench.usual, "cold, like files, fuller pages"), both, _cold(both, bench.scale.runs))


def everything(bench: Bench) -> Iterator[Result]:
    """Build all that sitegen has, against Hugo with Pagefind."""
    both = bench.usual.sitegen, bench.usual.hugo_with_pagefind
    yield _against(_title(bench.usual, "cold, everything"), both, _cold(both, bench.scale.runs), most=0.3)


def unchanged(bench: Bench) -> Iterator[Result]:
    """Build again, nothing having changed."""
    both = bench.usual.sitegen, bench.usual.hugo
    yield _against(_title(bench.usual, "nothing changed"), both, _again(both, bench.scale.runs), most=0.1)


def edited(bench: Bench) -> Iterator[Result]:
    """Build again, one paper having changed."""
    both = bench.usual.sitegen, bench.usual.hugo
    _warm(both)
    figures = alternated(both, bench.scale.runs, lambda contender, number: contender.edit(f"edited{number}"))
    yield _against(_title(bench.usual, "one page edited"), both, figures, most=0.2)


def shown(bench: Bench) -> Iterator[Result]:
    """Save a page under `sitegen serve`, and wait until the browser shows it; then a template."""
    paper = max(bench.usual.papers, key=lambda paper: (paper.date or dt.date.min, paper.path))
    day = f"{paper.date:%Y/%m/%d}/" if paper.date else "papers/undated/"
    found = saves(bench.usual.root, f"{paper.path}/", day, bench.scale.saves)
    yield _saved(_title(bench.usual, "saved to shown, serve"), found)
    slow = p95(template_saves(bench.usual.root, f"{paper.path}/", max(1, bench.scale.saves // 5)))
    goal = Goal(f"{TEMPLATE_SHOWN:g} s", slow <= TEMPLATE_SHOWN)
    line = Line("sitegen, 95 of 100", seconds(slow), goals=(goal,))
    yield Result(_title(bench.usual, "template saved to shown on the open page, serve"), (line,))


def imports(bench: Bench) -> Iterator[Result]:
    """Import all dumps into nothing, and again with nothing new."""
    root = bench.folder / "imports"
    write_dumps(root, bench.scale.papers, bench.corpus)
    contender = Contender(
        name="sitegen",
        commands=((*SITEGEN, "import", "--root", str(root)),),
        made=(root / "content" / "papers", root / ".sitegen-cache"),
        site=root / "site",
        page=root / "content" / "site.yaml",
    )
    dumps = len(list((root / "content" / "dumps").iterdir()))
    for what, most, measure in (("all new", 6, _cold), ("nothing new", 1, _again)):
        (figures,) = measure((contender,), bench.scale.runs)
        goals = seconds_goal(figures, most)
        yield Result(f"import of {bench.scale.papers:,} papers in {dumps} dumps, {what}", (_ours(figures, goals),))


def others(bench: Bench) -> Iterator[Result]:
    """Build few papers with everybody: Pelican and MkDocs would take minutes for many."""
    shop = bench.few
    everybody = shop.like_for_like, shop.hugo, shop.pelican, shop.mkdocs
    figures = (figures.per(len(shop.papers)) for figures in _cold(everybody, bench.scale.runs))
    yield _against(_title(shop, "cold, time per paper"), everybody, tuple(figures))


def large(bench: Bench) -> Iterator[Result]:
    """Build ten times as many papers: time and memory, and whether a paper costs more among many."""
    both = bench.large.sitegen, bench.large.hugo
    ours, theirs = _cold(both, bench.scale.runs)
    lines = _ours(ours, seconds_goal(ours, 60), memory_goal(ours, 2000)), rival_line("Hugo", theirs, ours)
    yield Result(_title(bench.large, "cold, everything"), lines)
    yield _per_paper(bench, ours)
    ours, theirs = _again(both, bench.scale.runs)
    lines = _ours(ours, seconds_goal(ours, 3)), rival_line("Hugo", theirs, ours)
    yield Result(_title(bench.large, "nothing changed"), lines)


def sample(bench: Bench) -> Iterator[Result]:
    """Build the small catalogue of the repository: what starting costs, and what its curators wait for."""
    root = bench.folder / "sample"
    shutil.copytree(REPOSITORY / "content", root / "content")
    ours = sitegen(root)
    python = Contender("python", ((sys.executable, "-c", "pass"),), (), root, root)
    for what, contender, measure in (("cold", ours, _cold), ("nothing changed", ours, _again), ("", python, _again)):
        (figures,) = measure((contender,), bench.scale.runs)
        title = f"the sample: {what}" if what else "python starts and does nothing"
        yield Result(title, (line_of(contender.name, figures),))
    yield _saved("the sample: saved to shown, serve", saves(root, *SAMPLE_PAPER, bench.scale.saves))


CASES: dict[str, Callable[[Bench], Iterator[Result]]] = {
    "cold": cold,
    "everything": everything,
    "unchanged": unchanged,
    "edited": edited,
    "shown": shown,
    "import": imports,
    "others": others,
    "large": large,
    "sample": sample,
}


def _title(shop: Workshop, what: str) -> str:
    return f"{len(shop.papers):,} papers: {what}"


def _cold(contenders: tuple[Contender, ...], runs: int) -> tuple[Figures, ...]:
    return alternated(contenders, runs, lambda contender, _: contender.forget())


def _again(contenders: tuple[Contender, ...], runs: int) -> tuple[Figures, ...]:
    _warm(contenders)
    return alternated(contenders, runs, lambda *_: None)


def _warm(contenders: tuple[Contender, ...]) -> None:
    for contender in contenders:
        built(contender)


def _ours(figures: Figures, *goals: Goal) -> Line:
    return line_of("sitegen", figures, *goals)


def _against(
    what: str, contenders: tuple[Contender, ...], figures: tuple[Figures, ...], most: float | None = None
) -> Result:
    """Write a line for sitegen, which comes first, and one for each rival. most: the goal for sitegen's share."""
    ours, *theirs = figures
    rivals = (rival_line(c.name, its, ours, most) for c, its in zip(contenders[1:], theirs, strict=True))
    return Result(what, (_ours(ours), *rivals))


def _per_paper(bench: Bench, ours: Figures) -> Result:
    """Compare the time for a paper among many with that for a paper among few."""
    many, few = len(bench.large.papers), len(bench.usual.papers)
    (figures,) = _cold((bench.usual.sitegen,), bench.scale.runs)
    among_many, among_few = ours.per(many), figures.per(few)
    lines = _ours(among_many), rival_line(f"sitegen, {few:,} papers", among_few, among_many, most=1.2)
    return Result(f"{many:,} papers: cold, everything, time per paper", lines)


def _saved(what: str, found: list[Save]) -> Result:
    pages, others = [save.shown for save in found], [save.fresh for save in found]
    goal = Goal(f"{SHOWN * 1000:.0f} ms", p95(others) <= SHOWN)
    lines = (
        Line("sitegen, 95 of 100", seconds(p95(pages))),
        Line("median", seconds(statistics.median(pages))),
        Line("listing, feed and search fresh too, 95 of 100", seconds(p95(others)), goals=(goal,)),
    )
    return Result(what, lines)
