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
PATIENCE = 120.0


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
        seen = _watched(page, ".prose")
        page.goto(address + path)
        words = (f"saved{number}" for number in range(WARM + count))
        return [_save(page, seen, file, (address, address + day), word) for word in words][WARM:]


_WATCH = """
(selector) => {
  const look = () => {
    const texts = [...document.querySelectorAll(selector)].map((found) => found.textContent);
    for (const [word] of texts.join(" ").matchAll(/(?:saved|template)[0-9]+/g)) {
      const tell = () => globalThis.tellSeen(word, performance.timeOrigin + performance.now());
      requestAnimationFrame(() => setTimeout(tell)); // it is drawn by then
    }
  };
  new MutationObserver(look).observe(document, {childList: true, subtree: true, characterData: true});
}
"""


def _watched(page: Page, selector: str) -> dict[str, float]:
    """Watch a page, over all its reloads; gives when each word was first seen, in seconds.

    Playwright's own waiting looks twice a second at last, which is longer than what is measured.
    """
    seen: dict[str, float] = {}
    page.expose_function("tellSeen", lambda word, at: seen.setdefault(word, at / 1000) and None)
    page.add_init_script(f"({_WATCH})({selector!r})")
    return seen


def _first_seen(page: Page, seen: dict[str, float], word: str) -> float:
    end = time.monotonic() + PATIENCE
    while word not in seen:
        if time.monotonic() > end:
            raise TimeoutError(word)
        page.wait_for_timeout(5)
    return seen[word]


def template_saves(root: Path, path: str, count: int) -> list[float]:
    """Save a template of all pages, with a paper's page open; gives the seconds until that page shows it."""
    template = root / "themes" / "default" / "templates" / "_footer.html"
    template.parent.mkdir(parents=True)
    (root / "themes" / "default" / "theme.yaml").touch()
    text = (REPOSITORY / "themes" / "default" / "templates" / "_footer.html").read_text(encoding="utf-8")
    template.write_text(text, encoding="utf-8")
    with _preview(root) as address, _chromium() as page:
        seen = _watched(page, "body")
        page.goto(address + path)
        return [_template_save(page, seen, template, text, f"template{number}") for number in range(count)]


def _template_save(page: Page, seen: dict[str, float], template: Path, text: str, word: str) -> float:
    page.wait_for_timeout(REST * 1000)
    started = time.time()
    template.write_text(f"{text}<p>{word}</p>\n", encoding="utf-8")
    return _first_seen(page, seen, word) - started


def _save(page: Page, seen: dict[str, float], file: Path, addresses: tuple[str, str], word: str) -> Save:
    """Save once, the word first in the abstract, so that excerpts show it too. addresses: of the site, of a listing."""
    page.wait_for_timeout(REST * 1000)
    address, listing = addresses
    document = split(file.read_text(encoding="utf-8"), file.name)
    assert isinstance(document, Document)  # noqa: S101  # the site was built of it
    text = re.sub(r"\A\s*(saved\d+ )?", f"\n{word} ", document.body)
    started = time.time()
    file.write_text(document.opening + document.head + document.closing + text, encoding="utf-8")
    shown = _first_seen(page, seen, word) - started
    for found in (_in_file(page, listing), _in_file(page, f"{address}atom.xml"), _in_search(page, address)):
        while not found(word):
            time.sleep(0.002)
    return Save(shown, time.time() - started)


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
