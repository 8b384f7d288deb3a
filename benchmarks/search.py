"""`python -m benchmarks.search DUMPS`: the search of a large catalogue, beside Pagefind's in the same run.

DUMPS is a folder of dumps, read through all its subfolders; install the extra `bench` first. Everything runs in memory
(/dev/shm, where there is one). Bytes are those of gzip -6, a file at a time, of what a browser with an empty cache asks
for: scripts, index, titles and abstracts, but not the page and its style. `--only first,keys` runs parts of it; without
`pagefind` nothing is compared with it.
"""

import argparse
import json
import os
import random
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lunr.stop_word_filter import WORDS as STOP_WORDS
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browser import BROWSERS, FLAGS
from benchmarks.indexing import BUILDERS, build_alone, build_pagefind, measured_builder, read_documents
from benchmarks.keystrokes import EMPTY, PAUSES, Cost, cpu_of_keys, longest_tasks
from benchmarks.recording import Recorder, recording
from sitegen.search import SearchDocument, index_json
from tests.search import classes
from tests.search.browsing import script
from tests.search.catalogue import BOOSTS, write_site
from tests.search.reference import ENGINES, same

PARTS = ["pagefind", "builders", "first", "keys", "hostile", "equal"]
HOSTILE = Path(__file__).resolve().parents[1] / "tests" / "search" / "hostile.json"
QUERIES = 50
SHOWN = 10
TYPED = 4
"""So many queries are typed key by key."""


# ---- Searching ----


@dataclass(slots=True)
class Figures:
    """What 50 first queries took. kinds: bytes of each kind.

    shown, whole: milliseconds from the last byte to the frame with the rows in sight, and to that with all ten.
    """

    kinds: list[dict[str, int]] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)

    @property
    def fetched(self) -> float:
        """Kilobytes of the median query."""
        return statistics.median(sum(kinds.values()) for kinds in self.kinds) / 1000


WATCH = """
addEventListener("DOMContentLoaded", () => {
  const results = document.getElementById("search-results");
  const list = document.getElementById("search-list");
  const drawn = (name) => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => { globalThis[name] ??= performance.timeOrigin + performance.now(); };
    requestAnimationFrame(() => port2.postMessage(null)); // comes once the frame is done
  };
  new MutationObserver(() => {
    if (results.dataset.state !== "ready") return;
    drawn("shownAt");
    if (list.ariaBusy === "false") drawn("wholeAt");
  }).observe(results, {attributes: true, subtree: true, attributeFilter: ["data-state", "data-query", "aria-busy"]});
});
"""

TIMES = "() => globalThis.wholeAt && [shownAt, wholeAt]"

SEARCH_PAGEFIND = """
async ([query, shown]) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const {results} = await pagefind.search(query);
  await Promise.all(results.slice(0, shown).map((result) => result.data()));
}
"""


def first_queries(browser: Browser, server: Recorder, queries: Sequence[str]) -> Figures:
    """Ask each query in a browser that knows nothing yet."""
    figures = Figures()
    for query in queries:
        context = browser.new_context()
        context.add_init_script(WATCH)
        page = context.new_page()
        server.sent.clear()
        page.goto(f"{server.root}search/?q={query.replace(' ', '+')}")
        shown, whole = page.wait_for_function(TIMES).json_value()
        figures.kinds.append(server.fetched())
        figures.shown.append(server.since(shown))
        figures.whole.append(server.since(whole))
        context.close()
    return figures


def first_queries_of_pagefind(browser: Browser, server: Recorder, queries: Sequence[str]) -> Figures:
    """Ask each query of Pagefind, in a browser that knows nothing yet."""
    figures = Figures()
    for query in queries:
        context = browser.new_context()
        page = context.new_page()
        page.goto(server.root)
        server.sent.clear()
        page.evaluate(SEARCH_PAGEFIND, [query, SHOWN])
        figures.kinds.append(server.fetched())
        context.close()
    return figures


SEARCH_ALONE = """
async ({scripts, root, queries}) => {
  const { Engine } = await import(scripts + "search-engine.js");
  const { NOTHING } = await import(scripts + "search-state.js");
  const engine = await Engine.load(root);
  const timed = async (query) => {
    await engine.answer({ ...NOTHING, query }); // fetches what it needs
    const before = performance.now();
    await engine.answer({ ...NOTHING, query });
    return performance.now() - before;
  };
  const took = [];
  for (const query of queries) took.push(await timed(query));
  return took;
}
"""


def hostile_queries(page: Page, server: Recorder) -> tuple[float, str]:
    """Ask the queries of tests/search/hostile.json; gives the milliseconds of the slowest, without fetching, and it."""
    queries: list[str] = json.loads(HOSTILE.read_text(encoding="utf-8"))
    page.goto(f"{server.root}search/")
    took = page.evaluate(SEARCH_ALONE, {"scripts": script(page, ""), "root": server.root, "queries": queries})
    return max(zip(took, queries, strict=True))


def equal_queries(page: Page, server: Recorder, documents: Sequence[SearchDocument]) -> tuple[int, int, int]:
    """Ask genuine lunr.js with the full index the same; gives how many queries, of how many classes, were equal."""
    (server.folder / "search" / "index.json").write_bytes(index_json(documents, BOOSTS))
    made = classes.queries(documents)
    queries = [query for of_class in made.values() for query in of_class]
    page.goto(f"{server.root}search/")
    answers = page.evaluate(ENGINES, {"scripts": script(page, ""), "root": server.root, "queries": queries})
    return sum(same(given["ours"], given["genuine"]) for given in answers), len(queries), len(made)


def real_queries(documents: Sequence[SearchDocument]) -> list[str]:
    """Give two to four neighbouring words of titles, stop words left out: always the same ones."""
    chance = random.Random("queries")  # noqa: S311  # these are no secrets
    queries = []
    for paper in chance.sample(documents, len(documents)):
        words = [word for word in re.findall(r"[a-z]{3,}", paper.title.lower()) if word not in STOP_WORDS]
        count = chance.randint(2, 4)
        if len(words) >= count:
            start = chance.randint(0, len(words) - count)
            queries.append(" ".join(words[start : start + count]))
    return queries[:QUERIES]


# ---- The report ----


def p95(values: Sequence[float]) -> float:
    """Give what 95 of 100 values do not exceed."""
    return statistics.quantiles(values, n=20)[-1]


def row(name: str, text: str) -> None:
    """Print one line of the report."""
    print(f"{name:52} {text}", flush=True)


def report_builders(folder: Path, pagefind: tuple[float, float] | None) -> None:
    """Print CPU and memory of each builder."""
    if pagefind:
        row("Pagefind", f"{pagefind[0]:7.1f} CPU s  {pagefind[1]:6.0f} MB")
    for name in BUILDERS:
        seconds, megabytes = measured_builder(folder, name)
        beside = f"  {seconds / pagefind[0]:.2f} of Pagefind" if pagefind else ""
        row(name, f"{seconds:7.1f} CPU s  {megabytes:6.0f} MB{beside}")


def report_first(ours: Figures, theirs: Figures | None) -> None:
    """Print what a reader's first query fetches, and how soon it is answered."""
    beside = f"     {ours.fetched / theirs.fetched:.2f} of Pagefind" if theirs else ""
    row("first query, everything fetched, median", f"{ours.fetched:7.1f} kB{beside}")
    for kind in sorted({kind for kinds in ours.kinds for kind in kinds}):
        row(f"  {kind}", f"{statistics.median(kinds.get(kind, 0) for kinds in ours.kinds) / 1000:7.1f} kB")
    if theirs:
        row("the same of Pagefind", f"{theirs.fetched:7.1f} kB")
    row("rows in sight shown after the last byte, p95", f"{p95(ours.shown):7.1f} ms")
    row("all ten rows shown after the last byte, p95", f"{p95(ours.whole):7.1f} ms")


def report_keys(browser: Browser, page: Page, site: Recorder, queries: Sequence[str]) -> None:
    """Print what typing takes of the page's main thread, and of that of an empty page."""
    page.set_content(EMPTY)
    row("each further key in an empty page, CPU, p95", costs(cpu_of_keys(page, queries, PAUSES[0])))
    page.goto(f"{site.root}search/")
    for pause in PAUSES:
        row(f"each further key, one every {pause} ms, CPU, p95", costs(cpu_of_keys(page, queries, pause)))
    for pause in PAUSES[:2]:
        longest = p95(longest_tasks(browser, page, queries, pause))
        row(f"  its longest task, one every {pause} ms, p95", f"{longest:7.1f} ms")


def costs(keys: Sequence[Cost]) -> str:
    """Tell what keys cost the page's main thread."""
    whole, own = map(p95, zip(*keys, strict=True))
    return f"{whole:7.1f} ms     script, style and layout {own:.1f}"


def report_page(browser: Browser, page: Page, site: Recorder, queries: Sequence[str], parts: Collection[str]) -> None:
    """Print what typing and hostile queries take."""
    if "keys" in parts:
        report_keys(browser, page, site, queries[:TYPED])
    if "hostile" in parts:
        slowest, query = hostile_queries(page, site)
        row("slowest hostile query", f"{slowest:7.1f} ms     {ascii(query)[:40]}")


def run(folder: Path, memory: Path, parts: Collection[str]) -> None:
    """Measure and print."""
    documents = read_documents(folder)
    queries = real_queries(documents)
    print(f"{len(documents):,} papers, {len(queries)} queries, Python {sys.version.split()[0]}, {os.cpu_count()} cores")
    (memory / "pagefind").mkdir()
    pagefind = build_pagefind(memory / "pagefind", documents) if "pagefind" in parts else None
    if "builders" in parts:
        report_builders(folder, pagefind)
    write_site(memory / "site", documents)
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=program, args=FLAGS) as browser,
        recording(memory / "site") as site,
        recording(memory / "pagefind") as theirs,
    ):
        if "first" in parts:
            of_pagefind = first_queries_of_pagefind(browser, theirs, queries) if pagefind else None
            report_first(first_queries(browser, site, queries), of_pagefind)
        page = browser.new_page()
        report_page(browser, page, site, queries, parts)
        if "equal" in parts:
            equal, asked, kinds = equal_queries(page, site, documents)
            row("equal to genuine lunr.js", f"{equal:7,} of {asked:,} queries of {kinds} classes")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dumps", type=Path, metavar="DUMPS")
    parser.add_argument("--only", type=lambda given: given.split(","), default=PARTS, help=f"of {','.join(PARTS)}")
    parser.add_argument("--build", choices=list(BUILDERS), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.build:
        build_alone(given.dumps, given.build)
        return
    shared = Path("/dev/shm")  # noqa: S108  # measured in memory on purpose
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as memory:
        run(given.dumps, Path(memory), given.only)


if __name__ == "__main__":
    main()
