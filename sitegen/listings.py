"""Rows and listings: papers as the site shows them in a list, page by page."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sitegen import urls
from sitegen.catalogue import Entry
from sitegen.views import Link, Pagination, Row

EXCERPT = 240
"""Characters of an abstract in a row."""

NAMES = 3
"""Names of authors in a row, when there are more than one too many."""


@dataclass(frozen=True, slots=True)
class ListingPage:
    """One page of a listing: its own path, its rows, and where it stands among the others."""

    path: str
    rows: tuple[Row, ...]
    pagination: Pagination


def row_of(entry: Entry, topic_titles: Mapping[str, str]) -> Row:
    """Make the row of a paper; it is the same in every listing."""
    page = entry.page
    return Row(
        slug=page.slug,
        title=page.title,
        path=page.address,
        date=page.date,
        date_path=urls.day(page.date) if page.date else "",
        authors=authors_text(page.authors),
        organization=organization_link(entry),
        comments=page.comments or 0,
        topics=tuple(Link(topic_titles[a.slug], urls.topic(a.slug)) for a in entry.topics),
        excerpt=excerpt(page.description or entry.abstract, EXCERPT),
    )


def authors_text(authors: int | tuple[str, ...] | None) -> str:
    """Say who wrote a paper: a count, or the first names, "" where neither is known.

    >>> authors_text(5), authors_text(("Ada Lovelace", "Charles Babbage"))
    ('5 authors', 'Ada Lovelace, Charles Babbage')
    """
    if authors is None:
        return ""
    if isinstance(authors, int):
        return "1 author" if authors == 1 else f"{authors:,} authors"
    if len(authors) <= NAMES + 1:
        return ", ".join(authors)
    return f"{', '.join(authors[:NAMES])} and {len(authors) - NAMES:,} others"


def organization_link(entry: Entry) -> Link | None:
    """Link to the papers of a paper's organisation."""
    organization = entry.page.organization
    return Link(organization.name, urls.organization(organization.handle)) if organization else None


def excerpt(text: str, length: int) -> str:
    """Cut a text at a word's end, with an ellipsis where something was left out."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    cut = flat.rfind(" ", length // 2, length)
    return flat[: cut if cut > 0 else length].rstrip(" ,;:.([") + "\N{HORIZONTAL ELLIPSIS}"


def listing_pages(path: str, rows: Sequence[Row], size: int) -> Iterator[ListingPage]:
    """Cut a listing into pages of `size` rows; an empty listing has one page, which says so."""
    total = max(1, -(-len(rows) // size))
    links = tuple(Link(str(n), urls.listing_page(path, n)) for n in range(1, total + 1))
    for number in range(1, total + 1):
        part = tuple(rows[(number - 1) * size : number * size])
        first = (number - 1) * size + 1 if part else 0
        yield ListingPage(
            path=links[number - 1].path,
            rows=part,
            pagination=Pagination(
                number=number,
                total=total,
                first=first,
                last=first + len(part) - 1 if part else 0,
                count=len(rows),
                previous=links[number - 2] if number > 1 else None,
                next=links[number] if number < total else None,
                pages=_shown(links, number),
            ),
        )


def _shown(links: Sequence[Link], number: int) -> tuple[Link, ...]:
    """Keep the first, the last and the pages around this one, so that a page's view does not grow with the listing."""
    near = {1, len(links), *range(number - 2, number + 3)}
    return tuple(link for n, link in enumerate(links, start=1) if n in near)


def period_title(kind: str, start: dt.date, months: Sequence[str]) -> str:
    """Name a period: 2024, December 2024, 5 December 2024. months: twelve names."""
    if kind == "year":
        return str(start.year)
    month = f"{months[start.month - 1]} {start.year}"
    return month if kind == "month" else f"{start.day} {month}"
