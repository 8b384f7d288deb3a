"""The pages that list papers: all of them, by topic, by date, by organisation."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sitegen import urls
from sitegen.bundles import Bundle
from sitegen.catalogue import Entry, Group, Period
from sitegen.frame import DATES, ORGANIZATIONS, PAPERS, TOPICS, Frame, ready
from sitegen.jobs import Job
from sitegen.listings import ListingPage, listing_pages, period_title
from sitegen.views import DatesView, IndexEntry, IndexView, Link, ListingView, YearEntry

RELATED_TOPICS = 6
"""Neighbouring topics that a topic's page names."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Papers under a heading, newest first, and what leads from there. See `ListingView` for the fields."""

    kind: str
    path: str
    heading: str
    about: str
    papers: Sequence[Entry]
    crumbs: tuple[Link, ...] = ()
    children: tuple[Link, ...] = ()
    related: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None


def listing_bundles(frame: Frame) -> Iterator[Bundle[Job]]:
    """Yield every listing of the site and the indexes that lead to them."""
    yield Bundle("indexes", (frame.digest, frame.catalogue.papers), partial(_indexes, frame))
    for listing in (*_all(frame), *_topics(frame), *_organizations(frame), *_periods(frame)):
        made_of = (frame.digest, frame.config.page_size, listing)
        yield Bundle(f"listing {listing.path}", made_of, partial(_pages, frame, listing))


def _indexes(frame: Frame) -> Iterator[Job]:
    words, catalogue = frame.words, frame.catalogue
    yield _index(frame, "topics", TOPICS, words("index.topics_about"), catalogue.topics)
    yield _index(frame, "organizations", ORGANIZATIONS, words("index.organizations_about"), catalogue.organizations)
    yield _dates(frame)


def _all(frame: Frame) -> Iterator[Listing]:
    words, undated = frame.words, frame.catalogue.undated
    yield Listing("papers", PAPERS, words("frame.all_papers"), words("listing.all_about"), frame.catalogue.papers)
    if undated:
        heading, about = words("listing.undated"), words("listing.undated_about")
        yield Listing("papers", urls.UNDATED_PAPERS, heading, about, undated, (frame.link(PAPERS),))


def _topics(frame: Frame) -> Iterator[Listing]:
    for topic in frame.catalogue.topics:
        related = _related_topics(frame, topic)
        crumbs = (frame.link(TOPICS),)
        yield Listing("topic", topic.path, topic.title, topic.about, topic.papers, crumbs, related=related)


def _related_topics(frame: Frame, topic: Group) -> tuple[Link, ...]:
    """Link to the topics that share most papers with this one."""
    counts = Counter(assignment.slug for paper in topic.papers for assignment in paper.topics)
    counts.pop(topic.slug, None)
    best = sorted(counts, key=lambda slug: (-counts[slug], slug))[:RELATED_TOPICS]
    return tuple(Link(frame.catalogue.topic_titles[slug], urls.topic(slug), counts[slug]) for slug in best)


def _organizations(frame: Frame) -> Iterator[Listing]:
    for group in frame.catalogue.organizations:
        about = frame.words("listing.organization_about", name=group.title)
        yield Listing("organization", group.path, group.title, about, group.papers, (frame.link(ORGANIZATIONS),))


def _periods(frame: Frame) -> Iterator[Listing]:
    """Yield years, months and days, each kind in the order of time, so that neighbours know of each other."""
    years = frame.catalogue.years
    months = [month for year in years for month in year.parts]
    days = [day for month in months for day in month.parts]
    for periods in (years, months, days):
        for index, period in enumerate(periods):
            yield Listing(
                period.kind,
                period.path,
                period_title(period.kind, period.start, frame.words),
                "",
                period.papers,
                (frame.link(DATES), *_wider(frame, period)),
                children=tuple(_part(frame, part) for part in period.parts),
                previous=frame.period_link(periods[index - 1]) if index else None,
                next=frame.period_link(periods[index + 1]) if index + 1 < len(periods) else None,
            )


def _part(frame: Frame, part: Period) -> Link:
    """Link to a month or a day from the page of the year that both are part of, which need not be named again."""
    start, words = part.start, frame.words
    label = words.month_name(start.month) if part.kind == "month" else words.day_of_year(start)
    return Link(label, part.path, len(part.papers))


def _wider(frame: Frame, period: Period) -> Iterator[Link]:
    """Yield the periods that a period is part of."""
    year, month = period.start.year, period.start.month
    if period.kind != "year":
        yield Link(period_title("year", period.start, frame.words), urls.year(year))
    if period.kind == "day":
        yield Link(period_title("month", period.start, frame.words), urls.month(year, month))


def _pages(frame: Frame, listing: Listing) -> Iterator[Job]:
    """Cut a listing into its pages."""
    facts = (listing.kind, listing.heading, listing.about, listing.crumbs, listing.children, listing.related,
             listing.previous, listing.next)  # fmt: skip
    for part in listing_pages(listing.path, len(listing.papers), frame.config.page_size):
        papers = listing.papers[part.rows]
        made_of = (frame.digest, facts, part.pagination, "".join([paper.row_key for paper in papers]))
        yield Job(part.path, "listing.html", made_of, partial(_listing, frame, listing, part))


def _listing(frame: Frame, listing: Listing, part: ListingPage) -> ListingView:
    number, heading, words = part.pagination.number, listing.heading, frame.words
    title = heading if number == 1 else words("listing.title", heading=heading, page=number)
    about = listing.about or words("listing.description", heading=heading)
    return ListingView(
        chrome=frame.chrome,
        head=frame.head(part.path, title, about, crumbs=listing.crumbs),
        kind=listing.kind,
        heading=listing.heading,
        about=listing.about,
        crumbs=listing.crumbs,
        rows=frame.rows_of(listing.papers[part.rows]),
        pagination=part.pagination,
        children=listing.children,
        related=listing.related,
        previous=listing.previous,
        next=listing.next,
    )


def _index(frame: Frame, kind: str, path: str, about: str, groups: Sequence[Group]) -> Job:
    """Make the page that leads to all topics, or to all organisations."""
    link = frame.link(path)
    entries = tuple(
        IndexEntry(g.title, g.path, len(g.papers), g.about, g.papers[0].page.date if g.papers else None) for g in groups
    )
    head = frame.head(path, link.label, about)
    return ready(path, "index.html", IndexView(frame.chrome, head, kind, link.label, about, (), entries))


def _dates(frame: Frame) -> Job:
    """Make the page that leads to years and months."""
    heading, about = frame.link(DATES).label, frame.words("dates.about")
    years = tuple(YearEntry(frame.period_link(year), _months(frame, year)) for year in reversed(frame.catalogue.years))
    count = len(frame.catalogue.undated)
    undated = Link(frame.words("listing.undated"), urls.UNDATED_PAPERS, count) if count else None
    head = frame.head(DATES, heading, about)
    return ready(DATES, "dates.html", DatesView(frame.chrome, head, heading, about, (), years, undated))


def _months(frame: Frame, year: Period) -> tuple[Link | None, ...]:
    """Give the twelve months of a year, None where it has no papers."""
    having = {month.start.month: month for month in year.parts}
    return tuple(
        Link(frame.words.month_name(number), having[number].path, len(having[number].papers))
        if number in having
        else None
        for number in range(1, 13)
    )
