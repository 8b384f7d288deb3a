"""Changes to content/ that a curator asks for by name: a new site, a new page, moving and removing papers."""

import datetime as dt
from pathlib import Path

from sitegen import urls
from sitegen.content import PageFile, read_pages, write_page
from sitegen.fields import nearest
from sitegen.frontmatter import document_of, with_fields
from sitegen.paper import title_key
from sitegen.problems import Problem, SitegenError, error, errors
from sitegen.removed import RemovedPaper, read_removed, write_removed

_SITE = """\
# The settings of this site; docs/configuration.md explains each.
title: {title}
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
        "content/site.yaml": _SITE.format(title=title),
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
    if not title:
        raise SitegenError([error("new", 1, "the title is empty; give one")])
    slugs = {file.page.slug for file in _pages(root)}
    slug = urls.slugify(title)
    if slug in slugs:
        raise SitegenError([error("new", 1, f"there is a paper with the slug {slug!r} already; edit its page")])
    path = f"content/papers/{urls.year_folder(date)}/{slug}.md"
    write_page(root / path, document_of({"title": title, "date": date}, "").text() + "\nWrite the abstract here.\n")
    return path


def move_page(root: Path, slug: str, new_slug: str) -> str:
    """Give a paper another slug; its old address becomes an alias, which the build turns into a redirect."""
    file = _find(root, slug)
    if not urls.is_slug(new_slug):
        message = f"{new_slug!r} is no slug: lower-case letters, digits and hyphens, {urls.SLUG_LENGTH} at most"
        raise SitegenError([error(file.page.path, 1, message)])
    if any(other.page.slug == new_slug for other in _pages(root)):
        raise SitegenError([error(file.page.path, 1, f"the slug {new_slug!r} is taken; choose another")])
    path = f"content/papers/{file.page.folder}/{new_slug}.md"
    aliases = [f"/{alias}" for alias in file.page.aliases if alias != urls.paper(file.page.folder, new_slug)]
    document = with_fields(file.document, file.entries, {"aliases": [*aliases, f"/{file.page.address}"], "slug": None})
    write_page(root / path, document.text())
    (root / file.page.path).unlink()
    return path


def remove_page(root: Path, slug: str, to: str = "") -> str:
    """Delete a paper's page and note it, so that import leaves the paper out. to: slug of the paper to lead to."""
    file = _find(root, slug)
    target = _find(root, to).page.address if to else ""
    removed, problems = read_removed(root / "content")
    if errors(problems):
        raise SitegenError(problems)
    keys = file.page.keys or (title_key(file.page.title),)
    write_removed(root / "content", [*removed, RemovedPaper(file.page.address, keys, target)])
    (root / file.page.path).unlink()
    return file.page.path


def _pages(root: Path) -> list[PageFile]:
    """Read all pages; those that cannot be read do not stand in the way of the others."""
    return read_pages(root / "content")[0]


def _find(root: Path, slug: str) -> PageFile:
    pages = {file.page.slug: file for file in _pages(root)}
    if slug not in pages:
        raise SitegenError([_unknown(slug, list(pages))])
    return pages[slug]


def _unknown(slug: str, known: list[str]) -> Problem:
    return error("content/papers", 1, f"no paper has the slug {slug!r}{nearest(slug, known)}")
