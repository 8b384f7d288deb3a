"""Listings, page by page."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen import urls
from sitegen.views import Link, Pagination
from sitegen.words import Words


@dataclass(frozen=True, slots=True)
class ListingPage:
    """One page of a listing: its own path, which of the listing's rows it has, and where it stands among the others."""

    path: str
    rows: slice
    pagination: Pagination


def listing_pages(path: str, count: int, size: int) -> Iterator[ListingPage]:
    """Cut a listing of `count` rows into pages of `size`; an empty listing has one page, which says so."""
    total = max(1, -(-count // size))
    links = tuple(Link(str(n), urls.listing_page(path, n)) for n in range(1, total + 1))
    for number in range(1, total + 1):
        start, end = (number - 1) * size, min(number * size, count)
        yield ListingPage(
            path=links[number - 1].path,
            rows=slice(start, end),
            pagination=Pagination(
                number=number,
                total=total,
                first=start + 1 if count else 0,
                last=end,
                count=count,
                previous=links[number - 2] if number > 1 else None,
                next=links[number] if number < total else None,
                pages=_shown(links, number),
            ),
        )


def _shown(links: Sequence[Link], number: int) -> tuple[Link, ...]:
    """Keep the first, the last and the pages around this one, so that a page's view does not grow with the listing."""
    near = {1, len(links), *range(max(1, number - 2), min(len(links), number + 2) + 1)}
    return tuple(links[n - 1] for n in sorted(near))


def period_title(kind: str, start: dt.date, words: Words) -> str:
    """Name a period: 2024, December 2024, 5 December 2024."""
    if kind == "year":
        return str(start.year)
    return words.month(start) if kind == "month" else words.date(start)
