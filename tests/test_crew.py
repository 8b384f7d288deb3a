"""Whoever does the work, the results are the same; and what goes wrong in a worker is told where it is waited for."""

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.crew import AHEAD, ALONE, Crew, Processes, cut
from sitegen.problems import SitegenError, error, note

CREWS = (ALONE, Processes(1), Processes(2), Processes(3))
BAD = SitegenError([error("content/site.yaml", 3, "is wrong; mend it"), note("content/topics.yaml", 1, "by the way")])


def multiply(factor: int, batch: Sequence[int]) -> list[int]:
    return [factor * number for number in batch]


def double(number: int) -> int:
    return 2 * number


def fail(mistake: Exception, _batch: object = None) -> None:
    raise mistake


def die(code: int, _batch: object = None) -> None:
    os._exit(code)


def wait_for_file(file: Path) -> str:
    """Wait for a file that another job writes, but not for ever."""
    end = time.monotonic() + 60
    while not file.exists() and time.monotonic() < end:
        time.sleep(0.01)
    return file.read_text()


def write_file(file: Path, text: str) -> None:
    file.with_suffix(".new").write_text(text)
    file.with_suffix(".new").rename(file)


@pytest.mark.parametrize("crew", CREWS)
class TestEveryCrew:
    def test_each_result_comes_with_its_place(self, crew: Crew) -> None:
        batches = list(cut(range(100), 7))
        made = dict(crew.each(multiply, 3, batches))
        assert [number for place in sorted(made) for number in made[place]] == [3 * number for number in range(100)]

    def test_nothing_to_do_gives_nothing(self, crew: Crew) -> None:
        assert list(crew.each(multiply, 3, [])) == []

    def test_a_job_of_its_own_gives_its_result_when_it_is_waited_for(self, crew: Crew) -> None:
        waiting = crew.begin(double, 21)
        assert dict(crew.each(multiply, 2, [[1]])) == {0: [2]}
        assert waiting() == 42

    @pytest.mark.parametrize("mistake", [ValueError("no"), KeyError("key"), BAD], ids=lambda m: type(m).__name__)
    def test_what_a_job_raises_is_raised_here(self, crew: Crew, mistake: Exception) -> None:
        with pytest.raises(type(mistake)) as raised:
            list(crew.each(fail, mistake, range(9)))
        assert (str(raised.value), vars(raised.value)) == (str(mistake), vars(mistake))
        waiting = crew.begin(fail, mistake)
        with pytest.raises(type(mistake)) as raised:
            waiting()
        assert (str(raised.value), vars(raised.value)) == (str(mistake), vars(mistake))


class TestProcesses:
    def test_a_worker_that_is_ended_is_told_in_one_line(self) -> None:
        with pytest.raises(ChildProcessError, match="ended from outside"):
            list(Processes(2).each(die, 3, range(9)))
        waiting = Processes(2).begin(die, 3)
        with pytest.raises(ChildProcessError, match="ended from outside"):
            waiting()

    def test_a_job_of_its_own_runs_beside_the_others(self, tmp_path: Path) -> None:
        waiting = Processes(2).begin(wait_for_file, tmp_path / "a")
        list(Processes(2).each(write_file, tmp_path / "a", ["written by another job"]))
        assert waiting() == "written by another job"

    def test_only_some_batches_are_under_way(self) -> None:
        taken = 0

        def batches() -> Iterator[list[int]]:
            nonlocal taken
            for number in range(100):
                taken += 1
                yield [number]

        ahead = [taken - done for done, _ in enumerate(Processes(2).each(multiply, 1, batches()))]
        assert (len(ahead), max(ahead)) == (100, 2 * AHEAD)

    def test_who_takes_no_more_results_leaves_no_process_behind(self) -> None:
        results = Processes(2).each(multiply, 1, [[n] for n in range(100)])
        next(results)
        assert multiprocessing.active_children()
        results.close()  # type: ignore[attr-defined]  # it is a generator
        assert multiprocessing.active_children() == []

    def test_workers_end_with_the_process_that_started_them(self, tmp_path: Path) -> None:
        program = (
            "import sys, time; from sitegen.crew import Processes\n"
            "def sleep(name, batch=0):\n"
            "    open(f'{name}-{batch}', 'w').close(); time.sleep(600)\n"
            "waiting = Processes(2).begin(sleep, sys.argv[1])\n"
            "list(Processes(2).each(sleep, sys.argv[1], [1, 2]))\n"
        )
        names = [tmp_path / f"working-{batch}" for batch in range(3)]
        command = [sys.executable, "-c", program, str(tmp_path / "working")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as parent:
            for name in names:
                wait_for_file(name)
            parent.kill()
            # The workers have its standard output too: it ends when the last of them does.
            said, _ = parent.communicate(timeout=60)
            assert said == b""


@given(st.text(), st.integers(1, 9))
def test_what_is_cut_is_all_there_in_batches_of_one_size(text: str, size: int) -> None:
    batches = list(cut(text, size))
    assert "".join("".join(batch) for batch in batches) == text
    assert all(len(batch) == size for batch in batches[:-1])
    assert all(0 < len(batch) <= size for batch in batches[-1:])
