"""What search knows of a paper, and the file from which result rows are drawn."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sitegen import urls

FORMAT = 1
"""Version of documents.json; a reader refuses any other."""


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """One paper as search sees it. Texts are plain Unicode.

    path: under the site's root, such as "papers/2024/densing-law-of-llms/". topics: slugs; topic_titles: their titles,
    in the same order. organization: its name, "" where none is known; organization_path: its page, "" where none.
    authors: as shown, such as "5 authors".
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


def number_documents(documents: Iterable[SearchDocument]) -> list[SearchDocument]:
    """Put documents in the order of their numbers: undated first, then oldest first, ties by slug.

    A document's number is its place in this list, so a new newest paper renumbers nothing, and newest first is the
    number reversed.
    """
    return sorted(documents, key=lambda d: (d.date is not None, d.date or date.min, d.slug))


def documents_json(documents: Iterable[SearchDocument]) -> bytes:
    """Give search/documents.json: every address and text that a result row shows, in number order.

    Form: `{version, topics: {slug: {title, path}}, papers: [{slug, title, path, date, datePath, authors,
    organization, organizationPath, comments, topics, abstract}]}`; date is "YYYY-MM-DD" or "".
    """
    numbered = number_documents(documents)
    topics = {slug: title for d in numbered for slug, title in zip(d.topics, d.topic_titles, strict=True)}
    return json_bytes(
        {
            "version": FORMAT,
            "topics": {s: {"title": topics[s], "path": urls.topic(s)} for s in sorted(topics)},
            "papers": [_paper(d) for d in numbered],
        }
    )


def _paper(document: SearchDocument) -> dict[str, object]:
    return {
        "slug": document.slug,
        "title": document.title,
        "path": document.path,
        "date": document.date.isoformat() if document.date else "",
        "datePath": urls.day(document.date) if document.date else "",
        "authors": document.authors,
        "organization": document.organization,
        "organizationPath": document.organization_path,
        "comments": document.comments,
        "topics": document.topics,
        "abstract": document.abstract,
    }


def json_bytes(value: object) -> bytes:
    """Write compact JSON in UTF-8; half a surrogate pair, which UTF-8 cannot hold, becomes its JSON escape."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
