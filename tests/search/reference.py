"""The index as lunr.py's own builder makes it, with our pipeline: what the fast builder has to equal."""

from collections.abc import Iterable, Mapping
from typing import Any

from lunr.builder import Builder

from sitegen.search import utf16
from sitegen.search.documents import FIELDS, SearchDocument, json_bytes, number_documents
from sitegen.search.pipeline import build_pipeline


def index_of_lunr(documents: Iterable[SearchDocument], boosts: Mapping[str, float]) -> bytes:
    """Give the serialised index; terms in the order of lunr.js, which refuses lunr.py's."""
    builder = Builder()
    builder.ref("slug")
    builder.pipeline = builder.search_pipeline = build_pipeline()
    for field in FIELDS:
        builder.field(field, boosts.get(field, 1))
    for document in number_documents(documents):
        builder.add({"slug": document.slug, **dict(zip(FIELDS, document.texts, strict=True))})
    index: dict[str, Any] = builder.build().serialize()
    index["invertedIndex"].sort(key=lambda entry: utf16.units(entry[0]))
    return json_bytes(index)
