"""From saved to shown: `sitegen serve` and a real Chromium that looks at the page."""

import re
import shutil
import subprocess
import threading
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.catalogues import REPOSITORY
from benchmarks.contenders import SITEGEN
from sitegen.frontmatter import Document, split
from sitegen.search.documents import LETTERS, shard_name

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
).split()
REST = 1.0
"""Seconds between two saves: nobody saves faster, and the preview makes meanwhile what comes behind the pages."""
WARM = 2
"""Saves that do not count: the first one loads what only a change needs."""
PATIENCE = 120_000


@dataclass(frozen=True, slots=True)
class Save:
    """What one save took, in seconds: until the open page showed it, until all that holds it too was fresh.

    fresh: the day's listing, the feed and the search.
    """

    shown: float
    fresh: float


def saves(root: Path, path: str, day: str, count: int) -> list[Save]:
    """Save a paper's page `count` times in a running preview. path, day: addresses of the paper and of its day.

    The paper must be one of the newest, which the feed holds.
    """
    file = root / "content" / f"{path.strip('/')}.md"
    with _preview(root) as address, _chromium() as page:
        page.goto(address + path)
        words = (f"saved{number}" for number in range(WARM + count))
        return [_save(page, file, address, address + day, word) for word in words][WARM:]


def template_saves(root: Path, path: str, count: int) -> list[float]:
    """Save a template of all pages, with a paper's page open; gives the seconds until that page shows it."""
    template = root / "themes" / "default" / "templates" / "_footer.html"
    template.parent.mkdir(parents=True)
    (root / "themes" / "default" / "theme.yaml").touch()
    text = (REPOSITORY / "themes" / "default" / "templates" / "_footer.html").read_text(encoding="utf-8")
    template.write_text(text, encoding="utf-8")
    with _preview(root) as address, _chromium() as page:
        page.goto(address + path)
        return [_template_save(page, template, text, f"template{number}") for number in range(count)]


def _template_save(page: Page, template: Path, text: str, word: str) -> float:
    time.sleep(REST)
    started = time.perf_counter()
    template.write_text(f"{text}<p>{word}</p>\n", encoding="utf-8")
    page.get_by_text(word, exact=True).wait_for(timeout=PATIENCE)
    return time.perf_counter() - started


def _save(page: Page, file: Path, address: str, listing: str, word: str) -> Save:
    """Save once, the word first in the abstract, so that excerpts show it too."""
    time.sleep(REST)
    document = split(file.read_text(encoding="utf-8"), file.name)
    assert isinstance(document, Document)  # noqa: S101  # the site was built of it
    text = re.sub(r"\A\s*(saved\d+ )?", f"\n{word} ", document.body)
    started = time.perf_counter()
    file.write_text(document.opening + document.head + document.closing + text, encoding="utf-8")
    page.locator(".prose").get_by_text(word).wait_for(timeout=PATIENCE)
    shown = time.perf_counter() - started
    for found in (_in_file(page, listing), _in_file(page, f"{address}atom.xml"), _in_search(page, address)):
        while not found(word):
            time.sleep(0.002)
    return Save(shown, time.perf_counter() - started)


def _in_file(page: Page, address: str) -> Callable[[str], bool]:
    return lambda word: word in page.request.get(address).text()


def _in_search(page: Page, address: str) -> Callable[[str], bool]:
    """Tell whether the index finds a word: its shard is the last whose beginning does not stand behind it."""

    def found(word: str) -> bool:
        manifest = page.request.get(f"{address}search/manifest.json").json()
        first = manifest["first"].split("\n")
        place = bisect_right(first, word) - 1
        name = shard_name(first[place], manifest["terms"][place * LETTERS : (place + 1) * LETTERS])
        return f'"{word}"' in page.request.get(f"{address}search/terms/{name}.json").text()

    return found


@contextmanager
def _preview(root: Path) -> Iterator[str]:
    """Run `sitegen serve`; gives its address once the first build is done."""
    command = [*SITEGEN, "serve", "--port", "0", "--root", str(root)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None  # noqa: S101  # it was asked for
        address = next(line.split()[1] for line in server.stderr if line.startswith("serving "))
        threading.Thread(target=server.stderr.read, daemon=True).start()  # a full pipe would stop the preview
        yield address
        server.terminate()


@contextmanager
def _chromium() -> Iterator[Page]:
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser.new_page()
        browser.close()
