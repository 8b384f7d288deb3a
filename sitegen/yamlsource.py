"""YAML with line numbers and limits: the one reader for site.yaml, front matter and the other files of content/.

It reads the events of libyaml in one pass and never builds a graph, so that aliases, deep nesting and duplicate keys
are refused before anything is made of them. A value is text, a number, true or false, null, a date, a list or a
mapping with text keys. Text in the form that sitegen writes goes a shorter way, to the same entries (see `canonical`).
"""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml

from sitegen.canonical import parse_canonical
from sitegen.problems import Problem, error
from sitegen.yamlvalues import Entry, Value, plain

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_DIGITS", "Entry", "Value", "decode", "parse_mapping", "plain"]

MAX_BYTES = 64 * 1024
MAX_DEPTH = 16
MAX_DIGITS = 18

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Refused(Exception):  # noqa: N818  # it is caught a few lines below and becomes a Problem
    def __init__(self, line: int, message: str, column: int | None = None) -> None:
        self.line, self.message, self.column = line, message, column


def decode(data: bytes, path: str) -> str | Problem:
    """Decode a file strictly: UTF-8, no NUL."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as mistake:
        before = data[: mistake.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        return error(path, line, f"not UTF-8 (byte 0x{data[mistake.start]:02x}); save the file as UTF-8", column)
    if "\0" in text:
        return error(path, text.count("\n", 0, text.index("\0")) + 1, "a NUL character; remove it")
    return text


def parse_mapping(text: str, path: str, first_line: int = 1) -> dict[str, Entry] | Problem:
    """Read YAML text whose top is a mapping (or nothing at all) into its entries, in the order of the file.

    path, first_line: where the text stands, for problems and for the lines of the entries.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return error(path, first_line, f"more than {MAX_BYTES // 1024} KiB of YAML; shorten it")
    if (entries := parse_canonical(text, first_line)) is not None:
        return entries
    if odd := _UNREADABLE.search(text):
        line, column = text.count("\n", 0, odd.start()) + first_line, odd.start() - text.rfind("\n", 0, odd.start())
        return error(path, line, f"the character U+{ord(odd[0]):04X} cannot stand in YAML; remove it", column)
    try:
        return {entry.key: entry for entry in _entries(_Events(_OTHER_BREAKS.sub(" ", text), first_line))}
    except _Refused as refused:
        return error(path, refused.line, refused.message, refused.column)
    except yaml.MarkedYAMLError as mistake:
        return _syntax_error(mistake, path, first_line)


_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_OTHER_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
"""What YAML takes for a line's end and editors do not; read as blanks, so that lines count as the user sees them."""


def _syntax_error(mistake: yaml.MarkedYAMLError, path: str, first_line: int) -> Problem:
    problem = str(mistake.problem or mistake.context)
    opened = "end of stream" in problem and mistake.context_mark
    mark = opened or mistake.problem_mark or mistake.context_mark
    line, column = (mark.line, mark.column + 1) if mark else (0, None)
    hint = next((hint for sign, hint in _HINTS.items() if sign in problem), "mend the syntax here")
    return error(path, line + first_line, f"YAML: {problem}; {hint}", column)


_HINTS = {
    "tab": "indent with spaces",
    "cannot start any token": "put the value in quotes",
    "mapping values are not allowed": "put a value that holds a colon in quotes, or mend the indentation",
    "could not find expected ':'": "each line needs the form `key: value`",
    "expected <block end>": "mend the indentation, or put the value in quotes",
    "unexpected end of stream": "close the quotation mark",
    "Unicode character escape": "remove this escape, or mend its digits",
    "escape": "write a backslash twice, or use single quotes",
}


class _Events:
    """The event stream of a text, with one event of look-ahead, and the making of scalars."""

    def __init__(self, text: str, first_line: int) -> None:
        self._loader = _Loader(text)
        self._scalars = _Loader("")
        self._first = first_line
        self.last: Any = None

    def line(self, event: Any) -> int:  # noqa: ANN401  # libyaml's events have no common typed base
        """Give the line of the user's file where an event begins."""
        return int(event.start_mark.line) + self._first

    def end(self, event: Any) -> "_Place":  # noqa: ANN401
        """Give the end of an event; a block scalar's end mark stands where the next thing begins."""
        mark = event.end_mark
        if mark.column == 0 and mark.line > event.start_mark.line:
            return int(mark.line) + self._first - 1, _LINE_END
        return int(mark.line) + self._first, int(mark.column)

    def next(self) -> Any:  # noqa: ANN401
        """Read on by one event; anchors and aliases are refused."""
        event = self._loader.get_event()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(self.line(event), "anchors and aliases (& and *) are not read; write the value out")
        self.last = event
        return event

    def scalar(self, event: yaml.ScalarEvent) -> Value:
        """Make the value of a scalar, as YAML 1.1 reads it."""
        line = self.line(event)
        tag = event.tag
        if tag == "!":
            tag = _CORE + "str"
        elif tag is None:
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
            kind = tag.rpartition(":")[2].replace("timestamp", "date")
            raise _Refused(line, f"{event.value!r} is not a valid {kind}; mend it") from None
        return self._checked(value, line)

    @staticmethod
    def _checked(value: Value, line: int) -> Value:
        if isinstance(value, str) and any("\ud800" <= c <= "\udfff" for c in value):
            raise _Refused(line, "an escape gives half of a surrogate pair, which no file can hold; remove it")
        if isinstance(value, str) and "\0" in value:
            raise _Refused(line, "an escape gives a NUL character; remove it")
        return value


_Place: TypeAlias = tuple[int, int]
_LINE_END = 1 << 30
"""A column behind every character of a line."""

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
    _check_top(top, events.line(top))
    yield from _pairs(events, 1)
    if (end := events.next()).explicit:
        raise _Refused(events.line(end), "the line ... ends the YAML here; remove it")
    if not isinstance(extra := events.next(), yaml.StreamEndEvent):
        raise _Refused(events.line(extra), "a second YAML document begins here; remove it")


def _check_top(top: Any, line: int) -> None:  # noqa: ANN401
    """Refuse what could not be edited line by line later."""
    if not isinstance(top, yaml.MappingStartEvent) or top.flow_style or top.tag not in (None, "!"):
        raise _Refused(line, "this must be a mapping, lines of `key: value`")
    if top.start_mark and top.start_mark.column:
        raise _Refused(line, "the keys must begin at the start of their lines; remove the blanks before them")


def _pairs(events: _Events, depth: int) -> Iterator[Entry]:
    """Yield the pairs of a mapping whose start has been read."""
    seen: dict[str, int] = {}
    while not isinstance(event := events.next(), yaml.MappingEndEvent):
        line = events.line(event)
        key = events.scalar(event) if isinstance(event, yaml.ScalarEvent) else None
        if not isinstance(key, str):
            raise _Refused(line, "a key must be text; put it in quotes")
        if key in seen:
            raise _Refused(line, f"the key {key!r} stands twice, in lines {seen[key]} and {line}; keep one")
        seen[key] = line
        key_end = events.end(event)
        event = events.next()
        value, end = _value(events, event, depth)
        if _is_nothing(event) and end[0] > key_end[0]:  # libyaml places it where the next key begins
            end = key_end[0], _LINE_END
        yield Entry(key, value, line, *end)


def _is_nothing(event: Any) -> bool:  # noqa: ANN401
    """Tell whether a value has no character at all."""
    return event.start_mark.index == event.end_mark.index and isinstance(event, yaml.ScalarEvent)


def _value(events: _Events, event: Any, depth: int) -> tuple[Value, _Place]:  # noqa: ANN401
    """Read one value, and say where it ends."""
    line = events.line(event)
    if depth > MAX_DEPTH:
        raise _Refused(line, f"nested deeper than {MAX_DEPTH} levels; flatten it")
    if isinstance(event, yaml.ScalarEvent):
        return events.scalar(event), events.end(event)
    if event.tag not in (None, "!"):
        raise _Refused(line, f"the tag {event.tag} is not read; remove it")
    read = _sequence if isinstance(event, yaml.SequenceStartEvent) else _mapping
    return read(events, event, depth)


def _mapping(events: _Events, start: Any, depth: int) -> tuple[Value, _Place]:  # noqa: ANN401
    pairs: dict[str, Value] = {}
    end = events.end(start)
    for entry in _pairs(events, depth + 1):
        pairs[entry.key] = entry.value
        end = max(end, (entry.last, entry.column))
    return pairs, events.end(events.last) if start.flow_style else end


def _sequence(events: _Events, start: Any, depth: int) -> tuple[Value, _Place]:  # noqa: ANN401
    items: list[Value] = []
    end = events.end(start)
    while not isinstance(event := events.next(), yaml.SequenceEndEvent):
        value, place = _value(events, event, depth + 1)
        items.append(value)
        end = max(end, place)
    return items, events.end(event) if start.flow_style else end
