"""What a template is given: one frozen view each, and nothing else.

The view is the dependency list of a page: whatever a template may show is in it, so the hash of what the view is made
of, and of the template, says whether the page must be written again. All `path` values are addresses under the site's
root without a leading slash (`urls`); a template writes `{{ root }}{{ path }}`.
"""

import datetime as dt
from dataclasses import dataclass

from sitegen.bars import Bar
from sitegen.calendars import CalendarMonth
from sitegen.charts import Sparkline
from sitegen.following import FeedLinks


@dataclass(frozen=True, slots=True)
class Link:
    """A labelled path under the site's root; `count` is shown behind it where it tells something."""

    label: str
    path: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class ExternalLink:
    """A labelled address on another site; `address` has passed the scheme allow-list."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Chrome:
    """What every page of the site shares.

    repository: where readers suggest corrections, "" where none is known. noindex: a preview that search engines leave
    alone. direction: of the script that the language is written in, "ltr" or "rtl".
    subscribe: whether the home page and the page about the site have a form to subscribe to the digest.
    translations: the site in each of its languages, its own too, by tag; none where there is just one.
    """

    site_title: str
    tagline: str
    language: str
    base_url: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    repository: str
    noindex: bool
    direction: str = "ltr"
    subscribe: bool = False
    translations: tuple[ExternalLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself in its head. canonical: absolute. feeds: those to announce.

    structured: what the page is about as JSON-LD, ready for a script element, "" for nothing. image: address of the
    picture that stands for the page elsewhere, "" for none.
    section: path of the link in the site's navigation that the page stands under, "" for none.
    """

    title: str
    description: str
    canonical: str
    path: str
    root: str
    kind: str = "website"
    noindex: bool = False
    section: str = ""
    feeds: tuple[FeedLinks, ...] = ()
    structured: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One paper in a listing: `<article class="paper" data-slug=...>`.

    authors: "5 authors", or the names, or "". date_path: the day's page. excerpt: the first sentences of the abstract.
    """

    slug: str
    title: str
    path: str
    date: dt.date | None
    date_path: str
    authors: str
    organization: Link | None
    comments: int
    topics: tuple[Link, ...]
    excerpt: str
    has_code: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A headed run of rows on the home page; `more` leads to the whole listing."""

    id: str
    title: str
    rows: tuple[Row, ...]
    more: Link | None


@dataclass(frozen=True, slots=True)
class HomeView:
    """home.html. first, last: the oldest and the newest date, None in an empty catalogue. years: newest first."""

    chrome: Chrome
    head: Head
    count: int
    topic_count: int
    organization_count: int
    first: dt.date | None
    last: dt.date | None
    sections: tuple[Section, ...]
    topics: tuple[Link, ...]
    years: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where a page of a listing stands. first, last: numbers of its rows, from 1. pages: those near it."""

    number: int
    total: int
    first: int
    last: int
    count: int
    previous: Link | None
    next: Link | None
    pages: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ListingView:
    """listing.html: all papers, a topic, a day, a month, a year, an organisation.

    kind: "papers", "discussed", "trending", "topic", "year", "month", "week", "day" or "organization". about: a
    sentence on what belongs here, or "". orders: the same papers in other orders, this one among them. children: the
    days of a week, the week of a day. related: neighbouring topics, or those of an organisation. previous, next: the
    neighbouring period. Only on the first page: calendar, of a year or a month; bars, papers by year.
    citations: files of the papers' citations.
    """

    chrome: Chrome
    head: Head
    kind: str
    heading: str
    about: str
    crumbs: tuple[Link, ...]
    rows: tuple[Row, ...]
    pagination: Pagination
    orders: tuple[Link, ...] = ()
    calendar: tuple[CalendarMonth, ...] = ()
    bars: tuple[Bar, ...] = ()
    children: tuple[Link, ...] = ()
    related: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    citations: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One line of an index: a topic with what belongs there and its years, or an organisation."""

    label: str
    path: str
    count: int
    about: str = ""
    newest: dt.date | None = None
    spark: Sparkline | None = None


@dataclass(frozen=True, slots=True)
class IndexView:
    """index.html: the topics. kind: "topics"."""

    chrome: Chrome
    head: Head
    kind: str
    heading: str
    about: str
    crumbs: tuple[Link, ...]
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class YearEntry:
    """A year of the date index. months: twelve, None for a month without papers."""

    year: Link
    months: tuple[Link | None, ...]


@dataclass(frozen=True, slots=True)
class DatesView:
    """dates.html: years, newest first, each with its months. undated: papers without a date, None if all have one.

    calendar: the newest months.
    """

    chrome: Chrome
    head: Head
    heading: str
    about: str
    crumbs: tuple[Link, ...]
    years: tuple[YearEntry, ...]
    undated: Link | None
    calendar: tuple[CalendarMonth, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchView:
    """search.html: the form with its filters; results come from the script. count: papers in the index."""

    chrome: Chrome
    head: Head
    heading: str
    crumbs: tuple[Link, ...]
    topics: tuple[Link, ...]
    years: tuple[Link, ...]
    count: int


@dataclass(frozen=True, slots=True)
class PageView:
    """page.html: a page written by hand (about), and 404.html, whose root is absolute."""

    chrome: Chrome
    head: Head
    heading: str
    crumbs: tuple[Link, ...]
    html: str


@dataclass(frozen=True, slots=True)
class RedirectView:
    """redirect.html: an old address that leads to `target`, a path."""

    chrome: Chrome
    head: Head
    target: str
