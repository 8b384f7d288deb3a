"""The index cut by term: the lists of neighbouring terms make one file, and only those that changed are cut anew."""

import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from sitegen.search import utf16
from sitegen.search.documents import letter_hash

LEAST: Final = 3_000
GREATEST: Final = 12_000
"""Bytes of a shard: no border before the one, a border in any case after the other."""
ALONE: Final = 1_500
"""Bytes of a term's entry that has a shard of its own: it is asked for often, and its neighbours are not."""
BORDER: Final = 24
"""Of so many terms one may begin a shard; its hash says which, so that borders stay when lists grow elsewhere."""

_BETWEEN: Final = b",\n"
"""What stands between two entries; JSON has no line break inside of strings."""

Entries: TypeAlias = Mapping[str, bytes]
"""The entry of each of some terms; b"" for a term that is not in the index any more."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of lists, the first of its terms, and the hash in the file's name."""

    first: str
    data: bytes
    digest: str

    @property
    def last(self) -> str:
        """The last of its terms."""
        start = self.data.rfind(_BETWEEN) + len(_BETWEEN) + 2  # rfind gives -1 for the only entry, after a bracket
        return self.data[start : self.data.index(b'"', start)].decode()

    def entries(self) -> dict[str, bytes]:
        """Take the shard apart: each term with its entry. No term holds a quotation mark."""
        entries = filter(None, self.data[1:-1].split(_BETWEEN))
        return {entry[2 : entry.index(b'"', 2)].decode(): entry for entry in entries}

    @property
    def beginning(self) -> int:
        """The length of the first entry."""
        end = self.data.find(_BETWEEN)
        return (end if end >= 0 else len(self.data) - 1) - 1

    @property
    def size(self) -> int:
        """The length of all entries, without what stands between them."""
        return len(self.data) - len(_BETWEEN) * (self.data.count(_BETWEEN) + 1)


def cut(shards: Sequence[Shard], changed: Entries) -> Iterator[Shard]:
    """Put changed entries into shards, and cut anew what that moves; an entry of `ALONE` bytes or more stands alone.

    The outcome is that of cutting all entries from the first on: where a shard begins depends on the size of what
    stands before it since the last border, and on its own first entry, so an old shard that begins at a border comes
    again as it is, and so do those after it.
    """
    cutting = _Cutting()
    for shard, entries in _changed(shards, changed):
        if entries is None and cutting.is_border(shard.first, shard.beginning):
            yield from cutting.take()
            cutting.hold(shard)
            continue
        for term, entry in (shard.entries() if entries is None else entries).items():
            if cutting.is_border(term, len(entry)):
                yield from cutting.take()
            cutting.add(term, entry)
    yield from cutting.take()


@dataclass(slots=True)
class _Cutting:
    """What stands since the last border. whole: an old shard, while nothing but that does. size: bytes of entries."""

    whole: Shard | None = None
    first: str = ""
    entries: list[bytes] = field(default_factory=list)
    size: int = 0

    def is_border(self, term: str, length: int) -> bool:
        """Tell whether an entry of a length begins a new shard."""
        if not self.entries or length >= ALONE or self.size + length > GREATEST:
            return True
        return self.size >= LEAST and zlib.crc32(term.encode("utf-8", "surrogatepass")) % BORDER == 0

    def add(self, term: str, entry: bytes) -> None:
        if not self.entries:
            self.first = term
        self.whole = None
        self.entries.append(entry)
        self.size += len(entry) if len(entry) < ALONE else GREATEST

    def hold(self, shard: Shard) -> None:
        """Take in an old shard, when there is nothing else."""
        self.whole, self.first, self.entries = shard, shard.first, [shard.data[1:-1]]
        self.size = shard.size if shard.beginning < ALONE else GREATEST

    def take(self) -> Iterator[Shard]:
        """Give the shard that ends here, if there is any, and begin a new one."""
        if self.entries:
            yield self.whole or _shard(self.first, b"[" + _BETWEEN.join(self.entries) + b"]")
        self.whole, self.entries, self.size = None, [], 0


def _shard(first: str, data: bytes) -> Shard:
    return Shard(first, data, letter_hash(data))


_NONE: Final = _shard("", b"[]")


def _changed(shards: Sequence[Shard], changed: Entries) -> Iterator[tuple[Shard, Entries | None]]:
    """Yield each shard, and all its entries in order where some of them changed."""
    firsts = [utf16.units(shard.first) for shard in shards]
    groups: defaultdict[int, dict[str, bytes]] = defaultdict(dict)
    for term, entry in changed.items():
        groups[max(bisect_right(firsts, utf16.units(term)) - 1, 0)][term] = entry
    if not shards:
        yield _NONE, _merged({}, changed)
    for place, shard in enumerate(shards):
        yield shard, _merged(shard.entries(), groups[place]) if place in groups else None


def _merged(entries: Entries, changed: Entries) -> Entries:
    merged = {**entries, **changed}
    order = merged if len(merged) == len(entries) else sorted(merged, key=utf16.units)
    return {term: merged[term] for term in order if merged[term]}


def borders(shards: Sequence[Shard]) -> list[str]:
    """Give for each shard the least beginning of its first term that is greater than all terms before."""
    lasts = ["", *(shard.last for shard in shards)]
    return [_beginning(utf16.units(last), utf16.units(shard.first)) for last, shard in zip(lasts, shards, strict=False)]


def _beginning(before: str, term: str) -> str:
    """Give the least beginning of a term that is greater than the one before; no pair of surrogates is parted."""
    length = next(length for length in range(1, len(term) + 1) if term[:length] > before)
    return utf16.joined(term[: length + ("\ud800" <= term[length - 1] <= "\udbff")])
