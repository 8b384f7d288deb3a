"""The standard full Lunr index, written by lunr.py and loaded by lunr.js and by `reading`."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from lunr.builder import Builder

from sitegen.search import text, utf16
from sitegen.search.documents import SearchDocument, json_bytes, number_documents
from sitegen.search.pipeline import LABELS, build_pipeline

LUNR_VERSION: Final = "2.3.9"
FIELDS: Final = ("title", "abstract", "topics", "organization")
"""The fields of the index, in the order in which a document's score is summed."""


def index_json(documents: Iterable[SearchDocument], boosts: Mapping[str, float]) -> bytes:
    """Give search/index.json: the form of Lunr 2.3.9, a document's ref being its slug.

    boosts: weight of a field by its name in `FIELDS`; 1 for a field that is not named. ValueError: a name that is no
    field. The bytes depend on the documents and the boosts alone.
    """
    unknown = set(boosts) - set(FIELDS)
    if unknown:
        raise ValueError(f"no such search field: {', '.join(sorted(unknown))}")
    return json_bytes(_serialized(number_documents(documents), boosts))


def _serialized(numbered: list[SearchDocument], boosts: Mapping[str, float]) -> dict[str, Any]:
    if not numbered:  # lunr.py divides by the number of documents
        return {
            "version": LUNR_VERSION,
            "fields": list(FIELDS),
            "fieldVectors": [],
            "invertedIndex": [],
            "pipeline": LABELS,
        }
    index: dict[str, Any] = _builder(numbered, boosts).build().serialize()
    # lunr.py sorts terms by code point; lunr.js refuses an index that is not in the order of its code units.
    index["invertedIndex"].sort(key=lambda entry: utf16.units(entry[0]))
    return index


def _builder(numbered: list[SearchDocument], boosts: Mapping[str, float]) -> Builder:
    builder = Builder()
    builder.ref("slug")
    builder.pipeline = builder.search_pipeline = build_pipeline()
    for field in FIELDS:
        builder.field(field, boosts.get(field, 1))
    for document in numbered:
        builder.add(_fields(document))
    return builder


def _fields(document: SearchDocument) -> dict[str, str]:
    return {
        "slug": document.slug,
        "title": text.spaced(document.title),
        "abstract": text.spaced(document.abstract),
        "topics": text.spaced(" ".join(document.topic_titles)),
        "organization": text.spaced(document.organization),
    }
