"""Checking a site before it is published: content problems, links and anchors, HTML, feeds, orphan pages."""

import hashlib
import json
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from sitegen import urls
from sitegen.assemble import Content, ContentMemory, assemble, read_content
from sitegen.engine import engine_hash
from sitegen.feeds import ATOM
from sitegen.problems import Problem, SitegenError, error, errors, warning

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import html5lib
    from html5lib.constants import E as HTML_ERRORS

_HOST = "https://site.invalid"
_LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action", "source": "src"}
_XHTML = "{http://www.w3.org/1999/xhtml}"
_UNLINKED = frozenset({"404.html", "index.html"})
"""Pages that nothing needs to lead to."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found. files: how many it read. links: how many internal links it followed."""

    problems: tuple[Problem, ...]
    files: int
    links: int


@dataclass(slots=True)
class _Page:
    """What a check needs to know of one HTML file. links: absolute addresses with the element that has each.

    canonical: the address that the page says it has; the home page's tells where the site was built for.
    """

    links: list[tuple[str, str]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    redirect: bool = False
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class _Site:
    """All files of the site. shown: the folder's name in messages. base: path of the site's root on its host."""

    shown: str
    base: str
    names: frozenset[str]
    pages: Mapping[str, _Page]

    def targets(self, name: str, elements: Collection[str] = ()) -> Iterator[tuple[str, str, str]]:
        """Yield element, file and anchor of each internal link of a page, each once."""
        for address, element in dict.fromkeys(self.pages[name].links):
            target = _target(address, self.base if name == "404.html" else "/")
            if target is not None and (not elements or element in elements):
                yield element, *target


def check_site(root: Path, site: Path) -> CheckReport:
    """Check the content and the built site; both are read, nothing is written."""
    if not (site / "index.html").is_file():
        raise SitegenError([error(site.name, 1, "there is no built site; run `sitegen build` first")])
    memory = ContentMemory(root, engine_hash())
    content = read_content(root, memory)
    files = sorted(p for p in site.rglob("*") if p.is_file() and not _hidden(p, site))
    names = frozenset(file.relative_to(site).as_posix() for file in files)
    pages = {name: _read(site / name, name, site.name) for name in sorted(names) if name.endswith(".html")}
    base_url = pages["index.html"].canonical or content.config.base_url
    built = _Site(site.name, urlsplit(base_url).path, names, pages)
    problems = [*content.problems, *_assembled(content, memory)]
    memory.save()
    for name, page in pages.items():
        problems += page.problems
        problems += _link_problems(built, name)
    problems += _orphans(built)
    problems += _data_problems(site, names)
    return CheckReport(tuple(problems), len(files), sum(len(page.links) for page in pages.values()))


def _assembled(content: Content, memory: ContentMemory) -> tuple[Problem, ...]:
    """Tell what only shows when the pages are put together; nothing of it when they cannot even be read."""
    if errors(content.problems):
        return ()
    return assemble(content, memory).problems


def _hidden(file: Path, site: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(site).parts)


def _read(file: Path, name: str, shown: str) -> _Page:
    """Read one page as a browser would, noting what the HTML standard calls a parse error."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"))
    tree = parser.parse(file.read_bytes(), transport_encoding="utf-8")
    path = f"{shown}/{name}"
    page = _Page()
    for (line, column), code, facts in parser.errors:
        reason = HTML_ERRORS.get(code, code) % facts
        page.problems.append(error(path, line or 1, f"HTML: {reason}; mend the template", column))
    for element in tree.iter():
        _note(page, element, name, path)
    return page


def _note(page: _Page, element: ET.Element, name: str, path: str) -> None:
    """Note what one element says: where it leads, what it is called, what it lacks."""
    tag = str(element.tag).removeprefix(_XHTML)
    if identifier := element.get("id"):
        if identifier in page.ids:
            page.problems.append(error(path, 1, f"the id {identifier!r} stands more than once; ids are unique"))
        page.ids.add(identifier)
    if (attribute := _LINKS.get(tag)) and (address := element.get(attribute)) is not None:
        page.links.append((urljoin(_address(name), address), f"<{tag}>"))
    if tag == "img" and element.get("alt") is None:
        page.problems.append(error(path, 1, "an image has no alt text; describe it"))
    if tag == "link" and element.get("rel") == "canonical":
        page.canonical = element.get("href") or ""
    page.redirect |= tag == "meta" and element.get("http-equiv") == "refresh"


def _address(name: str) -> str:
    return f"{_HOST}/{name.removesuffix('index.html')}"


def _link_problems(site: _Site, name: str) -> Iterator[Problem]:
    """Find links that lead nowhere: no such file, or no such place in it."""
    shown = f"{site.shown}/{name}"
    for element, file, anchor in site.targets(name):
        if file not in site.names:
            yield error(shown, 1, f"{element} leads to /{file}, which is not there; mend or remove the link")
        elif anchor and file in site.pages and anchor not in site.pages[file].ids:
            yield error(shown, 1, f"{element} leads to #{anchor}, which is not in /{file}; mend the anchor")


def _target(address: str, base: str) -> tuple[str, str] | None:
    """Give the file and the anchor that an address means, None where it leads out of the site."""
    parts = urlsplit(address)
    if f"{parts.scheme}://{parts.netloc}" != _HOST:
        return None
    path = unquote(parts.path).removeprefix(base).removeprefix("/")
    return (f"{path}index.html" if path == "" or path.endswith("/") else path), unquote(parts.fragment)


def _orphans(site: _Site) -> Iterator[Problem]:
    """Find pages that no other page leads to."""
    reached = set(_UNLINKED)
    for name in site.pages:
        reached |= {file for _, file, _ in site.targets(name, {"<a>", "<form>"}) if file != name}
    for name, page in site.pages.items():
        if name not in reached and not page.redirect:
            yield warning(f"{site.shown}/{name}", 1, "no page leads here; link to it or remove it")


def _data_problems(site: Path, names: frozenset[str]) -> Iterator[Problem]:
    """Check what machines read: feeds and sitemaps are well formed and whole, JSON can be read, addresses answer."""
    for name in sorted(names):
        if name.endswith(".xml"):
            yield from _xml_problems(site / name, f"{site.name}/{name}")
        elif name.endswith(".json"):
            yield from _json_problems(site / name, f"{site.name}/{name}", names)


def _json_problems(file: Path, shown: str, names: frozenset[str]) -> Iterator[Problem]:
    try:
        data = json.loads(file.read_bytes())
    except ValueError as wrong:
        yield error(shown, getattr(wrong, "lineno", 1), f"not JSON: {wrong}; build again")
        return
    if file.name == urls.json_feed(""):
        yield from _feed_problems(data, shown)
    if shown.endswith(urls.CATALOGUE_INDEX):
        yield from _index_problems(data, file.parents[1], shown)
    if file.name != urls.CATALOGUE:
        return
    if not isinstance(data, dict) or not isinstance(data.get("papers"), list):
        yield error(shown, 1, "has no list of papers; build again")
        return
    for paper in data["papers"]:
        if f"{paper['url'].lstrip('/')}index.html" not in names:
            yield error(shown, 1, f"{paper['url']} does not answer; build again")


def _feed_problems(feed: object, shown: str) -> Iterator[Problem]:
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or any(not isinstance(item, dict) or "id" not in item for item in items):
        yield error(shown, 1, "has no list of items with ids (JSON Feed 1.1); build again")


def _index_problems(index: object, site: Path, shown: str) -> Iterator[Problem]:
    """Find parts of the catalogue's data that are not the ones that the index names."""
    parts = index.get("parts") if isinstance(index, dict) else None
    if not isinstance(parts, list):
        yield error(shown, 1, "has no list of parts; build again")
        return
    for part in parts:
        file = site / str(part.get("url")).lstrip("/")
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != part.get("sha256"):
            yield error(shown, 1, f"{part.get('url')} is not the file that it names; build again")


def _xml_problems(file: Path, shown: str) -> Iterator[Problem]:
    try:
        root = ET.parse(file).getroot()  # noqa: S314  # a file that sitegen wrote
    except ET.ParseError as wrong:
        yield error(shown, wrong.position[0], "not well-formed XML; build again", wrong.position[1] + 1)
        return
    if root.tag != f"{{{ATOM}}}feed":
        return
    for element in (root, *root.iter(f"{{{ATOM}}}entry")):
        missing = [name for name in ("id", "title", "updated") if element.find(f"{{{ATOM}}}{name}") is None]
        if missing:
            yield error(shown, 1, f"an element of the feed lacks {', '.join(missing)} (RFC 4287); build again")
