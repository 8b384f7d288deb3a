"""What all pages share: the frame of navigation and footer, the head of a page, and each paper's row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from sitegen import structured, urls
from sitegen.catalogue import Catalogue, Entry, Period
from sitegen.citing import Format
from sitegen.config import Config
from sitegen.excerpts import excerpt
from sitegen.following import FeedLinks
from sitegen.jobs import Job, View
from sitegen.keys import key_of
from sitegen.listings import period_title
from sitegen.pictures import Pictures
from sitegen.rows import row_of
from sitegen.views import Chrome, ExternalLink, Head, Link, Row
from sitegen.words import Words

DESCRIPTION = 200
"""Characters of a page's description in its head."""

PAPERS = "papers/"
TOPICS = "topics/"
DATES = "dates/"
ORGANIZATIONS = "organizations/"
MAP = "map/"
SEARCH = "search/"
STATS = "stats/"
READING_LIST = "reading-list/"
KEYBOARD = "keyboard/"
OFFLINE = "offline/"
ABOUT = "about/"

NAVIGATION = (PAPERS, TOPICS, DATES, ORGANIZATIONS, MAP, READING_LIST)
"""The site's own pages that every page leads to from its head, but for the last one, ABOUT."""
QUALITY = "quality/"
FOOTER = (ABOUT, SEARCH, STATS, QUALITY, KEYBOARD, OFFLINE)
"""Those that it leads to from its foot."""


@dataclass(frozen=True)
class Frame:
    """The catalogue as its pages see it. by_hand: pages that the navigation names besides its own.

    cites: in which formats each paper's citation has a file; none where the site has no citations.
    """

    catalogue: Catalogue
    config: Config
    words: Words
    by_hand: tuple[Link, ...] = ()
    noindex: bool = False
    cites: tuple[Format, ...] = ()

    @cached_property
    def chrome(self) -> Chrome:
        """What every page shares."""
        return Chrome(
            site_title=self.config.title,
            tagline=self.config.tagline,
            language=self.config.language,
            direction=self.words.direction,
            base_url=self.config.base_url,
            navigation=(*map(self.leading_to, NAVIGATION), *self.by_hand, self.leading_to(ABOUT)),
            footer=(*map(self.leading_to, FOOTER), *self._subscribe(), *self._files()),
            repository=self.config.repository,
            noindex=self.noindex,
            subscribe=self.config.subscribe,
            translations=tuple(ExternalLink(tag, address) for tag, address in self._languages()),
        )

    def leading_to(self, path: str) -> Link:
        """Link to one of the site's own pages; the words of section `nav` name them by their paths."""
        return Link(self.words(f"nav.{path.strip('/')}"), path)

    def _subscribe(self) -> tuple[Link, ...]:
        """Link to the form to subscribe, where there is one."""
        return (Link(self.words("subscribe.heading"), f"{ABOUT}#subscribe"),) if self.config.subscribe else ()

    def _files(self) -> tuple[Link, ...]:
        """Link to the files for programs."""
        words = self.words
        feeds = Link(words("feeds.atom_here"), urls.atom_feed("")), Link(words("feeds.json_here"), urls.json_feed(""))
        cited = (Link(words("cite.all"), urls.catalogue_bibtex()),) if self.cites else ()
        zipped = (Link(words("download.link"), urls.ARCHIVE),) if self.config.download else ()
        return (*feeds, Link(words("frame.catalogue"), urls.CATALOGUE), *cited, *zipped)

    def _languages(self) -> list[tuple[str, str]]:
        config = self.config
        return [(config.language, config.base_url), *config.translations] if config.translations else []

    @cached_property
    def digest(self) -> str:
        """Hash of all that a page takes from here, but for the papers."""
        return key_of(
            self.config, self.by_hand, self.noindex, self.catalogue.topic_titles, self.words.digest, self.cites
        )

    @cached_property
    def _rows(self) -> dict[str, Row]:
        return {}

    def row(self, entry: Entry) -> Row:
        """Give the row of a paper; it stands in about seven listings, always the same."""
        known = self._rows.get(entry.page.slug)
        if known is None:
            known = self._rows[entry.page.slug] = row_of(entry, self.catalogue.topic_titles, self.words)
        return known

    @cached_property
    def pictures(self) -> Pictures:
        """The pictures that stand for pages elsewhere."""
        return Pictures(self.catalogue, self.config, self.words)

    @cached_property
    def feeds(self) -> tuple[FeedLinks, ...]:
        """The feeds that every page announces."""
        return (feed_links(Link(self.config.title, "")),)

    def head(  # noqa: PLR0913  # one parameter for each thing that a page says of itself
        self,
        path: str,
        title: str,
        description: str = "",
        *,
        crumbs: Sequence[Link] = (),
        kind: str = "website",
        noindex: bool = False,
        about: Sequence[structured.Thing] = (),
        feeds: tuple[FeedLinks, ...] = (),
        picture: str = "",
    ) -> Head:
        """Make the head of a page at a path. crumbs: the pages between the home page and this one.

        about: what the page tells of. feeds: all that it announces, where they are not just those of every page.
        picture: path of the page's own.
        """
        image = picture or self.pictures.of_site
        trail = [structured.breadcrumbs((*crumbs, Link(title, path)), self.config)] if path else []
        return Head(
            title=title,
            description=excerpt(description or self.config.description or self.config.tagline, DESCRIPTION),
            canonical=self.config.base_url + quote(path),
            path=path,
            root=urls.to_root(path),
            kind=kind,
            noindex=noindex,
            section=self._section((path, *(crumb.path for crumb in crumbs))),
            feeds=feeds or self.feeds,
            image=image and self.config.base_url + image,
            structured="" if noindex else structured.in_script([*about, *trail]),
        )

    def _section(self, trail: Sequence[str]) -> str:
        """Find the navigation's link that leads to a page or to one above it; "" for none."""
        links = (link.path for link in self.chrome.navigation)
        return next((link for link in links if any(path.startswith(link) for path in trail)), "")

    def period_link(self, period: Period) -> Link:
        """Link to a period, with how many papers it has."""
        return Link(period_title(period.kind, period.start, self.words), period.path, len(period.papers))

    def source_of(self, path: str) -> str:
        """Give the address of a page's source on the forge, "" where none is known. path: of the file."""
        return f"{self.config.repository.rstrip('/')}/{quote(path)}" if self.config.repository else ""

    def rows_of(self, papers: Iterable[Entry]) -> tuple[Row, ...]:
        """Give the rows of some papers."""
        return tuple(self.row(paper) for paper in papers)


def feed_links(listing: Link) -> FeedLinks:
    """Say where a listing can be followed."""
    return FeedLinks(listing.label, urls.atom_feed(listing.path), urls.json_feed(listing.path))


def ready(path: str, template: str, view: View) -> Job:
    """Make the job of a page whose view is there: there are few of its kind."""
    return Job(path, template, (view,), lambda: view, view.head.noindex)
