"""Pages written by hand in content/pages/, such as about.md, each at /slug/."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen import urls
from sitegen.fields import Fields
from sitegen.frontmatter import FIRST_LINE, decode, split
from sitegen.problems import Problem, error
from sitegen.yamlsource import parse_mapping

KEYS = ("title", "slug", "description", "draft", "navigation")


@dataclass(frozen=True, slots=True)
class HandPage:
    """A page by hand. path: of its file. body: Markdown. navigation: whether the site's head names it."""

    path: str
    slug: str
    title: str
    description: str
    body: str
    body_line: int
    draft: bool = False
    navigation: bool = False


def parse_hand_page(data: bytes, path: str) -> tuple[HandPage | None, list[Problem]]:
    """Read one page by hand."""
    text = decode(data, path)
    document = split(text, path) if isinstance(text, str) else text
    entries = document if isinstance(document, Problem) else parse_mapping(document.head, path, FIRST_LINE)
    if isinstance(document, Problem) or isinstance(entries, Problem):
        return None, [p for p in (document, entries) if isinstance(p, Problem)][:1]
    fields = Fields(entries, path)
    fields.check_known(KEYS)
    stem = unicodedata.normalize("NFC", Path(path).stem)
    slug = fields.text("slug") or (stem if urls.is_slug(stem) else urls.slugify(stem))
    if not urls.is_slug(slug) or urls.is_reserved(slug):
        message = (
            f"the address /{slug}/ cannot be a page's; it is reserved or not lower-case letters, digits and hyphens"
        )
        fields.problems.append(error(path, fields.line("slug"), f"{message}; rename the file or set another slug"))
    if not fields.text("title"):
        fields.problems.append(error(path, fields.line("title"), "title is missing; add a line `title: ...`"))
    page = HandPage(
        path,
        slug,
        fields.text("title"),
        fields.text("description"),
        document.body,
        document.body_line,
        fields.flag("draft"),
        fields.flag("navigation"),
    )
    return (None if any(p.severity == "error" for p in fields.problems) else page), fields.problems


def read_hand_pages(content: Path) -> tuple[list[HandPage], list[Problem]]:
    """Read the pages of content/pages/, in the order of their names."""
    pages: list[HandPage] = []
    problems: list[Problem] = []
    for file, path in _files(content):
        page, found = parse_hand_page(file.read_bytes(), path)
        problems += found
        if page:
            pages.append(page)
            problems += _twin(page, pages[:-1])
    return pages, problems


def _files(content: Path) -> Iterator[tuple[Path, str]]:
    for file in sorted((content / "pages").glob("*.md")):
        if file.is_file() and not file.name.startswith("."):
            yield file, f"content/pages/{file.name}"


def _twin(page: HandPage, others: list[HandPage]) -> Iterator[Problem]:
    if same := next((other for other in others if other.slug == page.slug), None):
        yield error(page.path, 1, f"the slug {page.slug!r} is also that of {same.path}; rename one of the files")
