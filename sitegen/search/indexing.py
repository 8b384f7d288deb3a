"""The standard full Lunr index: the bytes that lunr.py's builder gives, made from columns of numbers."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from sitegen.search.analysis import Analysis, Integers, Wide, analyse
from sitegen.search.documents import FIELDS, LUNR_VERSION, SearchDocument, json_bytes, number_documents
from sitegen.search.pipeline import LABELS
from sitegen.search.postings import Postings, find_postings, lunr_numbers, weights
from sitegen.search.utf16 import units

_OPENINGS: Final = [f'["{name}/'.encode() for name in FIELDS]
"""How a document's vector of each field begins."""


def index_json(documents: Iterable[SearchDocument], boosts: Mapping[str, float]) -> bytes:
    """Give search/index.json: the form of Lunr 2.3.9, a document's ref being its slug.

    boosts: weight of a field by its name in `FIELDS`; 1 for a field that is not named. ValueError: a name that is no
    field. The bytes depend on the documents and the boosts alone.
    """
    check_boosts(boosts)
    numbered = number_documents(documents)
    analysis = analyse(numbered)
    terms = list(analysis.terms)
    order = np.array(sorted(range(len(terms)), key=lambda number: units(terms[number])), np.int32)
    return full_index(numbered, analysis, order, boosts)


def check_boosts(boosts: Mapping[str, float]) -> None:
    """Refuse weights of fields that there are not: a ValueError."""
    if unknown := set(boosts) - set(FIELDS):
        raise ValueError(f"no such search field: {', '.join(sorted(unknown))}")


def full_index(
    numbered: Sequence[SearchDocument], analysis: Analysis, order: Integers, boosts: Mapping[str, float]
) -> bytes:
    """Write the index of analysed documents. order: the numbers of its terms as JavaScript sorts them.

    It may have a hundred megabytes, so it is put together from bytes, and never exists twice.
    """
    refs = [json_bytes(document.slug) for document in numbered]
    postings = find_postings(analysis, order)
    numbers = lunr_numbers(analysis)[order]
    known = list(analysis.terms)
    terms = [(known[term], number) for term, number in zip(order.tolist(), numbers.tolist(), strict=True)]
    index = io.BytesIO()
    index.write(b'{"version":%b,"fields":%b,"fieldVectors":[' % (json_bytes(LUNR_VERSION), json_bytes(FIELDS)))
    _write_list(index, _vectors(refs, postings, numbers, weights(postings, analysis.lengths, boosts)))
    index.write(b'],"invertedIndex":[')
    _write_list(index, _lists(refs, terms, postings))
    index.write(b'],"pipeline":%b}' % json_bytes(LABELS))
    return index.getvalue()


def _write_list(file: io.BytesIO, items: Iterable[bytes]) -> None:
    for place, item in enumerate(items):
        if place:
            file.write(b",")
        file.write(item)


def _vectors(refs: Sequence[bytes], postings: Postings, numbers: Wide, thousandths: Wide) -> Iterator[bytes]:
    """Yield each document's vector of each field: numbers of terms, each followed by its weight."""
    terms, fields = np.divmod(postings.slots, len(FIELDS))
    keys = (postings.documents * len(FIELDS) + fields) * max(len(numbers), 1) + numbers[terms]
    order = np.argsort(keys)
    bounds = np.searchsorted(keys[order], np.arange(len(refs) * len(FIELDS) + 1) * max(len(numbers), 1)).tolist()
    begun = [b"%d," % number for number in range(len(numbers))]
    shown, weights_of_rows = _shown(thousandths[order])
    numbers_of_rows = numbers[terms[order]]
    slots = ((name, ref) for ref in refs for name in _OPENINGS)
    for (name, ref), (start, end) in zip(slots, pairwise(bounds), strict=True):
        row = zip(numbers_of_rows[start:end].tolist(), weights_of_rows[start:end].tolist(), strict=True)
        yield b"%b%b,[%b]]" % (name, ref[1:], b",".join([begun[number] + shown[weight] for number, weight in row]))


def _shown(thousandths: Wide) -> tuple[list[bytes], Wide]:
    """Give the distinct weights as they are written, and the place of each row's among them: the same come again."""
    distinct, places = np.unique(thousandths, return_inverse=True)
    return [json_bytes(weight) for weight in (distinct / 1000).tolist()], places


def _lists(refs: Sequence[bytes], terms: Sequence[tuple[str, int]], postings: Postings) -> Iterator[bytes]:
    """Yield each term with its number and the documents that hold it in each field."""
    held = np.array([b"%b:{}" % ref for ref in refs], dtype=object)
    opening = [f'"{name}":{{'.encode() for name in FIELDS]
    bounds = postings.bounds.tolist()
    owners = held[postings.documents].tolist()
    for place, (term, number) in enumerate(terms):
        at = bounds[place * len(FIELDS) : (place + 1) * len(FIELDS) + 1]
        inside = [name + b",".join(owners[at[f] : at[f + 1]]) for f, name in enumerate(opening)]
        yield b'[%b,{%b},"_index":%d}]' % (json_bytes(term), b"},".join(inside), number)
