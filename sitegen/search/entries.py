"""A term's entry in a shard: its rank, and for each field the documents that hold it there, with their figures."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from json.encoder import encode_basestring
from typing import Final

import numpy as np

from sitegen.search.analysis import Integers, Wide
from sitegen.search.columns import Column
from sitegen.search.documents import FIELDS, LONG
from sitegen.search.postings import Postings

_NOWHERE: Final = "0"
_HEAD: Final = len(("term", "rank"))


def term_entries(terms: Sequence[str], postings: Postings, lengths: Integers) -> Iterator[tuple[str, bytes]]:
    """Yield each term of the postings with its entry, b"" for one that stands nowhere. terms: in their order.

    lengths: of each field of each document. A field's lists are those of the documents, of the term's frequencies and,
    but for the long field, of the field's lengths.
    """
    documents, counts = Column(_deltas(postings)), Column(postings.counts)
    sizes = Column(lengths[postings.documents, postings.slots % len(FIELDS)])
    columns = [(documents, counts) if field == LONG else (documents, counts, sizes) for field in range(len(FIELDS))]
    bounds = postings.bounds.tolist()
    for place, (term, rank) in enumerate(zip(terms, postings.ranks.tolist(), strict=True)):
        entry = [encode_basestring(term), str(rank)]
        at = pairwise(bounds[place * len(FIELDS) : (place + 1) * len(FIELDS) + 1])
        for here, (start, end) in zip(columns, at, strict=True):
            lists = [column.json(start, end) for column in here] if start < end else []
            entry.append(f"[{','.join(lists)}]" if lists else _NOWHERE)
        while entry[-1] == _NOWHERE and len(entry) > _HEAD:
            entry.pop()
        yield term, f"[{','.join(entry)}]".encode() if len(entry) > _HEAD else b""


def _deltas(postings: Postings) -> Wide:
    """Write the documents of each list as the first, then the differences."""
    differences = np.diff(postings.documents, prepend=0)
    starts = postings.bounds[:-1][np.diff(postings.bounds) > 0]
    differences[starts] = postings.documents[starts]
    return differences
