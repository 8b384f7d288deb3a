"""Rows: papers as the site shows them in a list."""

from collections.abc import Mapping

from sitegen import urls
from sitegen.catalogue import Entry
from sitegen.keys import key_of
from sitegen.views import Link, Row
from sitegen.words import Words

NAMES = 3
"""Names of authors in a row, when there are more than one too many."""


def row_of(entry: Entry, topic_titles: Mapping[str, str], words: Words) -> Row:
    """Make the row of a paper; it is the same in every listing."""
    page = entry.page
    return Row(
        slug=page.slug,
        title=page.title,
        path=page.address,
        date=page.date,
        date_path=urls.day(page.date) if page.date else "",
        authors=authors_text(page.authors, words),
        organization=organization_link(entry),
        comments=page.comments or 0,
        topics=tuple(Link(topic_titles[a.slug], urls.topic(a.slug)) for a in entry.topics),
        excerpt=entry.excerpt,
        has_code=has_code(entry),
    )


def authors_text(authors: int | tuple[str, ...] | None, words: Words) -> str:
    """Say who wrote a paper: a count ("5 authors"), or the first names, "" where neither is known."""
    if authors is None:
        return ""
    if isinstance(authors, int):
        return words("paper.authors", n=authors)
    if len(authors) <= NAMES + 1:
        return ", ".join(authors)
    return words("paper.and_others", names=", ".join(authors[:NAMES]), n=len(authors) - NAMES)


def organization_link(entry: Entry) -> Link | None:
    """Link to the papers of a paper's organisation."""
    organization = entry.page.organization
    return Link(organization.name, urls.organization(organization.handle)) if organization else None


def has_code(entry: Entry) -> bool:
    """Tell whether a paper's page links code."""
    return any(label.casefold() == "code" for label, _ in entry.links)


def row_key(entry: Entry) -> str:
    """Hash all that the row of a paper shows, but for what is the site's: titles of topics, words."""
    page = entry.page
    shown = (page.slug, page.title, page.address, page.date, page.authors, page.organization, page.comments)
    return key_of(shown, [assignment.slug for assignment in entry.topics], entry.excerpt, has_code(entry))
