"""The pages that list papers: all of them, by topic, by date, by organisation."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sitegen import structured, urls
from sitegen.bundles import Bundle
from sitegen.catalogue import Entry, Group, Period
from sitegen.citefiles import list_links
from sitegen.following import FeedLinks
from sitegen.frame import DATES, ORGANIZATIONS, PAPERS, TOPICS, Frame, feed_links, ready
from sitegen.jobs import Job
from sitegen.listings import ListingPage, listing_pages, period_title
from sitegen.sparklines import group_sparkline
from sitegen.stats import years_of
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
    feeds: tuple[FeedLinks, ...] = ()


TOGETHER = 16
"""Pages of a long listing that are planned together."""


def listing_bundles(frame: Frame) -> Iterator[Bundle[Job]]:
    """Yield every listing of the site and the indexes that lead to them."""
    yield Bundle("indexes", (frame.digest, frame.catalogue.papers), partial(_indexes, frame))
    shared = frame.digest, frame.config.page_size
    for listing in _all(frame):
        yield from _long(frame, listing)
    for topic in frame.catalogue.topics:
        yield Bundle(f"listing {topic.path}", (shared, topic), partial(_topic, frame, topic))
    for group in frame.catalogue.organizations:
        yield Bundle(f"listing {group.path}", (shared, group), partial(_organization, frame, group))
    years = frame.catalogue.years
    for before, year, after in _with_neighbours(years):
        yield Bundle(
            f"listing {year.path}", (shared, before, year, after), partial(_period, frame, before, year, after)
        )
    for before, month, after in _with_neighbours([month for year in years for month in year.parts]):
        made_of = (shared, before, month, after)
        yield Bundle(f"listings {month.path}", made_of, partial(_month, frame, before, month, after))


def _with_neighbours(periods: Sequence[Period]) -> Iterator[tuple[Period | None, Period, Period | None]]:
    """Yield each period with the one before it and the one after it."""
    return zip((None, *periods), periods, (*periods[1:], None), strict=False)


def _long(frame: Frame, listing: Listing) -> Iterator[Bundle[Job]]:
    """Yield the pages of a listing so long that not all of them are to be planned for the sake of one paper."""
    size, count = frame.config.page_size, len(listing.papers)
    facts = listing.path, listing.heading, listing.about, listing.crumbs, count
    for first in range(1, max(1, -(-count // size)) + 1, TOGETHER):
        numbers = range(first, first + TOGETHER)
        papers = listing.papers[(first - 1) * size : (first - 1 + TOGETHER) * size]
        made_of = (frame.digest, size, facts, papers)
        yield Bundle(f"listing {listing.path} {first}", made_of, partial(_pages, frame, listing, numbers))


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
        yield Listing("papers", urls.UNDATED_PAPERS, heading, about, undated, (frame.leading_to(PAPERS),))


def _topic(frame: Frame, topic: Group) -> Iterator[Job]:
    related, feeds = _related_topics(frame, topic), _feeds(frame, topic)
    facts = "topic", topic.path, topic.title, topic.about, topic.papers, (frame.leading_to(TOPICS),)
    return _pages(frame, Listing(*facts, related=related, feeds=feeds))


def _feeds(frame: Frame, group: Group) -> tuple[FeedLinks, ...]:
    """Announce a group's own feeds before those of everything."""
    return feed_links(Link(group.title, group.path)), *frame.feeds


def _related_topics(frame: Frame, topic: Group) -> tuple[Link, ...]:
    """Link to the topics that share most papers with this one."""
    counts = frame.catalogue.neighbouring_topics.get(topic.slug, Counter())
    best = sorted(counts, key=lambda slug: (-counts[slug], slug))[:RELATED_TOPICS]
    return tuple(Link(frame.catalogue.topic_titles[slug], urls.topic(slug), counts[slug]) for slug in best)


def _organization(frame: Frame, group: Group) -> Iterator[Job]:
    about, crumbs = frame.words("listing.organization_about", name=group.title), (frame.leading_to(ORGANIZATIONS),)
    facts = "organization", group.path, group.title, about, group.papers, crumbs
    return _pages(frame, Listing(*facts, feeds=_feeds(frame, group)))


def _month(frame: Frame, previous: Period | None, month: Period, following: Period | None) -> Iterator[Job]:
    """Yield the pages of a month and of its days; the day before the first is the last of another month."""
    yield from _period(frame, previous, month, following)
    before = previous.parts[-1] if previous else None
    after = following.parts[0] if following else None
    days = (before, *month.parts, after)
    for place, day in enumerate(month.parts):
        yield from _period(frame, days[place], day, days[place + 2])


def _period(frame: Frame, previous: Period | None, period: Period, following: Period | None) -> Iterator[Job]:
    """Yield the pages of a year, a month or a day. previous, following: its neighbours of the same kind."""
    listing = Listing(
        period.kind,
        period.path,
        period_title(period.kind, period.start, frame.words),
        "",
        period.papers,
        (frame.leading_to(DATES), *_wider(frame, period)),
        children=tuple(_part(frame, part) for part in period.parts),
        previous=frame.period_link(previous) if previous else None,
        next=frame.period_link(following) if following else None,
    )
    return _pages(frame, listing)


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


def _pages(frame: Frame, listing: Listing, numbers: range | None = None) -> Iterator[Job]:
    """Cut a listing into its pages. numbers: of those that are wanted, None for all."""
    facts = (listing.kind, listing.heading, listing.about, listing.crumbs, listing.children, listing.related,
             listing.previous, listing.next, listing.feeds)  # fmt: skip
    for part in listing_pages(listing.path, len(listing.papers), frame.config.page_size, numbers):
        papers = listing.papers[part.rows]
        made_of = (frame.digest, facts, part.pagination, "".join([paper.row_key for paper in papers]))
        yield Job(part.path, "listing.html", made_of, partial(_listing, frame, listing, part))


def _listing(frame: Frame, listing: Listing, part: ListingPage) -> ListingView:
    number, heading, words = part.pagination.number, listing.heading, frame.words
    title = heading if number == 1 else words("listing.title", heading=heading, page=number)
    description = listing.about or words("listing.description", heading=heading)
    rows = frame.rows_of(listing.papers[part.rows])
    papers = structured.papers(rows, part.pagination.first, part.pagination.count, frame.config)
    about = structured.listing(Link(title, part.path), description, papers, frame.config)
    return ListingView(
        chrome=frame.chrome,
        head=frame.head(
            part.path,
            title,
            description,
            crumbs=listing.crumbs,
            about=[about],
            feeds=listing.feeds,
            picture=frame.pictures.of_listing(listing.path),
        ),
        kind=listing.kind,
        heading=listing.heading,
        about=listing.about,
        crumbs=listing.crumbs,
        rows=rows,
        pagination=part.pagination,
        children=listing.children,
        related=listing.related,
        previous=listing.previous,
        next=listing.next,
        citations=list_links(frame, listing.kind, listing.path, len(listing.papers)),
    )


def _index(frame: Frame, kind: str, path: str, about: str, groups: Sequence[Group]) -> Job:
    """Make the page that leads to all topics, or to all organisations."""
    link = frame.leading_to(path)
    years = years_of(frame.catalogue) if kind == "topics" else ()
    entries = tuple(_index_entry(frame, group, years) for group in groups)
    head = frame.head(path, link.label, about)
    return ready(path, "index.html", IndexView(frame.chrome, head, kind, link.label, about, (), entries))


def _index_entry(frame: Frame, group: Group, years: Sequence[int]) -> IndexEntry:
    newest = group.papers[0].page.date if group.papers else None
    spark = group_sparkline(group, years, frame.words)
    return IndexEntry(group.title, group.path, len(group.papers), group.about, newest, spark)


def _dates(frame: Frame) -> Job:
    """Make the page that leads to years and months."""
    heading, about = frame.leading_to(DATES).label, frame.words("dates.about")
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
