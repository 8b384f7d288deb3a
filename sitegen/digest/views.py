"""The one view that the templates of a digest are given, and the texts in it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sitegen import urls
from sitegen.catalogue import Catalogue, Entry, Group
from sitegen.config import Config
from sitegen.digest.selection import Window, new_papers, trending_papers
from sitegen.excerpts import excerpt
from sitegen.rows import row_of
from sitegen.views import Head, Link, Row
from sitegen.words import Words

NEW = 30
"""New papers that one message shows; a longer one is cut off by some mail programs."""
TRENDING = 10

_SUBJECT = 200
_NAME = 100
"""Characters of a subject, and of a name in it."""


@dataclass(frozen=True, slots=True)
class DigestView:
    """mail/digest.html and mail/digest.txt. head.root: the site's address, since links in mail are absolute.

    period: the window in words. topic: None for a digest of everything. count: how many papers are new; `new` are the
    first of them, newest first, and `more` leads to the others. unsubscribe: a mail address, "" where none is set.
    """

    head: Head
    language: str
    direction: str
    site_title: str
    period: str
    topic: Link | None
    count: int
    new: tuple[Row, ...]
    more: Link | None
    trending: tuple[Row, ...]
    unsubscribe: str


@dataclass(frozen=True, slots=True)
class Issue:
    """What a digest is about. topic: None for everything."""

    window: Window
    topic: Group | None = None

    @property
    def id(self) -> str:
        """Give the digest's id: its window and topic, such as 2025-12-01.2025-12-07.computer-vision."""
        return f"{self.window}.{self.topic.slug}" if self.topic else str(self.window)


def view_of(issue: Issue, catalogue: Catalogue, config: Config, words: Words) -> DigestView:
    """Make the view of a digest."""
    topic = issue.topic
    papers = topic.papers if topic else catalogue.papers
    new = new_papers(papers, issue.window)
    slugs = {entry.page.slug for entry in papers} if topic else None
    talked = [e for e in trending_papers(catalogue, issue.window) if slugs is None or e.page.slug in slugs]
    period = _period(issue.window, words)
    return DigestView(
        head=_head(issue, config, _subject(issue, len(new), period, config, words)),
        language=config.language,
        direction=words.direction,
        site_title=one_line(config.title),
        period=period,
        topic=Link(one_line(topic.title), topic.path) if topic else None,
        count=len(new),
        new=_rows(new[:NEW], catalogue, words),
        more=_more(issue, len(new) - NEW, words),
        trending=_rows(talked[:TRENDING], catalogue, words),
        unsubscribe=config.mail.unsubscribe if config.mail else "",
    )


def one_line(text: str) -> str:
    """Give a text that stays on its line and leaves the words around it in their order.

    Line breaks become blanks; control characters, surrogates and what turns the direction of writing are left out. In
    HTML an element bounds the direction of a text, but in plain text and in a subject nothing does.
    """
    kept = (c for c in text if c.isspace() or (unicodedata.category(c) not in _UNSEEN and c not in _TURNING))
    return " ".join("".join(kept).split())


_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _head(issue: Issue, config: Config, subject: str) -> Head:
    path = issue.topic.path if issue.topic else ""
    return Head(subject, "", config.base_url + path, path, config.base_url)


def _subject(issue: Issue, count: int, period: str, config: Config, words: Words) -> str:
    name = excerpt(one_line(config.title), _NAME)
    if issue.topic:
        name = words("digest.of_topic", site=name, topic=excerpt(one_line(issue.topic.title), _NAME))
    if not count:
        return excerpt(one_line(words("digest.subject_trending", name=name, period=period)), _SUBJECT)
    return excerpt(one_line(words("digest.subject", n=count, name=name, period=period)), _SUBJECT)


def _period(window: Window, words: Words) -> str:
    if window.since == window.until:
        return words.date(window.since)
    return words("digest.period", since=window.since, until=window.until)


def _more(issue: Issue, left: int, words: Words) -> Link | None:
    path = issue.topic.path if issue.topic else urls.month(issue.window.until.year, issue.window.until.month)
    return Link(words("digest.more", n=left), path, left) if left > 0 else None


def _rows(papers: Sequence[Entry], catalogue: Catalogue, words: Words) -> tuple[Row, ...]:
    return tuple(_plain(row_of(entry, catalogue.topic_titles, words)) for entry in papers)


def _plain(row: Row) -> Row:
    return replace(
        row,
        title=one_line(row.title),
        authors=one_line(row.authors),
        organization=_plain_link(row.organization) if row.organization else None,
        topics=tuple(map(_plain_link, row.topics)),
        excerpt=one_line(row.excerpt),
    )


def _plain_link(link: Link) -> Link:
    return replace(link, label=one_line(link.label))
