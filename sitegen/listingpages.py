"""The pages that list papers: all of them, by topic, by date, by organisation."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from sitegen import urls
from sitegen.bundles import Bundle, Turn
from sitegen.calendars import calendar_of
from sitegen.catalogue import Group, Period
from sitegen.directories import directory_jobs
from sitegen.following import FeedLinks
from sitegen.frame import DATES, ORGANIZATIONS, PAPERS, TOPICS, Frame, feed_links, ready
from sitegen.jobs import Job
from sitegen.listingjobs import Listing, listing_jobs
from sitegen.listings import period_title
from sitegen.sparklines import group_sparkline
from sitegen.stats import years_of
from sitegen.views import DatesView, IndexEntry, IndexView, Link, YearEntry

RELATED_TOPICS = 6
"""Topics that the page of a topic, or of an organisation, names."""

MOST_RANKED = 500
"""Papers of a list that is not in the order of time: nobody reads on, and each change may touch all of it."""

LATEST_MONTHS = 6
"""Months of the calendar on the page of dates."""


TOGETHER = 16
"""Pages of a long listing that are planned together."""


def listing_bundles(frame: Frame) -> Iterator[Bundle[Job]]:
    """Yield every listing of the site and the indexes that lead to them."""
    yield Bundle("indexes", (frame.digest, frame.catalogue.papers), partial(_indexes, frame), Turn.LAST)
    organizations = frame.catalogue.organizations
    yield Bundle("directory", (frame.digest, organizations), partial(directory_jobs, frame))
    shared = frame.digest, frame.config.page_size
    for listing in _all(frame):
        yield from _long(frame, listing)
    for topic in frame.catalogue.topics:
        yield Bundle(f"listing {topic.path}", (shared, topic), partial(_topic, frame, topic))
    for group in organizations:
        yield Bundle(f"listing {group.path}", (shared, group), partial(_organization, frame, group))
    years = frame.catalogue.years
    for before, period, after in (*_with_neighbours(years), *_with_neighbours(frame.catalogue.weeks)):
        made_of = (shared, before, period, after)
        yield Bundle(f"listing {period.path}", made_of, partial(_period, frame, before, period, after))
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
        yield Bundle(f"listing {listing.path} {first}", made_of, partial(listing_jobs, frame, listing, numbers))


def _indexes(frame: Frame) -> Iterator[Job]:
    yield _topic_index(frame)
    yield _dates(frame)


def _all(frame: Frame) -> Iterator[Listing]:
    words, catalogue, orders = frame.words, frame.catalogue, _orders(frame)
    heading, about = words("frame.all_papers"), words("listing.all_about")
    yield Listing("papers", PAPERS, heading, about, catalogue.papers, orders=orders)
    ranked = {"discussed": catalogue.discussed, "trending": catalogue.trending}
    for (kind, papers), link in zip(ranked.items(), orders[1:], strict=True):
        about, shown = words(f"browse.{kind}_about"), papers[:MOST_RANKED]
        yield Listing(kind, link.path, link.label, about, shown, (frame.leading_to(PAPERS),), orders)
    if catalogue.undated:
        heading, about = words("listing.undated"), words("listing.undated_about")
        yield Listing("papers", urls.UNDATED_PAPERS, heading, about, catalogue.undated, (frame.leading_to(PAPERS),))


def _orders(frame: Frame) -> tuple[Link, ...]:
    """Link to the lists of all papers, newest first, and of those that people talk about."""
    paths = {"newest": PAPERS, "discussed": urls.DISCUSSED_PAPERS, "trending": urls.TRENDING_PAPERS}
    return tuple(Link(frame.words(f"browse.{name}"), path) for name, path in paths.items())


def _topic(frame: Frame, topic: Group) -> Iterator[Job]:
    counts = _topics_of(topic)
    del counts[topic.slug]
    related, feeds = _most(frame, counts), _feeds(frame, topic)
    facts = "topic", topic.path, topic.title, topic.about, topic.papers, (frame.leading_to(TOPICS),)
    return listing_jobs(frame, Listing(*facts, related=related, feeds=feeds))


def _feeds(frame: Frame, group: Group) -> tuple[FeedLinks, ...]:
    """Announce a group's own feeds before those of everything."""
    return feed_links(Link(group.title, group.path)), *frame.feeds


def _topics_of(group: Group) -> Counter[str]:
    """Count a group's papers by the slugs of their topics."""
    return Counter([assignment.slug for paper in group.papers for assignment in paper.topics])


def _most(frame: Frame, counts: Counter[str]) -> tuple[Link, ...]:
    """Link to the topics that have most papers of a group. counts: papers by the slugs of topics."""
    best = sorted(counts, key=lambda slug: (-counts[slug], slug))[:RELATED_TOPICS]
    return tuple(Link(frame.catalogue.topic_titles[slug], urls.topic(slug), counts[slug]) for slug in best)


def _organization(frame: Frame, group: Group) -> Iterator[Job]:
    about, crumbs = frame.words("listing.organization_about", name=group.title), (frame.leading_to(ORGANIZATIONS),)
    related, feeds = _most(frame, _topics_of(group)), _feeds(frame, group)
    facts = "organization", group.path, group.title, about, group.papers, crumbs
    return listing_jobs(frame, Listing(*facts, related=related, feeds=feeds))


def _month(frame: Frame, previous: Period | None, month: Period, following: Period | None) -> Iterator[Job]:
    """Yield the pages of a month and of its days; the day before the first is the last of another month."""
    yield from _period(frame, previous, month, following)
    before = previous.parts[-1] if previous else None
    after = following.parts[0] if following else None
    days = (before, *month.parts, after)
    for place, day in enumerate(month.parts):
        yield from _period(frame, days[place], day, days[place + 2])


def _period(frame: Frame, previous: Period | None, period: Period, following: Period | None) -> Iterator[Job]:
    """Yield the pages of a year, a month, a week or a day. previous, following: its neighbours of the same kind."""
    listing = Listing(
        period.kind,
        period.path,
        period_title(period.kind, period.start, frame.words),
        _about(frame, period),
        period.papers,
        (frame.leading_to(DATES), *_wider(frame, period)),
        months=_months_of(period),
        children=tuple(_beside(frame, period)),
        previous=frame.period_link(previous) if previous else None,
        next=frame.period_link(following) if following else None,
    )
    return listing_jobs(frame, listing)


def _about(frame: Frame, period: Period) -> str:
    return frame.words("browse.week_about", days=frame.words.week(period.start)) if period.kind == "week" else ""


def _months_of(period: Period) -> tuple[Period, ...]:
    """Give the months of a period that has a calendar."""
    return {"year": period.parts, "month": (period,)}.get(period.kind, ())


def _beside(frame: Frame, period: Period) -> Iterator[Link]:
    """Link to the months of a year, the days of a week and the week of a day; those of a month are in its calendar."""
    if period.kind in ("year", "week"):
        yield from (_part(frame, part) for part in period.parts)
    if period.kind == "day":
        yield Link(period_title("week", period.start, frame.words), urls.week(period.start))


def _part(frame: Frame, part: Period) -> Link:
    """Link to a month or a day from a page that names the year already."""
    start, words = part.start, frame.words
    label = words.month_name(start.month) if part.kind == "month" else words.day_of_year(start)
    return Link(label, part.path, len(part.papers))


def _wider(frame: Frame, period: Period) -> Iterator[Link]:
    """Yield the periods that a period is part of."""
    year, month = period.start.year, period.start.month
    if period.kind in ("month", "day"):
        yield Link(period_title("year", period.start, frame.words), urls.year(year))
    if period.kind == "day":
        yield Link(period_title("month", period.start, frame.words), urls.month(year, month))


def _topic_index(frame: Frame) -> Job:
    """Make the page that leads to all topics."""
    heading, about = frame.leading_to(TOPICS).label, frame.words("index.topics_about")
    years = years_of(frame.catalogue)
    entries = tuple(_index_entry(frame, topic, years) for topic in frame.catalogue.topics)
    head = frame.head(TOPICS, heading, about)
    return ready(TOPICS, "index.html", IndexView(frame.chrome, head, "topics", heading, about, (), entries))


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
    newest = [month for year in frame.catalogue.years for month in year.parts][: -LATEST_MONTHS - 1 : -1]
    view = DatesView(frame.chrome, head, heading, about, (), years, undated, calendar_of(newest))
    return ready(DATES, "dates.html", view)


def _months(frame: Frame, year: Period) -> tuple[Link | None, ...]:
    """Give the twelve months of a year, None where it has no papers."""
    having = {month.start.month: month for month in year.parts}
    return tuple(
        Link(frame.words.month_name(number), having[number].path, len(having[number].papers))
        if number in having
        else None
        for number in range(1, 13)
    )
