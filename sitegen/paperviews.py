"""What the template of a paper's page is given. See `views`."""

import datetime as dt
from dataclasses import dataclass

from sitegen.citing.panel import CitePanel
from sitegen.views import Chrome, ExternalLink, Head, Link, Row


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic of a paper, with the words that filed it there. origin: "page", "rules", "weak", "implied"."""

    link: Link
    words: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """Where a paper came from: file, line and what it gave."""

    dump: str
    line: int
    captured: dt.date | None
    year: str
    gave: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """A paper like this one, and the words that both use most tellingly."""

    row: Row
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperView:
    """paper.html. html: the page's body, safe. authors: as in `Row`. names: authors one by one, where known.

    claims: what the abstract claims, in few words each. contested: fields with newer values that a hand edit hides.
    edit: address of the page's source, "" where the forge is not known. updated: None unless a curator says so.
    cite: None where the site has no citations.
    """

    chrome: Chrome
    head: Head
    crumbs: tuple[Link, ...]
    slug: str
    title: str
    date: dt.date | None
    date_path: str
    updated: dt.date | None
    authors: str
    names: tuple[str, ...]
    organization: Link | None
    comments: int
    html: str
    abstract: str
    topics: tuple[TopicView, ...]
    links: tuple[ExternalLink, ...]
    claims: tuple[str, ...]
    contested: tuple[str, ...]
    sources: tuple[SourceView, ...]
    previous: Link | None
    next: Link | None
    similar: tuple[Similar, ...]
    edit: str
    cite: CitePanel | None = None
