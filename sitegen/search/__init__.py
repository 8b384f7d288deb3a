"""Search: what is indexed, the Lunr index that is written, and answers from the built site.

`index_json` and `documents_json` make the site's two files; `read_index` answers queries from them in the terminal,
in the same order as the browser.
"""

from sitegen.search.documents import SearchDocument, documents_json, number_documents
from sitegen.search.indexing import index_json
from sitegen.search.reading import Answer, Hit, SearchIndex, read_index

__all__ = [
    "Answer",
    "Hit",
    "SearchDocument",
    "SearchIndex",
    "documents_json",
    "index_json",
    "number_documents",
    "read_index",
]
