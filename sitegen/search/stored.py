"""The state of the search as bytes, for the cache: numpy's own archive, which holds numbers and no code."""

import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from sitegen.search.analysis import Analysis
from sitegen.search.documents import letter_hash
from sitegen.search.fronts import FrontCoded
from sitegen.search.inverted import InvertedIndex
from sitegen.search.shards import Shard
from sitegen.search.state import NOTHING, SearchState

_DIGEST: Final = 16
"""Bytes of a document's digest, and of the archive's own."""

Bytes: TypeAlias = npt.NDArray[np.uint8]


def dump_state(state: SearchState, engine: str) -> bytes:
    """Write a state. engine: hash of the program, without which it is not read again."""
    index = state.index
    file = io.BytesIO()
    np.savez(
        file,
        digests=_bytes(b"".join(index.digests)),
        words=_text(index.analysis.words),
        terms=_text(index.analysis.terms),
        stems=index.analysis.stems,
        occurrences=index.analysis.occurrences,
        lengths=index.analysis.lengths,
        pairs=index.pairs,
        order=index.order,
        before=index.fronts.before,
        shared=index.fronts.shared,
        rest=_text(index.fronts.rest),
        shards=_bytes(b"".join(shard.data for shard in index.shards)),
        sizes=np.array([len(shard.data) for shard in index.shards], np.int64),
        firsts=_text(shard.first for shard in index.shards),
        misread=_bytes(json.dumps(state.misread).encode()),
        rows=_text(state.rows),
    )
    return b"".join((_seal(file.getbuffer(), engine), file.getbuffer()))


def load_state(data: bytes, engine: str) -> SearchState:
    """Read what `dump_state` wrote; an empty state where it is damaged, or another engine's."""
    archive = memoryview(data)[_DIGEST:]
    if data[:_DIGEST] != _seal(archive, engine):
        return NOTHING
    with np.load(io.BytesIO(archive), allow_pickle=False) as stored:
        return _state(stored)


def _seal(data: memoryview, engine: str) -> bytes:
    """Tell whole data of this very engine from any other."""
    return hashlib.blake2b(data, digest_size=_DIGEST, key=engine.encode()[: hashlib.blake2b.MAX_KEY_SIZE]).digest()


def _state(stored: "np.lib.npyio.NpzFile") -> SearchState:
    words, terms = ({word: n for n, word in enumerate(_lines(stored[name]))} for name in ("words", "terms"))
    analysis = Analysis(words, terms, stored["stems"], stored["occurrences"], stored["lengths"])
    digests = stored["digests"].tobytes()
    whole = stored["shards"].tobytes()
    bounds = pairwise([0, *np.cumsum(stored["sizes"]).tolist()])
    parts = [whole[start:end] for start, end in bounds]
    shards = [
        Shard(first, part, letter_hash(part)) for first, part in zip(_lines(stored["firsts"]), parts, strict=True)
    ]
    coded = FrontCoded(stored["before"], stored["shared"], _lines(stored["rest"]))
    told = [digests[start : start + _DIGEST] for start in range(0, len(digests), _DIGEST)]
    index = InvertedIndex(told, analysis, stored["pairs"], stored["order"], coded, shards)
    return SearchState(index, json.loads(stored["misread"].tobytes()), _lines(stored["rows"]))


def _bytes(data: bytes) -> Bytes:
    return np.frombuffer(data, np.uint8)


def _text(lines: Iterable[str]) -> Bytes:
    return _bytes("\n".join(lines).encode())


def _lines(stored: Bytes) -> Sequence[str]:
    text = stored.tobytes().decode()
    return text.split("\n") if text else []
