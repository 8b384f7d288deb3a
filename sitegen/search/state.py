"""What the search keeps from build to build, so that a paper that did not change costs nothing again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sitegen.search import inverted, query, rows
from sitegen.search.documents import SearchDocument
from sitegen.search.inverted import InvertedIndex


@dataclass(frozen=True, slots=True)
class SearchState:
    """The index of a catalogue, and what else files say of its papers, in order.

    misread: each title as queries are compared with it where Lunr would read that in another way, else "". rows: the
    hash in the name of each folder of rows.
    """

    index: InvertedIndex
    misread: Sequence[str]
    rows: Sequence[str]


NOTHING: Final = SearchState(inverted.EMPTY, (), ())


def update_state(state: SearchState, numbered: Sequence[SearchDocument], digests: Sequence[bytes]) -> SearchState:
    """Give the state of other documents, from one that knows most of them; it says what a clean one says.

    numbered: in the order of their numbers. digests: what each is told by.
    """
    index = inverted.update_index(state.index, numbered, digests)
    known = dict(zip(state.index.digests, state.misread, strict=True))
    papers = zip(digests, numbered, strict=True)
    misread = [known[digest] if digest in known else _misread(paper.title) for digest, paper in papers]
    named = dict(zip(_together(state.index.digests), state.rows, strict=True))
    shown = zip(_together(digests), rows.folders(numbered), strict=True)
    return SearchState(index, misread, [named.get(key) or _folder(papers) for key, papers in shown])


def _misread(title: str) -> str:
    return query.title_form(title) if query.is_misread(title) else ""


def _folder(papers: Sequence[SearchDocument]) -> str:
    return rows.folder_hash([rows.row_file(paper) for paper in papers])


def _together(digests: Sequence[bytes]) -> Iterator[bytes]:
    """Yield what each folder of rows is told by."""
    return map(b"".join, rows.folders(digests))
