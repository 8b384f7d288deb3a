"""Search: what is indexed, the Lunr index that is written, and answers from the built site.

`build_files` makes the site's files; `read_index` answers queries from them in the terminal, in the same order as the
browser.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from sitegen.search.documents import SearchDocument, number_documents

if TYPE_CHECKING:
    from sitegen.search.files import build_files
    from sitegen.search.indexing import index_json
    from sitegen.search.reading import Answer, Hit, SearchIndex, read_index

__all__ = [
    "Answer",
    "Hit",
    "SearchDocument",
    "SearchIndex",
    "build_files",
    "index_json",
    "number_documents",
    "read_index",
]

_LATER = {
    "build_files": "files",
    "index_json": "indexing",
    "Answer": "reading",
    "Hit": "reading",
    "SearchIndex": "reading",
    "read_index": "reading",
}


def __getattr__(name: str) -> object:
    """Import what needs lunr or numpy when it is first used: a build in which nothing changed never does."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
