"""Answers from the built site, in the terminal: the same refs in the same order as in the browser."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen.search import lexicon, query, quoting, revising, scoring, utf16
from sitegen.search.documents import FIELDS, FORMAT, LETTERS, LUNR_VERSION, shard_name
from sitegen.search.pipeline import LABELS
from sitegen.search.rows import Row, read_row
from sitegen.search.store import MANIFEST, Store, strings
from sitegen.search.values import whole
from sitegen.search.vocabulary import read_vocabulary

Ranked = list[tuple[int, float]]
"""Numbers and scores of papers, best first, equal scores newest first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One paper found. path: under the site's root. score: Lunr's; higher is better."""

    slug: str
    title: str
    path: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found, best first, equal scores newest first.

    read_as: "lunr"; "words" for plain words; "prefix" or "fuzzy" where a word was taken for the beginning of one, or
    for a misspelt one. note: what the reader should be told of that, "" mostly.
    """

    hits: tuple[Hit, ...]
    read_as: str
    note: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What manifest.json says; docs/search-format.md tells the rest. topics: title by slug."""

    count: int
    boosts: tuple[float, ...]
    totals: tuple[int, ...]
    chunk: int
    documents: tuple[str, ...]
    per_folder: int
    first: tuple[str, ...]
    terms: str
    vocabulary: str
    titles: str
    topics: dict[str, str]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Documents that stand together: the lengths of their long field, and the hashes of their folders of rows."""

    lengths: list[int]
    rows: str


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The search of a built site. chunks: as many as it takes for all documents."""

    store: Store
    manifest: Manifest
    chunks: tuple[Chunk, ...]
    lunr: scoring.LunrIndex

    def search(self, text: str, limit: int | None = None) -> Answer:
        """Answer a query of any text; limit: at most so many hits. SitegenError: a file is missing or damaged."""
        asked = query.tidy(text)
        titles = self.store.read(f"titles/{self.manifest.titles}", strings)
        typed = revising.within_reach(query.read(asked, titles), self.lunr.lexicon)
        revised = revising.revise(typed, self.lunr.lexicon, self._example)
        ranked = self._ranked(revised)
        reading = revised if ranked else typed  # nobody is told of results for another word over an empty list
        notes = self._notes(reading, ranked, asked)
        if reading.phrases:
            notes.append(quoting.note_on_phrases(len(ranked)))
            ranked = [item for item in ranked[: quoting.MAX_CHECKED] if self._holds(item[0], reading.phrases)]
        if reading.absent:
            doubtful = self._doubtful(ranked, reading.absent)
            notes.append(quoting.note_on_absent(len(doubtful)))
            out = {n for n in doubtful[: quoting.MAX_CHECKED] if any(self._holds(n, [p]) for p in reading.absent)}
            ranked = [item for item in ranked if item[0] not in out]
        return Answer(tuple(self._hits(ranked[:limit])), reading.read_as, " ".join(filter(None, notes)))

    def row(self, number: int) -> Row:
        """Give what is shown of a document."""
        folder, place = divmod(number, self.manifest.per_folder)
        chunk, first = divmod(number, self.manifest.chunk)
        start = first // self.manifest.per_folder * LETTERS
        name = self.chunks[chunk].rows[start : start + LETTERS]
        return self.store.read(f"rows/{folder}-{name}/{place}", read_row)

    def _example(self, term: str) -> str:
        """Give the texts of the newest paper that holds a term."""
        entry = self.lunr.lexicon.entry(term)
        newest = max((documents[-1] for documents in entry.documents if documents), default=-1) if entry else -1
        if newest < 0:
            return ""
        row = self.row(newest)
        return " ".join((row.title, row.abstract, row.organization, *(self.manifest.topics[t] for t in row.topics)))

    def _doubtful(self, ranked: Ranked, absent: Iterable[quoting.Phrase]) -> list[int]:
        """Give those papers that may hold one of some phrases: they have all its words."""
        clauses = [query.required(phrase) for phrase in absent]
        having = [scoring.score(self.lunr, words) if words else range(self.manifest.count) for words in clauses]
        return [number for number, _ in ranked if any(number in found for found in having)]

    def _ranked(self, reading: query.Reading) -> Ranked:
        """Rank all papers that the clauses find; all others are asked for where nothing but phrases must be absent."""
        if reading.absent and not reading.clauses:
            return [(number, 0.0) for number in reversed(range(self.manifest.count))]
        scores = scoring.score(self.lunr, reading.clauses)
        return sorted(scores.items(), key=lambda item: (-item[1], -item[0]))

    def _notes(self, reading: query.Reading, ranked: Ranked, asked: str) -> list[str]:
        """Give the remarks on a reading. That on plain words would puzzle who has typed a title."""
        if query.PLAIN_NOTE not in reading.notes or not ranked:
            return list(reading.notes)
        is_title = query.title_form(self.row(ranked[0][0]).title) == asked.lower()
        return [note for note in reading.notes if note != query.PLAIN_NOTE or not is_title]

    def _holds(self, number: int, phrases: Iterable[quoting.Phrase]) -> bool:
        row = self.row(number)
        return quoting.holds_phrases(phrases, [row.title, row.abstract])

    def _hits(self, ranked: Iterable[tuple[int, float]]) -> Iterable[Hit]:
        for number, score in ranked:
            row = self.row(number)
            yield Hit(row.slug, row.title, row.path, score)


def read_index(site: Path) -> SearchIndex:
    """Open the search of a built site. SitegenError: its files are missing, damaged or of another version."""
    store = Store(site)
    manifest = store.read(MANIFEST, _manifest)
    chunks = tuple(store.read(f"documents/{name}", _chunk) for name in manifest.documents)
    lengths = [length for chunk in chunks for length in chunk.lengths]
    lunr = scoring.LunrIndex(_lexicon(store, manifest), manifest.count, manifest.boosts, manifest.totals, lengths)
    return SearchIndex(store, manifest, chunks, lunr)


def _lexicon(store: Store, manifest: Manifest) -> lexicon.Lexicon:
    def shard(place: int) -> dict[str, lexicon.Entry]:
        name = shard_name(manifest.first[place], manifest.terms[place * LETTERS : (place + 1) * LETTERS])
        return store.read(f"terms/{name}", lambda data: lexicon.by_term(data, len(FIELDS)))

    def words() -> dict[str, int]:
        return store.read(f"vocabulary/{manifest.vocabulary}", read_vocabulary)

    return lexicon.Lexicon(tuple(map(utf16.units, manifest.first)), shard, words)


def _manifest(data: Any) -> Manifest:  # noqa: ANN401  # JSON is whatever it is
    found = (data["version"], data["lunr"], data["fields"], data["pipeline"])
    if found != (FORMAT, LUNR_VERSION, list(FIELDS), LABELS):
        raise ValueError(found)
    return Manifest(
        count=int(data["count"]),
        boosts=tuple(map(float, data["boosts"])),
        totals=tuple(map(int, data["lengths"])),
        chunk=int(data["chunk"]),
        documents=tuple(map(str, data["documents"])),
        per_folder=int(data["row"]),
        first=tuple(data["first"].split("\n")) if data["first"] else (),
        terms=str(data["terms"]),
        vocabulary=str(data["vocabulary"]),
        titles=str(data["titles"]),
        topics={str(slug): str(title) for slug, title, *_ in data["topics"]},
    )


def _chunk(data: Any) -> Chunk:  # noqa: ANN401  # JSON is whatever it is
    return Chunk(whole(data["high"], data["low"]), str(data["rows"]))
