"""Which records, and which pages, are one paper: the same title key, confirmed by the abstract."""

import datetime as dt
import enum
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sitegen.content import PageFile
from sitegen.digests import body_digest, find_abstract
from sitegen.paper import Paper, Source, YearOrigin, title_key
from sitegen.prose import from_plain

ENOUGH = 0.5
"""Share of the shorter abstract's words that the longer one must hold for the two to be of one paper."""

FEW = 8
"""With fewer distinct words than this, an abstract says nothing about identity."""


def group(papers: Iterable[Paper]) -> list[tuple[Paper, ...]]:
    """Put the records of one paper together; the result does not depend on the order of the records."""
    by_key: defaultdict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        by_key[title_key(paper.title)].append(paper)
    return [cluster for key in sorted(by_key) for cluster in _confirmed(by_key[key])]


def alike(one: str, other: str) -> bool:
    """Tell whether two abstracts may be of one paper: cut short, reworded in places, or missing altogether."""
    return one == other or _agree(_words(one), _words(other))


def combine(records: Sequence[Paper]) -> Paper:
    """Make one paper of its records: the longest abstract, the newest comment count, the surest date, every source.

    The other fields come from the newest capture that has them. Each source says which fields it gave.
    """
    newest = sorted(records, key=lambda p: newest_first(p.sources[0]))
    givers = {
        "title": newest[0],
        "abstract": _longest(newest),
        "date": _first(newest, lambda p: p.date is not None and p.sources[0].year is YearOrigin.EXPLICIT)
        or _first(newest, lambda p: p.date is not None),
        "authors": _first(newest, lambda p: p.authors is not None),
        "organization": _first(newest, lambda p: p.organization is not None),
        "comments": _first(newest, lambda p: p.comments is not None),
    }
    given = {name: getattr(giver, name) for name, giver in givers.items() if giver is not None}
    said = [name for name, value in given.items() if value not in (None, "")]
    sources = tuple(replace(p.sources[0], gave=tuple(n for n in said if givers[n] is p)) for p in newest)
    return Paper(**given, sources=sources)


def newest_first(source: Source) -> tuple[int, int, str, int]:
    """Sort the newest capture first; of one day, the higher count of comments, then the place in the dumps."""
    day = source.captured or dt.date.min
    return (-day.toordinal(), -(source.comments or 0), source.dump, source.line)


def _longest(records: Sequence[Paper]) -> Paper:
    """Give the record with the longest abstract; of equals, the newest."""
    return min(records, key=lambda p: (-len(p.abstract), newest_first(p.sources[0])))


def _first(papers: Sequence[Paper], has: Callable[[Paper], bool]) -> Paper | None:
    return next((paper for paper in papers if has(paper)), None)


def _confirmed(papers: list[Paper]) -> list[tuple[Paper, ...]]:
    """Part papers of one title into those whose abstracts agree, starting from the longest."""
    if len(papers) == 1:
        return [tuple(papers)]
    clusters: list[tuple[frozenset[str], list[Paper]]] = []
    for paper in sorted(papers, key=lambda p: (-len(p.abstract), p.abstract, p.sources[0].dump, p.sources[0].line)):
        words = _words(paper.abstract)
        home = next((members for longest, members in clusters if _agree(longest, words)), None)
        if home is None:
            clusters.append((words, [paper]))
        else:
            home.append(paper)
    return [tuple(members) for _, members in clusters]


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    small = min(len(one), len(other))
    return small < FEW or len(one & other) >= ENOUGH * small


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


@dataclass(frozen=True, slots=True)
class Match:
    """A page and the records of its paper. abstract: their longest, as Markdown."""

    file: PageFile
    records: tuple[Paper, ...]
    abstract: str


class Likeness(enum.IntEnum):
    """How surely a page and some records with a title key of the page are one paper."""

    NONE = 0
    BELIEVED = 1
    """The abstract on the page was edited, so nothing speaks against it."""
    SAME_DUMP = 2
    """The page cites a dump of theirs: the dump was corrected."""
    ALIKE = 3


def match(
    clusters: Iterable[tuple[Paper, ...]], pages: Sequence[PageFile]
) -> tuple[list[Match], list[tuple[Paper, ...]]]:
    """Find the page of each cluster of records by the page's keys; gives those without a page apart.

    Clusters of several keys that a page lists come together. Of several of one title, the surest match is made first.
    """
    by_key = _pages_by_key(pages)
    found: dict[str, Match] = {}
    new: list[tuple[Paper, ...]] = []
    for key, titled in _by_title(clusters).items():
        homes = dict(_homes(titled, by_key.get(key, [])))
        new += [cluster for n, cluster in enumerate(titled) if n not in homes]
        for home in homes.values():
            path = home.file.page.path
            found[path] = _joined(found[path], home) if path in found else home
    return list(found.values()), new


def _pages_by_key(pages: Iterable[PageFile]) -> Mapping[str, list[PageFile]]:
    """Index pages by their keys; where import keeps none, the title serves."""
    by_key: defaultdict[str, list[PageFile]] = defaultdict(list)
    for file in pages:
        own = () if file.page.imported and file.page.keys else (title_key(file.page.title),)
        for key in dict.fromkeys([*file.page.keys, *own]):
            by_key[key].append(file)
    return by_key


def _by_title(clusters: Iterable[tuple[Paper, ...]]) -> Mapping[str, list[tuple[Paper, ...]]]:
    by_title: defaultdict[str, list[tuple[Paper, ...]]] = defaultdict(list)
    for cluster in clusters:
        by_title[title_key(cluster[0].title)].append(cluster)
    return by_title


def _homes(clusters: Sequence[tuple[Paper, ...]], files: Sequence[PageFile]) -> Iterator[tuple[int, Match]]:
    """Give clusters of one title, by number, their pages; a page takes a second one only if the abstracts agree."""
    if not files:
        return
    abstracts = [from_plain(_longest(cluster).abstract) for cluster in clusters]
    written = {file.page.imported.get("body"): rank for rank, file in reversed(list(enumerate(files)))}
    sure = {n: written[mark] for n, a in enumerate(abstracts) if (mark := body_digest(a)) in written}
    rest = [n for n in range(len(clusters)) if n not in sure]
    likely = _likely([clusters[n] for n in rest], [abstracts[n] for n in rest], files, set(sure.values()))
    for n, rank in (sure | {rest[place]: rank for place, rank in likely.items()}).items():
        yield n, Match(files[rank], clusters[n], abstracts[n])


def _likely(
    clusters: Sequence[tuple[Paper, ...]], abstracts: Sequence[str], files: Sequence[PageFile], taken: set[int]
) -> dict[int, int]:
    """Pair clusters and pages by likeness, the likeliest first; gives the page's number by the cluster's."""
    rated = [
        (-likeness(file, cluster, abstract), rank, n)
        for rank, file in enumerate(files)
        for n, (cluster, abstract) in enumerate(zip(clusters, abstracts, strict=True))
    ]
    placed: dict[int, int] = {}
    for unlike, rank, n in sorted(rated):
        doubtful = -unlike < Likeness.ALIKE
        if unlike == -Likeness.NONE or n in placed or (doubtful and rank in taken):
            continue
        placed[n] = rank
        taken.add(rank)
    return placed


def likeness(file: PageFile, records: Sequence[Paper], abstract: str) -> Likeness:
    """Rate how surely records whose title key a page has are of its paper. abstract: their longest, as Markdown."""
    page = file.page
    span = find_abstract(page.body, page.imported.get("body", ""))
    text = page.body[slice(*span)] if span else "" if page.imported else page.body
    if (span or not page.imported) and alike(text, abstract):
        return Likeness.ALIKE
    if {source.dump for source in page.sources} & {p.sources[0].dump for p in records}:
        return Likeness.SAME_DUMP
    return Likeness.NONE if span else Likeness.BELIEVED


def _joined(one: Match, other: Match) -> Match:
    records = one.records + other.records
    return Match(one.file, records, from_plain(_longest(records).abstract))
