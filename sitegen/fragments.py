"""Parts of pages that many pages show alike, such as a paper's row: each is rendered once, for pages at any depth."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

import jinja2
from markupsafe import Markup, escape

ANY_ROOT = "\0"
"""Stands for the way to the site's root until the page is known; no text of a site holds it."""

MOST = 250_000
"""Fragments that are kept; beyond, all are forgotten."""

_Values: TypeAlias = dict[str, object]


class Fragments:
    """Renders fragments, and keeps them as long as what they show is the very same object."""

    def __init__(self, template: Callable[[str], jinja2.Template]) -> None:
        self._template = template
        self._kept: dict[tuple[object, ...], tuple[_Values, dict[int, tuple[object, bytes]]]] = {}
        self._placed: dict[tuple[object, ...], Markup] = {}
        self._count = 0

    def once(self, template: str, root: str, row: object = None, **values: object) -> Markup:
        """Render a template of its own from some values, at its first use; `root` is put in at each."""
        if row is not None:  # there are many of these, and few pages show the same one
            return _at(root, self.rendered(template, [row], values)[0])
        key = (template, root, *values, *map(id, values.values()))
        if key not in self._placed:
            self._placed[key] = _at(root, self.rendered(template, [None], values)[0])
        return self._placed[key]

    def each(self, template: str, root: str, rows: Iterable[object], **values: object) -> Markup:
        """Do so for each of some rows, which the template knows as `row`."""
        return _at(root, "".join(self.rendered(template, rows, values)))

    def rendered(self, template: str, rows: Iterable[object], values: _Values) -> list[str]:
        """Render rows for any root."""
        kept = self._kept_of(template, values)
        return [known[1].decode() if (known := kept.get(id(row))) else self._new(template, row, values) for row in rows]

    def keep(self, template: str, rows: Iterable[object], values: _Values, rendered: Iterable[str]) -> None:
        """Keep what another process has rendered of some rows."""
        kept = self._kept_of(template, values)
        kept.update((id(row), (row, text.encode())) for row, text in zip(rows, rendered, strict=True))

    def forget(self) -> None:
        """Forget all of them: in a large catalogue they are a good part of what a build holds."""
        self._kept.clear()
        self._placed.clear()
        self._count = 0

    def _kept_of(self, template: str, values: _Values) -> dict[int, tuple[object, bytes]]:
        # The values and the rows are kept too: while they live, no other object has their identity.
        return self._kept.setdefault((template, *values, *map(id, values.values())), (values, {}))[1]

    def _new(self, template: str, row: object, values: _Values) -> str:
        if self._count >= MOST:
            self.forget()
        self._count += 1
        text = self._template(template).render({"row": row, **values}, root=ANY_ROOT)
        # As bytes they take half the room: one dash or ellipsis, and Python gives every letter of a text two.
        self._kept_of(template, values)[id(row)] = row, text.encode()
        return text


def _at(root: str, fragment: str) -> Markup:
    return Markup(fragment.replace(ANY_ROOT, escape(root)))  # noqa: S704  # the template has escaped what it shows
