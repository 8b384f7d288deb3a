"""Whether the contenders make like pages: what each of them wrote for the same papers."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import built
from benchmarks.report import table
from benchmarks.workshop import Workshop

ROW = b'<article class="paper"'


@dataclass(frozen=True, slots=True)
class Written:
    """HTML files of a site, rows in its listings, and bytes of its HTML."""

    pages: int
    rows: int
    size: int


def written(site: Path) -> Written:
    """Count what a site holds."""
    pages = [file.read_bytes() for file in site.rglob("*.html")]
    return Written(len(pages), sum(page.count(ROW) for page in pages), sum(map(len, pages)))


def likeness_table(shop: Workshop) -> str:
    """Build everybody's site once and put the counts side by side."""
    return table(("program", "pages", "rows in listings", "HTML"), _rows(shop))


def _rows(shop: Workshop) -> Iterator[tuple[str, ...]]:
    for contender in (shop.like_for_like, shop.hugo, shop.pelican, shop.mkdocs):
        contender.forget()
        built(contender)
        found = written(contender.site)
        yield contender.name, f"{found.pages:,}", f"{found.rows:,}", f"{found.size / 1e6:.1f} MB"
