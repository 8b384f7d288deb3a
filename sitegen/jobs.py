"""Pages to be made: each with its path, its template, and the one view that the template is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sitegen.views import Chrome, Head


class View(Protocol):
    """Any of them: a frozen dataclass whose fields are the names that its template knows."""

    @property
    def chrome(self) -> Chrome:
        """What every page of the site shares."""

    @property
    def head(self) -> Head:
        """What the page says of itself."""


@dataclass(frozen=True, slots=True)
class Job:
    """One page to make: its path under the root, its template, and the one view that the template is given.

    made_of: all that the view is made of, or hashes of it; what does not change there does not change the page, so
    that a page that stays as it is costs no view. noindex: whether search engines are to leave the page alone.
    """

    path: str
    template: str
    made_of: tuple[object, ...]
    view: Callable[[], View]
    noindex: bool = False
