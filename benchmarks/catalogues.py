"""The catalogue that every contender builds: from real dumps where a folder of them is given, else from invented ones.

sitegen imports the dumps; what it then knows of each paper is what the others are given, in their own forms.
"""

import datetime as dt
import json
import shutil
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.invented import invented_dumps
from sitegen.frontmatter import Document, split

REPOSITORY = Path(__file__).resolve().parent.parent
SETS = {10_000: "dumps-10k", 100_000: "dumps-100k"}
"""How a corpus names the dumps of so many papers: a folder, or an archive with .tar.xz behind the name."""


@dataclass(frozen=True, slots=True)
class Group:
    """A topic or an organisation. about: a sentence on what belongs there, or ""."""

    slug: str
    title: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What every contender shows of a paper.

    path: its address, as papers/2024/slug. authors: a count, 0 where not known. abstract: Markdown.
    """

    path: str
    title: str
    date: dt.date | None
    authors: int
    organization: Group | None
    comments: int
    topics: tuple[Group, ...]
    abstract: str


def write_dumps(root: Path, papers: int, corpus: Path | None) -> str:
    """Write content/ with dumps of about so many papers and the sample's settings; gives where the dumps come from."""
    folder = root / "content" / "dumps"
    folder.mkdir(parents=True)
    for name in ("site.yaml", "topics.yaml"):
        shutil.copy(REPOSITORY / "content" / name, root / "content")
    real = list(_first(_corpus_dumps(corpus, papers), papers)) if corpus else []
    enough = sum(map(_count, (text for _, text in real))) >= papers * 0.95  # a few records may be doubles or lost
    for name, text in real if enough else invented_dumps(papers):
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return "from real listings" if enough else "invented"


def _corpus_dumps(corpus: Path, papers: int) -> Iterator[tuple[str, str]]:
    """Yield the dumps of a corpus by name and text: of the set that holds enough, else of the folder itself."""
    names = [name for size, name in SETS.items() if papers <= size]
    places = [place for name in names for place in (corpus / name, corpus / f"{name}.tar.xz")]
    place = next((place for place in places if place.exists()), corpus)
    yield from _folder_dumps(place) if place.is_dir() else sorted(_archive_dumps(place))


def _folder_dumps(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*.txt"), key=lambda file: file.name):
        yield file.name, file.read_text(encoding="utf-8")


def _archive_dumps(archive: Path) -> Iterator[tuple[str, str]]:
    """Yield an archive's dumps as they lie in it; to read them in any other order would unpack it again and again."""
    with tarfile.open(archive) as opened:
        for member in opened:
            if member.name.endswith(".txt") and (packed := opened.extractfile(member)):
                yield Path(member.name).name, packed.read().decode("utf-8")


def _first(dumps: Iterable[tuple[str, str]], papers: int) -> Iterator[tuple[str, str]]:
    """Take whole dumps until there are enough papers."""
    found = 0
    for name, text in dumps:
        if found >= papers:
            return
        found += _count(text)
        yield name, text


def _count(text: str) -> int:
    """Count the records of a dump, nearly: each has its mark on a line of its own."""
    return text.count("\n·\n")


def read_papers(root: Path) -> tuple[Facts, ...]:
    """Read what a built site publishes of its papers, and their abstracts from content/."""
    published = json.loads((root / "site" / "catalogue.json").read_text(encoding="utf-8"))
    rules = yaml.load((root / "content" / "topics.yaml").read_bytes(), yaml.CSafeLoader)["topics"]
    topics = {rule["slug"]: Group(rule["slug"], rule["title"], rule.get("about", "")) for rule in rules}
    return tuple(_facts(root, paper, topics) for paper in published["papers"])


def _facts(root: Path, paper: dict[str, Any], topics: dict[str, Group]) -> Facts:
    path = paper["url"].strip("/")
    page = split((root / "content" / f"{path}.md").read_text(encoding="utf-8"), path)
    assert isinstance(page, Document)  # noqa: S101  # the site was built of it
    organization = paper["organization"]
    return Facts(
        path=path,
        title=paper["title"],
        date=dt.date.fromisoformat(paper["date"]) if paper["date"] else None,
        authors=paper["authors"] or 0,
        organization=Group(organization["handle"].lower(), organization["name"]) if organization else None,
        comments=paper["comments"],
        topics=tuple(topics[slug] for slug in paper["topics"]),
        abstract=page.body.strip(),
    )
