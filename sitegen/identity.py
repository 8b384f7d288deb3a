"""Which records, and which pages, are one paper: the same title key, confirmed by the abstract."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sitegen.paper import Paper, Source, YearOrigin, title_key

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
    if one == other:
        return True
    a, b = _words(one), _words(other)
    small = min(len(a), len(b))
    return small < FEW or len(a & b) >= ENOUGH * small


def combine(records: Sequence[Paper]) -> Paper:
    """Make one paper of its records: the longest abstract, the newest comment count, the surest date, every source.

    The other fields come from the newest capture that has them. Each source says which fields it gave.
    """
    newest = sorted(records, key=_newest_first)
    givers = {
        "title": newest[0],
        "abstract": max(newest, key=lambda p: len(p.abstract)),
        "date": _first(newest, lambda p: p.date is not None and p.sources[0].year is YearOrigin.EXPLICIT)
        or _first(newest, lambda p: p.date is not None),
        "authors": _first(newest, lambda p: p.authors is not None),
        "organization": _first(newest, lambda p: p.organization is not None),
        "comments": _first(newest, lambda p: p.comments is not None),
    }
    given = {name: getattr(giver, name) for name, giver in givers.items() if giver is not None}
    sources = tuple(_with_gave(p, tuple(n for n, giver in givers.items() if giver is p and given[n])) for p in newest)
    return Paper(**given, sources=sources)


def _newest_first(paper: Paper) -> tuple[int, int, str, int]:
    """Sort the newest capture first; of one day, the higher count of comments, then the place in the dumps."""
    source = paper.sources[0]
    day = source.captured or dt.date.min
    return (-day.toordinal(), -(paper.comments or 0), source.dump, source.line)


def _first(papers: Sequence[Paper], has: Callable[[Paper], bool]) -> Paper | None:
    return next((paper for paper in papers if has(paper)), None)


def _with_gave(paper: Paper, gave: tuple[str, ...]) -> Source:
    return replace(paper.sources[0], gave=gave)


def _confirmed(papers: list[Paper]) -> list[tuple[Paper, ...]]:
    """Part papers of one title into those whose abstracts agree, starting from the longest."""
    clusters: list[list[Paper]] = []
    for paper in sorted(papers, key=lambda p: (-len(p.abstract), p.abstract, p.sources[0].dump, p.sources[0].line)):
        home = next((c for c in clusters if alike(c[0].abstract, paper.abstract)), None)
        if home is None:
            clusters.append([paper])
        else:
            home.append(paper)
    return [tuple(cluster) for cluster in clusters]


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))
