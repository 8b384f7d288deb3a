"""What crawlers and hosts read: the sitemap, robots.txt, and the table of redirects."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from html import escape
from typing import TypeAlias
from urllib.parse import quote, urlsplit

from sitegen.config import Config

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
SITEMAP_SIZE = 50_000
"""Addresses that one sitemap may hold (sitemaps.org)."""

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


def redirects(pairs: Iterable[tuple[str, str]], config: Config) -> bytes:
    """Write the host's table of permanent redirects from old paths to new ones.

    The ! lets a row win over the page that stands at the old path for hosts without such a table.
    """
    base = urlsplit(config.base_url).path
    return "".join(f"{base}{old} {base}{new} 301!\n" for old, new in pairs).encode()


def _sitemap(root: str, item: str, stops: Iterable[Stop], config: Config) -> bytes:
    base = escape(config.base_url, quote=False)
    lines = [f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{SITEMAP}">']
    for path, day in stops:
        changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        lines.append(f"<{item}><loc>{base}{escape(quote(path), quote=False)}</loc>{changed}</{item}>")
    return "\n".join([*lines, f"</{root}>\n"]).encode()
