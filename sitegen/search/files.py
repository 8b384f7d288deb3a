"""Every file of the search: docs/search-format.md describes them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sitegen.search import query, rows
from sitegen.search.analysis import Analysis, analyse
from sitegen.search.columns import Columns, build_columns
from sitegen.search.documents import (
    FIELDS,
    FORMAT,
    K1,
    LUNR_VERSION,
    B,
    SearchDocument,
    json_bytes,
    number_documents,
    short_hash,
)
from sitegen.search.indexing import check_boosts, full_index
from sitegen.search.pipeline import LABELS
from sitegen.search.shards import code_unit_order, cut, term_entries
from sitegen.search.values import deltas, encode
from sitegen.search.vocabulary import vocabulary_file

FOLDER: Final = "search/"
MANIFEST: Final = f"{FOLDER}manifest.json"
FULL_INDEX: Final = f"{FOLDER}index.json"
FULL_INDEX_PAPERS: Final = 2_000
"""Up to so many papers the full Lunr index is written too, for other tools; beyond, it is too large to be of use."""
CHUNK: Final = 4_096
"""Papers in one file of field lengths."""
LEAST_ORGANIZATION: Final = 2
MOST_ORGANIZATIONS: Final = 100

Files = dict[str, bytes]


def build_files(
    documents: Iterable[SearchDocument], boosts: Mapping[str, float], analyser: Mapping[str, str] | None = None
) -> Files:
    """Make every file of the search: its path under the site's root, and its bytes.

    boosts: weight of a field by its name; 1 for a field that is not named, a ValueError for what is no field.
    analyser: see `analyse`.
    """
    check_boosts(boosts)
    numbered = number_documents(documents)
    analysis = analyse(numbered, analyser)
    columns = build_columns(analysis)
    files: Files = {}
    manifest = {
        **_figures(numbered, columns, boosts),
        **_documents(numbered, columns, files),
        **_terms(analysis, columns, files),
        **_titles(numbered, files),
        **_facets(numbered, files),
        "years": _years(numbered),
    }
    if len(numbered) <= FULL_INDEX_PAPERS:
        files[FULL_INDEX] = full_index(numbered, analysis, columns, boosts)
    files[MANIFEST] = json_bytes(manifest)
    return files


def _kept(files: Files, folder: str, data: bytes) -> str:
    """Put a file among the others under its hash; give the hash."""
    name = short_hash(data)
    files[f"{FOLDER}{folder}/{name}.json"] = data
    return name


def _figures(numbered: Sequence[SearchDocument], columns: Columns, boosts: Mapping[str, float]) -> dict[str, object]:
    return {
        "version": FORMAT,
        "lunr": LUNR_VERSION,
        "pipeline": LABELS,
        "fields": FIELDS,
        "boosts": [boosts.get(name, 1) for name in FIELDS],
        "k1": K1,
        "b": B,
        "count": len(numbered),
        "lengths": columns.lengths.sum(axis=0).tolist(),
    }


def _documents(numbered: Sequence[SearchDocument], columns: Columns, files: Files) -> dict[str, object]:
    """Make the files of rows and abstracts, and those of field lengths, which name the files of rows."""
    names = []
    for start in range(0, len(numbered), CHUNK):
        papers = numbered[start : start + CHUNK]
        lengths = columns.lengths[start : start + CHUNK].T.tolist()
        chunk = {"lengths": [encode(of_field) for of_field in lengths], "rows": "".join(_rows(papers, start, files))}
        names.append(_kept(files, "documents", json_bytes(chunk)))
    return {"chunk": CHUNK, "documents": names, "row": rows.PER_FILE}


def _rows(papers: Sequence[SearchDocument], start: int, files: Files) -> Iterator[str]:
    for place in range(0, len(papers), rows.PER_FILE):
        shown = papers[place : place + rows.PER_FILE]
        for paper in shown:
            abstract = rows.abstract_file(paper)
            files[f"{FOLDER}abstracts/{rows.abstract_name(abstract)}.json"] = abstract
        data = rows.row_file(shown)
        name = rows.row_name(data)
        files[f"{FOLDER}rows/{(start + place) // rows.PER_FILE}-{name}.json"] = data
        yield name


def _terms(analysis: Analysis, columns: Columns, files: Files) -> dict[str, object]:
    shards = list(cut(term_entries(analysis, columns)))
    order = code_unit_order(analysis.terms)
    pairs = columns.pairs.tolist()
    vocabulary = vocabulary_file([analysis.terms[n] for n in order], [pairs[n] for n in order])
    return {
        "first": [shard.first for shard in shards],
        "terms": "".join(_kept(files, "terms", shard.data) for shard in shards),
        "vocabulary": _kept(files, "vocabulary", vocabulary),
    }


def _titles(numbered: Sequence[SearchDocument], files: Files) -> dict[str, object]:
    misread = {query.title_form(paper.title) for paper in numbered if query.is_misread(paper.title)}
    return {"titles": _kept(files, "titles", json_bytes(sorted(misread)))}


def _facets(numbered: Sequence[SearchDocument], files: Files) -> dict[str, object]:
    """Make a list of documents for each topic, each larger organisation, and those with code."""
    topics: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    organizations: defaultdict[str, list[int]] = defaultdict(list)
    for number, paper in enumerate(numbered):
        for topic in zip(paper.topics, paper.topic_titles, strict=True):
            topics[topic].append(number)
        if paper.organization_path:
            organizations[paper.organization_path.split("/")[1]].append(number)
    large = [(slug, found) for slug, found in organizations.items() if len(found) >= LEAST_ORGANIZATION]
    large = sorted(large, key=lambda item: (-len(item[1]), item[0]))[:MOST_ORGANIZATIONS]
    code = [number for number, paper in enumerate(numbered) if paper.has_code]
    return {
        "topics": [[slug, title, *_facet(topics[slug, title], files)] for slug, title in sorted(topics)],
        "organizations": [[slug, numbered[found[-1]].organization, *_facet(found, files)] for slug, found in large],
        "code": _facet(code, files),
    }


def _facet(found: Sequence[int], files: Files) -> list[object]:
    """Make the file of a facet; give the number of its papers and the file's name."""
    return [len(found), _kept(files, "facets", json_bytes(encode(deltas(found))))]


def _years(numbered: Sequence[SearchDocument]) -> list[list[int]]:
    """Give each year, the number of its first paper, and how many it has."""
    counts = Counter(paper.date.year for paper in numbered if paper.date)
    undated = len(numbered) - counts.total()
    years = sorted(counts)
    return [[year, undated + sum(counts[y] for y in years if y < year), counts[year]] for year in years]
