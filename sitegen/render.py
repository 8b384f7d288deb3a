"""The site as jobs: for every page its path, its template and the one frozen view that the template is given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urlsplit

from sitegen import urls
from sitegen.catalogue import Catalogue, Entry, Group, Period
from sitegen.config import Config
from sitegen.listings import authors_text, excerpt, listing_pages, organization_link, period_title, row_of
from sitegen.related import Neighbour
from sitegen.theme import MONTHS
from sitegen.views import (
    Chrome,
    DatesView,
    ExternalLink,
    Head,
    HomeView,
    IndexEntry,
    IndexView,
    Link,
    ListingView,
    PageView,
    PaperView,
    RedirectView,
    Row,
    SearchView,
    Section,
    Similar,
    SourceView,
    TopicView,
    YearEntry,
)

View = HomeView | ListingView | IndexView | DatesView | PaperView | SearchView | PageView | RedirectView

ON_HOME = 10
"""Papers in each section of the home page."""

DESCRIPTION = 200
"""Characters of a page's description in its head."""

PAPERS = Link("Papers", "papers/")
TOPICS = Link("Topics", "topics/")
DATES = Link("Dates", "dates/")
ORGANIZATIONS = Link("Organisations", "organizations/")
SEARCH = Link("Search", "search/")
ABOUT = Link("About", "about/")


@dataclass(frozen=True, slots=True)
class Job:
    """One page to make. path: its address under the root."""

    path: str
    template: str
    view: View


@dataclass(frozen=True, slots=True)
class HandText:
    """A page by hand, its body rendered."""

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
class Renderer:
    """Makes the jobs of one catalogue. neighbours: similar papers, in the catalogue's order of papers."""

    catalogue: Catalogue
    config: Config
    neighbours: Sequence[Sequence[Neighbour]]
    pages: Sequence[HandText]
    redirects: Sequence[Redirect] = ()
    noindex: bool = False

    def jobs(self) -> Iterator[Job]:
        """Yield every page of the site."""
        yield self._home()
        yield from self._papers()
        yield from self._topics()
        yield from self._dates()
        yield from self._organizations()
        yield self._search()
        yield from self._hand_pages()
        yield from (self._redirect(redirect) for redirect in self.redirects)

    @cached_property
    def chrome(self) -> Chrome:
        """What every page shares."""
        by_hand = tuple(Link(p.title, f"{p.slug}/") for p in self.pages if p.navigation and p.slug != "about")
        return Chrome(
            site_title=self.config.title,
            tagline=self.config.tagline,
            language=self.config.language,
            base_url=self.config.base_url,
            navigation=(PAPERS, TOPICS, DATES, ORGANIZATIONS, *by_hand, ABOUT),
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

    def _home(self) -> Job:
        catalogue = self.catalogue
        dated = [p.page.date for p in catalogue.papers if p.page.date]
        sections = [
            Section("newest", "Newest", self._rows(catalogue.papers[:ON_HOME]), Link("All papers", PAPERS.path))
        ]
        if catalogue.discussed:
            discussed = self._rows(catalogue.discussed[:ON_HOME])
            sections.append(Section("discussed", "Most discussed", discussed, None))
        view = HomeView(
            chrome=self.chrome,
            head=self.head("", self.config.title, self.config.description),
            count=len(catalogue.papers),
            topic_count=sum(bool(topic.papers) for topic in catalogue.topics),
            organization_count=len(catalogue.organizations),
            first=min(dated, default=None),
            last=max(dated, default=None),
            sections=tuple(sections),
            topics=tuple(Link(t.title, t.path, len(t.papers)) for t in catalogue.topics if t.papers),
            years=tuple(self._period_link(year) for year in reversed(catalogue.years)),
        )
        return Job("", "home.html", view)

    def _papers(self) -> Iterator[Job]:
        """Yield the page of each paper, and the listing of all."""
        papers = self.catalogue.papers
        for index, entry in enumerate(papers):
            newer = self._neighbour(papers[index - 1]) if index else None
            older = self._neighbour(papers[index + 1]) if index + 1 < len(papers) else None
            yield Job(entry.page.address, "paper.html", self._paper(entry, self.neighbours[index], older, newer))
        about = "Every paper of the catalogue, newest first."
        yield from self._listing("papers", PAPERS.path, "All papers", about, papers)
        if self.catalogue.undated:
            path = f"papers/{urls.UNDATED}/"
            about = "Papers whose listing gave no date."
            yield from self._listing("papers", path, "Undated papers", about, self.catalogue.undated, (PAPERS,))

    def _paper(self, entry: Entry, near: Sequence[Neighbour], older: Link | None, newer: Link | None) -> PaperView:
        page = entry.page
        return PaperView(
            chrome=self.chrome,
            head=self.head(page.address, page.title, page.description or entry.abstract, kind="article"),
            crumbs=(PAPERS, *((Link(str(page.date.year), urls.year(page.date.year)),) if page.date else ())),
            slug=page.slug,
            title=page.title,
            date=page.date,
            date_path=urls.day(page.date) if page.date else "",
            updated=page.updated,
            authors=authors_text(page.authors),
            names=page.authors if isinstance(page.authors, tuple) else (),
            organization=organization_link(entry),
            comments=page.comments or 0,
            html=entry.html,
            abstract=entry.abstract,
            topics=tuple(self._topic(entry)),
            links=tuple(_external(entry)),
            sources=tuple(SourceView(s.dump, s.line, s.captured, s.year.value, s.gave) for s in page.sources),
            previous=older,
            next=newer,
            similar=tuple(Similar(self.rows[self.catalogue.papers[n.index].page.slug], n.shared) for n in near),
            edit=f"{self.config.repository.rstrip('/')}/{quote(page.path)}" if self.config.repository else "",
        )

    def _topic(self, entry: Entry) -> Iterator[TopicView]:
        """Yield a paper's topics with the words behind each, every word once."""
        for assignment in entry.topics:
            link = Link(self.catalogue.topic_titles[assignment.slug], urls.topic(assignment.slug))
            words = dict.fromkeys(evidence.words for evidence in assignment.evidence)
            yield TopicView(link, tuple(words), assignment.origin)

    def _topics(self) -> Iterator[Job]:
        yield self._index("topics", TOPICS, "Topics", "What the papers are about.", self.catalogue.topics)
        for topic in self.catalogue.topics:
            related = self._related_topics(topic)
            yield from self._listing(
                "topic", topic.path, topic.title, topic.about, topic.papers, (TOPICS,), related=related
            )

    def _related_topics(self, topic: Group) -> tuple[Link, ...]:
        """Link to the topics that share most papers with this one."""
        counts: dict[str, int] = {}
        for paper in topic.papers:
            for assignment in paper.topics:
                counts[assignment.slug] = counts.get(assignment.slug, 0) + 1
        counts.pop(topic.slug, None)
        best = sorted(counts, key=lambda slug: (-counts[slug], slug))[:6]
        return tuple(Link(self.catalogue.topic_titles[slug], urls.topic(slug), counts[slug]) for slug in best)

    def _organizations(self) -> Iterator[Job]:
        about = "Who the papers come from, where the listing names an organisation."
        yield self._index("organizations", ORGANIZATIONS, "Organisations", about, self.catalogue.organizations)
        for group in self.catalogue.organizations:
            about = f"Papers from {group.title}."
            yield from self._listing("organization", group.path, group.title, about, group.papers, (ORGANIZATIONS,))

    def _index(self, kind: str, link: Link, heading: str, about: str, groups: Sequence[Group]) -> Job:
        entries = (
            IndexEntry(g.title, g.path, len(g.papers), g.about, g.papers[0].page.date if g.papers else None)
            for g in groups
        )
        head = self.head(link.path, heading, about)
        return Job(link.path, "index.html", IndexView(self.chrome, head, kind, heading, about, (), tuple(entries)))

    def _dates(self) -> Iterator[Job]:
        about = "The papers by the day they came out."
        years = tuple(YearEntry(self._period_link(year), _months(year)) for year in reversed(self.catalogue.years))
        head = self.head(DATES.path, "Dates", about)
        count = len(self.catalogue.undated)
        undated = Link("Undated papers", f"papers/{urls.UNDATED}/", count) if count else None
        yield Job(DATES.path, "dates.html", DatesView(self.chrome, head, "Dates", about, (), years, undated))
        yield from self._periods(self.catalogue.years, (DATES,))
        months = [month for year in self.catalogue.years for month in year.parts]
        yield from self._periods(months, (DATES,))
        yield from self._periods([day for month in months for day in month.parts], (DATES,))

    def _periods(self, periods: Sequence[Period], crumbs: tuple[Link, ...]) -> Iterator[Job]:
        """Yield the listings of periods of one kind, in the order of time, each with its neighbours."""
        for index, period in enumerate(periods):
            wider = {"month": ("year",), "day": ("year", "month")}.get(period.kind, ())
            trail = tuple(Link(period_title(k, period.start, MONTHS), _period_path(k, period)) for k in wider)
            yield from self._listing(
                period.kind,
                period.path,
                period_title(period.kind, period.start, MONTHS),
                "",
                period.papers,
                (*crumbs, *trail),
                children=tuple(self._period_link(part) for part in period.parts),
                previous=self._period_link(periods[index - 1]) if index else None,
                following=self._period_link(periods[index + 1]) if index + 1 < len(periods) else None,
            )

    def _listing(  # noqa: PLR0913  # one call for each kind of listing; each argument is a field of the view
        self,
        kind: str,
        path: str,
        heading: str,
        about: str,
        papers: Sequence[Entry],
        crumbs: tuple[Link, ...] = (),
        *,
        children: tuple[Link, ...] = (),
        related: tuple[Link, ...] = (),
        previous: Link | None = None,
        following: Link | None = None,
    ) -> Iterator[Job]:
        """Yield the pages of a listing."""
        for part in listing_pages(path, self._rows(papers), self.config.page_size):
            number = part.pagination.number
            title = heading if number == 1 else f"{heading}, page {number}"
            head = self.head(part.path, title, about or f"Papers of {heading}.")
            view = ListingView(
                self.chrome, head, kind, heading, about, crumbs, part.rows, part.pagination, children, related, previous,
                following,
            )  # fmt: skip
            yield Job(part.path, "listing.html", view)

    def _search(self) -> Job:
        head = self.head(SEARCH.path, "Search", "Search titles, abstracts, topics and organisations.", noindex=True)
        view = SearchView(
            chrome=self.chrome,
            head=head,
            heading="Search",
            crumbs=(),
            topics=tuple(Link(t.title, t.path, len(t.papers)) for t in self.catalogue.topics if t.papers),
            years=tuple(self._period_link(year) for year in reversed(self.catalogue.years)),
            count=len(self.catalogue.papers),
        )
        return Job(SEARCH.path, "search.html", view)

    def _hand_pages(self) -> Iterator[Job]:
        for page in self.pages:
            head = self.head(f"{page.slug}/", page.title, page.description)
            yield Job(f"{page.slug}/", "page.html", PageView(self.chrome, head, page.title, (), page.html))
        yield self._not_found()

    def _not_found(self) -> Job:
        """Make 404.html, which hosts show at any depth: its links begin at the host's root."""
        head = self.head("404.html", "Not found", "This address has no page.", noindex=True)
        absolute = Head(head.title, head.description, head.canonical, head.path, _base_path(self.config.base_url),
                        head.kind, noindex=True, feeds=head.feeds)  # fmt: skip
        html = (
            "<p>There is no page at this address. It may have been mistyped, or the page may have moved.</p>"
            f'<ul><li><a href="{absolute.root}search/">Search the papers</a></li>'
            f'<li><a href="{absolute.root}papers/">All papers</a></li>'
            f'<li><a href="{absolute.root}topics/">Topics</a></li></ul>'
        )
        return Job("404.html", "page.html", PageView(self.chrome, absolute, "Page not found", (), html))

    def _redirect(self, redirect: Redirect) -> Job:
        head = self.head(redirect.path, "Moved", noindex=True)
        there = Head(head.title, head.description, self.config.base_url + quote(redirect.target), redirect.path,
                     head.root, noindex=True)  # fmt: skip
        return Job(redirect.path, "redirect.html", RedirectView(self.chrome, there, redirect.target))

    def _rows(self, papers: Sequence[Entry]) -> tuple[Row, ...]:
        return tuple(self.rows[paper.page.slug] for paper in papers)

    def _neighbour(self, entry: Entry) -> Link:
        return Link(entry.page.title, entry.page.address)

    def _period_link(self, period: Period) -> Link:
        return Link(period_title(period.kind, period.start, MONTHS), period.path, len(period.papers))


def _external(entry: Entry) -> Iterator[ExternalLink]:
    """Yield the addresses that a paper's page leads to, each once."""
    page = entry.page
    found = [*page.links]
    found += [("pdf", page.pdf)] if page.pdf else []
    found += [("arXiv", f"https://arxiv.org/abs/{page.arxiv}")] if page.arxiv else []
    found += [("DOI", f"https://doi.org/{quote(page.doi)}")] if page.doi else []
    seen: set[str] = set()
    for label, address in found:
        if address not in seen:
            seen.add(address)
            yield ExternalLink(label, address)


def _months(year: Period) -> tuple[Link | None, ...]:
    """Give the twelve months of a year, None where it has no papers."""
    having = {month.start.month: month for month in year.parts}
    return tuple(
        Link(MONTHS[m - 1], having[m].path, len(having[m].papers)) if m in having else None for m in range(1, 13)
    )


def _period_path(kind: str, period: Period) -> str:
    return urls.year(period.start.year) if kind == "year" else urls.month(period.start.year, period.start.month)


def _base_path(base_url: str) -> str:
    """Give the path of the site's root on its host, with slashes at both ends."""
    return urlsplit(base_url).path or "/"
