"""The rows of papers, rendered before the pages that show them.

Each worker would else render nearly every row for itself, and a large catalogue has more of them than one remembers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sitegen.crew import Crew, cut
from sitegen.render import Site
from sitegen.theme import Theme
from sitegen.views import Row

BATCH: Final = 256
"""Rows that a worker is given at once."""

COMMON: Final[tuple[tuple[str, dict[str, object]], ...]] = (("_row.html", {"level": 2}), ("_title.html", {}))
"""What nearly every paper is shown by in some page: in listings, and among similar papers."""


@dataclass(frozen=True, slots=True)
class _Task:
    theme: Theme
    rows: Sequence[Row]
    template: str
    values: dict[str, object]


def prerender_rows(site: Site, theme: Theme, crew: Crew) -> None:
    """Render what is common of all papers, where several processes of this machine share what one remembers."""
    if crew.size == 1 or not crew.shares_disk:
        return
    rows = site.frame.rows_of(site.catalogue.papers)
    for template, values in COMMON if "related" in site.only else COMMON[:1]:
        places = list(cut(range(len(rows)), BATCH))
        for number, texts in crew.each(_render, _Task(theme, rows, template, values), places):
            theme.fragments.keep(template, [rows[place] for place in places[number][: len(texts)]], values, texts)


def _render(task: _Task, places: Sequence[int]) -> list[str]:
    try:
        return task.theme.fragments.rendered(task.template, [task.rows[place] for place in places], task.values)
    except Exception:  # noqa: BLE001  # a theme without this template, or a mistake in it, which a page will tell
        return []
