"""The files of the search as outputs. Their names hold hashes of their bytes, so they are known once they are made.

What they were called is remembered: while nothing changed, no index is built to know it, and neither lunr nor numpy is
loaded. What changed is built upon the state that the last build left, in this process or in the cache.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sitegen import urls
from sitegen.bundles import Bundle
from sitegen.cache import Memory, read_cache, write_cache
from sitegen.catalogue import Catalogue, Entry
from sitegen.crew import Crew
from sitegen.keys import key_of
from sitegen.output import Output, Staged
from sitegen.rows import authors_text, has_code
from sitegen.search.documents import SearchDocument
from sitegen.staging import Stager
from sitegen.words import Words

if TYPE_CHECKING:
    from sitegen.search.files import SearchFiles
    from sitegen.search.state import SearchState

_PLAIN_NAMES: Final = ("search/manifest.json", "search/index.json")
"""The files whose names hold no hash."""
_BY_NAME: Final = "name"
"""The key of the others: under their names no other bytes can ever be."""
_STATE: Final = "search.npz"


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """A paper, what the search sees of it, and what that is told by."""

    entry: Entry
    document: SearchDocument
    digest: bytes


@dataclass(frozen=True, slots=True)
class _Apart:
    """What another process found: the key of it all, the paths of all files, and those of them that it staged."""

    key: str
    paths: Sequence[str]
    staged: Sequence[Staged]


@dataclass(frozen=True, slots=True)
class Begun:
    """What another process made. staged: files that are made. others: those that should stand already."""

    staged: Sequence[Staged]
    others: Sequence[Output]


@dataclass(frozen=True, slots=True)
class _Numbered:
    """The documents of a catalogue in the order of their numbers, their digests, and what else goes into the files."""

    documents: Sequence[SearchDocument]
    digests: Sequence[bytes]
    boosts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched: the papers, the words that name their authors' number, the weights of the fields."""

    catalogue: Catalogue
    words: Words
    boosts: Mapping[str, float]


class SearchMemory:
    """What the search remembers from build to build, of one process or, once saved, of any.

    The outputs that it gave are given again while their bytes stay, so that a build of few changes makes few objects.
    """

    def __init__(self, folder: Path, engine: str) -> None:
        self._folder = folder
        self._engine = engine
        self._said: dict[str, str] = {}
        self._papers: Sequence[Entry] = ()
        self._narrowed: dict[str, _Narrowed] = {}
        self._searched: Searched | None = None
        self._numbered = _Numbered((), (), {})
        self._key = ""
        self._outputs: dict[str, Output] = {}
        self._state: SearchState | None = None
        self._files: SearchFiles | None = None
        self._before: SearchFiles | None = None

    def begin(self, searched: Searched, crew: Crew, stager: Stager) -> Callable[[], Begun] | None:
        """Begin to make the files in another process, where there is one; gives what waits for them.

        None where it is better to make what changed in this one, by `outputs`.
        """
        if crew.size == 1 or not crew.shares_disk or self._key:
            return None
        waiting = crew.begin(_made_apart, (self, searched, stager))
        return lambda: self._taken(searched, waiting())

    def _taken(self, searched: Searched, apart: _Apart) -> Begun:
        self._searched, self._key = searched, apart.key
        self._outputs = {path: self._output(path) for path in apart.paths}
        staged = {file.path for file in apart.staged}
        return Begun(apart.staged, [output for path, output in self._outputs.items() if path not in staged])

    def apart(self, stager: Stager) -> _Apart:
        """Make and stage what is new, and keep the state, for the process that waits for the files."""
        staged = []
        if self._files is not None:
            wanted = [o for o in self._outputs.values() if o.key != _BY_NAME or not stager.stands(o.path)]
            staged = [stager.stage(output.path, output.key, output.make()) for output in wanted]
            self._save_state()
        return _Apart(self._key, list(self._outputs), staged)

    def outputs(self, searched: Searched) -> list[Output]:
        """Give the files of the search."""
        self._searched, self._numbered = None, self._number(searched)
        key = key_of(self._engine, b"".join(self._numbered.digests), searched.boosts)
        if key != self._key or not self._outputs:
            self._begin(key)
            known = {path: output for path, output in self._outputs.items() if output.key == _BY_NAME}
            self._outputs = {path: known.get(path) or self._output(path) for path in self._paths()}
        return list(self._outputs.values())

    def _begin(self, key: str) -> None:
        if key != self._key:
            self._key, self._before, self._files = key, self._files or self._before, None

    def bundles(self, searched: Searched) -> Iterator[Bundle[Output]]:
        """Give the files of the search in bundles: the rows of a folder together, so that what stays costs nothing."""
        self._searched, self._numbered = None, self._number(searched)
        key = key_of(self._engine, b"".join(self._numbered.digests), searched.boosts)
        if self._state is None:
            yield Bundle("search", (key, "rows too"), partial(self.outputs, searched))
            return
        if key != self._key:
            self._begin(key)
            self._outputs = {}
        files = self._listed()
        yield Bundle("search", (key,), lambda: map(self._output, files.common()))
        for number, folder in enumerate(files.folders):
            yield Bundle(f"search rows {number}", (folder,), partial(self._rows, folder))

    def _rows(self, folder: str) -> Iterable[Output]:
        return map(self._output, self._listed().rows(folder))

    def save(self) -> None:
        """Write what was made; a later process that finds it older than the catalogue makes up for the difference."""
        if not self._key:
            return  # nothing was asked for, and what an earlier process knew is still good
        names = self._names()
        names.recall(self._key, lambda: list(self._files.paths() if self._files else self._outputs))
        names.save()
        self._save_state()

    def _save_state(self) -> None:
        if self._state is not None:
            from sitegen.search.stored import dump_state  # noqa: PLC0415  # loaded whenever there is a state

            write_cache(self._folder / _STATE, dump_state(self._state, self._engine))

    def _number(self, searched: Searched) -> _Numbered:
        """Narrow the papers, which stand in the order of numbers reversed, where that was not done before."""
        catalogue, words = searched.catalogue, searched.words
        said = {**catalogue.topic_titles, "": words.digest}
        known = self._narrowed if said == self._said else {}
        if known and len(catalogue.papers) == len(self._papers):
            return self._renumber(searched)
        self._said, self._papers = said, catalogue.papers
        self._narrowed = {e.page.slug: _narrowed(e, catalogue, words, known) for e in reversed(catalogue.papers)}
        papers = self._narrowed.values()
        return _Numbered([paper.document for paper in papers], [paper.digest for paper in papers], searched.boosts)

    def _renumber(self, searched: Searched) -> _Numbered:
        """Narrow the papers that are others than they were at their places."""
        documents, digests = list(self._numbered.documents), list(self._numbered.digests)
        papers, before = searched.catalogue.papers, self._papers
        for place in [n for n, (new, old) in enumerate(zip(papers, before, strict=True)) if new is not old]:
            paper = _narrowed(papers[place], searched.catalogue, searched.words, self._narrowed)
            self._narrowed[papers[place].page.slug] = paper
            documents[-1 - place], digests[-1 - place] = paper.document, paper.digest
        self._papers = papers
        return _Numbered(documents, digests, searched.boosts)

    def _paths(self) -> Iterable[str]:
        """Name the files: as the cache recalls them where no build of this process had to make them."""
        if self._state is None:
            return map(str, self._names().recall(self._key, lambda: list(self._listed().paths())))
        return self._listed().paths()

    def _output(self, path: str) -> Output:
        return Output(path, self._key if path in _PLAIN_NAMES else _BY_NAME, partial(self._make, path))

    def _make(self, path: str) -> bytes:
        return self._listed().make(path)

    def _listed(self) -> "SearchFiles":
        """Give the files of the documents, which are built upon the state that is known of earlier ones."""
        if self._files is None:
            from sitegen.search import files, state, stored  # noqa: PLC0415  # numpy loads slowly; few builds need it

            if self._state is None:
                self._state = stored.load_state(read_cache(self._folder / _STATE), self._engine)
            if searched := self._searched:  # another process has narrowed the papers, and kept them to itself
                self._searched, self._numbered = None, self._number(searched)
            numbered = self._numbered
            self._state = state.update_state(self._state, numbered.documents, numbered.digests)
            self._files = files.list_files(self._state, numbered.documents, numbered.boosts, self._before)
        return self._files

    def _names(self) -> Memory:
        return Memory(self._folder, "search", self._engine)


def _made_apart(task: tuple[SearchMemory, Searched, Stager]) -> _Apart:
    memory, searched, stager = task
    memory.outputs(searched)
    return memory.apart(stager)


def _narrowed(entry: Entry, catalogue: Catalogue, words: Words, known: Mapping[str, _Narrowed]) -> _Narrowed:
    narrowed = known.get(entry.page.slug)
    if narrowed and (narrowed.entry is entry or narrowed.entry == entry):
        return narrowed
    return _Narrowed(entry, search_document(entry, catalogue, words), _digest(entry, catalogue, words))


def _digest(entry: Entry, catalogue: Catalogue, words: Words) -> bytes:
    """Tell what the search sees of a paper from all else that it ever saw: most of that is hashed with the row."""
    titles = [catalogue.topic_titles[assignment.slug] for assignment in entry.topics]
    told = f"{entry.row_key} {words.digest} {titles} {entry.abstract}"
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def search_document(entry: Entry, catalogue: Catalogue, words: Words) -> SearchDocument:
    """Narrow a paper to what the search needs of it."""
    page = entry.page
    slugs = tuple(assignment.slug for assignment in entry.topics)
    return SearchDocument(
        slug=page.slug,
        path=page.address,
        title=page.title,
        abstract=entry.abstract,
        date=page.date,
        topics=slugs,
        topic_titles=tuple(catalogue.topic_titles[slug] for slug in slugs),
        organization=page.organization.name if page.organization else "",
        authors=authors_text(page.authors, words),
        comments=page.comments or 0,
        organization_path=urls.organization(page.organization.handle) if page.organization else "",
        has_code=has_code(entry),
    )
