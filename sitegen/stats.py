"""The catalogue in figures: how many papers there are of each month, topic, organisation, length. Pure counts."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sitegen.catalogue import Catalogue, Entry, Group

MONTHS = 120
"""Months that are counted one by one, up to the newest; papers before them are counted together."""

YEARS = 12
"""Years that are counted one by one, up to the newest."""

ORGANIZATIONS = 20
"""Organisations that are counted one by one."""

WORDS = 25
"""Words of an abstract in a class of lengths."""
LONGEST = 400
"""Abstracts of so many words and more are one class."""

_YEAR = 12


@dataclass(frozen=True, slots=True)
class Month:
    """A month and how many papers it has. start: its first day."""

    start: dt.date
    count: int


@dataclass(frozen=True, slots=True)
class Span:
    """How many papers have a number from `low` to `high`, both included; high: None where there is no end."""

    low: int
    high: int | None
    count: int


@dataclass(frozen=True, slots=True)
class GroupYears:
    """A group's papers in each of the years that are counted."""

    group: Group
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Statistics:
    """All counts. Each of months, comments, lengths and organisations, with what stands beside it, adds up to papers.

    months: without a gap, oldest first. earlier: papers before them. years: without a gap, oldest first. comments:
    papers by their number. organizations: those with most papers, most first. elsewhere: papers of all other ones.
    unnamed: papers without one.
    """

    papers: int
    months: tuple[Month, ...]
    earlier: int
    undated: int
    years: tuple[int, ...]
    topics: tuple[GroupYears, ...]
    comments: tuple[Span, ...]
    organizations: tuple[Group, ...]
    elsewhere: int
    unnamed: int
    lengths: tuple[Span, ...]


def count_catalogue(catalogue: Catalogue) -> Statistics:
    """Count a catalogue's papers."""
    papers = catalogue.papers
    months, earlier = count_months(papers)
    years = years_of(catalogue)
    topics = tuple(GroupYears(topic, count_years(topic.papers, years)) for topic in catalogue.topics if topic.papers)
    groups = sorted(catalogue.organizations, key=lambda group: -len(group.papers))
    return Statistics(
        papers=len(papers),
        months=months,
        earlier=earlier,
        undated=len(catalogue.undated),
        years=years,
        topics=topics,
        comments=count_comments(paper.page.comments or 0 for paper in papers),
        organizations=tuple(groups[:ORGANIZATIONS]),
        elsewhere=sum(len(group.papers) for group in groups[ORGANIZATIONS:]),
        unnamed=len(papers) - sum(len(group.papers) for group in groups),
        lengths=count_lengths(_words(paper.abstract) for paper in papers),
    )


def _words(text: str) -> int:
    """Count words; of a text in which single blanks and line ends part them, as they do in abstracts."""
    return text.count(" ") + text.count("\n") + 1 if text else 0


def count_months(papers: Iterable[Entry]) -> tuple[tuple[Month, ...], int]:
    """Count papers by month, up to the newest of them; gives how many came before, too."""
    counts = Counter(_month_number(paper.page.date) for paper in papers if paper.page.date)
    if not counts:
        return (), 0
    last = max(counts)
    first = max(min(counts), last - MONTHS + 1)
    months = tuple(
        Month(dt.date(n // _YEAR, n % _YEAR + 1, 1), counts[n]) for n in range(first, last + 1)
    )  # fmt: skip
    return months, sum(count for number, count in counts.items() if number < first)


def _month_number(day: dt.date) -> int:
    return day.year * _YEAR + day.month - 1


def years_of(catalogue: Catalogue) -> tuple[int, ...]:
    """Give the years that are counted, up to the newest that has papers."""
    having = [period.start.year for period in catalogue.years]
    return tuple(range(max(having[0], having[-1] - YEARS + 1), having[-1] + 1)) if having else ()


def count_years(papers: Iterable[Entry], years: Sequence[int]) -> tuple[int, ...]:
    """Count papers by year."""
    counts = Counter(paper.page.date.year for paper in papers if paper.page.date)
    return tuple(counts[year] for year in years)


def count_comments(numbers: Iterable[int]) -> tuple[Span, ...]:
    """Count papers by comments, in classes that double: 0, 1, 2 to 3, 4 to 7 and so on."""
    counts = Counter(number.bit_length() for number in numbers)
    return tuple(
        Span(1 << bits >> 1, max((1 << bits) - 1, 0), counts[bits]) for bits in range(max(counts, default=-1) + 1)
    )


def count_lengths(lengths: Iterable[int]) -> tuple[Span, ...]:
    """Count abstracts by their words, in classes of equal width; the last one has no end."""
    counts = Counter(min(length, LONGEST) // WORDS for length in lengths)
    if not counts:
        return ()
    return tuple(
        Span(n * WORDS, None if n == LONGEST // WORDS else (n + 1) * WORDS - 1, counts[n])
        for n in range(min(counts), max(counts) + 1)
    )
