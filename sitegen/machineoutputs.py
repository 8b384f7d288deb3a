"""The files for machines as outputs: feeds, the catalogue as data."""

from collections.abc import Iterator
from functools import partial

from sitegen import urls
from sitegen.bundles import Bundle, Turn
from sitegen.catalogue import Entry
from sitegen.dataset import Dataset, Part
from sitegen.feeds import Feed, FeedWriter, group_feeds, site_feed
from sitegen.keys import key_of
from sitegen.output import Output
from sitegen.qualitypages import FINDINGS, findings_json
from sitegen.render import Site


def feed_bundles(site: Site, engine: str) -> Iterator[Bundle[Output]]:
    """Yield the feeds of everything, of topics, of organisations. engine: hash of the program."""
    catalogue, config = site.catalogue, site.config
    common = key_of(engine, config, catalogue.topic_titles)
    writer = FeedWriter(config, catalogue.topic_titles)
    feeds = [site_feed(catalogue, config)] if "feed" in site.only else []
    feeds += group_feeds(catalogue, config) if "feeds" in site.only else []
    for feed in feeds:
        yield Bundle(f"feed {feed.path}", (feed, common), partial(_feed, feed, writer, common))


def _feed(feed: Feed, writer: FeedWriter, common: str) -> Iterator[Output]:
    """Give both files of a feed. common: hash of what all feeds are made of."""
    key = key_of(common, feed.path, feed.title, feed.about, [entry.digest for entry in feed.papers])
    yield Output(urls.atom_feed(feed.path), key, partial(writer.atom, feed))
    yield Output(urls.json_feed(feed.path), key, partial(writer.json, feed))


def data_bundles(papers: tuple[Entry, ...], engine: str) -> Iterator[Bundle[Output]]:
    """Yield the catalogue as data, and what could be bettered of it: all that is made of the whole of it."""
    yield Bundle("data", (papers,), partial(_data, papers, engine), Turn.LAST)


def _data(papers: tuple[Entry, ...], engine: str) -> Iterator[Output]:
    dataset = Dataset(papers)

    def key(part: Part) -> str:
        return key_of(engine, "".join([papers[place].row_key for place in part.papers]))

    for part in dict.fromkeys((dataset.whole, *dataset.parts)):
        yield Output(part.path, key(part), partial(dataset.json, part))
    yield Output(urls.CATALOGUE_INDEX, key(dataset.whole), dataset.index)
    yield Output(FINDINGS, key_of(engine, [entry.digest for entry in papers]), partial(findings_json, papers))
