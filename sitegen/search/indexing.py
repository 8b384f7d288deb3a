"""The standard full Lunr index: the bytes that lunr.py's builder gives, made from columns of numbers."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from sitegen.search.analysis import Analysis, analyse
from sitegen.search.columns import Columns, build_columns, by_term, weights
from sitegen.search.documents import FIELDS, LUNR_VERSION, SearchDocument, json_bytes, number_documents
from sitegen.search.pipeline import LABELS
from sitegen.search.shards import code_unit_order


def index_json(documents: Iterable[SearchDocument], boosts: Mapping[str, float]) -> bytes:
    """Give search/index.json: the form of Lunr 2.3.9, a document's ref being its slug.

    boosts: weight of a field by its name in `FIELDS`; 1 for a field that is not named. ValueError: a name that is no
    field. The bytes depend on the documents and the boosts alone.
    """
    check_boosts(boosts)
    numbered = number_documents(documents)
    analysis = analyse(numbered)
    return full_index(numbered, analysis, build_columns(analysis), boosts)


def check_boosts(boosts: Mapping[str, float]) -> None:
    """Refuse weights of fields that there are not: a ValueError."""
    if unknown := set(boosts) - set(FIELDS):
        raise ValueError(f"no such search field: {', '.join(sorted(unknown))}")


def full_index(
    numbered: Sequence[SearchDocument], analysis: Analysis, columns: Columns, boosts: Mapping[str, float]
) -> bytes:
    """Write the index of analysed documents.

    It may have a hundred megabytes, so it is put together from bytes, and never exists twice.
    """
    refs = [json_bytes(document.slug) for document in numbered]
    index = io.BytesIO()
    index.write(b'{"version":%b,"fields":%b,"fieldVectors":[' % (json_bytes(LUNR_VERSION), json_bytes(FIELDS)))
    _write_list(index, _vectors(refs, columns, boosts))
    index.write(b'],"invertedIndex":[')
    _write_list(index, _lists(refs, analysis, columns))
    index.write(b'],"pipeline":%b}' % json_bytes(LABELS))
    return index.getvalue()


def _write_list(file: io.BytesIO, items: Iterable[bytes]) -> None:
    for place, item in enumerate(items):
        if place:
            file.write(b",")
        file.write(item)


def _vectors(refs: Sequence[bytes], columns: Columns, boosts: Mapping[str, float]) -> Iterator[bytes]:
    """Yield each document's vector of each field: numbers of terms, each followed by its weight."""
    pairs, bounds = _weighted(columns, boosts)
    names = [f'["{name}/'.encode() for name in FIELDS]
    slots = ((name, ref) for ref in refs for name in names)
    for slot, (name, ref) in enumerate(slots):
        yield b"%b%b,[%b]]" % (name, ref[1:], b",".join(pairs[bounds[slot] : bounds[slot + 1]]))


def _weighted(columns: Columns, boosts: Mapping[str, float]) -> tuple[list[bytes], list[int]]:
    """Give "number,weight" of each row, and where each slot's rows begin. The same weights come again and again."""
    distinct, places = np.unique(weights(columns, boosts), return_inverse=True)
    shown = [json_bytes(weight) for weight in (distinct / 1000).tolist()]
    numbers = [b"%d," % number for number in range(len(columns.pairs))]
    pairs = [numbers[term] + shown[place] for term, place in zip(columns.terms.tolist(), places.tolist(), strict=True)]
    bounds = np.searchsorted(columns.slots, np.arange(columns.lengths.size + 1)).tolist()
    return pairs, bounds


def _lists(refs: Sequence[bytes], analysis: Analysis, columns: Columns) -> Iterator[bytes]:
    """Yield each term with the documents that hold it in each field, in the order of the terms' code units."""
    held = [b"%b:{}" % ref for ref in refs]
    opening = [f'"{name}":{{'.encode() for name in FIELDS]
    lists = by_term(columns)
    owners = [held[document] for document in lists.documents.tolist()]
    for number in code_unit_order(analysis.terms):
        at = lists.bounds[number * len(FIELDS) : (number + 1) * len(FIELDS) + 1]
        inside = [name + b",".join(owners[at[f] : at[f + 1]]) for f, name in enumerate(opening)]
        yield b'[%b,{%b},"_index":%d}]' % (json_bytes(analysis.terms[number]), b"},".join(inside), number)
