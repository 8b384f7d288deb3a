"""What RFC 4287 and JSON Feed 1.1 ask of a feed, as checks of its bytes that name what is wrong."""

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

NAMESPACE = "{http://www.w3.org/2005/Atom}"
_FEED = set("author category contributor generator icon id link logo rights subtitle title updated entry".split())
_ENTRY = set("author category content contributor id link published rights source summary title updated".split())
_MOST_ONE = set("generator icon logo rights subtitle published content source summary".split())
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def atom_faults(data: bytes) -> list[str]:
    """List what RFC 4287 forbids; the numbers are of its sections."""
    feed = ET.fromstring(data)  # noqa: S314  # our own output
    entries = feed.findall(f"{NAMESPACE}entry")
    faults = [*_container(feed, _FEED)]
    if feed.tag != f"{NAMESPACE}feed":
        faults.append(f"4.1.1: the root is {feed.tag}")
    if feed.find(f"{NAMESPACE}author") is None and any(e.find(f"{NAMESPACE}author") is None for e in entries):
        faults.append("4.1.1: neither the feed nor each entry has an author")
    if not any(link.get("rel") == "self" for link in feed.findall(f"{NAMESPACE}link")):
        faults.append("4.1.1: no link to itself")
    for entry in entries:
        faults += _container(entry, _ENTRY)
        content = entry.find(f"{NAMESPACE}content")
        if content is None and not any(link.get("rel") == "alternate" for link in entry.findall(f"{NAMESPACE}link")):
            faults.append("4.1.1.1: an entry has neither content nor an alternate link")
        if content is not None and (content.get("type") not in {"text", "html"} or len(content)):
            faults.append("4.1.3: content is not plain text or escaped HTML")
    ids = Counter(entry.findtext(f"{NAMESPACE}id") for entry in entries)
    return faults + [f"4.2.6: two entries are {name}" for name, count in ids.items() if count > 1]


def _container(element: ET.Element, allowed: set[str]) -> Iterator[str]:
    """Find what is wrong with a feed or an entry, apart from what only one of them may have."""
    names = Counter(child.tag.removeprefix(NAMESPACE) for child in element)
    yield from (f"4.1: {name} in {element.tag}" for name in names if name not in allowed)
    yield from (f"4.1: {names[name]} of {name}" for name in ("id", "title", "updated") if names[name] != 1)
    yield from (f"4.1: {names[name]} of {name}" for name in _MOST_ONE if names[name] > 1)
    times = [*element.findall(f"{NAMESPACE}updated"), *element.findall(f"{NAMESPACE}published")]
    yield from (f"3.3: {time.text} is no time" for time in times if not _is_time(time.text))
    for person in element.findall(f"{NAMESPACE}author"):
        if [child.tag for child in person] != [f"{NAMESPACE}name"] or not person[0].text:
            yield "3.2: a person without a name"
    if not urlsplit(element.findtext(f"{NAMESPACE}id") or "").scheme:
        yield "4.2.6: the id is no IRI"
    categories = element.findall(f"{NAMESPACE}category")
    yield from ("4.2.2: a category without a term" for category in categories if not category.get("term"))
    yield from _links(element.findall(f"{NAMESPACE}link"))


def _links(links: Iterable[ET.Element]) -> Iterator[str]:
    alternates: Counter[tuple[str | None, str | None]] = Counter()
    for link in links:
        if not link.get("href"):
            yield "4.2.7: a link without an address"
        if link.get("rel", "alternate") == "alternate":
            alternates[link.get("type"), link.get("hreflang")] += 1
    yield from (f"4.1: two alternate links of {kind}" for kind, count in alternates.items() if count > 1)


_TOP = set(
    """version title home_page_url feed_url description user_comment next_url icon favicon authors language expired hubs
    items""".split()
)
_ITEM = set(
    """id url external_url title content_html content_text summary image banner_image date_published date_modified
    authors tags language attachments""".split()
)


def json_feed_faults(data: bytes) -> list[str]:
    """List what JSON Feed 1.1 forbids, or has no name for."""
    feed = json.loads(data)
    faults = [f"unknown key {key}" for key in feed if key not in _TOP]
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        faults.append("another version")
    faults += [f"no {key}" for key in ("title", "items", "feed_url") if key not in feed]
    faults += _addresses(feed, ("home_page_url", "feed_url"))
    faults += _authors(feed)
    for item in feed["items"]:
        faults += _item(item)
    ids = Counter(item["id"] for item in feed["items"])
    return faults + [f"two items are {name}" for name, count in ids.items() if count > 1]


def _item(item: dict[str, Any]) -> Iterator[str]:
    yield from (f"unknown key {key}" for key in item if key not in _ITEM)
    if not isinstance(item.get("id"), str) or not item["id"]:
        yield "an item without an id that is text"
    if "content_html" not in item and "content_text" not in item:
        yield "an item without content"
    times = [item[key] for key in ("date_published", "date_modified") if key in item]
    yield from (f"{time} is no time" for time in times if not _is_time(time))
    yield from ("a tag is no text" for tag in item.get("tags", []) if not isinstance(tag, str))
    yield from _addresses(item, ("url",))
    yield from _authors(item)


def _addresses(thing: dict[str, Any], keys: Iterable[str]) -> Iterator[str]:
    yield from (f"{key} is not absolute" for key in keys if key in thing and not urlsplit(thing[key]).netloc)


def _authors(thing: dict[str, Any]) -> Iterator[str]:
    said = ({"name", "url", "avatar"} & set(author) for author in thing.get("authors", []))
    yield from ("an author of whom nothing is said" for names in said if not names)


def _is_time(text: str | None) -> bool:
    return bool(text and _TIME.fullmatch(text) and dt.datetime.fromisoformat(text))
