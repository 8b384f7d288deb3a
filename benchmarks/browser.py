"""From saved to shown: `sitegen serve` and a real Chromium that looks at the page."""

import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.contenders import SITEGEN
from sitegen.frontmatter import Document, split

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
).split()
REST = 0.3
"""Seconds between two saves: nobody saves faster, and the preview may tidy up after itself."""
PATIENCE = 120_000


@dataclass(frozen=True, slots=True)
class Save:
    """What one save took, in seconds: until the open page showed it, until the day's listing held it too."""

    shown: float
    listed: float


def saves(root: Path, path: str, day: str, count: int) -> list[Save]:
    """Save a paper's page `count` times in a running preview. path, day: addresses of the paper and of its day."""
    with _preview(root) as address, _chromium() as page:
        page.goto(address + path)
        return [_save(page, root, path, f"{address}{day}", f"saved{number}") for number in range(count)]


def _save(page: Page, root: Path, path: str, listing: str, word: str) -> Save:
    """Save once, the word first in the abstract, so that excerpts show it too."""
    time.sleep(REST)
    file = root / "content" / f"{path.strip('/')}.md"
    document = split(file.read_text(encoding="utf-8"), file.name)
    assert isinstance(document, Document)  # noqa: S101  # the site was built of it
    text = re.sub(r"\A\s*(saved\d+ )?", f"\n{word} ", document.body)
    started = time.perf_counter()
    file.write_text(document.opening + document.head + document.closing + text, encoding="utf-8")
    page.locator(".prose").get_by_text(word).wait_for(timeout=PATIENCE)
    shown = time.perf_counter() - started
    while word not in page.request.get(listing).text():
        time.sleep(0.005)
    return Save(shown, time.perf_counter() - started)


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
