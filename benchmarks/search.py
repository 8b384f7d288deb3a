"""`python -m benchmarks.search DUMPS`: the search of a large catalogue, beside Pagefind's in the same run.

DUMPS is a folder of dumps, read through all its subfolders; install the extra `bench` first. Everything runs in memory
(/dev/shm, where there is one). Bytes are those of gzip -6, a file at a time, of what a browser with an empty cache asks
for: scripts, index, titles and abstracts, but not the page and its style. `--only first,keys` runs parts of it; without
`pagefind` nothing is compared with it.
"""

import argparse
import functools
import gzip
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from lunr.stop_word_filter import WORDS as STOP_WORDS
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browser import BROWSERS, FLAGS
from sitegen.search import SearchDocument, build_files, index_json
from tests.search import classes
from tests.search.browsing import script
from tests.search.catalogue import BOOSTS, dump_documents, write_site
from tests.search.reference import ENGINES, index_of_lunr, same

PARTS = ["pagefind", "builders", "first", "keys", "hostile", "equal"]
SCRIPTS = Path(__file__).resolve().parents[1] / "themes" / "default" / "static" / "js"
HOSTILE = Path(__file__).resolve().parents[1] / "tests" / "search" / "hostile.json"
QUERIES = 50
SHOWN = 10
TYPED = 4
PAUSES = (150, 450, 1200)
"""Milliseconds between two keys: somebody who types fast, and who types slowly. In the longest one the page is also
done with what it puts off until typing rests."""
IDLE = 20
"""Pauses without a key, whose median is what the page does anyway: a caret that blinks, being measured."""

BUILDERS: dict[str, Callable[[Sequence[SearchDocument]], object]] = {
    "shards": lambda documents: build_files(documents, BOOSTS),
    "full index": lambda documents: index_json(documents, BOOSTS),
    "lunr.py": lambda documents: index_of_lunr(documents, BOOSTS),
}


def read_documents(folder: Path) -> list[SearchDocument]:
    """Read the papers of all dumps under a folder."""
    return dump_documents(sorted(folder.rglob("*.txt")))


# ---- Building ----


def build_alone(folder: Path, name: str) -> None:
    """Run one builder in this process; print its CPU seconds and the process's peak memory in megabytes."""
    documents = read_documents(folder)
    before = time.process_time()
    BUILDERS[name](documents)
    seconds = time.process_time() - before
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    print(f"{seconds} {int(peak[1]) / 1024 if peak else 0}")


def measured_builder(folder: Path, name: str) -> tuple[float, float]:
    """Run one builder in a process of its own; gives CPU seconds and megabytes."""
    command = [sys.executable, "-m", "benchmarks.search", str(folder), "--build", name]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def build_pagefind(site: Path, documents: Sequence[SearchDocument]) -> tuple[float, float]:
    """Write a bare page for each paper and let Pagefind index them; gives its CPU seconds and megabytes."""
    for number, paper in enumerate(documents):
        file = site / "papers" / f"{number % 256:02x}" / f"{number}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        head = f'<!doctype html><html lang="en"><title>{escape(paper.title)}</title>'
        facts = escape(" ".join((*paper.topic_titles, paper.organization)))
        body = f"<body><main><h1>{escape(paper.title)}</h1><p>{facts}</p><p>{escape(paper.abstract)}</p></main>"
        file.write_text(head + body, encoding="utf-8")
    (site / "index.html").write_text('<!doctype html><link rel="icon" href="data:,"><title>Search</title>')
    started = subprocess.Popen([sys.executable, "-m", "pagefind", "--silent", "--site", str(site)])
    _, status, usage = os.wait4(started.pid, 0)
    if status:
        sys.exit("pagefind failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


# ---- Searching ----


class Recorder(ThreadingHTTPServer):
    """Serves a folder, and notes when it was done with each answer."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(RecordingHandler, directory=str(folder)))
        self.folder = folder
        self.sent: list[tuple[float, str]] = []
        self.root = f"http://127.0.0.1:{self.server_port}/"

    def since(self, at: float) -> float:
        """Give the milliseconds from the last byte that was sent before a time to that time."""
        return at - max(when for when, _ in self.sent if when <= at)

    def fetched(self) -> dict[str, int]:
        """Give the bytes of each kind of file that was asked for and is there, pages and styles aside."""
        kinds: Counter[str] = Counter()
        for path in {path for _, path in self.sent if not path.endswith(("/", ".html", ".css"))}:
            if (file := self.folder / path.removeprefix("/")).is_file():
                kinds[kind_of(path)] += compressed(file)
        return kinds


class RecordingHandler(SimpleHTTPRequestHandler):
    """Answers for a Recorder."""

    server: Recorder
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else the kernel keeps what follows the headers back for 40 ms

    def do_GET(self) -> None:
        """Answer, then note what and when."""
        super().do_GET()
        self.server.sent.append((time.time() * 1000, self.path.partition("?")[0]))

    def log_message(self, *_: object) -> None:
        """Print nothing."""


def kind_of(path: str) -> str:
    """Name what a file is of: a folder of the search, lunr.js, scripts that every page has, the search's own."""
    if "/search/" in path:
        return path.split("/")[2].removesuffix(".json")
    name = path.rpartition("/")[2]
    if name == "lunr.js":
        return name
    return "scripts of every page" if name in of_every_page() else "scripts of the search"


@functools.cache
def of_every_page() -> frozenset[str]:
    """Name the scripts that a page has even if nobody searches: site.js and what it imports."""
    found: set[str] = set()
    waiting = ["site.js"]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            file = SCRIPTS / name
            waiting += _IMPORTED.findall(file.read_text(encoding="utf-8") if file.is_file() else "")
    return frozenset(found)


_IMPORTED = re.compile(r'(?:from|import) "\./([\w-]+\.js)"')


@functools.cache
def compressed(file: Path) -> int:
    """Give the bytes of a file as it would be sent: compressed, where that makes it smaller."""
    data = file.read_bytes()
    return min(len(data), len(gzip.compress(data, 6)))


@contextmanager
def recording(folder: Path) -> Iterator[Recorder]:
    """Serve a folder."""
    with Recorder(folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@dataclass(slots=True)
class Figures:
    """What 50 first queries took. kinds: bytes of each kind.

    shown, whole: milliseconds from the last byte to the rows in sight, and to all ten.
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
  new MutationObserver(() => {
    if (results.dataset.state !== "ready") return;
    const now = performance.timeOrigin + performance.now();
    globalThis.shownAt ??= now;
    if (results.ariaBusy === "false") globalThis.wholeAt ??= now;
  }).observe(results, {attributes: true});
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


def keys(page: Page, queries: Sequence[str], pause: int) -> list[float]:
    """Type queries key by key; gives the milliseconds of the main thread's CPU that each took but a query's first."""
    session = page.context.new_cdp_session(page)
    # CPU time: a task that waits for its turn on a busy machine is not at work.
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(1000 * float(metric["value"]) for metric in metrics if metric["name"] == "TaskDuration")

    def during(act: Callable[[], None]) -> float:
        before = busy()
        act()
        page.wait_for_timeout(pause)
        return busy() - before

    page.locator("#search-query").focus()
    page.wait_for_load_state("networkidle")
    idle = statistics.median(during(lambda: None) for _ in range(IDLE))
    took = []
    for query in queries:
        page.locator("#search-query").fill("")
        page.wait_for_timeout(2 * max(PAUSES))
        took += [during(functools.partial(page.keyboard.type, key)) - idle for key in query][1:]
    return took


EMPTY = """
<!doctype html>
<input id="search-query">
<p>0</p>
<script>
  const [count] = document.querySelector("p").childNodes;
  const say = () => { count.data = Number(count.data) + 1; };
  addEventListener("input", () => setTimeout(say, 30));
</script>
"""
"""What a browser takes for a key, whatever the page: the letter is drawn, and 30 ms later a number."""

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


def report_page(page: Page, site: Recorder, queries: Sequence[str], parts: Collection[str]) -> None:
    """Print what typing and hostile queries take."""
    if "keys" in parts:
        for pause in PAUSES:
            page.set_content(EMPTY)
            empty = p95(keys(page, queries[:TYPED], pause))
            page.goto(f"{site.root}search/")
            took = p95(keys(page, queries[:TYPED], pause))
            row(
                f"each further key, one every {pause} ms, main thread, p95",
                f"{took:7.1f} ms     {empty:.1f} in an empty page",
            )
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
        report_page(page, site, queries, parts)
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
