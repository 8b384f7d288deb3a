"""The catalogue in packs, which a browser keeps to read all of it offline; docs/offline.md says what is in one.

A pack holds some fifty to a hundred files that stand next to each other in the order of their addresses. Where one pack
ends and the next begins hangs on the addresses alone, so a new page changes the pack that it falls into and no other.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from isal import isal_zlib

from sitegen import headers, urls
from sitegen.changes import CHANGES
from sitegen.frame import OFFLINE
from sitegen.keys import key_of
from sitegen.output import Output

VERSION = 1
"""Of the list and of the packs."""
USUAL = 128
"""About one address in so many begins a pack; it is a power of two."""
MOST = 128
"""Files in a pack, where chance lets it grow."""
LEVEL = 2
"""Of ISA-L's compression: as small as zlib's level 2, in a fifth of its time."""
_GZIP = 31
_NOT_KEPT = frozenset({urls.output_file(OFFLINE), "search/index.json"})
"""What the shell has, and what only programs read."""
_ALONE = frozenset({"index.html", CHANGES})
_ENDS = ("/index.html", "/citation.json")
_DATA = (headers.MAP_POINTS.removeprefix("/"), "search/")


@dataclass(frozen=True, slots=True)
class Pack:
    """Some files of the site, by their addresses. name: a hash of what they hold."""

    name: str
    files: tuple[tuple[str, str], ...]

    @property
    def first(self) -> str:
        """Give the first of its addresses."""
        return self.files[0][0]

    @property
    def path(self) -> str:
        """Give its own path."""
        return urls.offline_pack(self.name)


def cut_packs(digests: Mapping[str, str]) -> Iterator[Pack]:
    """Put the files that are worth keeping into packs. digests: of all files of the site, by path."""
    files: list[tuple[str, str]] = []
    for address, path in sorted([(address_of(path), path) for path in digests if is_kept(path)]):
        if files and (len(files) == MOST or zlib.crc32(address.encode()) % USUAL == 0):
            yield _pack(files, digests)
            files = []
        files.append((address, path))
    if files:
        yield _pack(files, digests)


def _pack(files: Sequence[tuple[str, str]], digests: Mapping[str, str]) -> Pack:
    return Pack(key_of(VERSION, [(address, digests[path]) for address, path in files])[:16], tuple(files))


def is_kept(path: str) -> bool:
    """Tell whether a file is worth keeping: pages, what search and map are drawn from, and citations as data.

    >>> is_kept("papers/2024/x/index.html"), is_kept("papers/2024/x/citation.bib"), is_kept("atom.xml")
    (True, False, False)
    """
    return (path.endswith(_ENDS) or path.startswith(_DATA) or path in _ALONE) and path not in _NOT_KEPT


def address_of(path: str) -> str:
    """Give the address that a file answers, under the site's root.

    >>> address_of("topics/nlp/index.html"), address_of("index.html"), address_of("changes.json")
    ('topics/nlp/', '', 'changes.json')
    """
    return path.removesuffix("index.html")


def pack_output(pack: Pack, read: Callable[[str], bytes], engine: str) -> Output:
    """Give a pack's file. read: gives the bytes of a file of the site by its path. engine: hash of the program."""
    return Output(pack.path, key_of(engine, pack.name), partial(pack_bytes, pack, read))


def pack_bytes(pack: Pack, read: Callable[[str], bytes]) -> bytes:
    """Write a pack, compressed: a line of JSON, an address and a number of bytes for each file, then their bytes."""
    files = [read(path) for _, path in pack.files]
    rows = [(address, len(data)) for (address, _), data in zip(pack.files, files, strict=True)]
    head = json.dumps(rows, separators=(",", ":")).encode()
    return isal_zlib.compress(b"\n".join((head, b"".join(files))), LEVEL, _GZIP)


def list_output(packs: Iterable[Pack], size: Callable[[str], int], engine: str) -> Output:
    """Give the list of the packs: first address, name and bytes of each. size: gives the bytes of a file of it."""
    packs = tuple(packs)
    return Output(urls.OFFLINE_PACKS, key_of(engine, [pack.name for pack in packs]), partial(_list_bytes, packs, size))


def _list_bytes(packs: Iterable[Pack], size: Callable[[str], int]) -> bytes:
    rows = [(pack.first, pack.name, size(pack.path)) for pack in packs]
    return json.dumps({"version": VERSION, "packs": rows}, separators=(",", ":")).encode() + b"\n"
