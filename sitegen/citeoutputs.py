"""The files of citations as outputs, in bundles."""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from sitegen import urls
from sitegen.bundles import Bundle, Turn
from sitegen.catalogue import Entry
from sitegen.citefiles import CiteList, cite_lists, listings_of, paper_formats
from sitegen.citing import Format, citation_of, joined, write
from sitegen.keys import key_of
from sitegen.output import Output
from sitegen.render import Site
from sitegen.words import Words

TOGETHER = 64
"""Papers whose files are planned together."""

MOST = 50_000
"""Papers whose citations are kept written; beyond, all are forgotten."""


@dataclass(frozen=True)
class Citations:
    """Writes citations, each once: a paper stands in about five files of each format. engine: hash of the program."""

    base_url: str
    words: Words
    engine: str

    @cached_property
    def digest(self) -> str:
        """Hash of what is the same in all of them."""
        return key_of(self.engine, self.base_url, self.words.digest)

    def file(self, papers: Sequence[Entry], form: Format) -> bytes:
        """Make a file of the citations of some papers."""
        kept = _kept(self.digest)
        return joined([(kept.get(p.citation_key) or self._written(kept, p))[form] for p in papers], form)

    def _written(self, kept: dict[str, Mapping[Format, str]], paper: Entry) -> Mapping[Format, str]:
        if len(kept) >= MOST:
            kept.clear()
        citation = citation_of(paper.page, self.base_url, self.words)
        written = kept[paper.citation_key] = {form: write(citation, form) for form in Format}
        return written


@functools.lru_cache(maxsize=1)
def _kept(_digest: str) -> dict[str, Mapping[Format, str]]:
    """Give the citations that this process has written for a site, by their keys: a preview builds often."""
    return {}


def citation_bundles(site: Site, engine: str) -> Iterator[Bundle[Output]]:
    """Yield the files of citations: of each paper, of each listing."""
    citations = Citations(site.config.base_url, site.words, engine)
    papers = site.catalogue.papers
    forms = paper_formats(len(papers))
    for start in range(0, len(papers), TOGETHER):
        some = papers[start : start + TOGETHER]
        plan = partial(_of_papers, citations, forms, some)
        yield Bundle(f"citations from {start}", (citations.digest, forms, some), plan, Turn.LAST)
    for kind, path, listed in listings_of(site.catalogue):
        files = tuple(cite_lists(kind, path, len(listed)))
        plan = partial(_of_listing, citations, files, listed)
        yield Bundle(f"citations of {path}", (citations.digest, files, listed), plan, Turn.LAST)


def _of_papers(citations: Citations, forms: Sequence[Format], papers: Sequence[Entry]) -> Iterator[Output]:
    for entry in papers:
        key = key_of(citations.digest, entry.citation_key)
        for form in forms:
            yield Output(urls.citation(entry.page.address, form), key, partial(citations.file, (entry,), form))


def _of_listing(citations: Citations, files: Sequence[CiteList], papers: Sequence[Entry]) -> Iterator[Output]:
    for file in files:
        some = papers[file.papers]
        key = key_of(citations.digest, "".join([entry.citation_key for entry in some]))
        yield Output(file.path, key, partial(citations.file, some, file.format))
