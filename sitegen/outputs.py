"""The files of the site as outputs: each with a key for all that it is made of, and how to make it."""

from collections.abc import Iterable, Iterator
from functools import partial

from sitegen import feeds, urls
from sitegen.catalogue import Catalogue
from sitegen.config import Config
from sitegen.output import Output, key_of
from sitegen.render import Site, site_jobs
from sitegen.searchoutputs import SearchMemory, search_outputs
from sitegen.theme import Theme
from sitegen.views import Job

NOINDEX = b"/*\n  X-Robots-Tag: noindex\n"
"""The host's header file of a preview: search engines leave every file of it alone."""


def outputs_of(site: Site, theme: Theme, engine: str, memory: SearchMemory) -> Iterator[Output]:
    """Yield every file of the site. engine: hash of the program; it is part of each key."""
    jobs = list(site_jobs(site))
    yield from (_page(job, theme, engine) for job in jobs)
    for asset in theme.assets.values():
        yield Output(asset.path, key_of(asset.path, asset.data), partial(bytes, asset.data))
    yield from _data(site.catalogue, site.config, engine)
    yield from search_outputs(site.catalogue, site.config.boosts, engine, memory)
    yield from _for_robots(jobs, site, engine)
    if site.redirects:
        pairs = [(redirect.path, redirect.target) for redirect in site.redirects]
        yield _made("_redirects", feeds.redirects(pairs, site.config))
    if site.noindex:
        yield _made("_headers", NOINDEX)


def _page(job: Job, theme: Theme, engine: str) -> Output:
    key = key_of(engine, theme.closure(job.template), job.view)
    return Output(urls.output_file(job.path), key, partial(theme.render, job.template, job.view))


def _data(catalogue: Catalogue, config: Config, engine: str) -> Iterator[Output]:
    """Yield the feed, and the catalogue as data."""
    newest = catalogue.papers[: config.feed_size]
    yield Output("atom.xml", key_of(engine, newest, config), partial(feeds.atom, newest, config))
    facts = feeds.catalogue_json(catalogue.papers)
    yield Output("catalogue.json", key_of(engine, facts), partial(bytes, facts))


def _for_robots(jobs: Iterable[Job], site: Site, engine: str) -> Iterator[Output]:
    changed = {entry.page.address: feeds.changed(entry) for entry in site.catalogue.papers}
    paths = [(job.path, changed.get(job.path)) for job in jobs if not job.view.head.noindex]
    for name, data in feeds.sitemaps(paths, site.config):
        yield Output(name, key_of(engine, data), partial(bytes, data))
    yield _made("robots.txt", feeds.robots(site.config))


def _made(path: str, data: bytes) -> Output:
    return Output(path, key_of(path, data), partial(bytes, data))
