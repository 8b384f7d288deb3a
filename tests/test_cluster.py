"""A real Dask scheduler and two workers on this machine: the same bytes as one process makes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from sitegen.build import BuildOptions, build
from tests.trees import tree

PROGRAM = "from sitegen.cli import main; main()"
WAIT = "import sys; from distributed import Client; Client(sys.argv[1], timeout=60).wait_for_workers(2, timeout=60)"
JOBS = """
    import sys
    from sitegen.cluster import joined
    from tests.test_crew import BAD, double, fail, multiply
    with joined(sys.argv[1]) as crew:
        assert crew.size == 2
        assert dict(crew.each(multiply, 3, [[1, 2], [3]])) == {0: [3, 6], 1: [9]}
        assert crew.begin(double, 21)() == 42
        for work in (lambda: list(crew.each(fail, BAD, [1, 2])), crew.begin(fail, BAD)):
            try:
                work()
            except type(BAD) as mistake:
                print(mistake)
"""


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", *command], check=False, capture_output=True, text=True)


def address_in(file: Path) -> str:
    """Wait for the scheduler to say where it listens, but not for ever."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            return str(json.loads(file.read_text())["address"])
        except (FileNotFoundError, ValueError):
            time.sleep(0.05)
    raise TimeoutError("no scheduler")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a scheduler and two workers; gives the scheduler's address."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    with ExitStack() as ending:

        def start(name: str, *options: str | Path) -> Callable[[], None]:
            command = [sys.executable, "-m", f"distributed.cli.dask_{name}", "--no-dashboard", *options]
            log = ending.enter_context((folder / f"{name}.log").open("a"))
            process = ending.enter_context(subprocess.Popen(command, stderr=log, env={**os.environ, "LC_ALL": "C"}))
            ending.callback(process.kill)
            return process.kill

        start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", file)
        address = address_in(file)
        for _ in range(2):
            start(
                "worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--local-directory", folder
            )
        assert run(WAIT, address).returncode == 0, (folder / "worker.log").read_text()
        yield address


def test_a_cluster_makes_what_one_process_makes(sample: Path, tmp_path: Path, cluster: str) -> None:
    done = run(PROGRAM, "build", "--root", sample, "--cluster", cluster)
    assert (done.returncode, done.stderr) == (0, "")
    (sample / "content").rename(tmp_path / "content")
    build(tmp_path, BuildOptions(tmp_path / "alone", workers=1))
    assert tree(sample / "site") == tree(tmp_path / "alone")


def test_jobs_and_what_they_raise_come_back(cluster: str) -> None:
    done = run("\n".join(line.removeprefix("    ") for line in JOBS.splitlines()), cluster)
    said = "content/site.yaml:3: error: is wrong; mend it\ncontent/topics.yaml:1: note: by the way\n"
    assert (done.returncode, done.stdout) == (0, 2 * said), done.stderr


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1:8786", "http://127.0.0.1:8786", "nowhere"])
def test_an_address_where_no_scheduler_is_is_told_in_one_line(sample: Path, address: str) -> None:
    failed = run(PROGRAM, "build", "--root", sample, "--cluster", address)
    assert failed.returncode == 3
    [line] = failed.stderr.splitlines()
    assert line.startswith("sitegen: error: ")
    assert address in line
    assert not (sample / "site" / "index.html").exists()


def test_without_the_extra_it_says_what_to_install(sample: Path) -> None:
    program = f"import sys; sys.modules['distributed'] = None; {PROGRAM}"
    failed = run(program, "build", "--root", sample, "--cluster", "tcp://127.0.0.1:1")
    assert (failed.returncode, failed.stdout) == (3, "")
    assert (
        failed.stderr
        == "sitegen: error: --cluster needs distributed; install it with: pip install 'sitegen[cluster]'\n"
    )
