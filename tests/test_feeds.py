import datetime as dt
import json
import xml.etree.ElementTree as ET

import feedparser

from sitegen.config import Config
from sitegen.feeds import ATOM, SITEMAP, SITEMAP_SIZE, atom, catalogue_json, changed, redirects, robots, sitemaps
from sitegen.paper import Organization, Source
from tests.papers import entry

CONFIG = Config(
    title="A & B",
    tagline="<Papers>",
    base_url="https://example.org/papers/",
    author="Ada",
    home="https://example.org/papers/",
)


def parsed(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314  # our own output


def test_a_feed_is_read_as_it_was_meant() -> None:
    papers = [
        entry("new", "2024-06-01", ("nlp",), title="1 < 2 & 3", authors=("Ada Lovelace", "Charles Babbage")),
        entry("old", "2024-05-06", updated=dt.date(2024, 7, 1), organization=Organization("acme", "Acme")),
    ]
    feed = feedparser.parse(atom(papers, CONFIG))
    assert not feed.bozo
    assert (feed.feed.title, feed.feed.subtitle, feed.feed.author) == ("A & B", "<Papers>", "Ada")
    assert feed.feed.id == "tag:example.org,2025:/papers/"
    assert feed.feed.updated == "2024-07-01T00:00:00Z"
    new, old = feed.entries
    assert (new.title, new.link) == ("1 < 2 & 3", "https://example.org/papers/papers/2024/new/")
    assert new.id == "tag:example.org,2025:/papers/papers/2024/new/"
    assert [author.name for author in new.authors] == ["Ada Lovelace", "Charles Babbage"]
    assert [tag.term for tag in new.tags] == ["nlp"]
    assert (old.published, old.updated) == ("2024-05-06T00:00:00Z", "2024-07-01T00:00:00Z")
    assert old.summary == "Abstract of old."


def test_every_feed_has_what_the_standard_requires() -> None:
    for papers in ([], [entry("a"), entry("b", "2024-05-06")]):
        feed = parsed(atom(papers, CONFIG))
        assert feed.find(f"{{{ATOM}}}author/{{{ATOM}}}name") is not None
        for element in (feed, *feed.iter(f"{{{ATOM}}}entry")):
            assert all(element.find(f"{{{ATOM}}}{name}") is not None for name in ("id", "title", "updated"))


def test_what_xml_cannot_hold_is_left_out() -> None:
    feed = parsed(atom([entry("a", title="bell\x07 and \ufffe end")], CONFIG))
    assert feed.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}title") == "bell and  end"


def test_the_day_of_change_is_the_contents_and_never_the_clocks() -> None:
    captured = (Source("d.txt", 1, dt.date(2025, 1, 1)), Source("e.txt", 1, dt.date(2025, 2, 1)))
    assert changed(entry("a", "2024-05-06", sources=captured)) == dt.date(2024, 5, 6)
    assert changed(entry("a", None, sources=captured)) == dt.date(2025, 2, 1)
    assert changed(entry("a")) == dt.date(1970, 1, 1)


def test_a_sitemap_names_addresses_and_days() -> None:
    [(name, _, make)] = sitemaps([("", None), ("papers/2024/a/", dt.date(2024, 5, 6))], CONFIG)
    urls = [[child.text for child in url] for url in parsed(make())]
    assert name == "sitemap.xml"
    assert urls == [["https://example.org/papers/"], ["https://example.org/papers/papers/2024/a/", "2024-05-06"]]


def test_a_large_sitemap_becomes_an_index_and_parts() -> None:
    files = {name: make() for name, _, make in sitemaps([(f"p/{n}/", None) for n in range(SITEMAP_SIZE + 1)], CONFIG)}
    assert list(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert [len(parsed(files[name])) for name in files] == [SITEMAP_SIZE, 1, 2]
    assert parsed(files["sitemap.xml"]).tag == f"{{{SITEMAP}}}sitemapindex"


def test_robots_are_sent_to_the_sitemap() -> None:
    assert b"Sitemap: https://example.org/papers/sitemap.xml\n" in robots(CONFIG)


def test_the_catalogue_as_json_has_the_agreed_form() -> None:
    papers = [
        entry("a", "2024-05-06", ("nlp",), authors=5, comments=2, organization=Organization("acme", "Acme")),
        entry("b", None, authors=("Ada",), title="Ünïcode </script>"),
    ]
    assert json.loads(catalogue_json(papers)) == {
        "version": 1,
        "count": 2,
        "papers": [
            {
                "slug": "a",
                "title": "Title of a",
                "url": "/papers/2024/a/",
                "date": "2024-05-06",
                "authors": 5,
                "organization": {"handle": "acme", "name": "Acme"},
                "comments": 2,
                "topics": ["nlp"],
            },
            {
                "slug": "b",
                "title": "Ünïcode </script>",
                "url": "/papers/undated/b/",
                "date": None,
                "authors": ["Ada"],
                "organization": None,
                "comments": 0,
                "topics": [],
            },
        ],
    }


def test_redirects_begin_at_the_hosts_root() -> None:
    assert redirects([("papers/2024/a/", "papers/2024/b/")], CONFIG) == (
        b"/papers/papers/2024/a/ /papers/papers/2024/b/ 301!\n"
    )


def test_an_entry_keeps_its_id_when_its_paper_moves_and_when_the_site_is_built_for_elsewhere() -> None:
    moved = entry("b", "2024-05-06", aliases=("papers/2024/a/", "papers/2024/aa/"))
    before = feedparser.parse(atom([entry("a", "2024-05-06")], CONFIG)).entries[0]
    after = feedparser.parse(atom([moved], CONFIG.at("https://preview.example/"))).entries[0]
    assert after.id == before.id
    assert after.link == "https://preview.example/papers/2024/b/"
