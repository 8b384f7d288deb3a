"""What machines read: the Atom feed, the sitemap, robots.txt, catalogue.json, and redirects for the host."""

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import quote, urlsplit

from sitegen.catalogue import Entry
from sitegen.config import Config

ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP_SIZE = 50_000
"""Addresses that one sitemap may hold (sitemaps.org)."""

_NO_DATE = dt.date(1970, 1, 1)
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""


def atom(entries: Sequence[Entry], config: Config) -> bytes:
    """Write an Atom feed (RFC 4287) of papers, given newest first. Its dates are the content's, never the clock's."""
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": config.language})
    _text(feed, "title", config.title)
    if config.tagline:
        _text(feed, "subtitle", config.tagline)
    _text(feed, "id", _tag(config, ""))
    _text(feed, "updated", _instant(max(map(changed, entries), default=_NO_DATE)))
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": config.base_url + "atom.xml"})
    ET.SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": config.base_url})
    _text(ET.SubElement(feed, "author"), "name", config.author or config.title)
    for entry in entries:
        _atom_entry(feed, entry, config)
    return _xml(feed)


def changed(entry: Entry) -> dt.date:
    """Give the day on which a paper's content last changed: as the curator says, its date, else its capture."""
    captured = [source.captured for source in entry.page.sources if source.captured]
    return entry.page.updated or entry.page.date or max(captured, default=_NO_DATE)


Stop: TypeAlias = tuple[str, dt.date | None]
"""A path that a sitemap names, and the day on which its page last changed, where that is known."""


def sitemaps(stops: Sequence[Stop], config: Config) -> Iterator[tuple[str, Sequence[Stop], Callable[[], bytes]]]:
    """Yield sitemap.xml: its name, what it names, and how to write it; past 50,000 pages an index and its parts."""
    if len(stops) <= SITEMAP_SIZE:
        yield "sitemap.xml", stops, partial(_sitemap, "urlset", "url", stops, config)
        return
    parts = [stops[start : start + SITEMAP_SIZE] for start in range(0, len(stops), SITEMAP_SIZE)]
    index: list[Stop] = [(f"sitemap-{number}.xml", None) for number in range(1, len(parts) + 1)]
    for (name, _), part in zip(index, parts, strict=True):
        yield name, part, partial(_sitemap, "urlset", "url", part, config)
    yield "sitemap.xml", index, partial(_sitemap, "sitemapindex", "sitemap", index, config)


def robots(config: Config) -> bytes:
    """Write robots.txt. Previews are kept out of indexes by a header, which robots must be able to fetch."""
    return f"User-agent: *\nAllow: /\nSitemap: {config.base_url}sitemap.xml\n".encode()


def catalogue_json(entries: Sequence[Entry]) -> bytes:
    """Write the whole catalogue for other programs, newest first. Form: docs/catalogue-json.md."""
    papers = [_paper_facts(entry) for entry in entries]
    return _json({"version": 1, "count": len(papers), "papers": papers})


def redirects(pairs: Iterable[tuple[str, str]], config: Config) -> bytes:
    """Write the host's table of permanent redirects from old paths to new ones.

    The ! lets a row win over the page that stands at the old path for hosts without such a table.
    """
    base = urlsplit(config.base_url).path
    return "".join(f"{base}{old} {base}{new} 301!\n" for old, new in pairs).encode()


def _paper_facts(entry: Entry) -> dict[str, Any]:
    page = entry.page
    organization = page.organization
    return {
        "slug": page.slug,
        "title": page.title,
        "url": "/" + page.address,
        "date": page.date.isoformat() if page.date else None,
        "authors": list(page.authors) if isinstance(page.authors, tuple) else page.authors,
        "organization": {"handle": organization.handle, "name": organization.name} if organization else None,
        "comments": page.comments or 0,
        "topics": [assignment.slug for assignment in entry.topics],
    }


def _atom_entry(feed: ET.Element, entry: Entry, config: Config) -> None:
    page = entry.page
    address = config.base_url + page.address
    element = ET.SubElement(feed, "entry")
    _text(element, "title", page.title)
    _text(element, "id", _tag(config, page.aliases[0] if page.aliases else page.address))
    ET.SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": address})
    _text(element, "updated", _instant(changed(entry)))
    if page.date:
        _text(element, "published", _instant(page.date))
    for name in page.authors if isinstance(page.authors, tuple) else ():
        _text(ET.SubElement(element, "author"), "name", name)
    if page.organization and not isinstance(page.authors, tuple):
        _text(ET.SubElement(element, "author"), "name", page.organization.name)
    for assignment in entry.topics:
        ET.SubElement(element, "category", {"term": assignment.slug})
    _text(element, "summary", entry.abstract)


def _tag(config: Config, path: str) -> str:
    """Give a permanent identifier (RFC 4151), of the first address that a paper had at the site's home.

    The year only says when the host's name was in these hands.
    """
    home = urlsplit(config.home)
    return f"tag:{home.hostname},2025:{home.path}{path}"


def _instant(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _sitemap(root: str, item: str, stops: Iterable[Stop], config: Config) -> bytes:
    element = ET.Element(root, {"xmlns": SITEMAP})
    for path, day in stops:
        child = ET.SubElement(element, item)
        _text(child, "loc", config.base_url + quote(path))
        if day:
            _text(child, "lastmod", day.isoformat())
    return _xml(element)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = _ILLEGAL.sub("", text)


def _xml(element: ET.Element) -> bytes:
    ET.indent(element, "")
    body = ET.tostring(element, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()


def _json(value: Any) -> bytes:  # noqa: ANN401  # whatever JSON can hold
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
