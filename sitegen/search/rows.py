"""What the result rows show: a small file for each paper, 32 of them in a folder that is named by what it holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sitegen.search.documents import SearchDocument, json_bytes, letter_hash

PER_FOLDER: Final = 32
"""Papers in a folder: its name is new when one of them changes, and fewer would be more names to fetch."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """What a result shows of a paper. topics: their slugs."""

    path: str
    title: str
    abstract: str
    organization: str
    topics: tuple[str, ...]

    @property
    def slug(self) -> str:
        """The last segment of the paper's path."""
        return self.path.rstrip("/").rpartition("/")[2]


def folders(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Part what belongs to papers, in the order of their numbers, as their rows are parted into folders."""
    return (items[start : start + PER_FOLDER] for start in range(0, len(items), PER_FOLDER))


def row_file(paper: SearchDocument) -> bytes:
    """Write a paper's row."""
    day = paper.date.isoformat() if paper.date else ""
    organization = [paper.organization, paper.organization_path]
    facts = [paper.comments, paper.topics, int(paper.has_code), paper.abstract]
    return json_bytes([paper.path, paper.title, day, paper.authors, *organization, *facts])


def read_row(data: Any) -> Row:  # noqa: ANN401  # JSON is whatever it is
    """Read what `row_file` wrote; TypeError, ValueError, IndexError: it did not."""
    return Row(str(data[0]), str(data[1]), str(data[9]), str(data[4]), tuple(map(str, data[7])))


def folder_hash(rows: Sequence[bytes]) -> str:
    """Give the hash in the name of the folder of some rows."""
    return letter_hash(b"\n".join(rows))
