"""Keys: hashes of what something is made of."""

import hashlib
from types import MappingProxyType

import msgspec


def key_of(*made_of: object) -> str:
    """Hash values of the program, in 24 hex digits: texts, numbers, dates, tuples, dataclasses of these.

    Mappings count in their order, which must be a fixed one.
    """
    return hashlib.sha256(msgspec.msgpack.encode(made_of, enc_hook=_writable)).hexdigest()[:24]


def _writable(value: object) -> object:
    """Give a mapping that must not change as one that msgspec knows, and a slice as its ends."""
    if isinstance(value, MappingProxyType):
        return dict(value)
    if isinstance(value, slice):
        return (value.start, value.stop, value.step)
    raise NotImplementedError(f"no key can be made of {type(value).__name__}")
