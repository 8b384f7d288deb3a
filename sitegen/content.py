"""Pages of content/: one paper each, as curators and import keep them."""

import datetime as dt
import functools
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sitegen import urls
from sitegen.fields import Fields, is_address
from sitegen.frontmatter import FIRST_LINE, Document, decode, split
from sitegen.pagefiles import odd_folders, page_files
from sitegen.paper import Organization, Source, YearOrigin
from sitegen.problems import Problem, error, errors
from sitegen.yamlsource import Entry, Value, parse_mapping

KEYS = frozenset(
    """title date authors organization comments topics links keys sources imported contested slug aliases draft arxiv
    doi pdf updated description""".split()
)
MAX_TITLE = 1000
MAX_PAGE = 1_000_000
"""Bytes of a page's file."""
MAX_BODY = 200_000
"""Characters of a page's body."""

_THEMES_OWN = ("layout", "template")
_KNOWN = KEYS.union(_THEMES_OWN)
_ORIGINS = {origin.value: origin for origin in YearOrigin}
_DOI = re.compile(r"10\.\d{4,9}/\S+\Z")
_ARXIV = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7})(v\d+)?\Z")


@dataclass(frozen=True, slots=True)
class Page:
    """A paper's page. path: of its file, as messages show it. folder, slug: its address, /papers/folder/slug/.

    authors: a count, or names. topics: None where the rules of topics.yaml decide. links: label and address.
    imported: digest of each value that import last wrote, by field. body: Markdown; it begins in line body_line.
    lines: the line of each key, for messages about what they say.
    """

    path: str
    folder: str
    slug: str
    title: str
    date: dt.date | None = None
    authors: int | tuple[str, ...] | None = None
    organization: Organization | None = None
    comments: int | None = None
    topics: tuple[str, ...] | None = None
    links: tuple[tuple[str, str], ...] = ()
    keys: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    imported: Mapping[str, str] = field(default_factory=dict)
    contested: Mapping[str, Any] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    draft: bool = False
    arxiv: str = ""
    doi: str = ""
    pdf: str = ""
    updated: dt.date | None = None
    description: str = ""
    body: str = ""
    body_line: int = 1
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Give the page's path on the site."""
        return urls.paper(self.folder, self.slug)


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page together with the text it was read from, for those who write it back."""

    page: Page
    document: Document
    entries: Mapping[str, Entry]


def parse_page(data: bytes, path: str) -> tuple[PageFile | None, list[Problem]]:
    """Read one page's bytes. path: content/papers/YYYY/slug.md; gives the page's address unless it names a slug."""
    parts = parse_parts(data, path)
    if isinstance(parts, Problem):
        return None, [parts]
    document, entries = parts
    fields = Fields(entries, path)
    page = _page(fields, document)
    if "title" not in entries:
        fields.problems.append(error(path, 1, "title is missing; add a line `title: ...`"))
    for key in _THEMES_OWN:
        if key in entries:
            fields.refuse(key, "is the theme's to choose, not a page's; remove the line")
    fields.check_known(_KNOWN)
    return (None if errors(fields.problems) else PageFile(page, document, entries)), fields.problems


def parse_parts(data: bytes, path: str) -> tuple[Document, Mapping[str, Entry]] | Problem:
    """Take a page's bytes apart, within limits: the document, and the entries of its front matter."""
    if len(data) > MAX_PAGE:
        return error(path, 1, f"the page has more than {MAX_PAGE:,} bytes; shorten it")
    text = decode(data, path)
    document = split(text, path) if isinstance(text, str) else text
    if isinstance(document, Problem):
        return document
    if len(document.body) > MAX_BODY:
        return error(path, document.body_line, f"the text has more than {MAX_BODY:,} characters; shorten it")
    entries = parse_mapping(document.head, path, FIRST_LINE)
    return entries if isinstance(entries, Problem) else (document, entries)


def read_page(file: Path, path: str) -> tuple[PageFile | None, list[Problem]]:
    """Read one page from the disk."""
    return _parsed(read_bytes(file), path)


_parsed = functools.lru_cache(maxsize=1 << 17)(parse_page)
"""Pages by their bytes: a preview reads them all at every save, and nearly all are as they were."""


def read_bytes(file: os.PathLike[str]) -> bytes:
    """Read a page's file, but no more of a huge one than shows that it is too long."""
    with Path(file).open("rb") as opened:
        return opened.read(MAX_PAGE + 1)


def write_page(file: Path, text: str) -> None:
    """Write a page so that it is at every moment wholly old or wholly new."""
    file.parent.mkdir(parents=True, exist_ok=True)
    staged = file.with_name(f".{file.name}.new")
    try:
        staged.write_bytes(text.encode("utf-8"))
        staged.replace(file)
    except BaseException:
        staged.unlink(missing_ok=True)
        raise


def _page(fields: Fields, document: Document) -> Page:
    date = fields.day("date")
    return Page(
        path=fields.path,
        folder=_folder(fields.path, date),
        slug=_slug(fields),
        title=page_title(fields),
        date=date,
        authors=_authors(fields),
        organization=_organization(fields),
        comments=fields.integer("comments"),
        topics=fields.texts("topics"),
        links=_links(fields),
        keys=fields.texts("keys") or (),
        sources=_sources(fields),
        imported={k: str(v) for k, v in fields.mapping("imported").items()},
        contested=fields.mapping("contested"),
        aliases=_aliases(fields),
        draft=fields.flag("draft"),
        arxiv=fields.matching("arxiv", _ARXIV, "an arXiv number such as 2412.04315"),
        doi=fields.matching("doi", _DOI, "a DOI such as 10.48550/arXiv.2412.04315"),
        pdf=fields.address("pdf"),
        updated=fields.day("updated"),
        description=fields.text("description"),
        body=document.body,
        body_line=document.body_line,
        lines={key: entry.line for key, entry in fields.entries.items()},
    )


def page_title(fields: Fields) -> str:
    """Read the title, on one line."""
    title = " ".join(fields.text("title").split())
    if "title" in fields.entries and isinstance(fields.entries["title"].value, str) and not title:
        fields.refuse("title", "is empty; write the title")
    if len(title) > MAX_TITLE:
        fields.refuse("title", f"has {len(title)} characters; shorten it to {MAX_TITLE}")
    return title


def _folder(path: str, date: dt.date | None) -> str:
    parts = path.split("/")
    parent = parts[-2] if len(parts) > 1 else ""
    return parent if re.fullmatch(r"\d{4}|undated", parent) else urls.year_folder(date)


def _slug(fields: Fields) -> str:
    """Give the slug that a page asks for, else that of its file's name."""
    if "slug" in fields.entries:
        slug = fields.text("slug")
        if not urls.is_slug(slug):
            form = f"lower-case letters, digits and hyphens, {urls.SLUG_LENGTH} at most, no device of Windows"
            fields.refuse("slug", f"must be {form}, not {slug[:80]!r}")
        return slug
    return urls.file_slug(fields.path.rpartition("/")[2])


def _authors(fields: Fields) -> int | tuple[str, ...] | None:
    value = fields.entries["authors"].value if "authors" in fields.entries else None
    if isinstance(value, list):
        return fields.texts("authors")
    return fields.integer("authors", least=1, most=100_000)


def _organization(fields: Fields) -> Organization | None:
    value = fields.mapping("organization")
    if not value:
        return None
    handle, name = value.get("handle"), value.get("name")
    if not isinstance(handle, str) or not urls.HANDLE.match(handle):
        fields.refuse("organization", "handle must be letters, digits, dots, hyphens or underscores")
        return None
    return Organization(handle, name if isinstance(name, str) and name.strip() else handle)


def _links(fields: Fields) -> tuple[tuple[str, str], ...]:
    found = []
    for label, value in fields.mapping("links").items():
        if isinstance(value, str) and is_address(value):
            found.append((label, value))
        else:
            fields.refuse("links", f"{label} must be an address such as https://example.org/")
    return tuple(found)


def _aliases(fields: Fields) -> tuple[str, ...]:
    """Read old addresses, as paths under the site's root."""
    aliases = fields.texts("aliases") or ()
    for alias in aliases:
        if not all(urls.is_slug(part) for part in alias.strip("/").split("/")):
            fields.refuse("aliases", f"{alias!r} is not an address of this site such as /papers/2024/old-name/")
    return tuple(alias.strip("/") + "/" for alias in aliases)


def _sources(fields: Fields) -> tuple[Source, ...]:
    rows = enumerate(fields.rows("sources"), start=1)
    return tuple(source for number, row in rows if (source := _source(fields, number, row)) is not None)


def _source(fields: Fields, number: int, row: Mapping[str, Value]) -> Source | None:
    dump, line, captured, comments = (row.get(k) for k in ("dump", "line", "captured", "comments"))
    gave, year = row.get("gave"), row.get("year")
    if not isinstance(dump, str) or not isinstance(line, int):
        fields.refuse("sources", f"entry {number} needs `dump: file name` and `line: number`")
        return None
    return Source(
        dump,
        line,
        captured if isinstance(captured, dt.date) else None,
        comments if isinstance(comments, int) else None,
        _ORIGINS.get(year, YearOrigin.ABSENT) if isinstance(year, str) else YearOrigin.ABSENT,
        tuple(str(name) for name in gave) if isinstance(gave, list) else (),
    )


def read_pages(content: Path) -> tuple[list[PageFile], list[Problem]]:
    """Read every page; a bad one is left out and named, the others are read all the same."""
    pages: list[PageFile] = []
    problems: list[Problem] = []
    for file, path in page_files(content):
        page, found = read_page(Path(file), path)
        problems += found
        if page:
            pages.append(page)
    return pages, problems + odd_folders(content)
