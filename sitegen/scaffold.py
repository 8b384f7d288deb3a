"""Changes to content/ that a curator asks for by name: a new site, a new page, moving and removing papers."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from sitegen import urls
from sitegen.content import MAX_TITLE, Page, PageFile, read_pages, write_page
from sitegen.fields import nearest
from sitegen.frontmatter import document_of, field_lines, with_fields
from sitegen.paper import title_key
from sitegen.problems import Problem, SitegenError, error, errors
from sitegen.removed import RemovedPaper, read_removed, write_removed

_SITE = """\
# The settings of this site; docs/configuration.md explains each.
{title}
tagline: ""
base_url: https://example.org/
language: en
theme: default
"""

_ABOUT = """\
---
title: About
---

Say here what this catalogue holds and who keeps it.
"""


def create_site(folder: Path) -> list[str]:
    """Make a new site in an empty or new folder; gives the files that were written."""
    if (folder / "content").exists():
        raise SitegenError([error("content", 1, "there is a site here already; choose another folder")])
    title = folder.resolve().name.replace("-", " ").replace("_", " ").capitalize() or "Papers"
    texts = {
        "content/site.yaml": _SITE.format(title="".join(field_lines("title", title))),
        "content/pages/about.md": _ABOUT,
        "content/dumps/.gitkeep": "",
        "content/papers/.gitkeep": "",
        ".gitignore": ".sitegen-cache/\n/site/\n",
    }
    for name, text in texts.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            file.write_text(text, encoding="utf-8")
    return list(texts)


def create_page(root: Path, title: str, date: dt.date | None) -> str:
    """Make a page by hand for a paper; gives its path. date: of publication, None if unknown."""
    title = " ".join(title.split())
    if not 0 < len(title) <= MAX_TITLE or any("\ud800" <= c <= "\udfff" for c in title):
        raise SitegenError([error("new", 1, f"the title must be a text of 1 to {MAX_TITLE:,} characters")])
    slug = urls.slugify(title)
    path = f"content/papers/{urls.year_folder(date)}/{slug}.md"
    _check_free(root, slug, path, "new")
    write_page(root / path, document_of({"title": title, "date": date}, "").text() + "\nWrite the abstract here.\n")
    return path


def move_page(root: Path, slug: str, new_slug: str) -> str:
    """Give a paper another slug; its old address becomes an alias, which the build turns into a redirect."""
    file = _find(root, slug)
    if not urls.is_slug(new_slug):
        message = f"{new_slug!r} is no slug: lower-case letters, digits and hyphens, {urls.SLUG_LENGTH} at most"
        raise SitegenError([error(file.page.path, 1, message)])
    path = f"content/papers/{file.page.folder}/{new_slug}.md"
    _check_free(root, new_slug, path, file.page.path)
    address = urls.paper(file.page.folder, new_slug)
    aliases = [f"/{alias}" for alias in file.page.aliases if alias != address]
    document = with_fields(file.document, file.entries, {"aliases": [*aliases, f"/{file.page.address}"], "slug": None})
    removed = _removed(root)
    write_page(root / path, document.text())
    if path != file.page.path:
        (root / file.page.path).unlink()
    _write_changed(root, removed, _led_on(removed, file.page, address))
    return path


def remove_page(root: Path, slug: str, to: str = "") -> str:
    """Delete a paper's page and note it, so that import leaves the paper out. to: slug of the paper to lead to."""
    file = _find(root, slug)
    target = _find(root, to).page.address if to else ""
    if target == file.page.address:
        raise SitegenError([error(file.page.path, 1, "cannot lead on to itself; name another paper")])
    keys = file.page.keys or (title_key(file.page.title),)
    removed = _removed(root)
    old = [RemovedPaper(alias, (), target) for alias in file.page.aliases if target]
    new = RemovedPaper(file.page.address, keys, target)
    _write_changed(root, removed, [*_led_on(removed, file.page, target), new, *old])
    (root / file.page.path).unlink()
    return file.page.path


def _removed(root: Path) -> tuple[RemovedPaper, ...]:
    removed, problems = read_removed(root / "content")
    if errors(problems):
        raise SitegenError(problems)
    return removed


def _led_on(removed: Iterable[RemovedPaper], page: Page, address: str) -> list[RemovedPaper]:
    """Lead removed papers that led to a page on to another address, none if it is empty."""
    return [replace(paper, to=address) if paper.to == page.address else paper for paper in removed]


def _write_changed(root: Path, before: Sequence[RemovedPaper], after: Sequence[RemovedPaper]) -> None:
    if list(before) != list(after):
        write_removed(root / "content", after)


def _check_free(root: Path, slug: str, path: str, shown: str) -> None:
    """Refuse a slug that a paper has, and a file that is there, even one that cannot be read."""
    used = next((file.page.path for file in _pages(root) if file.page.slug == slug), None)
    if used or (path != shown and (root / path).exists()):
        raise SitegenError([error(shown, 1, f"the slug {slug!r} is taken by {used or path}; choose another")])


def _pages(root: Path) -> list[PageFile]:
    """Read all pages; those that cannot be read do not stand in the way of the others."""
    return read_pages(root / "content")[0]


def _find(root: Path, slug: str) -> PageFile:
    pages = _pages(root)
    found = [file for file in pages if file.page.slug == slug]
    if len(found) > 1:
        places = ", ".join(file.page.path for file in found)
        raise SitegenError([error(found[0].page.path, 1, f"several pages have the slug {slug!r}: {places}")])
    if not found:
        raise SitegenError([_unknown(slug, [file.page.slug for file in pages])])
    return found[0]


def _unknown(slug: str, known: list[str]) -> Problem:
    return error("content/papers", 1, f"no paper has the slug {slug!r}{nearest(slug, known)}")
