"""Listings, page by page."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sitegen import urls
from sitegen.views import Link, Pagination
from sitegen.words import Words


@dataclass(frozen=True, slots=True)
class ListingPage:
    """One page of a listing. listing: the path of the first one. count: of all rows, `size` of them to a page."""

    listing: str
    number: int
    total: int
    count: int
    size: int

    @property
    def path(self) -> str:
        """Give the page's own path."""
        return urls.listing_page(self.listing, self.number)

    @property
    def rows(self) -> slice:
        """Tell which of the listing's rows it has."""
        return slice((self.number - 1) * self.size, min(self.number * self.size, self.count))

    @property
    def pagination(self) -> Pagination:
        """Tell where it stands among the others."""
        path, number, total = self.listing, self.number, self.total
        return Pagination(
            number=number,
            total=total,
            first=self.rows.start + 1 if self.count else 0,
            last=self.rows.stop,
            count=self.count,
            previous=_link(path, number - 1) if number > 1 else None,
            next=_link(path, number + 1) if number < total else None,
            pages=_shown(path, number, total),
        )


def listing_pages(path: str, count: int, size: int, numbers: range | None = None) -> Iterator[ListingPage]:
    """Cut a listing of `count` rows into pages of `size`; an empty listing has one page, which says so.

    numbers: of the pages that are wanted, None for all; those that there are not are passed over.
    """
    total = max(1, -(-count // size))
    wanted = range(1, total + 1) if numbers is None else range(numbers.start, min(numbers.stop, total + 1))
    return (ListingPage(path, number, total, count, size) for number in wanted)


def _link(path: str, number: int) -> Link:
    return Link(str(number), urls.listing_page(path, number))


def _shown(path: str, number: int, total: int) -> tuple[Link, ...]:
    """Link to the first, the last and the pages around this one, so that a view does not grow with the listing."""
    near = {1, total, *range(max(1, number - 2), min(total, number + 2) + 1)}
    return tuple(_link(path, n) for n in sorted(near))


def period_title(kind: str, start: dt.date, words: Words) -> str:
    """Name a period: 2024, December 2024, week 49 of 2024, 5 December 2024."""
    if kind == "year":
        return str(start.year)
    if kind == "week":
        iso = start.isocalendar()
        return words("browse.week_of_year", week=iso.week, year=str(iso.year))
    return words.month(start) if kind == "month" else words.date(start)
