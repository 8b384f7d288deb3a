"""Answers from the built site, in the terminal: the same refs in the same order as in the browser."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen.search import lexicon, query, quoting, revising, scoring, utf16
from sitegen.search.documents import FIELDS, FORMAT, LUNR_VERSION
from sitegen.search.pipeline import LABELS
from sitegen.search.rows import NAME_LENGTH, Row, read_rows
from sitegen.search.store import MANIFEST, Store, string, strings
from sitegen.search.values import decode
from sitegen.search.vocabulary import read_vocabulary

DIGITS = 10
"""Characters of a shard's name in the manifest."""


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
    """What manifest.json says; docs/search-format.md tells the rest."""

    count: int
    boosts: tuple[float, ...]
    totals: tuple[int, ...]
    chunk: int
    documents: tuple[str, ...]
    per_file: int
    first: tuple[str, ...]
    terms: str
    vocabulary: str
    titles: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """Documents that stand together: the lengths of their fields, and the names of their files of rows."""

    lengths: tuple[list[int], ...]
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
        revised = revising.revise(typed, self.lunr.lexicon)
        ranked = self._ranked(revised)
        reading = revised if ranked else typed  # nobody is told of results for another word over an empty list
        notes = self._notes(reading, ranked, asked)
        if reading.phrases:
            notes.append(quoting.note_on_phrases(len(ranked)))
            ranked = [item for item in ranked[: quoting.MAX_CHECKED] if self._holds(item[0], reading.phrases)]
        return Answer(tuple(self._hits(ranked[:limit])), reading.read_as, " ".join(notes))

    def row(self, number: int) -> Row:
        """Give what is shown of a document."""
        file, place = divmod(number, self.manifest.per_file)
        chunk, first = divmod(number, self.manifest.chunk)
        start = first // self.manifest.per_file * NAME_LENGTH
        name = self.chunks[chunk].rows[start : start + NAME_LENGTH]
        return self.store.read(f"rows/{file}-{name}", read_rows)[place]

    def _ranked(self, reading: query.Reading) -> list[tuple[int, float]]:
        scores = scoring.score(self.lunr, reading.clauses)
        return sorted(scores.items(), key=lambda item: (-item[1], -item[0]))

    def _notes(self, reading: query.Reading, ranked: list[tuple[int, float]], asked: str) -> list[str]:
        """Give the remarks on a reading. That on plain words would puzzle who has typed a title."""
        if query.PLAIN_NOTE not in reading.notes or not ranked:
            return list(reading.notes)
        is_title = query.title_form(self.row(ranked[0][0]).title) == asked.lower()
        return [note for note in reading.notes if note != query.PLAIN_NOTE or not is_title]

    def _holds(self, number: int, phrases: Iterable[quoting.Phrase]) -> bool:
        row = self.row(number)
        return quoting.holds_phrases(phrases, [row.title, self.store.read(f"abstracts/{row.abstract}", string)])

    def _hits(self, ranked: Iterable[tuple[int, float]]) -> Iterable[Hit]:
        for number, score in ranked:
            row = self.row(number)
            yield Hit(row.slug, row.title, row.path, score)


def read_index(site: Path) -> SearchIndex:
    """Open the search of a built site. SitegenError: its files are missing, damaged or of another version."""
    store = Store(site)
    manifest = store.read(MANIFEST, _manifest)
    chunks = tuple(store.read(f"documents/{name}", _chunk) for name in manifest.documents)
    lengths = [[length for chunk in chunks for length in chunk.lengths[place]] for place in range(len(FIELDS))]
    lunr = scoring.LunrIndex(_lexicon(store, manifest), manifest.count, manifest.boosts, manifest.totals, lengths)
    return SearchIndex(store, manifest, chunks, lunr)


def _lexicon(store: Store, manifest: Manifest) -> lexicon.Lexicon:
    def shard(place: int) -> dict[str, lexicon.Entry]:
        name = manifest.terms[place * DIGITS : (place + 1) * DIGITS]
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
        per_file=int(data["row"]),
        first=tuple(map(str, data["first"])),
        terms=str(data["terms"]),
        vocabulary=str(data["vocabulary"]),
        titles=str(data["titles"]),
    )


def _chunk(data: Any) -> Chunk:  # noqa: ANN401  # JSON is whatever it is
    return Chunk(tuple(decode(values) for values in data["lengths"]), str(data["rows"]))
