import datetime as dt
import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import feedparser
from hypothesis import given
from hypothesis import strategies as st

from sitegen.catalogue import Entry, build_catalogue
from sitegen.config import Config
from sitegen.feeds import ATOM, Feed, FeedWriter, changed, group_feeds, site_feed
from sitegen.paper import Organization, Source
from sitegen.topics import Topic
from tests.feedrules import atom_faults, json_feed_faults
from tests.papers import entry

CONFIG = Config(
    title="A & B",
    tagline="<Papers>",
    base_url="https://example.org/papers/",
    author="Ada",
    home="https://example.org/papers/",
)
TITLES = {"nlp": "Language & <speech>"}


def feed(*papers: Entry, config: Config = CONFIG) -> Feed:
    return site_feed(build_catalogue(papers, ()), config)


def atom(*papers: Entry, config: Config = CONFIG) -> bytes:
    return FeedWriter(config, TITLES).atom(feed(*papers, config=config))


def json_feed(*papers: Entry, config: Config = CONFIG) -> bytes:
    return FeedWriter(config, TITLES).json(feed(*papers, config=config))


NEW = entry("new", "2024-06-01", ("nlp",), title="1 < 2 & 3", authors=("Ada Lovelace", "Charles Babbage"))
OLD = entry("old", "2024-05-06", updated=dt.date(2024, 7, 1), organization=Organization("acme", "Acme"))


def test_a_feed_is_read_as_it_was_meant() -> None:
    read = feedparser.parse(atom(NEW, OLD))
    assert not read.bozo
    assert (read.feed.title, read.feed.subtitle, read.feed.author) == ("A & B", "<Papers>", "Ada")
    assert read.feed.id == "tag:example.org,2025:/papers/"
    assert read.feed.updated == "2024-07-01T00:00:00Z"
    assert {link.rel: link.href for link in read.feed.links} == {
        "self": "https://example.org/papers/atom.xml",
        "alternate": "https://example.org/papers/",
    }
    new, old = read.entries
    assert (new.title, new.link) == ("1 < 2 & 3", "https://example.org/papers/papers/2024/new/")
    assert new.id == "tag:example.org,2025:/papers/papers/2024/new/"
    assert [author.name for author in new.authors] == ["Ada Lovelace", "Charles Babbage"]
    assert [(tag.term, tag.label) for tag in new.tags] == [("nlp", "Language & <speech>")]
    assert (old.published, old.updated) == ("2024-05-06T00:00:00Z", "2024-07-01T00:00:00Z")
    assert old.summary == "Abstract of old."
    assert [(content.type, content.value) for content in old.content] == [("text/html", "<p>Abstract of old.</p>")]


def test_a_json_feed_says_the_same() -> None:
    read = json.loads(json_feed(NEW, OLD))
    assert (read["title"], read["description"], read["authors"]) == ("A & B", "<Papers>", [{"name": "Ada"}])
    assert read["feed_url"] == "https://example.org/papers/feed.json"
    new, old = read["items"]
    assert new == {
        "id": "tag:example.org,2025:/papers/papers/2024/new/",
        "url": "https://example.org/papers/papers/2024/new/",
        "title": "1 < 2 & 3",
        "content_html": "<p>Abstract of new.</p>",
        "date_modified": "2024-06-01T00:00:00Z",
        "summary": "Abstract of new.",
        "date_published": "2024-06-01T00:00:00Z",
        "authors": [{"name": "Ada Lovelace"}, {"name": "Charles Babbage"}],
        "tags": ["Language & <speech>"],
    }
    assert (old["date_modified"], old["authors"]) == ("2024-07-01T00:00:00Z", [{"name": "Acme"}])


def test_a_feed_keeps_to_its_standard_whatever_papers_lack() -> None:
    bare = replace(entry("bare", None), html="", abstract="", excerpt="")
    for papers in ((), (NEW, OLD), (bare,), (bare, NEW)):
        assert atom_faults(atom(*papers)) == []
        assert json_feed_faults(json_feed(*papers)) == []


def test_the_rules_find_what_is_wrong() -> None:
    good = atom(NEW, OLD).decode()
    for right, wrong in (
        ("<updated>2024-07-01T00:00:00Z</updated>", ""),
        ("2024-07-01T00:00:00Z", "1 July 2024"),
        ("papers/2024/new/</id>", "papers/2024/old/</id>"),
        ('rel="self"', 'rel="me"'),
        ("<author><name>Ada</name></author>", "<author/>"),
        ("<id>tag:", "<id>"),
    ):
        assert right in good
        assert atom_faults(good.replace(right, wrong).encode()) != [], wrong
    good = json_feed(NEW, OLD).decode()
    for right, wrong in (("1.1", "1"), ("content_html", "content"), ("T00:00:00Z", ""), ('"name"', '"names"')):
        assert json_feed_faults(good.replace(right, wrong).encode()) != [], wrong


@given(title=st.text(), label=st.text(), name=st.text(min_size=1))
def test_any_text_goes_into_a_feed(title: str, label: str, name: str) -> None:
    """What XML cannot hold is left out; surrogates never get past the reader of pages."""
    title, label, name = (text.encode("utf-8", "ignore").decode() for text in (title, label, f"{name}."))
    papers = feed(entry("a", "2024-05-06", ("nlp",), title=title, authors=(name,)))
    writer = FeedWriter(CONFIG, {"nlp": label})
    assert atom_faults(writer.atom(papers)) == []
    assert json.loads(writer.json(papers))["items"][0]["title"] == title


def test_what_xml_cannot_hold_is_left_out() -> None:
    read = ET.fromstring(atom(entry("a", title="bell\x07 and \ufffe end")))  # noqa: S314  # our own output
    assert read.findtext(f"{{{ATOM}}}entry/{{{ATOM}}}title") == "bell and  end"


def test_addresses_in_an_abstract_lead_there_from_a_reader_too() -> None:
    html = '<p><a href="/about/" rel="x">a</a> <img src="b.png" alt=""> <a href="#c">c</a> <a href="https://d.org/">d</a></p>'
    paper = replace(entry("a", "2024-05-06"), html=html)
    here = "https://example.org/papers/papers/2024/a/"
    absolute = html.replace('"/about/"', '"https://example.org/about/"')
    absolute = absolute.replace('"b.png"', f'"{here}b.png"').replace('"#c"', f'"{here}#c"')
    assert json.loads(json_feed(paper))["items"][0]["content_html"] == absolute
    assert ET.fromstring(atom(paper)).findtext(f"{{{ATOM}}}entry/{{{ATOM}}}content") == absolute  # noqa: S314  # ours


def test_topics_and_organisations_have_feeds_of_their_own() -> None:
    papers = [NEW, OLD, entry("third", "2024-05-07", ("nlp",))]
    catalogue = build_catalogue(papers, [Topic("nlp", "Language", "On words."), Topic("vision", "Vision")])
    language, vision, acme = group_feeds(catalogue, CONFIG)
    assert (language.path, language.title, language.about) == (
        "topics/nlp/",
        "Language \N{MIDDLE DOT} A & B",
        "On words.",
    )
    assert [paper.page.slug for paper in language.papers] == ["new", "third"]
    assert vision.papers == ()
    assert (acme.path, [paper.page.slug for paper in acme.papers]) == ("organizations/acme/", ["old"])
    read = feedparser.parse(FeedWriter(CONFIG, catalogue.topic_titles).atom(language))
    assert read.feed.id == "tag:example.org,2025:/papers/topics/nlp/"
    assert {link.href for link in read.feed.links} == {
        "https://example.org/papers/topics/nlp/atom.xml",
        "https://example.org/papers/topics/nlp/",
    }


def test_a_feed_holds_the_newest_papers_and_no_more() -> None:
    papers = [entry(f"p{day}", f"2024-05-{day:02}") for day in range(1, 10)]
    config = replace(CONFIG, feed_size=3)
    assert [item["title"] for item in json.loads(json_feed(*papers, config=config))["items"]] == [
        "Title of p9",
        "Title of p8",
        "Title of p7",
    ]


def test_a_paper_is_told_alike_in_every_feed() -> None:
    writer = FeedWriter(CONFIG, TITLES)
    both, one = writer.atom(feed(NEW, OLD)).decode(), writer.atom(feed(OLD)).decode()
    assert one[one.index("<entry>") :] == both[both.index("<entry>", both.index("</entry>")) :]


def test_the_day_of_change_is_the_contents_and_never_the_clocks() -> None:
    captured = (Source("d.txt", 1, dt.date(2025, 1, 1)), Source("e.txt", 1, dt.date(2025, 2, 1)))
    assert changed(entry("a", "2024-05-06", sources=captured)) == dt.date(2024, 5, 6)
    assert changed(entry("a", None, sources=captured)) == dt.date(2025, 2, 1)
    assert changed(entry("a")) == dt.date(1970, 1, 1)


def test_an_entry_keeps_its_id_when_its_paper_moves_and_when_the_site_is_built_for_elsewhere() -> None:
    moved = entry("b", "2024-05-06", aliases=("papers/2024/a/", "papers/2024/aa/"))
    before = feedparser.parse(atom(entry("a", "2024-05-06"))).entries[0]
    after = feedparser.parse(atom(moved, config=CONFIG.at("https://preview.example/"))).entries[0]
    assert after.id == before.id
    assert after.link == "https://preview.example/papers/2024/b/"
