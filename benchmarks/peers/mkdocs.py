"""MkDocs: a page for each paper and nothing else, since it makes no listings."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.catalogues import Facts
from benchmarks.contenders import Contender
from benchmarks.peers.pages import write_page

SITE = Path(__file__).parent / "sites" / "mkdocs"


def mkdocs(folder: Path, papers: Sequence[Facts]) -> Contender:
    """Write the site and give the command that builds it."""
    shutil.copytree(SITE, folder)
    for paper in papers:
        write_page(folder / "docs" / f"{paper.path}.md", _fields(paper), paper.abstract)
    run = (sys.executable, "-m", "mkdocs", "build", "--quiet")
    site = folder / "site"
    return Contender(
        name="MkDocs, no listings",
        commands=((*run, "--config-file", str(folder / "mkdocs.yml"), "--site-dir", str(site)),),
        made=(site,),
        site=site,
        page=folder / "docs" / f"{papers[len(papers) // 2].path}.md",
    )


def _fields(paper: Facts) -> dict[str, object]:
    return {
        "title": paper.title,
        "date": str(paper.date or ""),
        "authors": paper.authors,
        "organization": paper.organization.title if paper.organization else "",
        "comments": paper.comments,
        "topics": [topic.title for topic in paper.topics],
    }
