"""Fingerprints of bundles: what each is made of as one hash, by which another process can tell that it is the same."""

from dataclasses import fields

from sitegen.catalogue import Entry, Group, Period
from sitegen.feeds import Feed
from sitegen.keys import key_of
from sitegen.related import Neighbour

_HOLDERS: dict[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind)) for kind in (Group, Period, Feed)
}
"""Kinds of values that hold many papers, and the names of their fields."""


_PLAIN = frozenset({str, int, Neighbour})
"""Kinds of values of which there are many, and which hold no paper."""


class Fingerprints:
    """Takes fingerprints of the bundles of one build. What stands in several of them, as periods do, is hashed once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, str]] = {}

    def of(self, made_of: tuple[object, ...]) -> str:
        """Hash what a bundle is made of. A paper counts by its digest, since that tells all that it was made of."""
        return key_of(self._narrowed(made_of))

    def _narrowed(self, value: object) -> object:
        """Give a value with the digests of papers in their places: a listing costs no more than its length."""
        if isinstance(value, tuple | list):
            first = type(value[0]) if value else None
            if first is Entry:
                return "".join([entry.digest for entry in value])
            if first is Neighbour:
                return value
            return [item if type(item) in _PLAIN else self._narrowed(item) for item in value]
        if type(value) is Entry:
            return value.digest
        return self._held(value) if type(value) in _HOLDERS else value

    def _held(self, value: object) -> str:
        known = self._known.get(id(value))
        if known is None:
            held = [self._narrowed(getattr(value, name)) for name in _HOLDERS[type(value)]]
            known = self._known[id(value)] = value, key_of(held)  # as long as it is here, no other has its id
        return known[1]
