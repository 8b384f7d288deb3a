"""Feeds: the newest papers of the catalogue, of a topic, of an organisation, as Atom and as JSON Feed.

Atom: RFC 4287. JSON Feed: https://www.jsonfeed.org/version/1.1/. What they say of time is the content's, never the
clock's, so that the same content gives the same bytes.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urljoin, urlsplit

import msgspec

from sitegen import urls
from sitegen.catalogue import Catalogue, Entry
from sitegen.config import Config

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"

_NO_DATE = dt.date(1970, 1, 1)
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""

_RELATIVE = re.compile(r' (href|src)="(?!https?:|mailto:)([^"]*)"')
"""An address that only a reader of the paper's own page could follow."""


@dataclass(frozen=True, slots=True)
class Feed:
    """The newest papers of a listing, newest first. path: of the listing; both files stand there. about: or ""."""

    path: str
    title: str
    about: str
    papers: tuple[Entry, ...]


def site_feed(catalogue: Catalogue, config: Config) -> Feed:
    """Give the feed of everything."""
    return Feed("", config.title, config.tagline, catalogue.papers[: config.feed_size])


def group_feeds(catalogue: Catalogue, config: Config) -> Iterator[Feed]:
    """Yield a feed for each topic and each organisation."""
    for group in (*catalogue.topics, *catalogue.organizations):
        title = f"{group.title} \N{MIDDLE DOT} {config.title}"
        yield Feed(group.path, title, group.about, group.papers[: config.feed_size])


def changed(entry: Entry) -> dt.date:
    """Give the day on which a paper's content last changed: as the curator says, its date, else its capture."""
    captured = [source.captured for source in entry.page.sources if source.captured]
    return entry.page.updated or entry.page.date or max(captured, default=_NO_DATE)


class FeedWriter:
    """Writes feeds. A paper stands in several of them, always alike: each text of it is made once."""

    def __init__(self, config: Config, topic_titles: Mapping[str, str]) -> None:
        self._config = config
        self._topic_titles = topic_titles
        self._as_atom: dict[str, str] = {}
        self._as_json: dict[str, bytes] = {}

    def atom(self, feed: Feed) -> bytes:
        """Write a feed as Atom."""
        config = self._config
        head = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed xmlns="{ATOM}" xml:lang={_quoted(config.language)}>',
            _element("title", feed.title),
            *([_element("subtitle", feed.about)] if feed.about else []),
            _element("id", tag(config, feed.path)),
            _element("updated", _instant(_newest_change(feed.papers))),
            _link("self", "application/atom+xml", config.base_url + urls.atom_feed(feed.path)),
            _link("alternate", "text/html", config.base_url + feed.path),
            f"<author>{_element('name', config.author or config.title)}</author>",
        ]
        return "\n".join([*head, *map(self._atom_entry, feed.papers), "</feed>", ""]).encode()

    def json(self, feed: Feed) -> bytes:
        """Write a feed as JSON Feed 1.1."""
        config = self._config
        head = {
            "version": JSON_FEED,
            "title": feed.title,
            "home_page_url": config.base_url + feed.path,
            "feed_url": config.base_url + urls.json_feed(feed.path),
            **({"description": feed.about} if feed.about else {}),
            "language": config.language,
            "authors": [{"name": config.author or config.title}],
        }
        items = b",\n".join(map(self._json_item, feed.papers))
        return msgspec.json.encode(head)[:-1] + b',"items":[\n' + items + b"\n]}\n"

    def _atom_entry(self, entry: Entry) -> str:
        if entry.page.slug not in self._as_atom:
            self._as_atom[entry.page.slug] = "\n".join(self._atom_lines(entry))
        return self._as_atom[entry.page.slug]

    def _atom_lines(self, entry: Entry) -> Iterator[str]:
        page, config = entry.page, self._config
        yield "<entry>"
        yield _element("title", page.title)
        yield _element("id", tag(config, _first_address(entry)))
        yield _link("alternate", "text/html", config.base_url + page.address)
        yield _element("updated", _instant(changed(entry)))
        if page.date:
            yield _element("published", _instant(page.date))
        for name in _authors(entry):
            yield f"<author>{_element('name', name)}</author>"
        for assignment in entry.topics:
            yield f'<category term="{assignment.slug}" label={_quoted(self._topic_titles[assignment.slug])}/>'
        if entry.excerpt:
            yield _element("summary", entry.excerpt)
        if entry.html:
            yield f'<content type="html">{_xml(_absolute(entry, config))}</content>'
        yield "</entry>"

    def _json_item(self, entry: Entry) -> bytes:
        if entry.page.slug not in self._as_json:
            self._as_json[entry.page.slug] = msgspec.json.encode(self._json_facts(entry))
        return self._as_json[entry.page.slug]

    def _json_facts(self, entry: Entry) -> dict[str, object]:
        page, config = entry.page, self._config
        facts: dict[str, object] = {
            "id": tag(config, _first_address(entry)),
            "url": config.base_url + page.address,
            "title": page.title,
            **({"content_html": _absolute(entry, config)} if entry.html else {"content_text": page.title}),
            "date_modified": _instant(changed(entry)),
        }
        if entry.excerpt:
            facts["summary"] = entry.excerpt
        if page.date:
            facts["date_published"] = _instant(page.date)
        if authors := _authors(entry):
            facts["authors"] = [{"name": name} for name in authors]
        if entry.topics:
            facts["tags"] = [self._topic_titles[assignment.slug] for assignment in entry.topics]
        return facts


def tag(config: Config, path: str) -> str:
    """Give a permanent identifier (RFC 4151) of a path at the site's home.

    The year only says when the host's name was in these hands.
    """
    home = urlsplit(config.home)
    return f"tag:{home.hostname},2025:{home.path}{path}"


def _first_address(entry: Entry) -> str:
    """Give the first address that a paper had: its identity stays where it moves."""
    return entry.page.aliases[0] if entry.page.aliases else entry.page.address


def _authors(entry: Entry) -> Sequence[str]:
    """Name who wrote a paper: the authors where they are known, else their organisation, else nobody."""
    page = entry.page
    if isinstance(page.authors, tuple):
        return page.authors
    return [page.organization.name] if page.organization else []


def _newest_change(papers: Sequence[Entry]) -> dt.date:
    return max(map(changed, papers), default=_NO_DATE)


def _absolute(entry: Entry, config: Config) -> str:
    """Give a paper's body with addresses that lead there from anywhere."""
    here = config.base_url + entry.page.address
    return _RELATIVE.sub(lambda m: f' {m[1]}="{urljoin(here, m[2])}"', entry.html)


def _instant(day: dt.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _element(name: str, text: str) -> str:
    return f"<{name}>{_xml(text)}</{name}>"


def _link(relation: str, kind: str, address: str) -> str:
    return f'<link rel="{relation}" type="{kind}" href={_quoted(address)}/>'


def _xml(text: str) -> str:
    return escape(_ILLEGAL.sub("", text), quote=False)


def _quoted(text: str) -> str:
    return f'"{escape(_ILLEGAL.sub("", text))}"'
