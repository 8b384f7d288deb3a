"""The files of the site as outputs, in bundles: each with a key for all that it is made of, and how to make it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from sitegen import sitemaps, urls
from sitegen.bundles import Bundle, Turn
from sitegen.cardoutputs import card_bundles
from sitegen.changes import CHANGES, changes_json
from sitegen.citeoutputs import citation_bundles
from sitegen.config import Config
from sitegen.feeds import changed
from sitegen.jobs import Job, View
from sitegen.keys import key_of
from sitegen.machineoutputs import data_bundles, feed_bundles
from sitegen.offlineoutputs import offline_bundle
from sitegen.output import Output
from sitegen.render import Site, site_bundles
from sitegen.theme import Theme

NOINDEX = b"/*\n  X-Robots-Tag: noindex\n"
"""The host's header file of a preview: search engines leave every file of it alone."""


def bundles_of(site: Site, theme: Theme, cache: Path, engine: str) -> Iterator[Bundle[Output]]:
    """Yield the files of the site but for those of the search, and those that `closing_bundles` gives.

    cache: the folder of remembered work. engine: hash of the program, a part of each key.
    """
    yield from page_bundles(site, theme, engine)
    yield from machine_bundles(site, theme, cache, engine)


def page_bundles(site: Site, theme: Theme, engine: str) -> Iterator[Bundle[Output]]:
    """Yield what readers see: pages, what they are shown with, feeds."""
    for pages in site_bundles(site):
        made_of = (theme.content, pages.made_of)
        yield Bundle(pages.name, made_of, partial(_pages, pages, theme, engine), pages.turn)
    yield Bundle("assets", (theme.content, theme.language), partial(_assets, theme), Turn.FIRST)
    yield from feed_bundles(site, engine)


def machine_bundles(site: Site, theme: Theme, cache: Path, engine: str) -> Iterator[Bundle[Output]]:
    """Yield what pages do without: cards, data files, what is kept offline, citations, what the host reads."""
    if "cards" in site.only:
        yield from card_bundles(site, cache, engine)
    if "data" in site.only:
        papers, titles = site.catalogue.papers, site.catalogue.topic_titles
        yield from data_bundles(papers, engine)
        yield Bundle("changes", (papers, titles), lambda: [_made(CHANGES, changes_json(papers, titles))], Turn.LAST)
    if "map" in site.only:
        placed = site.catalogue.papers, site.catalogue.taxonomy, site.neighbours
        yield Bundle("map data", placed, lambda: [_made(site.plot().path, site.plot().data)], Turn.LAST)
    if "offline" in site.only:
        yield offline_bundle(site, theme, engine)
    if "citations" in site.only:
        yield from citation_bundles(site, engine)
    yield Bundle("for the host", (site.redirects, site.config, site.noindex), partial(_for_host, site))


def closing_bundles(site: Site, indexed: Iterable[str], engine: str) -> Iterator[Bundle[Output]]:
    """Yield the files that name all the others. indexed: files of pages that search engines are to find, in order."""
    if "robots" in site.only:
        changes = {entry.page.address: changed(entry) for entry in site.catalogue.papers}
        paths = [file.removesuffix("index.html") for file in indexed]
        stops = [(path, changes.get(path)) for path in paths]
        yield Bundle("robots", (stops, site.config), partial(_for_robots, stops, site.config, engine), Turn.LAST)


def _pages(pages: Bundle[Job], theme: Theme, engine: str) -> Iterator[Output]:
    return (_page(job, theme, engine) for job in pages.make())


def _page(job: Job, theme: Theme, engine: str) -> Output:
    key = key_of(engine, theme.closure(job.template), job.path, job.made_of)
    return Output(urls.output_file(job.path), key, partial(_rendered, theme, job.template, job.view), not job.noindex)


def _rendered(theme: Theme, template: str, view: Callable[[], View]) -> bytes:
    return theme.render(template, view())


def _assets(theme: Theme) -> Iterator[Output]:
    for asset in theme.assets.values():
        yield Output(asset.path, key_of(asset.path, asset.data), partial(bytes, asset.data))


def _for_host(site: Site) -> Iterator[Output]:
    if site.redirects:
        pairs = [(redirect.path, redirect.target) for redirect in site.redirects]
        yield _made("_redirects", sitemaps.redirects(pairs, site.config))
    if site.noindex:
        yield _made("_headers", NOINDEX)


def _for_robots(stops: Sequence[sitemaps.Stop], config: Config, engine: str) -> Iterator[Output]:
    for name, made_of, make in sitemaps.sitemaps(stops, config):
        yield Output(name, key_of(engine, config, made_of), make)
    yield _made("robots.txt", sitemaps.robots(config))


def _made(path: str, data: bytes) -> Output:
    return Output(path, key_of(path, data), partial(bytes, data))
