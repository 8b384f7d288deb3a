"""Builders of a search index, each in a process of its own, and Pagefind beside them."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from sitegen.search import SearchDocument, build_files, index_json
from tests.search.catalogue import BOOSTS, dump_documents
from tests.search.reference import index_of_lunr

BUILDERS: dict[str, Callable[[Sequence[SearchDocument]], object]] = {
    "shards": lambda documents: build_files(documents, BOOSTS),
    "full index": lambda documents: index_json(documents, BOOSTS),
    "lunr.py": lambda documents: index_of_lunr(documents, BOOSTS),
}


def read_documents(folder: Path) -> list[SearchDocument]:
    """Read the papers of all dumps under a folder."""
    return dump_documents(sorted(folder.rglob("*.txt")))


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
