"""YAML with line numbers and limits: the one reader for site.yaml, front matter and the other files of content/.

It reads the events of libyaml in one pass and never builds a graph, so that aliases, deep nesting and duplicate keys
are refused before anything is made of them. A value is text, a number, true or false, null, a date, a list or a
mapping with text keys.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from sitegen.problems import Problem, error

MAX_BYTES = 64 * 1024
MAX_DEPTH = 16
MAX_DIGITS = 18

Value: TypeAlias = "str | int | float | bool | dt.date | list[Value] | dict[str, Value] | None"

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Entry:
    """A key of the top mapping. line: of the key, last: of the end of its value; both counted in the user's file."""

    key: str
    value: Value
    line: int
    last: int


class _Refused(Exception):  # noqa: N818  # it is caught a few lines below and becomes a Problem
    def __init__(self, line: int, message: str, column: int | None = None) -> None:
        self.line, self.message, self.column = line, message, column


def parse_mapping(text: str, path: str, first_line: int = 1) -> dict[str, Entry] | Problem:
    """Read YAML text whose top is a mapping (or nothing at all) into its entries, in the order of the file.

    path, first_line: where the text stands, for problems and for the lines of the entries.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return error(path, first_line, f"more than {MAX_BYTES // 1024} KiB of YAML; shorten it")
    try:
        return {entry.key: entry for entry in _entries(_Events(text, first_line))}
    except _Refused as refused:
        return error(path, refused.line, refused.message, refused.column)
    except yaml.MarkedYAMLError as mistake:
        mark = mistake.problem_mark or mistake.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return error(
            path, line + first_line - 1, f"YAML: {mistake.problem or mistake.context}; mend the syntax here", column
        )
    except (yaml.YAMLError, UnicodeError) as mistake:
        return error(path, first_line, f"YAML: {str(mistake).splitlines()[0]}; mend the syntax")


class _Events:
    """The event stream of a text, with one event of look-ahead, and the making of scalars."""

    def __init__(self, text: str, first_line: int) -> None:
        self._loader = _Loader(text)
        self._scalars = _Loader("")
        self._first = first_line

    def line(self, event: Any) -> int:  # noqa: ANN401  # libyaml's events have no common typed base
        """Give the line of the user's file where an event begins."""
        return int(event.start_mark.line) + self._first

    def last_line(self, event: Any) -> int:  # noqa: ANN401
        """Give the line of an event's last character; a block scalar's end mark stands where the next thing begins."""
        end = event.end_mark
        return max(self.line(event), int(end.line) + self._first - (0 if end.column else 1))

    def next(self) -> Any:  # noqa: ANN401
        """Read on by one event; anchors and aliases are refused."""
        event = self._loader.get_event()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(self.line(event), "anchors and aliases (& and *) are not read; write the value out")
        return event

    def scalar(self, event: yaml.ScalarEvent) -> Value:
        """Make the value of a scalar, as YAML 1.1 reads it."""
        line = self.line(event)
        tag = event.tag
        if tag is None or tag == "!":
            tag = self._scalars.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag in _PLAIN_SIGNS:
            return event.value
        if tag not in _SCALARS:
            raise _Refused(line, f"the tag {event.tag or tag} is not read; write plain text, in quotes where needed")
        if tag.endswith(":int") and len(event.value) > MAX_DIGITS:
            raise _Refused(line, "a number with too many digits; put it in quotes if it is text")
        try:
            value = self._scalars.construct_object(yaml.ScalarNode(tag, event.value))
        except (ValueError, OverflowError, yaml.YAMLError):
            raise _Refused(line, f"{event.value!r} is not a valid {tag.rpartition(':')[2]}; mend it") from None
        return self._checked(value, line)

    @staticmethod
    def _checked(value: Value, line: int) -> Value:
        if isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value):
            raise _Refused(line, "an escape gives half of a surrogate pair, which no file can hold; remove it")
        return value


_CORE = "tag:yaml.org,2002:"
_SCALARS = frozenset(_CORE + name for name in ("str", "int", "float", "bool", "null", "timestamp"))
_PLAIN_SIGNS = frozenset({_CORE + "value", _CORE + "merge"})
"""YAML 1.1 gives a bare = and << a meaning of their own; here they are text."""


def _entries(events: _Events) -> Iterator[Entry]:
    """Yield the entries of the top mapping; an empty document has none."""
    events.next()  # the start of the stream
    if isinstance(events.next(), yaml.StreamEndEvent):
        return
    top = events.next()
    if isinstance(top, yaml.ScalarEvent) and top.value == "" and top.implicit[0]:
        return
    if not isinstance(top, yaml.MappingStartEvent):
        raise _Refused(events.line(top), "this must be a mapping, lines of `key: value`")
    yield from _pairs(events, 1)
    events.next()
    if not isinstance(extra := events.next(), yaml.StreamEndEvent):
        raise _Refused(events.line(extra), "a second YAML document begins here; remove it")


def _pairs(events: _Events, depth: int) -> Iterator[Entry]:
    """Yield the pairs of a mapping whose start has been read."""
    seen: dict[str, int] = {}
    while not isinstance(event := events.next(), yaml.MappingEndEvent):
        line = events.line(event)
        key = events.scalar(event) if isinstance(event, yaml.ScalarEvent) else None
        if not isinstance(key, str):
            raise _Refused(line, "a key must be text; put it in quotes")
        if key in seen:
            raise _Refused(line, f"the key {key!r} stands twice, in lines {seen[key]} and {line}")
        seen[key] = line
        value, last = _value(events, events.next(), depth)
        yield Entry(key, value, line, last)


def _value(events: _Events, event: Any, depth: int) -> tuple[Value, int]:  # noqa: ANN401
    """Read one value, and say in which line it ends."""
    line = events.line(event)
    if depth > MAX_DEPTH:
        raise _Refused(line, f"nested deeper than {MAX_DEPTH} levels; flatten it")
    if isinstance(event, yaml.ScalarEvent):
        return events.scalar(event), events.last_line(event)
    if event.tag not in (None, "!"):
        raise _Refused(line, f"the tag {event.tag} is not read; remove it")
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(events, depth, line)
    pairs: dict[str, Value] = {}
    last = line
    for entry in _pairs(events, depth + 1):
        pairs[entry.key] = entry.value
        last = max(last, entry.last)
    return pairs, last


def _sequence(events: _Events, depth: int, line: int) -> tuple[list[Value], int]:
    items: list[Value] = []
    last = line
    while not isinstance(event := events.next(), yaml.SequenceEndEvent):
        value, end = _value(events, event, depth + 1)
        items.append(value)
        last = max(last, end)
    return items, last


def plain(value: Value) -> str:
    """Name the kind of a value, for messages."""
    kinds: Mapping[type, str] = {
        str: "text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a mapping",
        dt.datetime: "a date with a time", dt.date: "a date", type(None): "nothing",
    }  # fmt: skip
    return kinds[type(value)]
