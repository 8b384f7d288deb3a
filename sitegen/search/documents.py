"""What search knows of a paper, and what all files of the search have in common."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sitegen.search import text

FORMAT: Final = 2
"""Version of the files, which docs/search-format.md describes; a reader refuses any other."""
LUNR_VERSION: Final = "2.3.9"
FIELDS: Final = ("title", "abstract", "topics", "organization")
"""The fields of the index, in the order in which a document's texts are read."""
K1: Final = 1.2
B: Final = 0.75
"""Lunr's own constants of the BM25 formula: how soon a word's repetition, how much a text's length counts."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One paper as search sees it. Texts are plain Unicode.

    path: under the site's root, such as "papers/2024/densing-law-of-llms/"; its last segment is the slug. topics:
    slugs; topic_titles: their titles, in the same order. organization: its name, "" where none is known;
    organization_path: its page, "" where none. authors: as shown, such as "5 authors". has_code: whether its page
    links code.
    """

    slug: str
    path: str
    title: str
    abstract: str
    date: date | None
    topics: tuple[str, ...]
    topic_titles: tuple[str, ...]
    organization: str
    authors: str
    comments: int
    organization_path: str = ""
    has_code: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each field of `FIELDS`, white space made single spaces."""
        return tuple(map(text.spaced, (self.title, self.abstract, " ".join(self.topic_titles), self.organization)))


def number_documents(documents: Iterable[SearchDocument]) -> list[SearchDocument]:
    """Put documents in the order of their numbers: undated first, then oldest first, ties by slug.

    A document's number is its place in this list, so a new newest paper renumbers nothing, and newest first is the
    number reversed.
    """
    return sorted(documents, key=lambda d: (d.date is not None, d.date or date.min, d.slug))


def json_bytes(value: object) -> bytes:
    """Write compact JSON in UTF-8; half a surrogate pair, which UTF-8 cannot hold, becomes its JSON escape."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def short_hash(data: bytes, digits: int = 10) -> str:
    """Give the first hexadecimal digits of the SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()[:digits]
