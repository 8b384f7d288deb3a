"""What all pages share: the frame of navigation and footer, the head of a page, and each paper's row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from sitegen import urls
from sitegen.catalogue import Catalogue, Entry, Period
from sitegen.config import Config
from sitegen.filters import MONTHS
from sitegen.listings import excerpt, period_title, row_of
from sitegen.views import Chrome, Head, Link, Row

DESCRIPTION = 200
"""Characters of a page's description in its head."""

PAPERS = Link("Papers", "papers/")
TOPICS = Link("Topics", "topics/")
DATES = Link("Dates", "dates/")
ORGANIZATIONS = Link("Organisations", "organizations/")
SEARCH = Link("Search", "search/")
ABOUT = Link("About", "about/")


@dataclass(frozen=True)
class Frame:
    """The catalogue as its pages see it. by_hand: pages that the navigation names besides its own."""

    catalogue: Catalogue
    config: Config
    by_hand: tuple[Link, ...] = ()
    noindex: bool = False

    @cached_property
    def chrome(self) -> Chrome:
        """What every page shares."""
        return Chrome(
            site_title=self.config.title,
            tagline=self.config.tagline,
            language=self.config.language,
            base_url=self.config.base_url,
            navigation=(PAPERS, TOPICS, DATES, ORGANIZATIONS, *self.by_hand, ABOUT),
            footer=(ABOUT, SEARCH, Link("Atom feed", "atom.xml"), Link("Catalogue as JSON", "catalogue.json")),
            repository=self.config.repository,
            noindex=self.noindex,
        )

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """The row of each paper, by slug; a paper stands in about seven listings with the same one."""
        titles = self.catalogue.topic_titles
        return {entry.page.slug: row_of(entry, titles) for entry in self.catalogue.papers}

    def head(
        self, path: str, title: str, description: str = "", *, kind: str = "website", noindex: bool = False
    ) -> Head:
        """Make the head of a page at a path."""
        return Head(
            title=title,
            description=excerpt(description or self.config.description or self.config.tagline, DESCRIPTION),
            canonical=self.config.base_url + quote(path),
            path=path,
            root=urls.to_root(path),
            kind=kind,
            noindex=noindex,
            feeds=(Link(self.config.title, "atom.xml"),),
        )

    def rows_of(self, papers: Sequence[Entry]) -> tuple[Row, ...]:
        """Give the rows of some papers."""
        return tuple(self.rows[paper.page.slug] for paper in papers)


def period_link(period: Period) -> Link:
    """Link to a period, with how many papers it has."""
    return Link(period_title(period.kind, period.start, MONTHS), period.path, len(period.papers))
