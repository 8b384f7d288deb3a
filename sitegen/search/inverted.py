"""The inverted index of a catalogue, kept from build to build: what changed is analysed, and only that is cut anew."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from sitegen.search import fronts, utf16
from sitegen.search.analysis import NOTHING, Analysis, Integers, Wide, analyse
from sitegen.search.documents import SearchDocument
from sitegen.search.entries import term_entries
from sitegen.search.fronts import FrontCoded
from sitegen.search.postings import AT_ONCE, find_postings
from sitegen.search.shards import Shard, cut

Flags: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class InvertedIndex:
    """The terms of numbered documents, and where they stand.

    digests: of the documents, in their order. pairs: for each term of the analysis in how many fields of documents it
    stands, shape (terms,). order: the numbers of the terms that stand anywhere, sorted as JavaScript compares strings.
    fronts: those terms in that order, front coded.
    """

    digests: Sequence[bytes]
    analysis: Analysis
    pairs: Wide
    order: Integers
    fronts: FrontCoded
    shards: Sequence[Shard]


EMPTY: Final = InvertedIndex((), NOTHING, np.empty(0, np.int64), np.empty(0, np.int32), fronts.NOTHING, ())


def update_index(index: InvertedIndex, numbered: Sequence[SearchDocument], digests: Sequence[bytes]) -> InvertedIndex:
    """Give the index of other documents, from one that knows most of them already; from `EMPTY`, a clean one.

    numbered: in the order of their numbers. digests: what each is told by. The shards are those of a clean index byte
    for byte; its terms are, but in another order of numbers, and some numbers may stand for nothing.
    """
    known = {digest: number for number, digest in enumerate(index.digests)}
    origins = np.fromiter(map(known.get, digests, repeat(-1)), np.int64, len(digests))
    stays = origins == np.arange(len(origins))
    fresh = analyse([numbered[number] for number in np.flatnonzero(origins < 0).tolist()], index.analysis)
    analysis = _spliced(index.analysis, fresh, origins)
    gone = np.ones(len(index.digests), dtype=bool)
    gone[origins[stays]] = False
    touched = np.zeros(len(analysis.terms), dtype=bool)
    touched[_terms_of(index.analysis, gone)] = True
    touched[_terms_of(analysis, ~stays)] = True
    return _recut(index, digests, analysis, np.flatnonzero(touched))


def _recut(index: InvertedIndex, digests: Sequence[bytes], analysis: Analysis, touched: Wide) -> InvertedIndex:
    """Make the entries of touched terms anew, and the shards that they stand in."""
    terms = list(analysis.terms)
    pairs = np.concatenate([index.pairs, np.zeros(len(terms) - len(index.pairs), np.int64)])
    entries: dict[str, bytes] = {}
    count = -(-len(touched) // AT_ONCE)
    for part in (touched[first::count] for first in range(count)):  # in turn: those met first stand in most texts
        postings = find_postings(analysis, part)
        pairs[part] = postings.pairs
        entries.update(term_entries([terms[number] for number in part.tolist()], postings, analysis.lengths))
    order = _ordered(index, terms, pairs)
    coded = fronts.front_code(terms, order, index.fronts)
    return InvertedIndex(digests, analysis, pairs, order, coded, tuple(cut(index.shards, entries)))


def _ordered(index: InvertedIndex, terms: Sequence[str], pairs: Wide) -> Integers:
    """Sort the numbers of the terms that stand anywhere: most of them were sorted before."""

    def key(number: int) -> str:
        return utf16.units(terms[number])

    stay = index.order[pairs[index.order] > 0]
    new = pairs > 0
    new[stay] = False
    come = sorted(np.flatnonzero(new).tolist(), key=key)
    return np.insert(stay, [bisect_left(stay, key(number), key=key) for number in come], come)


def _spliced(old: Analysis, fresh: Analysis, origins: Wide) -> Analysis:
    """Put together an analysis. origins: for each document its number in the old one, -1 for the next fresh one.

    What was together stays together, so few long runs are copied.
    """
    is_fresh = origins < 0
    sources = np.where(is_fresh, np.cumsum(is_fresh) - 1, origins)
    borders = np.flatnonzero((np.diff(sources) != 1) | np.diff(is_fresh)) + 1
    runs = [
        (fresh if is_fresh[start] else old).part(int(sources[start]), int(sources[end - 1]) + 1)
        for start, end in pairwise([0, *borders.tolist(), len(origins)])
        if start < end
    ]
    return Analysis(
        fresh.words,
        fresh.terms,
        fresh.stems,
        np.concatenate([NOTHING.occurrences, *(occurrences for occurrences, _ in runs)]),
        np.concatenate([NOTHING.lengths, *(lengths for _, lengths in runs)]),
    )


def _terms_of(analysis: Analysis, documents: Flags) -> Integers:
    """Give the terms of some documents. documents: a flag for each."""
    terms: Integers = analysis.stems[analysis.occurrences[np.repeat(documents, analysis.sizes)]]
    return terms
