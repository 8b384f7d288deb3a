"""What the result rows show, in small files: the facts of eight papers, the abstract of one."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sitegen.search.documents import SearchDocument, json_bytes, short_hash

PER_FILE: Final = 8
"""Papers in one file of rows."""
NAME_LENGTH: Final = 5
"""Characters of the hash in the name of a file of rows, which holds its number too; there are many such names."""
ABSTRACT_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Row:
    """What a result shows of a paper. abstract: name of its abstract's file, as `abstract_name` gives it."""

    path: str
    title: str
    abstract: str

    @property
    def slug(self) -> str:
        """The last segment of the paper's path."""
        return self.path.rstrip("/").rpartition("/")[2]


def row_file(papers: Sequence[SearchDocument]) -> bytes:
    """Write the rows of up to `PER_FILE` papers."""
    return json_bytes([_row(paper) for paper in papers])


def read_rows(data: Any) -> list[Row]:  # noqa: ANN401  # JSON is whatever it is
    """Read what `row_file` wrote; TypeError, ValueError, IndexError: it did not."""
    return [Row(str(row[0]), str(row[1]), str(row[8])) for row in data]


def _row(paper: SearchDocument) -> list[object]:
    day = paper.date.isoformat() if paper.date else ""
    organization = [paper.organization, paper.organization_path]
    facts = [paper.comments, paper.topics, abstract_name(abstract_file(paper)), int(paper.has_code)]
    return [paper.path, paper.title, day, paper.authors, *organization, *facts]


def row_name(data: bytes) -> str:
    """Give the hash in the name of a file of rows, in letters and digits that no file system confuses.

    >>> row_name(b"[]")
    'j5j43'
    """
    return base64.b32encode(hashlib.sha256(data).digest()).decode("ascii").lower()[:NAME_LENGTH]


def abstract_file(paper: SearchDocument) -> bytes:
    """Write a paper's abstract."""
    return json_bytes(paper.abstract)


def abstract_name(data: bytes) -> str:
    """Name an abstract's file by its bytes, in one of 256 folders: hosts limit how much a folder holds."""
    digits = short_hash(data, ABSTRACT_DIGITS)
    return f"{digits[:2]}/{digits[2:]}"
