"""What YAML text is read into, by whichever reader."""

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = "str | int | float | bool | dt.date | list[Value] | dict[str, Value] | None"


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of the top mapping. line: of the key, last: of the end of its value; both counted in the user's file.

    column: how many characters of line `last` stand before the value's end; a comment may follow.
    """

    key: str
    value: Value
    line: int
    last: int
    column: int = 0


def plain(value: Value) -> str:
    """Name the kind of a value, for messages."""
    kinds: dict[type, str] = {
        str: "text", bool: "true or false", int: "a number", float: "a decimal number", list: "a list",
        dict: "a mapping", dt.datetime: "a date with a time", dt.date: "a date", type(None): "nothing",
    }  # fmt: skip
    return kinds[type(value)]
