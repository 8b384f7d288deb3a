"""The pages of the site in bundles of jobs: of each page its path, its template and the one view that it is given."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from urllib.parse import quote, unquote, urlsplit

from markupsafe import Markup

from sitegen import structured, urls
from sitegen.bundles import Bundle, Turn
from sitegen.catalogue import Catalogue
from sitegen.citefiles import paper_formats
from sitegen.config import Config
from sitegen.frame import DATES, KEYBOARD, PAPERS, SEARCH, TOPICS, Frame, ready
from sitegen.jobs import Job
from sitegen.listingpages import listing_bundles
from sitegen.mappages import map_bundle
from sitegen.offlinepages import offline_job
from sitegen.options import PARTS
from sitegen.paperpages import paper_bundles
from sitegen.plotting import Plot
from sitegen.qualitypages import quality_jobs
from sitegen.readingpages import reading_list_jobs
from sitegen.related import Neighbour
from sitegen.statspages import stats_bundle
from sitegen.views import HomeView, Link, PageView, RedirectView, SearchView, Section
from sitegen.words import Words

ON_HOME = 10
"""Papers in each section of the home page."""


@dataclass(frozen=True, slots=True)
class HandText:
    """A page by hand, its body rendered. navigation: whether the site's head names it."""

    slug: str
    title: str
    description: str
    html: str
    navigation: bool


@dataclass(frozen=True, slots=True)
class Redirect:
    """An old path and the path that it leads to now."""

    path: str
    target: str


@dataclass(frozen=True)
class Site:
    """All that the pages show. neighbours: similar papers, in the catalogue's order. noindex: this is a preview.

    only: the parts of the site that are made. plot: puts the catalogue on its map, when that is asked for.
    """

    catalogue: Catalogue
    config: Config
    neighbours: Sequence[Sequence[Neighbour]]
    pages: Sequence[HandText]
    words: Words
    redirects: Sequence[Redirect] = ()
    noindex: bool = False
    only: frozenset[str] = PARTS
    plot: Callable[[], Plot] = Plot

    @cached_property
    def frame(self) -> Frame:
        """Give what all pages take from."""
        by_hand = tuple(Link(p.title, f"{p.slug}/") for p in self.pages if p.navigation and p.slug != "about")
        cites = paper_formats(len(self.catalogue.papers)) if "citations" in self.only else ()
        config = replace(self.config, download=self.has_zip)
        return Frame(self.catalogue, config, self.words, by_hand, self.noindex, cites)

    @property
    def has_zip(self) -> bool:
        """Tell whether there is a zip of the site."""
        return self.config.download and "zip" in self.only


def site_bundles(site: Site) -> Iterator[Bundle[Job]]:
    """Yield every page of the site's parts."""
    frame = site.frame
    if "pages" in site.only:
        yield Bundle("home", (frame.digest, frame.catalogue.papers), lambda: [_home(frame)])
        yield from paper_bundles(frame, site.neighbours)
        papers = frame.catalogue.papers
        yield Bundle("quality", (frame.digest, papers), lambda: quality_jobs(frame), Turn.LAST)
        yield Bundle("reading list", (frame.digest,), lambda: reading_list_jobs(frame))
        yield Bundle("other pages", (frame.digest, site.pages, site.redirects), partial(_others, frame, site))
    if "listings" in site.only:
        yield from listing_bundles(frame)
    if "stats" in site.only:
        yield stats_bundle(frame)
    if "map" in site.only:
        yield map_bundle(frame, site.neighbours, site.plot)
    if "offline" in site.only:
        yield Bundle("offline", (frame.digest,), lambda: [offline_job(frame)])
    if "search" in site.only:
        yield Bundle("search page", (frame.digest, frame.catalogue.papers), lambda: [_search(frame)])


def _others(frame: Frame, site: Site) -> Iterator[Job]:
    """Yield the pages that do not hang on the papers."""
    yield from (_by_hand(frame, page) for page in site.pages)
    yield _not_found(frame)
    if site.config.subscribe:
        yield _subscribed(frame)
    yield _keyboard(frame)
    yield from (_redirect(frame, redirect) for redirect in site.redirects)


def _home(frame: Frame) -> Job:
    catalogue = frame.catalogue
    dated = [p.page.date for p in catalogue.papers if p.page.date]
    view = HomeView(
        chrome=frame.chrome,
        head=frame.head("", frame.config.title, frame.config.description, about=structured.home(frame.config)),
        count=len(catalogue.papers),
        topic_count=sum(bool(topic.papers) for topic in catalogue.topics),
        organization_count=len(catalogue.organizations),
        first=min(dated, default=None),
        last=max(dated, default=None),
        sections=tuple(_sections(frame)),
        topics=tuple(sorted(_topic_links(frame), key=lambda link: -(link.count or 0))),
        years=tuple(frame.period_link(year) for year in reversed(catalogue.years)),
    )
    return ready("", "home.html", view)


def _sections(frame: Frame) -> Iterator[Section]:
    catalogue, words = frame.catalogue, frame.words
    newest = frame.rows_of(catalogue.papers[:ON_HOME])
    yield Section("newest", words("browse.newest"), newest, Link(words("frame.all_papers"), PAPERS))
    ranked = (
        ("discussed", catalogue.discussed, urls.DISCUSSED_PAPERS),
        ("trending", catalogue.trending, urls.TRENDING_PAPERS),
    )
    for name, papers, path in ranked:
        rows = frame.rows_of(papers[:ON_HOME])
        yield Section(name, words(f"browse.{name}"), rows, Link(words(f"browse.{name}_all"), path))


def _search(frame: Frame) -> Job:
    heading = frame.leading_to(SEARCH).label
    view = SearchView(
        chrome=frame.chrome,
        head=frame.head(SEARCH, heading, frame.words("search.about"), noindex=True),
        heading=heading,
        crumbs=(),
        topics=_topic_links(frame),
        years=tuple(frame.period_link(year) for year in reversed(frame.catalogue.years)),
        count=len(frame.catalogue.papers),
    )
    return ready(SEARCH, "search.html", view)


def _topic_links(frame: Frame) -> tuple[Link, ...]:
    return tuple(Link(t.title, t.path, len(t.papers)) for t in frame.catalogue.topics if t.papers)


def _by_hand(frame: Frame, page: HandText) -> Job:
    head = frame.head(f"{page.slug}/", page.title, page.description)
    return ready(head.path, "page.html", PageView(frame.chrome, head, page.title, (), page.html))


def _not_found(frame: Frame) -> Job:
    """Make 404.html, which hosts show at any depth: its links begin at the host's root."""
    words, root = frame.words, quote(unquote(urlsplit(frame.config.base_url).path)) or "/"
    head = frame.head("404.html", words("missing.title"), words("missing.about"), noindex=True)
    named = Link(words("missing.search"), SEARCH), Link(words("frame.all_papers"), PAPERS)
    item = Markup('<li><a href="{}{}">{}</a></li>')
    ways = (*named, frame.leading_to(TOPICS), frame.leading_to(DATES))
    items = Markup().join(item.format(root, to.path, to.label) for to in ways)
    html = Markup("<p>{}</p><ul>{}</ul>").format(words("missing.text"), items)
    view = PageView(frame.chrome, replace(head, root=root), words("missing.heading"), (), str(html))
    return ready("404.html", "page.html", view)


def _subscribed(frame: Frame) -> Job:
    """Make the page that the form to subscribe leads to."""
    words = frame.words
    head = frame.head("subscribed/", words("subscribe.title"), noindex=True)
    html = Markup("<p>{}</p>").format(words("subscribe.thanks"))
    return ready(head.path, "page.html", PageView(frame.chrome, head, words("subscribe.title"), (), str(html)))


def _keyboard(frame: Frame) -> Job:
    """Make the page that names the keys, for those who follow its link without a script."""
    link, about = frame.leading_to(KEYBOARD), frame.words("keys.about")
    head = frame.head(link.path, link.label, about)
    return ready(link.path, "keyboard.html", PageView(frame.chrome, head, link.label, (), ""))


def _redirect(frame: Frame, redirect: Redirect) -> Job:
    there = frame.config.base_url + quote(redirect.target)
    head = replace(frame.head(redirect.path, frame.words("moved.title"), noindex=True), canonical=there)
    return ready(redirect.path, "redirect.html", RedirectView(frame.chrome, head, redirect.target))
