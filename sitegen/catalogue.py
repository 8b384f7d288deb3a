"""The catalogue: every paper once, grouped and ordered as the site lists it. Pure: it knows no HTML and no files."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from sitegen import urls
from sitegen.claims import Claim
from sitegen.content import Page
from sitegen.quality import Flaw
from sitegen.related import Terms
from sitegen.topics import Assignment, Topic
from sitegen.trending import least_heat


@dataclass(frozen=True, slots=True)
class Entry:
    """A page with what was made of it. html: the body, safe. abstract: the body's plain text. topics: best first.

    terms: what its words are, by which papers like it are found. excerpt: the beginning of the description or abstract.
    row_key: hash of what its row in a listing shows. digest: hash of all that the rest was made of. links: kind or
    label, and address. claims: what the abstract claims. flaws: what a curator could better. heat: how much it is
    talked about (`trending`), None where that is not known. citation_key: hash of what its citation says.
    """

    page: Page
    html: str
    abstract: str
    topics: tuple[Assignment, ...]
    terms: Terms
    excerpt: str
    row_key: str
    digest: str
    citation_key: str
    links: tuple[tuple[str, str], ...] = ()
    claims: tuple[Claim, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    heat: float | None = None

    @property
    def order(self) -> tuple[dt.date, str]:
        """Sort oldest first, undated papers before all, ties by slug. Newest first is this order reversed."""
        return (self.page.date or dt.date.min, self.page.slug)


Days: TypeAlias = Sequence[tuple[dt.date, list[Entry]]]
"""Papers by the day of their date."""


@dataclass(frozen=True, slots=True)
class Group:
    """Papers that are listed together, newest first. path: of the listing. slug: of the topic or organisation."""

    slug: str
    title: str
    path: str
    papers: tuple[Entry, ...]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a month, a week or a day that has papers, newest first. parts: narrower periods, in the calendar's order.

    start: its first day.
    """

    kind: str
    start: dt.date
    path: str
    papers: tuple[Entry, ...]
    parts: tuple["Period", ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """All papers, newest first, and the topics that there are, in the order of topics.yaml."""

    papers: tuple[Entry, ...]
    taxonomy: tuple[Topic, ...]

    @cached_property
    def discussed(self) -> tuple[Entry, ...]:
        """Papers with comments, most first; newer ones first among equals."""
        return tuple(sorted((p for p in self.papers if p.page.comments), key=lambda p: -(p.page.comments or 0)))

    @cached_property
    def trending(self) -> tuple[Entry, ...]:
        """Papers that gained comments lately, as seen from the newest capture, the most talked about first."""
        captures = (source.captured for paper in self.papers for source in paper.page.sources if source.captured)
        newest = max(captures, default=None)
        if newest is None:
            return ()
        least = least_heat(newest)
        warm = [(p.heat, p) for p in self.papers if p.heat is not None and p.heat >= least]
        return tuple(paper for _, paper in sorted(warm, key=lambda found: -found[0]))

    @cached_property
    def topics(self) -> tuple[Group, ...]:
        """A group for every topic, those without papers included: their addresses are known and must answer."""
        filed = _grouped(self.papers, lambda p: [a.slug for a in p.topics])
        return tuple(
            Group(t.slug, t.title, urls.topic(t.slug), tuple(filed.get(t.slug, ())), t.about) for t in self.taxonomy
        )

    @cached_property
    def organizations(self) -> tuple[Group, ...]:
        """A group for every organisation, by name; handles that differ only in case are one."""
        named = _grouped(
            self.papers, lambda p: [urls.organization_slug(o.handle)] if (o := p.page.organization) else []
        )
        groups = [
            Group(slug, newest.name, urls.organization(newest.handle), tuple(papers))
            for slug, papers in named.items()
            if (newest := papers[0].page.organization)
        ]
        return tuple(sorted(groups, key=lambda g: (g.title.casefold(), g.slug)))

    @cached_property
    def _days(self) -> Days:
        return _days(self.papers)

    @cached_property
    def years(self) -> tuple[Period, ...]:
        """Years that have papers, oldest first, with their months and days."""
        return tuple(_periods(self._days, "year"))

    @cached_property
    def weeks(self) -> tuple[Period, ...]:
        """Weeks that have papers, oldest first, with their days. They run from Monday to Sunday, over years' ends."""
        return tuple(_periods(self._days, "week"))

    @cached_property
    def undated(self) -> tuple[Entry, ...]:
        """Papers without a date."""
        return tuple(p for p in self.papers if not p.page.date)

    @cached_property
    def topic_titles(self) -> dict[str, str]:
        """Map each topic's slug to its title."""
        return {topic.slug: topic.title for topic in self.taxonomy}


def differing(before: Sequence[Entry], after: Sequence[Entry]) -> list[tuple[Entry, Entry]] | None:
    """Give the entries that are others at the same places, before and after; None where there are more or fewer."""
    if len(before) != len(after):
        return None
    return [(old, new) for old, new in zip(before, after, strict=True) if old is not new]


def swapped(catalogue: Catalogue, pairs: Sequence[tuple[Entry, Entry]]) -> Catalogue | None:
    """Give the catalogue with other entries in the places of some; None where one would stand elsewhere.

    pairs: an entry that is there, and what takes its place. A save changes one paper of thousands, so groups without
    it are kept as they are, the very same objects.
    """
    if any(_standing(old) != _standing(new) for old, new in pairs):
        return None
    swaps = {id(old): new for old, new in pairs}
    topics = {topic.slug for old, _ in pairs for topic in old.topics}
    organizations = {urls.organization_slug(o.handle) for old, _ in pairs if (o := old.page.organization)}
    days = {old.page.date for old, _ in pairs if old.page.date}
    found = Catalogue(_swap(catalogue.papers, swaps), catalogue.taxonomy)
    # What a cached property gives may be put where it keeps it.
    if all(_warmth(old) == _warmth(new) for old, new in pairs):
        vars(found).update(trending=_swap(catalogue.trending, swaps))
    vars(found).update(
        discussed=_swap(catalogue.discussed, swaps),
        topics=_in_groups(catalogue.topics, topics, swaps),
        organizations=_in_groups(catalogue.organizations, organizations, swaps),
        years=_in_periods(catalogue.years, days, swaps),
        weeks=_in_periods(catalogue.weeks, days, swaps),
        topic_titles=catalogue.topic_titles,
    )
    return found


def _standing(entry: Entry) -> tuple[object, ...]:
    """Give what decides where a paper stands in the catalogue and its groups."""
    return entry.order, entry.page.organization, entry.page.comments, [topic.slug for topic in entry.topics]


def _warmth(entry: Entry) -> tuple[object, ...]:
    """Give what decides where a paper stands among the trending, and when the newest capture was."""
    return entry.heat, entry.page.sources


def _swap(papers: Sequence[Entry], swaps: Mapping[int, Entry]) -> tuple[Entry, ...]:
    return tuple([swaps.get(id(paper), paper) for paper in papers])


def _in_groups(groups: Sequence[Group], slugs: Container[str], swaps: Mapping[int, Entry]) -> tuple[Group, ...]:
    return tuple(replace(g, papers=_swap(g.papers, swaps)) if g.slug in slugs else g for g in groups)


def _in_periods(periods: Sequence[Period], days: Iterable[dt.date], swaps: Mapping[int, Entry]) -> tuple[Period, ...]:
    if not periods:
        return ()
    starts = {_KINDS[periods[0].kind][0](day) for day in days}
    return tuple(
        replace(p, papers=_swap(p.papers, swaps), parts=_in_periods(p.parts, days, swaps)) if p.start in starts else p
        for p in periods
    )


def build_catalogue(papers: Iterable[Entry], taxonomy: Sequence[Topic]) -> Catalogue:
    """Put the papers in order, newest first; drafts must have been left out."""
    return Catalogue(tuple(sorted(papers, key=lambda p: p.order, reverse=True)), tuple(taxonomy))


def _grouped(papers: Iterable[Entry], keys: Callable[[Entry], Iterable[str]]) -> dict[str, list[Entry]]:
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for paper in papers:
        for key in keys(paper):
            groups[key].append(paper)
    return dict(groups)


def _days(papers: Iterable[Entry]) -> Days:
    """Group dated papers by their days, in the order in which they come."""
    days: defaultdict[dt.date, list[Entry]] = defaultdict(list)
    for paper in papers:
        if day := paper.page.date:
            days[day].append(paper)
    return list(days.items())


def _periods(days: Days, kind: str) -> Iterator[Period]:
    """Cut days, newest first, into periods of a kind, oldest first, each with its narrower ones."""
    start, path, narrower = _KINDS[kind]
    runs: defaultdict[dt.date, list[tuple[dt.date, list[Entry]]]] = defaultdict(list)
    for day in days:
        runs[start(day[0])].append(day)
    for first in sorted(runs):
        papers = tuple(chain.from_iterable([papers for _, papers in runs[first]]))
        yield Period(kind, first, path(first), papers, tuple(_periods(runs[first], narrower)) if narrower else ())


_KINDS: dict[str, tuple[Callable[[dt.date], dt.date], Callable[[dt.date], str], str]] = {
    "year": (lambda d: d.replace(month=1, day=1), lambda d: urls.year(d.year), "month"),
    "month": (lambda d: d.replace(day=1), lambda d: urls.month(d.year, d.month), "day"),
    "week": (lambda d: d - dt.timedelta(d.weekday()), urls.week, "day"),
    "day": (lambda d: d, urls.day, ""),
}
