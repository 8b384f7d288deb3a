"""The files of the search as outputs. Their names hold hashes of their bytes, so they are known once they are made.

What they were called is remembered: while nothing changed, no index is built to know it, and neither lunr nor numpy is
loaded. What changed is built upon the state that the last build left, in this process or in the cache.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sitegen import urls
from sitegen.cache import Memory, read_cache, write_cache
from sitegen.catalogue import Catalogue, Entry
from sitegen.crew import Crew
from sitegen.keys import key_of
from sitegen.output import Output, Staged
from sitegen.rows import authors_text, has_code
from sitegen.search.documents import SearchDocument
from sitegen.transaction import Stager
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
    """What another process made: the key of it all, the files that it staged, and the state, as it is kept."""

    key: str
    staged: Sequence[Staged]
    state: bytes


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
        self._narrowed: dict[str, _Narrowed] = {}
        self._numbered = _Numbered((), (), {})
        self._key = ""
        self._outputs: dict[str, Output] = {}
        self._state: SearchState | None = None
        self._files: SearchFiles | None = None
        self._stored = b""

    def begin(self, searched: Searched, crew: Crew, stager: Stager) -> Callable[[], list[Staged]] | None:
        """Begin to make all files in another process, where there is one; gives what waits for them.

        None where it is better to make only what changed, by `outputs`.
        """
        if crew.size == 1 or not crew.shares_disk or self._key or (self._folder / _STATE).is_file():
            return None
        waiting = crew.begin(_made_apart, (self, searched, stager))
        return lambda: self._taken(waiting())

    def _taken(self, apart: _Apart) -> list[Staged]:
        self._key, self._stored = apart.key, apart.state
        self._outputs = {file.path: self._output(file.path) for file in apart.staged}
        return list(apart.staged)

    def apart(self, stager: Stager) -> _Apart:
        """Make and stage all files, for the process that waits for them."""
        staged = [stager.stage(output.path, output.key, output.make()) for output in self._outputs.values()]
        return _Apart(self._key, staged, self._state_bytes())

    def outputs(self, searched: Searched) -> list[Output]:
        """Give the files of the search."""
        self._numbered = self._number(searched)
        key = key_of(self._engine, b"".join(self._numbered.digests), searched.boosts)
        if key != self._key:
            self._key, self._files = key, None
            known = {path: output for path, output in self._outputs.items() if output.key == _BY_NAME}
            self._outputs = {path: known.get(path) or self._output(path) for path in self._paths()}
        return list(self._outputs.values())

    def save(self) -> None:
        """Write what was made; a later process that finds it older than the catalogue makes up for the difference."""
        if not self._key:
            return  # nothing was asked for, and what an earlier process knew is still good
        names = self._names()
        names.recall(self._key, lambda: list(self._outputs))
        names.save()
        if state := self._state_bytes():
            write_cache(self._folder / _STATE, state)

    def _state_bytes(self) -> bytes:
        if self._state is None:
            return self._stored
        from sitegen.search.stored import dump_state  # noqa: PLC0415  # loaded whenever there is a state

        return dump_state(self._state, self._engine)

    def _number(self, searched: Searched) -> _Numbered:
        """Narrow the papers, which stand in the order of numbers reversed, where that was not done before."""
        catalogue, words = searched.catalogue, searched.words
        said = {**catalogue.topic_titles, "": words.digest}
        known = self._narrowed if said == self._said else {}
        self._said = said
        self._narrowed = {e.page.slug: _narrowed(e, catalogue, words, known) for e in reversed(catalogue.papers)}
        papers = self._narrowed.values()
        return _Numbered([paper.document for paper in papers], [paper.digest for paper in papers], searched.boosts)

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
                self._state = stored.load_state(self._stored or read_cache(self._folder / _STATE), self._engine)
            numbered = self._numbered
            self._state = state.update_state(self._state, numbered.documents, numbered.digests)
            self._files = files.list_files(self._state, numbered.documents, numbered.boosts)
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
    document = search_document(entry, catalogue, words)
    return _Narrowed(entry, document, document.digest)


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
