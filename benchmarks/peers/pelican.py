"""Pelican: articles with topics as tags, organisations as authors, and archives by day, month and year."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.catalogues import Facts
from benchmarks.contenders import Contender
from benchmarks.peers.pages import write

SITE = Path(__file__).parent / "sites" / "pelican"


def pelican(folder: Path, papers: Sequence[Facts]) -> Contender:
    """Write Pelican's site and give the command that builds it. It leaves out papers without a date."""
    shutil.copytree(SITE, folder)
    for paper in papers:
        write(folder / "content" / f"{paper.path}.md", _source(paper))
    run = (sys.executable, "-m", "pelican", "--quiet", "--settings", str(folder / "pelicanconf.py"))
    output = folder / "output"
    return Contender(
        name="Pelican",
        commands=((*run, "--output", str(output)),),
        made=(output, folder / "cache", folder / "__pycache__"),
        site=output,
        page=folder / "content" / f"{papers[len(papers) // 2].path}.md",
    )


def _source(paper: Facts) -> str:
    """Write a paper as Python-Markdown's metadata, which Pelican reads, and its abstract."""
    topics = "".join(f"{topic.title};" for topic in paper.topics)  # without semicolons, Pelican splits at commas
    lines = [f"Title: {paper.title}", f"Slug: {paper.path.rpartition('/')[2]}", f"Tags: {topics}"]
    if paper.date:
        lines.append(f"Date: {paper.date}")
    if paper.organization:
        lines.append(f"Authors: {paper.organization.title};")
    lines += [f"{name}: {count}" for name, count in (("Writers", paper.authors), ("Comments", paper.comments)) if count]
    return "\n".join((*lines, "", paper.abstract, ""))
