"""Pages written by hand in content/pages/, such as about.md, each at /slug/."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen import urls
from sitegen.content import page_title, parse_parts, read_bytes
from sitegen.fields import Fields
from sitegen.pagefiles import is_page_file
from sitegen.problems import Problem, error, errors

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
    parts = parse_parts(data, path)
    if isinstance(parts, Problem):
        return None, [parts]
    document, entries = parts
    fields = Fields(entries, path)
    fields.check_known(KEYS)
    slug = fields.text("slug") or urls.file_slug(path)
    if not urls.is_slug(slug) or urls.is_reserved(slug):
        message = (
            f"the address /{slug}/ cannot be a page's; it is reserved or not lower-case letters, digits and hyphens"
        )
        fields.problems.append(error(path, fields.line("slug"), f"{message}; rename the file or set another slug"))
    if "title" not in entries:
        fields.problems.append(error(path, fields.line("title"), "title is missing; add a line `title: ...`"))
    page = HandPage(
        path,
        slug,
        page_title(fields),
        fields.text("description"),
        document.body,
        document.body_line,
        fields.flag("draft"),
        fields.flag("navigation"),
    )
    return (None if errors(fields.problems) else page), fields.problems


def read_hand_pages(content: Path) -> tuple[list[HandPage], list[Problem]]:
    """Read the pages of content/pages/, in the order of their names."""
    pages: list[HandPage] = []
    problems: list[Problem] = []
    for file, path in _files(content):
        page, found = parse_hand_page(read_bytes(file), path)
        problems += found
        if page:
            pages.append(page)
            problems += _twin(page, pages[:-1])
    return pages, problems


def _files(content: Path) -> Iterator[tuple[Path, str]]:
    for file in sorted((content / "pages").glob("*")):
        if is_page_file(file, content):
            yield file, f"content/pages/{file.name}"


def _twin(page: HandPage, others: list[HandPage]) -> Iterator[Problem]:
    if same := next((other for other in others if other.slug == page.slug), None):
        yield error(page.path, 1, f"the slug {page.slug!r} is also that of {same.path}; rename one of the files")
