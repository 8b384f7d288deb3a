"""A listing as pages: papers under a heading, cut into pages, each with its view."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from sitegen import structured
from sitegen.bars import Bar, year_bars
from sitegen.calendars import CalendarMonth, calendar_of
from sitegen.catalogue import Entry, Period
from sitegen.citefiles import list_links
from sitegen.following import FeedLinks
from sitegen.frame import Frame
from sitegen.jobs import Job
from sitegen.listings import ListingPage, listing_pages
from sitegen.views import Link, ListingView


@dataclass(frozen=True, slots=True)
class Listing:
    """Papers under a heading, and what leads from there. See `ListingView` for the fields.

    months: for the calendar.
    """

    kind: str
    path: str
    heading: str
    about: str
    papers: Sequence[Entry]
    crumbs: tuple[Link, ...] = ()
    orders: tuple[Link, ...] = ()
    months: tuple[Period, ...] = ()
    children: tuple[Link, ...] = ()
    related: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    feeds: tuple[FeedLinks, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """What shows a whole listing at a glance, on its first page only. See `ListingView` for the fields."""

    calendar: tuple[CalendarMonth, ...] = ()
    bars: tuple[Bar, ...] = ()


def listing_jobs(frame: Frame, listing: Listing, numbers: range | None = None) -> Iterator[Job]:
    """Cut a listing into its pages. numbers: of those that are wanted, None for all."""
    facts = (listing.kind, listing.heading, listing.about, listing.crumbs, listing.orders, listing.children,
             listing.related, listing.previous, listing.next, listing.feeds)  # fmt: skip
    overview = _overview(frame, listing)
    for part in listing_pages(listing.path, len(listing.papers), frame.config.page_size, numbers):
        papers = listing.papers[part.rows]
        over = overview if part.number == 1 else Overview()
        made_of = (frame.digest, facts, over, part, "".join([paper.row_key for paper in papers]))
        yield Job(part.path, "listing.html", made_of, partial(_listing, frame, listing, part, over))


def _overview(frame: Frame, listing: Listing) -> Overview:
    with_bars = listing.kind in ("topic", "organization")
    bars = year_bars(listing.papers, listing.path, frame.config.page_size) if with_bars else ()
    return Overview(calendar_of(listing.months), bars)


def _listing(frame: Frame, listing: Listing, part: ListingPage, overview: Overview) -> ListingView:
    number, heading, words = part.number, listing.heading, frame.words
    pagination = part.pagination
    title = heading if number == 1 else words("listing.title", heading=heading, page=number)
    description = listing.about or words("listing.description", heading=heading)
    rows = frame.rows_of(listing.papers[part.rows])
    papers = structured.papers(rows, pagination.first, part.count, frame.config)
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
        pagination=pagination,
        orders=listing.orders,
        calendar=overview.calendar,
        bars=overview.bars,
        children=listing.children,
        related=listing.related,
        previous=listing.previous,
        next=listing.next,
        citations=list_links(frame, listing.kind, listing.path, len(listing.papers)),
    )
