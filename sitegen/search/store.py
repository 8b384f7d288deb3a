"""The files of the search as a built site has them, each read when it is first needed."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sitegen.problems import SitegenError, error

MANIFEST = "manifest"

T = TypeVar("T")


def strings(data: Iterable[object]) -> frozenset[str]:
    """Read a JSON array of strings; TypeError: it is none."""
    return frozenset(map(_string, data))


def _string(data: object) -> str:
    if not isinstance(data, str):
        raise TypeError(data)
    return data


@dataclass(frozen=True, slots=True)
class Store:
    """The folder search/ of a built site."""

    site: Path
    _read: dict[str, object] = field(default_factory=dict)

    def read(self, name: str, parse: Callable[[Any], T]) -> T:
        """Give what a file holds, by its name without folder and ending; SitegenError: it is missing or damaged.

        parse: reads its JSON; it is called once, and raises what a wrong form raises.
        """
        if name not in self._read:
            self._read[name] = self._parsed(f"search/{name}.json", parse)
        return self._read[name]  # type: ignore[return-value]  # what the same parse gave before

    def _parsed(self, name: str, parse: Callable[[Any], T]) -> T:
        try:
            return parse(json.loads((self.site / name).read_bytes()))
        except FileNotFoundError:
            raise self._unusable(name, "is missing") from None
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
            raise self._unusable(name, "is damaged or of another version") from None

    def _unusable(self, name: str, fault: str) -> SitegenError:
        return SitegenError([error(f"{self.site.name}/{name}", 1, f"the search file {fault}; run `sitegen build`")])
