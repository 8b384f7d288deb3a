"""The directory of organisations: by name, under their first letters, page by page."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from sitegen.catalogue import Group
from sitegen.frame import ORGANIZATIONS, Frame
from sitegen.jobs import Job
from sitegen.listings import ListingPage, listing_pages
from sitegen.views import Chrome, Head, IndexEntry, Link, Pagination

PAGE_SIZE = 240
"""Organisations on a page."""

SIGNS, OTHERS = "0", "\N{INFINITY}"
"""Stand for all that comes before A, and for all that comes after Z."""


@dataclass(frozen=True, slots=True)
class DirectorySection:
    """Organisations under one letter. id: of its heading on the page."""

    id: str
    letter: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class DirectoryView:
    """directory.html: organisations. letters: lead to each letter's first entry, on whichever page it is."""

    chrome: Chrome
    head: Head
    heading: str
    about: str
    crumbs: tuple[Link, ...]
    letters: tuple[Link, ...]
    sections: tuple[DirectorySection, ...]
    pagination: Pagination


def directory_jobs(frame: Frame) -> Iterator[Job]:
    """Yield the pages of the directory."""
    groups = sorted(frame.catalogue.organizations, key=_order)
    pages = list(listing_pages(ORGANIZATIONS, len(groups), PAGE_SIZE))
    letters = tuple(_letters(frame, groups, pages))
    for page in pages:
        entries = [_entry(group) for group in groups[page.rows]]
        made_of = (frame.digest, letters, page, entries)
        yield Job(page.path, "directory.html", made_of, partial(_view, frame, letters, page, entries))


def folded(name: str) -> str:
    """Give a name as it is sorted: without case and accents."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def letter_of(name: str) -> str:
    """Give the letter that a name stands under: A to Z, or `SIGNS`, or `OTHERS`.

    >>> letter_of("OpenBMB"), letter_of("École"), letter_of("01-ai"), letter_of("\N{CYRILLIC CAPITAL LETTER YA}")
    ('O', 'E', '0', '∞')
    """
    first = folded(name)[:1]
    if "a" <= first <= "z":
        return first.upper()
    return SIGNS if first < "a" else OTHERS


def _order(group: Group) -> tuple[str, str, str]:
    return (letter_of(group.title), folded(group.title), group.slug)


def _entry(group: Group) -> IndexEntry:
    return IndexEntry(group.title, group.path, len(group.papers), "", group.papers[0].page.date)


def _letters(frame: Frame, groups: Sequence[Group], pages: Sequence[ListingPage]) -> Iterator[Link]:
    """Link to the first entry under each letter."""
    seen: set[str] = set()
    for page in pages:
        for group in groups[page.rows]:
            letter = letter_of(group.title)
            if letter not in seen:
                seen.add(letter)
                yield Link(_label(frame, letter), f"{page.path}#{_id(letter)}")


def _label(frame: Frame, letter: str) -> str:
    names = {SIGNS: "browse.signs", OTHERS: "browse.other_letters"}
    return frame.words(names[letter]) if letter in names else letter


def _id(letter: str) -> str:
    return f"letter-{ {SIGNS: 'signs', OTHERS: 'other'}.get(letter, letter.lower()) }"


def _view(frame: Frame, letters: tuple[Link, ...], page: ListingPage, entries: Sequence[IndexEntry]) -> DirectoryView:
    words, here, number = frame.words, frame.leading_to(ORGANIZATIONS), page.number
    about = words("index.organizations_about")
    title = here.label if number == 1 else words("listing.title", heading=here.label, page=number)
    return DirectoryView(
        chrome=frame.chrome,
        head=frame.head(page.path, title, about),
        heading=here.label,
        about=about,
        crumbs=() if number == 1 else (here,),
        letters=letters,
        sections=tuple(
            DirectorySection(_id(letter), _label(frame, letter), tuple(found))
            for letter, found in groupby(entries, key=lambda entry: letter_of(entry.label))
        ),
        pagination=page.pagination,
    )
