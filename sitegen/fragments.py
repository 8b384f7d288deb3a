"""Parts of pages that many pages show alike, such as a paper's row: each is rendered once, for pages at any depth."""

from collections.abc import Callable, Iterable

import jinja2
from markupsafe import Markup, escape

ANY_ROOT = "\0"
"""Stands for the way to the site's root until the page is known; no text of a site holds it."""

MOST = 50_000
"""Fragments that are kept; beyond, all are forgotten."""


class Fragments:
    """Renders fragments, and keeps them as long as what they show is the very same object."""

    def __init__(self, template: Callable[[str], jinja2.Template]) -> None:
        self._template = template
        self._kept: dict[tuple[object, ...], tuple[dict[str, object], str]] = {}

    def once(self, template: str, root: str, **values: object) -> Markup:
        """Render a template of its own from some values, at its first use; `root` is put in at each."""
        return _at(root, self._rendered(template, values))

    def each(self, template: str, root: str, rows: Iterable[object], **values: object) -> Markup:
        """Do so for each of some rows, which the template knows as `row`."""
        return _at(root, "".join([self._rendered(template, {"row": row, **values}) for row in rows]))

    def _rendered(self, template: str, values: dict[str, object]) -> str:
        key = (template, *values, *map(id, values.values()))
        if key not in self._kept:
            if len(self._kept) >= MOST:
                self._kept.clear()
            # The values are kept too: while they live, no other object has their identity.
            self._kept[key] = values, self._template(template).render(values, root=ANY_ROOT)
        return self._kept[key][1]


def _at(root: str, fragment: str) -> Markup:
    return Markup(fragment.replace(ANY_ROOT, escape(root)))  # noqa: S704  # the template has escaped what it shows
