"""All papers, filed: those whose pages are new by whoever is there to do it, the others as they were remembered."""

import hashlib
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from sitegen.content import read_bytes
from sitegen.crew import ALONE, Crew, cut
from sitegen.fileindex import FileIndex
from sitegen.filing import Filed, file_page
from sitegen.pagefiles import is_page_file, odd_folders, page_files
from sitegen.problems import Problem
from sitegen.shelf import Shelf
from sitegen.taxonomy import Taxonomy

BATCH = 64
"""Pages that a worker is given at once: enough to make the journey worth it, few enough to keep all of them busy."""


MOST_WAITING = 4096
"""Made records that are held before they are put away."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What pages are filed by. taxonomy: None where pages name their topics freely.

    digest: of the taxonomy and of the program.
    """

    taxonomy: Taxonomy | None
    digest: str


@dataclass(slots=True)
class Listed:
    """The pages of the last build in order. rules: digest of the rules. places: of each by its file. paths: as shown.

    keys: by which what was made of them is remembered. filed: what was made. odd: what is wrong with their folders.
    is_whole: whether a change of any page is told of by its own path, and a change of anything else by another.
    """

    rules: str
    places: dict[str, int]
    paths: list[str]
    keys: list[str]
    filed: list[Filed]
    odd: list[Problem]
    is_whole: bool


class PaperMemory:
    """What is remembered of papers from build to build: how their files look, and what was made of each.

    listed: the pages of the last build, None before the first.
    """

    def __init__(self, cache: Path, engine: str) -> None:
        self.index = FileIndex(cache / "pages.index", engine, _hash)
        self._shelf = Shelf(cache, "papers")
        self._kept = self._shelf.read()
        self._on_shelf = set(self._kept)
        self._filed: dict[str, Filed] = {}
        self._new: dict[str, bytes] = {}
        self._used: set[str] = set()
        self.listed: Listed | None = None

    def recall(self, key: str) -> Filed | None:
        """Give what was made of a page before; None where it was not, or where it is not to be read."""
        if key not in self._filed and (made := self._kept.pop(key, None)) is not None:
            try:
                self._filed[key] = _read_filed(made)
            except msgspec.MsgspecError:
                return None
        return self._filed.get(key)

    def keep(self, key: str, made: bytes) -> None:
        """Keep what was made of a page."""
        self._new[key] = made
        self._filed[key] = _read_filed(made)
        if len(self._new) >= MOST_WAITING:
            self._put_away()

    def _put_away(self) -> None:
        self._shelf.write(self._new)
        self._on_shelf |= self._new.keys()
        self._new.clear()

    def forget_but(self, used: set[str]) -> None:
        """Forget what a build has not used."""
        self._used = used
        self._filed = {key: filed for key, filed in self._filed.items() if key in used}
        self._new = {key: made for key, made in self._new.items() if key in used}
        self._kept.clear()

    def exchange(self, old: str, new: str) -> None:
        """Forget what a build has not used any more, because it used something else in its place."""
        if old != new:
            self._used = self._used - {old} | {new}
            self._filed.pop(old, None)
            self._new.pop(old, None)

    def save(self) -> None:
        """Write what is new, and drop what was not used."""
        if self._new:
            self._put_away()
        if gone := self._on_shelf - self._used:
            self._shelf.write({}, gone)
            self._on_shelf -= gone
        self.index.save()


_read_filed = msgspec.msgpack.Decoder(Filed).decode


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def file_papers(
    content: Path, rules: Rules, memory: PaperMemory, crew: Crew, changed: Collection[Path] | None = None
) -> list[Filed]:
    """File every page of content/papers/, in the order of their paths; a bad one does not stop the others.

    changed: files that may be other than when they were last filed, None where that is not known.
    """
    memory.index.begin()
    pages = _known_pages(content, rules, memory, changed)
    if pages is None or memory.listed is None:
        return _file_all(content, rules, memory, crew)
    listed = memory.listed
    listed.filed = list(listed.filed)
    for file in pages:
        place = listed.places[file]
        [key] = _file_some([(Path(file), listed.paths[place])], rules, memory, crew)
        memory.exchange(listed.keys[place], key)
        listed.keys[place], listed.filed[place] = key, _made(memory, key)
    return listed.filed


def _file_all(content: Path, rules: Rules, memory: PaperMemory, crew: Crew) -> list[Filed]:
    memory.listed, odd = None, odd_folders(content)
    pages = list(page_files(content))
    keys = _file_some(pages, rules, memory, crew)
    memory.forget_but(set(keys))
    filed = [_made(memory, key) for key in keys]
    places = {os.fspath(file): place for place, (file, _) in enumerate(pages)}
    # What a link leads to may change, and nobody would say so.
    is_whole = not odd and not any(file.is_symlink() for file, _ in pages)
    memory.listed = Listed(rules.digest, places, [path for _, path in pages], keys, filed, odd, is_whole)
    return filed


def _made(memory: PaperMemory, key: str) -> Filed:
    filed = memory.recall(key)
    assert filed is not None  # noqa: S101  # it was recalled, or made and kept
    return filed


def _known_pages(
    content: Path, rules: Rules, memory: PaperMemory, changed: Collection[Path] | None
) -> list[str] | None:
    """Give the files that changed, where all of them were pages and are still; None where the folder must be read."""
    listed, papers = memory.listed, content / "papers"
    if listed is None or not listed.is_whole or listed.rules != rules.digest or changed is None:
        return None
    known: list[str] = []
    for path in changed:
        if papers.is_relative_to(path):
            return None
        if not path.is_relative_to(papers):
            continue
        if os.fspath(path) in listed.places and is_page_file(path, content):
            known.append(os.fspath(path))
        elif not _was_never(path, listed):
            return None
    return known


def _was_never(path: Path, listed: Listed) -> bool:
    """Tell whether a path is nothing, and was no page and no folder of pages: editors make files and rename them."""
    below = f"{path}{os.sep}"
    was_there = os.fspath(path) in listed.places or any(file.startswith(below) for file in listed.places)
    return not was_there and not os.path.lexists(path)


def _file_some(
    pages: Iterable[tuple[os.PathLike[str], str]], rules: Rules, memory: PaperMemory, crew: Crew
) -> list[str]:
    """File some pages; gives the keys by which what was made of each can be recalled."""
    keys: list[str] = []
    unknown: list[tuple[str, str, bytes]] = []
    for file, path in pages:
        digest, data = memory.index.look(os.fspath(file), partial(read_bytes, file))
        key = _key(rules, path, digest)
        if memory.recall(key) is None:
            data = data if data is not None else read_bytes(file)
            key = _key(rules, path, _hash(data))  # it may have changed since it was looked at
            unknown.append((key, path, data))
        keys.append(key)
    _file_unknown(unknown, rules, memory, crew)
    return keys


def _key(rules: Rules, path: str, digest: str) -> str:
    return _hash(f"{rules.digest}\0{path}\0{digest}".encode("utf-8", "surrogatepass"))


def _file_unknown(unknown: Sequence[tuple[str, str, bytes]], rules: Rules, memory: PaperMemory, crew: Crew) -> None:
    batches = list(cut(unknown, BATCH))
    if len(batches) > 1:
        from sitegen import formulas, paragraph  # noqa: F401, PLC0415  # loaded once, before workers are started
    for place, made in (crew if len(batches) > 1 else ALONE).each(_file_batch, rules.taxonomy, batches):
        for (key, _, _), filed in zip(batches[place], made, strict=True):
            memory.keep(key, filed)


def _file_batch(taxonomy: Taxonomy | None, batch: Iterable[tuple[str, str, bytes]]) -> list[bytes]:
    return [msgspec.msgpack.encode(file_page(data, path, key, taxonomy)) for key, path, data in batch]
