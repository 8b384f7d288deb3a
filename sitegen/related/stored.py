"""What was found of similar papers as bytes, for the cache: a later process finds again only what has changed."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sitegen.related.finding import Related
from sitegen.related.nearest import MOST
from sitegen.related.neighbour import Neighbour
from sitegen.related.telling import MOST_TERMS, Bags, Integers, Telling
from sitegen.related.terms import Terms
from sitegen.shelf import read_record, write_record

_DIGEST = 8
"""Bytes of the hash that tells a paper's terms."""

_UNKNOWN = Terms(" ", b"")
"""Stands for terms that have changed since; no paper's are like it."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """The fields of `Related`, its numbers as bytes. words: those of the bags in the order of their numbers."""

    told: bytes
    neighbours: tuple[tuple[Neighbour, ...], ...]
    words: str
    terms: bytes
    counts: bytes
    starts: bytes
    rarity: bytes
    telling: bytes
    weights: bytes
    others: bytes
    worst: bytes


def save_related(file: Path, engine: str, related: Related) -> None:
    """Write what was found; a cache that cannot be written is no harm."""
    bags, telling = related.bags, related.telling
    stored = _Stored(
        told=_told(related.papers),
        neighbours=related.neighbours,
        words="\n".join(bags.numbers),
        terms=bags.terms.tobytes(),
        counts=bags.counts.tobytes(),
        starts=bags.starts.tobytes(),
        rarity=bags.rarity.tobytes(),
        telling=_narrow(telling.terms),
        weights=_narrow(telling.weights),
        others=_narrow(related.others),
        worst=related.worst.tobytes(),
    )
    write_record(file, engine, stored)


def load_related(file: Path, engine: str, papers: Sequence[Terms]) -> Related | None:
    """Read what `save_related` wrote; None where it is damaged, another engine's, or of another number of papers.

    papers: as they are now, which the result shares as far as they are as they were.
    """
    stored = read_record(file, engine, _Stored)
    now = _told(papers)
    if stored is None or len(stored.told) != len(now):
        return None
    known = (old == new for old, new in zip(_cut(stored.told), _cut(now), strict=True))
    before = tuple(paper if is_known else _UNKNOWN for paper, is_known in zip(papers, known, strict=True))
    numbers = {word: number for number, word in enumerate(stored.words.split("\n"), start=1)} if stored.words else {}
    terms, counts = np.frombuffer(stored.terms, np.int32), np.frombuffer(stored.counts, np.uint8)
    bags = Bags(numbers, terms, counts, _wide(stored.starts), np.frombuffer(stored.rarity, np.uint8))
    telling = Telling(_widened(stored.telling, MOST_TERMS), _widened(stored.weights, MOST_TERMS))
    return Related(before, stored.neighbours, bags, telling, _widened(stored.others, MOST), _wide(stored.worst))


def _told(papers: Iterable[Terms]) -> bytes:
    return b"".join([hashlib.blake2b(p.counts + p.words.encode(), digest_size=_DIGEST).digest() for p in papers])


def _cut(told: bytes) -> Iterator[bytes]:
    return (told[start : start + _DIGEST] for start in range(0, len(told), _DIGEST))


def _narrow(numbers: Integers) -> bytes:
    return numbers.astype(np.int32).tobytes()


def _wide(stored: bytes) -> Integers:
    return np.frombuffer(stored, np.int64)


def _widened(stored: bytes, columns: int) -> Integers:
    return np.frombuffer(stored, np.int32).astype(np.int64).reshape(-1, columns)
