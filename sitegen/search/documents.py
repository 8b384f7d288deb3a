"""What search knows of a paper, and what all files of the search have in common."""

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sitegen.search import utf16

FORMAT: Final = 3
"""Version of the files, which docs/search-format.md describes; a reader refuses any other."""
LUNR_VERSION: Final = "2.3.9"
FIELDS: Final = ("title", "abstract", "topics", "organization")
"""The fields of the index, in the order in which a document's texts are read."""
LONG: Final = FIELDS.index("abstract")
"""The field whose lengths are in files of their own; of a field of few words they stand beside its documents."""
K1: Final = 1.2
B: Final = 0.75
"""Lunr's own constants of the BM25 formula: how soon a word's repetition, how much a text's length counts."""

LETTERS: Final = 5
"""Characters of a `letter_hash`."""
_BEGINNING: Final = 8
"""Code units of its first term that the name of a shard may hold."""
_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


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
        """The text of each field of `FIELDS`."""
        return self.title, self.abstract, " ".join(self.topic_titles), self.organization

    @property
    def digest(self) -> bytes:
        """Tell the document from any other: 16 bytes of a hash of all its facts."""
        day = self.date.isoformat() if self.date else ""
        texts = (self.slug, self.path, self.title, self.abstract, day, self.organization, self.authors)
        rest = (self.organization_path, str(self.comments), str(self.has_code), str(len(self.topics)))
        facts = (*texts, *rest, *self.topics, *self.topic_titles)
        told = ",".join((str(len(facts)), *map(str, map(len, facts)), *facts))
        return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def number_documents(documents: Iterable[SearchDocument]) -> list[SearchDocument]:
    """Put documents in the order of their numbers: undated first, then oldest first, ties by slug.

    A document's number is its place in this list, so a new newest paper renumbers nothing, and newest first is the
    number reversed.
    """
    return sorted(documents, key=lambda d: (d.date is not None, d.date or date.min, d.slug))


_COMPACT: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def json_bytes(value: object) -> bytes:
    """Write compact JSON in UTF-8; half a surrogate pair, which UTF-8 cannot hold, becomes its JSON escape."""
    return _COMPACT.encode(value).encode("utf-8", "backslashreplace")


def short_hash(data: bytes, digits: int = 10) -> str:
    """Give the first hexadecimal digits of the SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()[:digits]


def letter_hash(data: bytes) -> str:
    """Give a short hash of bytes whose place is in their name too: 25 bits as letters and digits.

    >>> letter_hash(b"[]")
    'j5j43'
    """
    return base64.b32encode(hashlib.sha256(data).digest()).decode("ascii").lower()[:LETTERS]


def shard_name(first: str, digest: str) -> str:
    """Name a shard by what its terms begin with, which keeps it apart from others, and by its `letter_hash`.

    >>> shard_name("diffu", "a2bc3"), shard_name("3.5", "a2bc3")
    ('diffu-a2bc3', '3_2e5-a2bc3')
    """
    plain = (unit if unit in _PLAIN else f"_{ord(unit):x}" for unit in utf16.units(first)[:_BEGINNING])
    return f"{''.join(plain)}-{digest}"
