"""Addresses that two things claim: papers, pages by hand, old addresses, and what belongs to the site itself."""

import re
from collections.abc import Iterable, Iterator, Sequence

from sitegen import urls
from sitegen.content import Page
from sitegen.handpages import HandPage
from sitegen.problems import Problem, error
from sitegen.removed import FILE, RemovedPaper


def claims(page: Page) -> tuple[object, ...]:
    """Give all that a page's collisions hang on, but for the lines that messages name."""
    return page.path, page.folder, page.slug, page.aliases


def collisions(
    pages: Sequence[Page], hand_pages: Iterable[HandPage] = (), removed: Iterable[RemovedPaper] = ()
) -> Iterator[Problem]:
    """Find slugs that two papers claim, and old addresses that somebody else has or that cannot have been any."""
    yield from _twins(pages)
    owners = {page.address: page.path for page in reversed(pages)}
    owners |= {f"{page.slug}/": page.path for page in hand_pages}
    for page in pages:
        for alias in page.aliases:
            if problem := _claim(owners, alias, page.path, page.lines.get("aliases", 1)):
                yield problem
    for paper in removed:
        if paper.to and owners.get(paper.address) is None and not _may_be_old(paper.address):
            yield error(FILE, 1, f"/{paper.address} is no address of a paper; mend it")


def _twins(pages: Iterable[Page]) -> Iterator[Problem]:
    by_slug: dict[str, Page] = {}
    for page in pages:
        first = by_slug.setdefault(page.slug, page)
        if first is not page:
            cure = "set another slug" if "slug" in page.lines else "rename one of the files"
            message = f"the slug {page.slug!r} is also that of {first.path}; {cure}"
            yield error(page.path, page.lines.get("slug", 1), message)


def _claim(owners: dict[str, str], alias: str, path: str, line: int) -> Problem | None:
    """Let a page have an old address, unless another has it."""
    if not _may_be_old(alias):
        return error(path, line, f"/{alias} belongs to the site itself; remove it from the aliases")
    if (owner := owners.setdefault(alias, path)) != path:
        return error(path, line, f"/{alias} is already an address of {owner}; remove it")
    return None


def _may_be_old(address: str) -> bool:
    """Tell whether an address can have been a paper's or a page's: those of the site itself never were."""
    first, *rest = address.strip("/").split("/")
    if first == "papers":
        return len(rest) == len(("year", "slug")) and re.fullmatch(rf"\d{{4}}|{urls.UNDATED}", rest[0]) is not None
    return not urls.is_reserved(first)
