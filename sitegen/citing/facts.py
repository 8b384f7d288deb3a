"""The facts of a citation."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import quote

from sitegen.citing.names import Name, parse_name
from sitegen.citing.tex import accented
from sitegen.citing.titles import Title, cleaned, parse_title
from sitegen.content import Page
from sitegen.keys import key_of
from sitegen.words import Words


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited. key: unique in the catalogue and final. authors: persons, else the organisation, else none.

    note: how many authors there are, where nothing else is known of them. url: absolute.
    """

    key: str
    title: Title
    authors: tuple[Name, ...]
    date: dt.date | None
    url: str
    note: str = ""
    arxiv: str = ""
    doi: str = ""


def citation_of(page: Page, base_url: str, words: Words) -> Citation:
    """Give the facts of a paper's citation. words: say how many authors there are, where that is all that is known.

    The key is the slug, which no other paper has and which stays. A DOI's address goes before arXiv's, and that before
    the address of the paper's page under base_url.
    """
    authors = _authors(page)
    doi = cleaned(page.doi)
    return Citation(
        key=page.slug,
        title=parse_title(page.title),
        authors=authors,
        date=page.date,
        url=_address(page, doi, base_url),
        note=words("paper.authors", n=page.authors) if isinstance(page.authors, int) and not authors else "",
        arxiv=page.arxiv,
        doi=doi,
    )


def citation_key(page: Page) -> str:
    """Hash all that a paper's citation says, but for what is the site's: its address, its words."""
    organization = page.organization.name if page.organization else ""
    return key_of(page.slug, page.title, page.address, page.date, page.authors, organization, page.arxiv, page.doi)


def _authors(page: Page) -> tuple[Name, ...]:
    names = [parse_name(text) for text in page.authors if cleaned(text)] if isinstance(page.authors, tuple) else []
    if names:
        return tuple(names)
    name = accented(cleaned(page.organization.name)) if page.organization else ""
    return (Name(name),) if name else ()


def _address(page: Page, doi: str, base_url: str) -> str:
    if doi:
        return f"https://doi.org/{quote(doi)}"
    return f"https://arxiv.org/abs/{page.arxiv}" if page.arxiv else base_url + quote(page.address)
