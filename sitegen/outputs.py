"""The files of the site as outputs: each with a key for all that it is made of, and how to make it."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from sitegen import feeds, urls
from sitegen.catalogue import Catalogue
from sitegen.jobs import Job, View
from sitegen.keys import key_of
from sitegen.output import Output
from sitegen.render import Site, site_jobs
from sitegen.theme import Theme

NOINDEX = b"/*\n  X-Robots-Tag: noindex\n"
"""The host's header file of a preview: search engines leave every file of it alone."""


def outputs_of(site: Site, theme: Theme, engine: str) -> Iterator[Output]:
    """Yield every file of the site but for those of the search. engine: hash of the program, a part of each key."""
    jobs = list(site_jobs(site))
    yield from (_page(job, theme, engine) for job in jobs)
    for asset in theme.assets.values():
        yield Output(asset.path, key_of(asset.path, asset.data), partial(bytes, asset.data))
    if "feed" in site.only:
        yield _feed(site, engine)
    if "data" in site.only:
        yield _data(site.catalogue, engine)
    if "robots" in site.only:
        yield from _for_robots(jobs, site, engine)
    if site.redirects:
        pairs = [(redirect.path, redirect.target) for redirect in site.redirects]
        yield _made("_redirects", feeds.redirects(pairs, site.config))
    if site.noindex:
        yield _made("_headers", NOINDEX)


def _page(job: Job, theme: Theme, engine: str) -> Output:
    key = key_of(engine, theme.closure(job.template), job.path, job.made_of)
    return Output(urls.output_file(job.path), key, partial(_rendered, theme, job.template, job.view))


def _rendered(theme: Theme, template: str, view: Callable[[], View]) -> bytes:
    return theme.render(template, view())


def _feed(site: Site, engine: str) -> Output:
    newest, config = site.catalogue.papers[: site.config.feed_size], site.config
    return Output("atom.xml", key_of(engine, newest, config), partial(feeds.atom, newest, config))


def _data(catalogue: Catalogue, engine: str) -> Output:
    """Give the catalogue as data."""
    made_of = [entry.digest for entry in catalogue.papers]
    return Output("catalogue.json", key_of(engine, made_of), partial(feeds.catalogue_json, catalogue.papers))


def _for_robots(jobs: Iterable[Job], site: Site, engine: str) -> Iterator[Output]:
    changed = {entry.page.address: feeds.changed(entry) for entry in site.catalogue.papers}
    paths = [(job.path, changed.get(job.path)) for job in jobs if not job.noindex]
    for name, made_of, make in feeds.sitemaps(paths, site.config):
        yield Output(name, key_of(engine, site.config, made_of), make)
    yield _made("robots.txt", feeds.robots(site.config))


def _made(path: str, data: bytes) -> Output:
    return Output(path, key_of(path, data), partial(bytes, data))
