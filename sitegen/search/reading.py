"""Answers from the built site, in the terminal: the same refs in the same order as in the browser."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from sitegen.problems import SitegenError, error
from sitegen.search import query, scoring
from sitegen.search.documents import FORMAT
from sitegen.search.indexing import FIELDS, LUNR_VERSION
from sitegen.search.pipeline import LABELS

INDEX_FILE: Final = "search/index.json"
DOCUMENTS_FILE: Final = "search/documents.json"

T = TypeVar("T")
_Json = dict[str, Any]


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

    read_as: "lunr", or "words" for plain words, or "prefix" where the last word was taken for the beginning of one.
    note: what the reader should be told of that, "" mostly.
    """

    hits: tuple[Hit, ...]
    read_as: str
    note: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What an answer shows of a paper. number: its place in documents.json, oldest first."""

    number: int
    slug: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The index of a built site and the papers in it, by slug. titles: in the form of `query.title_form`."""

    lunr: scoring.LunrIndex
    papers: dict[str, Entry]
    titles: frozenset[str]

    def search(self, text: str, limit: int | None = None) -> Answer:
        """Answer a query of any text; limit: at most so many hits."""
        reading = query.read(query.tidy(text), self.titles)
        hits = self._hits(reading)
        if not hits and (prefix := query.read_prefix(reading, self.lunr.postings)):
            found = self._hits(prefix)
            reading, hits = (prefix, found) if found else (reading, hits)
        return Answer(tuple(hits[:limit]), reading.read_as, reading.note)

    def _hits(self, reading: query.Reading) -> list[Hit]:
        scores = scoring.score(self.lunr, reading.clauses)
        ranked = sorted((-value, -self.papers[ref].number, ref) for ref, value in scores.items())
        papers = [(self.papers[ref], -negative) for negative, _, ref in ranked]
        return [Hit(p.slug, p.title, p.path, value) for p, value in papers]


def read_index(site: Path) -> SearchIndex:
    """Read the search files of a built site. SitegenError: they are missing, damaged or of another version."""
    papers = _read(site, DOCUMENTS_FILE, _entries)
    lunr = _read(site, INDEX_FILE, _loaded)
    if {key.split("/", 1)[1] for key in lunr.vectors} != set(papers):
        raise _unusable(site, INDEX_FILE, f"holds other papers than {DOCUMENTS_FILE}")
    titles = frozenset(query.title_form(entry.title) for entry in papers.values())
    return SearchIndex(lunr, papers, titles)


def _read(site: Path, name: str, parse: Callable[[_Json], T]) -> T:
    try:
        return parse(json.loads((site / name).read_bytes()))
    except FileNotFoundError:
        raise _unusable(site, name, "is missing") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _unusable(site, name, "is damaged or of another version") from None


def _unusable(site: Path, name: str, fault: str) -> SitegenError:
    return SitegenError([error(f"{site.name}/{name}", 1, f"the search file {fault}; run `sitegen build`")])


def _entries(data: _Json) -> dict[str, Entry]:
    if data["version"] != FORMAT:
        raise ValueError(data["version"])
    rows = enumerate(data["papers"])
    return {p["slug"]: Entry(number, p["slug"], str(p["title"]), str(p["path"])) for number, p in rows}


def _loaded(data: _Json) -> scoring.LunrIndex:
    if (data["version"], data["fields"], data["pipeline"]) != (LUNR_VERSION, list(FIELDS), LABELS):
        raise ValueError(data["version"])
    return scoring.LunrIndex(FIELDS, dict(data["fieldVectors"]), dict(data["invertedIndex"]))
