"""`make bench`: how long the sample catalogue takes, cold, unchanged, and from saved to seen in a browser.

Everything runs on a copy in memory (/dev/shm, where there is one): deleting and building large trees on a disk slows
the runs that follow. Printed are the median, the least and the most of the runs, wall time and CPU time.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

REPOSITORY = Path(__file__).resolve().parent.parent
SITEGEN = [sys.executable, "-c", "from sitegen.cli import main; main()"]
RUNS = 7
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run"
).split()


@contextmanager
def sample_copy() -> Iterator[Path]:
    """Copy the sample's content to memory."""
    memory = Path("/dev/shm")  # noqa: S108  # measured there on purpose
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        shutil.copytree(REPOSITORY / "content", Path(folder) / "content")
        yield Path(folder)


def timed(command: list[str]) -> tuple[float, float]:
    """Run a command; gives seconds of wall time and of CPU time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def report(name: str, runs: list[tuple[float, float]]) -> None:
    """Print one row: milliseconds, median (least to most) of wall time, median of CPU time."""
    wall = [1000 * w for w, _ in runs]
    cpu = statistics.median(1000 * c for _, c in runs)
    print(f"{name:34} {statistics.median(wall):7.0f} ({min(wall):.0f} to {max(wall):.0f}) ms wall  {cpu:6.0f} ms CPU")


def repeated(command: list[str], before: Callable[[], None] = lambda: None) -> list[tuple[float, float]]:
    """Time a command several times, each time after `before`."""
    runs = []
    for _ in range(RUNS):
        before()
        runs.append(timed(command))
    return runs


def command_line(root: Path) -> None:
    """Time import and build as processes of their own."""
    build = [*SITEGEN, "build", "--root", str(root)]

    def forget() -> None:
        shutil.rmtree(root / "site", ignore_errors=True)
        shutil.rmtree(root / ".sitegen-cache", ignore_errors=True)

    report("python starts and does nothing", repeated([sys.executable, "-c", "pass"]))
    report("import, nothing new", repeated([*SITEGEN, "import", "--root", str(root)]))
    report("build, cold", repeated(build, forget))
    report("build, nothing changed", repeated(build))


def saved_to_seen(root: Path) -> None:
    """Time from saving a page until the browser shows the change, in a running preview."""
    page_file = root / "content" / "papers" / "2024" / "densing-law-of-llms.md"
    command = [*SITEGEN, "serve", "--port", "0", "--root", str(root)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server, sync_playwright() as playwright:
        assert server.stderr is not None  # noqa: S101  # it was asked for
        address = next(line.split()[1] for line in server.stderr if line.startswith("serving "))
        executable = next(filter(None, map(shutil.which, BROWSERS)), None)
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        page = browser.new_page()
        page.goto(f"{address}papers/2024/densing-law-of-llms/")
        runs = []
        for number in range(2 * RUNS):
            mark = f"benchmark{number}"
            time.sleep(0.5)
            started = time.perf_counter()
            page_file.write_text(page_file.read_text(encoding="utf-8") + f"\n{mark}\n", encoding="utf-8")
            page.get_by_text(mark).wait_for()
            runs.append((time.perf_counter() - started, 0.0))
        report("saved to seen in the browser", runs)
        browser.close()
        server.terminate()


if __name__ == "__main__":
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with sample_copy() as copy:
        command_line(copy)
        saved_to_seen(copy)
