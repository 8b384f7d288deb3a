"""The files of the search as outputs. Their names hold hashes of their bytes, so they are known once they are made.

What they were called is remembered: while nothing changed, no index is built to know it, and neither lunr nor numpy is
loaded.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sitegen import urls
from sitegen.cache import Memory, Table
from sitegen.catalogue import Catalogue, Entry
from sitegen.listings import authors_text
from sitegen.output import Output, key_of
from sitegen.search.documents import SearchDocument, number_documents

_PLAIN_NAMES = ("search/manifest.json", "search/index.json")
"""The files whose names hold no hash."""


class SearchMemory:
    """What the search remembers from build to build: the names of its files, and the terms of each word."""

    def __init__(self, folder: Path, engine: str) -> None:
        self.names = Memory(folder, "search", engine)
        self.terms = Table(folder, "terms", engine, _terms_of)

    def save(self) -> None:
        """Write what is worth remembering."""
        self.names.save()
        self.terms.save()


def _terms_of(token: str) -> str:
    from sitegen.search.analysis import token_terms  # noqa: PLC0415  # lunr loads slowly; a warm build needs none

    return token_terms(token)


@dataclass(frozen=True)  # no slots: the files are made once, when the first of them is needed
class _Making:
    """The files of the search, by path."""

    documents: Sequence[SearchDocument]
    boosts: Mapping[str, float]
    terms: Table

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        from sitegen.search.files import build_files  # noqa: PLC0415  # numpy loads slowly; a warm build needs none

        return build_files(self.documents, self.boosts, self.terms)

    def maker(self, path: str) -> Callable[[], bytes]:
        return lambda: self.files[path]


def search_outputs(
    catalogue: Catalogue, boosts: Mapping[str, float], engine: str, memory: SearchMemory
) -> Iterator[Output]:
    """Yield the files of the search. engine: hash of the program."""
    documents = number_documents([search_document(entry, catalogue) for entry in catalogue.papers])
    making = _Making(documents, dict(boosts), memory.terms)
    key = key_of(engine, documents, making.boosts)
    names = memory.names.recall(key, lambda: list[object](making.files))
    for path in map(str, names):
        yield Output(path, key if path in _PLAIN_NAMES else key_of(path), making.maker(path))


def search_document(entry: Entry, catalogue: Catalogue) -> SearchDocument:
    """Narrow a paper to what the search needs of it."""
    page = entry.page
    slugs = tuple(assignment.slug for assignment in entry.topics)
    return SearchDocument(
        slug=page.slug,
        path=page.address,
        title=page.title,
        abstract=entry.abstract,
        date=page.date,
        topics=slugs,
        topic_titles=tuple(catalogue.topic_titles[slug] for slug in slugs),
        organization=page.organization.name if page.organization else "",
        authors=authors_text(page.authors),
        comments=page.comments or 0,
        organization_path=urls.organization(page.organization.handle) if page.organization else "",
        has_code=any(label.casefold() == "code" for label, _ in page.links),
    )
