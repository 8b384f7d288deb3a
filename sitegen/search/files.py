"""Every file of the search: docs/search-format.md describes them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from sitegen.search import rows
from sitegen.search.documents import (
    FIELDS,
    FORMAT,
    K1,
    LONG,
    LUNR_VERSION,
    B,
    SearchDocument,
    json_bytes,
    number_documents,
    shard_name,
    short_hash,
)
from sitegen.search.fronts import vocabulary_file
from sitegen.search.indexing import check_boosts, full_index
from sitegen.search.inverted import InvertedIndex
from sitegen.search.pipeline import LABELS
from sitegen.search.shards import borders
from sitegen.search.state import NOTHING, SearchState, update_state
from sitegen.search.values import deltas, encode, halves

FOLDER: Final = "search/"
MANIFEST: Final = f"{FOLDER}manifest.json"
FULL_INDEX: Final = f"{FOLDER}index.json"
FULL_INDEX_PAPERS: Final = 2_000
"""Up to so many papers the full Lunr index is written too, for other tools; beyond, it is too large to be of use."""
CHUNK: Final = 4_096
"""Papers in one file of lengths."""
LEAST_ORGANIZATION: Final = 2
MOST_ORGANIZATIONS: Final = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows results down. facts: of the manifest. made: bytes of files, by path."""

    facts: Mapping[str, object]
    made: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class SearchFiles:
    """The files of the search, by path under the site's root; those of single papers are made when they are asked for.

    made: bytes of files. folders: the papers whose rows a folder holds.
    """

    state: SearchState
    numbered: Sequence[SearchDocument]
    boosts: Mapping[str, float]
    filters: Filters
    made: dict[str, bytes] = field(default_factory=dict)
    folders: dict[str, Sequence[SearchDocument]] = field(default_factory=dict)

    def paths(self) -> Iterator[str]:
        """Yield the path of each file."""
        yield from chain(self.common(), *map(self.rows, self.folders))

    def common(self) -> Iterator[str]:
        """Yield the paths of the files but for the rows of single papers."""
        yield from self.made
        if len(self.numbered) <= FULL_INDEX_PAPERS:
            yield FULL_INDEX

    def rows(self, folder: str) -> Iterator[str]:
        """Yield the paths of the rows in a folder."""
        return (f"{folder}/{place}.json" for place in range(len(self.folders[folder])))

    def make(self, path: str) -> bytes:
        """Give the bytes of a file; KeyError: there is none of that path."""
        if path in self.made:
            return self.made[path]
        if path == FULL_INDEX:
            return full_index(self.numbered, self.state.index.analysis, self.state.index.order, self.boosts)
        folder, _, name = path.rpartition("/")
        return rows.row_file(self.folders[folder][int(name.removesuffix(".json"))])

    def keep(self, folder: str, data: bytes) -> str:
        """Put a file among those made, under its hash; give the hash."""
        return _keep(self.made, folder, data)


def _keep(made: dict[str, bytes], folder: str, data: bytes) -> str:
    name = short_hash(data)
    made[f"{FOLDER}{folder}/{name}.json"] = data
    return name


def build_files(documents: Iterable[SearchDocument], boosts: Mapping[str, float]) -> dict[str, bytes]:
    """Make every file of the search: its path under the site's root, and its bytes.

    boosts: weight of a field by its name; 1 for a field that is not named, a ValueError for what is no field.
    """
    numbered = number_documents(documents)
    state = update_state(NOTHING, numbered, [paper.digest for paper in numbered])
    files = list_files(state, numbered, boosts)
    return {path: files.make(path) for path in files.paths()}


def list_files(
    state: SearchState,
    numbered: Sequence[SearchDocument],
    boosts: Mapping[str, float],
    before: SearchFiles | None = None,
) -> SearchFiles:
    """Name every file of the search. state: of these very documents. before: files of documents much like these."""
    check_boosts(boosts)
    is_alike = before is not None and _narrowed_alike(before.numbered, numbered)
    files = SearchFiles(state, numbered, boosts, before.filters if before and is_alike else _filters(numbered))
    files.made.update(files.filters.made)
    manifest = {
        **_figures(state.index, boosts),
        **_documents(state, numbered, files),
        **_terms(state.index, files),
        **_titles(state, files),
        **files.filters.facts,
    }
    files.made[MANIFEST] = json_bytes(manifest)
    return files


def _figures(index: InvertedIndex, boosts: Mapping[str, float]) -> dict[str, object]:
    return {
        "version": FORMAT,
        "lunr": LUNR_VERSION,
        "pipeline": LABELS,
        "fields": FIELDS,
        "boosts": [boosts.get(name, 1) for name in FIELDS],
        "k1": K1,
        "b": B,
        "count": len(index.digests),
        "lengths": index.analysis.lengths.sum(axis=0).tolist(),
    }


def _documents(state: SearchState, numbered: Sequence[SearchDocument], files: SearchFiles) -> dict[str, object]:
    """Name the files of rows, and make those of lengths, which name the folders of rows."""
    for number, (name, papers) in enumerate(zip(state.rows, rows.folders(numbered), strict=True)):
        files.folders[f"{FOLDER}rows/{number}-{name}"] = papers
    names = [files.keep("documents", chunk) for chunk in _chunks(state)]
    return {"chunk": CHUNK, "documents": names, "row": rows.PER_FOLDER}


def _chunks(state: SearchState) -> Iterator[bytes]:
    for start in range(0, len(state.misread), CHUNK):
        high, low = halves(state.index.analysis.lengths[start : start + CHUNK, LONG].tolist())
        names = state.rows[start // rows.PER_FOLDER : (start + CHUNK) // rows.PER_FOLDER]
        yield json_bytes({"high": high, "low": low, "rows": "".join(names)})


def _terms(index: InvertedIndex, files: SearchFiles) -> dict[str, object]:
    first = borders(index.shards)
    named = zip(first, index.shards, strict=True)
    files.made.update({f"{FOLDER}terms/{shard_name(border, s.digest)}.json": s.data for border, s in named})
    return {
        "first": "\n".join(first),
        "terms": "".join(shard.digest for shard in index.shards),
        "vocabulary": files.keep("vocabulary", vocabulary_file(index.fronts, index.order, index.pairs)),
    }


def _titles(state: SearchState, files: SearchFiles) -> dict[str, object]:
    return {"titles": files.keep("titles", json_bytes(sorted(set(state.misread) - {""})))}


def _narrowed_alike(before: Sequence[SearchDocument], numbered: Sequence[SearchDocument]) -> bool:
    """Tell whether the same filters let through the same numbers."""
    if len(before) != len(numbered):
        return False
    others = ((a, b) for a, b in zip(before, numbered, strict=True) if a is not b)
    return all(_narrowing(a) == _narrowing(b) for a, b in others)


def _narrowing(paper: SearchDocument) -> tuple[object, ...]:
    """Give all of a paper that filters look at."""
    topics, organization = (paper.topics, paper.topic_titles), (paper.organization, paper.organization_path)
    return topics, organization, paper.has_code, paper.date


def _filters(numbered: Sequence[SearchDocument]) -> Filters:
    made: dict[str, bytes] = {}
    return Filters({**_facets(numbered, made), "years": _years(numbered)}, made)


def _facets(numbered: Sequence[SearchDocument], made: dict[str, bytes]) -> dict[str, object]:
    """Make a list of documents for each topic, each larger organisation, and those with code."""
    topics: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    organizations: defaultdict[str, list[int]] = defaultdict(list)
    for number, paper in enumerate(numbered):
        for topic in zip(paper.topics, paper.topic_titles, strict=True):
            topics[topic].append(number)
        if paper.organization_path:
            organizations[paper.organization_path].append(number)
    large = [(path.split("/")[1], found) for path, found in organizations.items() if len(found) >= LEAST_ORGANIZATION]
    large = sorted(large, key=lambda item: (-len(item[1]), item[0]))[:MOST_ORGANIZATIONS]
    code = [number for number, paper in enumerate(numbered) if paper.has_code]
    return {
        "topics": [[slug, title, *_facet(topics[slug, title], made)] for slug, title in sorted(topics)],
        "organizations": [[slug, numbered[found[-1]].organization, *_facet(found, made)] for slug, found in large],
        "code": _facet(code, made),
    }


def _facet(found: Sequence[int], made: dict[str, bytes]) -> list[object]:
    """Make the file of a facet; give the number of its papers and the file's name."""
    return [len(found), _keep(made, "facets", json_bytes(encode(deltas(found))))]


def _years(numbered: Sequence[SearchDocument]) -> list[list[int]]:
    """Give each year, the number of its first paper, and how many it has."""
    counts = Counter(paper.date.year for paper in numbered if paper.date)
    undated = len(numbered) - counts.total()
    years = sorted(counts)
    return [[year, undated + sum(counts[y] for y in years if y < year), counts[year]] for year in years]
