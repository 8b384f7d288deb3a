"""Structured data: what a page is about, for search engines and other programs, as JSON-LD with schema.org's words.

https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents and https://schema.org/ScholarlyArticle.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import msgspec

from sitegen import urls
from sitegen.catalogue import Entry
from sitegen.config import Config
from sitegen.views import Link, Row

Thing: TypeAlias = Mapping[str, object]
"""One thing of schema.org, its properties by name."""

_write = msgspec.json.Encoder().encode
_HARMLESS = (("<", "\\u003c"), ("&", "\\u0026"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029"))
"""How signs are written that would mean something to a reader of HTML, or of scripts."""


def in_script(things: Iterable[Thing]) -> str:
    """Write things as the text of a script element; no sign in it can end the element."""
    text = _write({"@context": "https://schema.org", "@graph": list(things)}).decode()
    for sign, harmless in _HARMLESS:
        text = text.replace(sign, harmless)
    return text


def catalogue(config: Config) -> Thing:
    """Refer to the whole catalogue, of which every page is a part."""
    return {"@type": "DataCatalog", "@id": _catalogue_id(config), "name": config.title}


def home(config: Config) -> list[Thing]:
    """Say what the site is: a catalogue that can be searched, and had as data."""
    base = config.base_url
    description = {"description": text} if (text := config.description or config.tagline) else {}
    data = {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": base + urls.CATALOGUE}
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{base}search/?q={{query}}"},
        "query-input": "required name=query",
    }
    facts = {"name": config.title, "url": base, "inLanguage": config.language} | description
    dataset = {"@type": "Dataset", "@id": f"{base}#dataset", **facts, "distribution": data}
    return [
        {"@type": "WebSite", "@id": f"{base}#site", **facts, "potentialAction": search},
        {"@type": "DataCatalog", "@id": _catalogue_id(config), **facts, "dataset": dataset},
    ]


def paper(entry: Entry, config: Config, topics: Sequence[str]) -> Thing:
    """Say what a paper is; nothing that is not known. topics: their titles."""
    page = entry.page
    address = config.base_url + page.address
    facts = {
        "@type": "ScholarlyArticle",
        "@id": address,
        "url": address,
        "headline": page.title,
        "abstract": entry.abstract,
        "datePublished": page.date,
        "dateModified": page.updated,
        "keywords": topics,
        "inLanguage": config.language,
        "commentCount": page.comments,
        "author": [{"@type": "Person", "name": name} for name in _names(entry)],
        "sourceOrganization": {"@type": "Organization", "name": page.organization.name} if page.organization else None,
        "sameAs": _same(entry),
        "isPartOf": catalogue(config),
    }
    return {name: value for name, value in facts.items() if value}


def listing(link: Link, about: str, papers: Thing, config: Config) -> Thing:
    """Say what a listing's page is. papers: the list that it shows."""
    address = config.base_url + link.path
    facts = {"@type": "CollectionPage", "@id": address, "url": address, "name": link.label}
    more = {"description": about} if about else {}
    return {**facts, **more, "isPartOf": catalogue(config), "mainEntity": papers}


def papers(rows: Sequence[Row], first: int, count: int, config: Config) -> Thing:
    """List papers. first: place of the first of them in a longer list. count: papers of that list."""
    items = [
        {"@type": "ListItem", "position": position, "url": config.base_url + row.path, "name": row.title}
        for position, row in enumerate(rows, start=first)
    ]
    return {"@type": "ItemList", "numberOfItems": count, "itemListElement": items}


def breadcrumbs(trail: Sequence[Link], config: Config) -> Thing:
    """Say where a page stands. trail: from the page below the home page to the page itself."""
    places = [(config.title, ""), *((link.label, link.path) for link in trail)]
    items = [
        {"@type": "ListItem", "position": position, "name": label, "item": config.base_url + path}
        for position, (label, path) in enumerate(places, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _catalogue_id(config: Config) -> str:
    return f"{config.base_url}#catalogue"


def _names(entry: Entry) -> tuple[str, ...]:
    return entry.page.authors if isinstance(entry.page.authors, tuple) else ()


def _same(entry: Entry) -> list[str]:
    """Give the addresses that name the paper elsewhere."""
    page = entry.page
    arxiv = [f"https://arxiv.org/abs/{page.arxiv}"] if page.arxiv else []
    return [*arxiv, *([f"https://doi.org/{page.doi}"] if page.doi else [])]
