"""The catalogue as data for other programs: whole, in parts, and an index with the hash of each.

Form: docs/catalogue-json.md.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import msgspec

from sitegen import urls
from sitegen.catalogue import Entry
from sitegen.paper import Organization

VERSION = 1
PART_SIZE = 5_000
"""Papers up to which the catalogue is one file, and the most that a part holds."""


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What the catalogue says of a paper. url: path under the site's root, with a leading slash.

    authors: a count, or names. comments: 0 where none were shown. topics: slugs, best first.
    """

    slug: str
    title: str
    url: str
    date: str | None
    authors: int | tuple[str, ...] | None
    organization: Organization | None
    comments: int
    topics: list[str]


@dataclass(frozen=True, slots=True)
class Part:
    """Some papers of the catalogue, newest first, as a file. path: of the file. papers: which of all papers."""

    path: str
    papers: range


@dataclass(frozen=True, slots=True)
class _File:
    """A row of the index. bytes: size of the file. first, last: dates of its oldest and newest paper, where known."""

    url: str
    count: int
    bytes: int
    sha256: str
    first: str | None
    last: str | None


@dataclass(frozen=True)
class Dataset:
    """Papers, newest first, as files of JSON."""

    papers: Sequence[Entry]

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Cut the catalogue; a small one is one part, which is the whole."""
        if len(self.papers) <= PART_SIZE:
            return (self.whole,)
        return tuple(_parts(self.papers))

    @property
    def whole(self) -> Part:
        """Give all papers as one file."""
        return Part(urls.CATALOGUE, range(len(self.papers)))

    def json(self, part: Part) -> bytes:
        """Write some papers, a line each."""
        texts = self._texts[part.papers.start : part.papers.stop]
        return b'{"version":%d,"count":%d,"papers":[\n%b\n]}\n' % (VERSION, len(texts), b",\n".join(texts))

    def index(self) -> bytes:
        """Write what files there are, by which a program can tell what it need not fetch again."""
        whole = self._file(self.whole)
        parts = [whole] if self.parts == (self.whole,) else [self._file(part) for part in self.parts]
        facts = {"version": VERSION, "count": len(self.papers), "whole": whole, "parts": parts}
        return msgspec.json.format(msgspec.json.encode(facts), indent=1) + b"\n"

    @cached_property
    def _texts(self) -> list[bytes]:
        """Write every paper once; the whole and its parts are put together from these."""
        write = msgspec.json.Encoder().encode
        return [write(_facts(entry)) for entry in self.papers]

    def _file(self, part: Part) -> _File:
        data = self.json(part)
        dates = [self.papers[place].page.date for place in part.papers]
        known = [day.isoformat() for day in dates if day]
        first, last = (min(known), max(known)) if known else (None, None)
        return _File(f"/{part.path}", len(dates), len(data), hashlib.sha256(data).hexdigest(), first, last)


def _parts(papers: Sequence[Entry]) -> Iterator[Part]:
    """Cut papers by year, and each year from its oldest paper on, so that a new paper changes the parts of its year."""
    end = 0
    for year, run in groupby(papers, lambda entry: urls.year_folder(entry.page.date)):
        start, end = end, end + sum(1 for _ in run)
        for number, stop in enumerate(range(end, start, -PART_SIZE), start=1):
            yield Part(urls.catalogue_part(year, number), range(max(start, stop - PART_SIZE), stop))


def _facts(entry: Entry) -> PaperFacts:
    page = entry.page
    return PaperFacts(
        slug=page.slug,
        title=page.title,
        url=f"/{page.address}",
        date=page.date.isoformat() if page.date else None,
        authors=page.authors,
        organization=page.organization,
        comments=page.comments or 0,
        topics=[assignment.slug for assignment in entry.topics],
    )
