"""The files of the site as outputs: each with a key for all that it is made of, and how to make it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from sitegen import feeds, urls
from sitegen.catalogue import Catalogue, Entry
from sitegen.config import Config
from sitegen.listings import authors_text
from sitegen.output import Output
from sitegen.render import Site, site_jobs
from sitegen.search.documents import SearchDocument, documents_json, number_documents
from sitegen.theme import Theme
from sitegen.views import Job

NOINDEX = b"/*\n  X-Robots-Tag: noindex\n"
"""The host's header file of a preview: search engines leave every file of it alone."""


def outputs_of(site: Site, theme: Theme, engine: str) -> Iterator[Output]:
    """Yield every file of the site. engine: hash of the program; it is part of each key."""
    jobs = list(site_jobs(site))
    yield from (_page(job, theme, engine) for job in jobs)
    for asset in theme.assets.values():
        yield Output(asset.path, key_of(asset.path, asset.data), partial(bytes, asset.data))
    yield from _data(site.catalogue, site.config, engine)
    yield from _for_robots(jobs, site, engine)
    if site.redirects:
        pairs = [(redirect.path, redirect.target) for redirect in site.redirects]
        yield _made("_redirects", feeds.redirects(pairs, site.config))
    if site.noindex:
        yield _made("_headers", NOINDEX)


def key_of(*made_of: object) -> str:
    """Hash what an output is made of; everything has a `repr` that says all of it and nothing else."""
    digest = hashlib.sha256()
    for part in made_of:
        data = part if isinstance(part, bytes) else repr(part).encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:24]


def _page(job: Job, theme: Theme, engine: str) -> Output:
    key = key_of(engine, theme.closure(job.template), job.view)
    return Output(urls.output_file(job.path), key, partial(theme.render, job.template, job.view))


def _data(catalogue: Catalogue, config: Config, engine: str) -> Iterator[Output]:
    """Yield the feed, the catalogue as data, and what the search needs."""
    newest = catalogue.papers[: config.feed_size]
    yield Output("atom.xml", key_of(engine, newest, config), partial(feeds.atom, newest, config))
    facts = feeds.catalogue_json(catalogue.papers)
    yield Output("catalogue.json", key_of(engine, facts), partial(bytes, facts))
    documents = number_documents([search_document(entry, catalogue) for entry in catalogue.papers])
    boosts = dict(config.boosts)
    yield Output("search/index.json", key_of(engine, documents, boosts), _index(documents, boosts))
    yield Output("search/documents.json", key_of(engine, documents), partial(documents_json, documents))


def _index(documents: list[SearchDocument], boosts: dict[str, float]) -> Callable[[], bytes]:
    def make() -> bytes:
        from sitegen.search.indexing import index_json  # noqa: PLC0415  # lunr loads slowly; a warm build needs none

        return index_json(documents, boosts)

    return make


def search_document(entry: Entry, catalogue: Catalogue) -> SearchDocument:
    """Narrow a paper to what the search needs of it."""
    page = entry.page
    slugs = tuple(assignment.slug for assignment in entry.topics)
    return SearchDocument(
        slug=page.slug,
        path=page.address,
        title=page.title,
        abstract=entry.abstract,
        date=page.date,
        topics=slugs,
        topic_titles=tuple(catalogue.topic_titles[slug] for slug in slugs),
        organization=page.organization.name if page.organization else "",
        authors=authors_text(page.authors),
        comments=page.comments or 0,
        organization_path=urls.organization(page.organization.handle) if page.organization else "",
    )


def _for_robots(jobs: Iterable[Job], site: Site, engine: str) -> Iterator[Output]:
    changed = {entry.page.address: feeds.changed(entry) for entry in site.catalogue.papers}
    paths = [(job.path, changed.get(job.path)) for job in jobs if not job.view.head.noindex]
    for name, data in feeds.sitemaps(paths, site.config):
        yield Output(name, key_of(engine, data), partial(bytes, data))
    yield _made("robots.txt", feeds.robots(site.config))


def _made(path: str, data: bytes) -> Output:
    return Output(path, key_of(path, data), partial(bytes, data))
