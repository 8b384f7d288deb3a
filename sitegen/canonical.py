"""The canonical form of front matter: the narrow part of YAML that sitegen itself writes, read and written directly.

    field   = key ": " value                     on one line, or
              key ":" and rows                   each row a line "- " value
    value   = scalar | list | mapping
    list    = "[" scalar ", " scalar ... "]"
    mapping = "{" key ": " (scalar | list) ", " ... "}"
    scalar  = "'" quoted "'" | plain             plain: text, a whole number, a day, true or false

Nearly every page has this form, and to read it so takes a sixth of the time that the events of a YAML library take.
Whatever is not surely of this form (a comment, an odd sign, a mistake) is None here, and the library decides; where
both decide, they agree to the character.
"""

import datetime as dt
import functools
import re
from collections.abc import Callable

import yaml

from sitegen.yamlvalues import Entry, Value

_OPENING_SIGNS = "-?:,[]{}#&*!|>'\"%@` "
"""What plain text may not begin with."""
_INNER_SIGNS = ",[]{}?:"
"""What it may not hold inside a list or a mapping."""
_DOUBTFUL = ("-", "?", ":", "...")
"""Beginnings of text that needs quotes or not by what follows."""

_KEY = "[A-Za-z_][A-Za-z0-9_-]{0,63}"
_QUOTED = "'[^']*+(?:''[^']*+)*+'"
_SCALAR = rf"(?:[^{re.escape(_OPENING_SIGNS)}][^#{re.escape(_INNER_SIGNS)}]*+(?<! )|{_QUOTED})"
_LIST = rf"\[(?:{_SCALAR}(?:, {_SCALAR})*+)?+\]"
_PAIR = rf"{_KEY}: (?:{_LIST}|{_SCALAR})"
_MAPPING = rf"\{{(?:{_PAIR}(?:, {_PAIR})*+)?+\}}"

_FIELDS = re.compile(rf"({_KEY}):(?: ([^\r\n]++)|((?:\r?\n- [^\r\n]++)++))\r?\n")
_ROWS = re.compile(r"\n- ([^\r\n]+)")
_PAIRS = re.compile(rf"({_KEY}): ({_LIST}|{_SCALAR})")
_ITEMS = re.compile(_SCALAR)
_IS_KEY, _IS_QUOTED, _IS_LIST, _IS_MAPPING = (re.compile(form).fullmatch for form in (_KEY, _QUOTED, _LIST, _MAPPING))
_IS_NUMBER = re.compile("0|[1-9][0-9]{0,17}").fullmatch
_IS_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch

_FLAGS = {"true": True, "false": False}
_OTHER_THAN_TEXT = yaml.SafeLoader.yaml_implicit_resolvers
"""The patterns of plain scalars that YAML 1.1 does not read as text, by their first character."""


class _Unusual(Exception):  # noqa: N818  # it never leaves this module
    """What was met is not surely canonical."""


def parse_canonical(text: str, first_line: int) -> dict[str, Entry] | None:
    """Read the lines of a top mapping into its entries; None where a line is not surely canonical."""
    entries: dict[str, Entry] = {}
    at, line = 0, first_line
    try:
        while at < len(text):
            field = _FIELDS.match(text, at)
            if field is None or field[1] in entries:
                return None
            entry = entries[field[1]] = _entry(field, line)
            at, line = field.end(), entry.last + 1
    except _Unusual:
        return None
    return entries


def _entry(field: re.Match[str], line: int) -> Entry:
    key, value, rows = field.groups()
    if _scalar(key) != key:
        raise _Unusual
    if value is not None:
        return Entry(key, _value(value), line, line, len(key) + len(": ") + len(value))
    items = _ROWS.findall(rows)
    return Entry(key, [_value(item) for item in items], line, line + len(items), len("- ") + len(items[-1]))


def _value(text: str) -> Value:
    """Read what stands on a line behind its key or hyphen."""
    if not text.isprintable():
        raise _Unusual
    if text[0] == "{" and _IS_MAPPING(text):
        return _pairs(text)
    if text[0] == "[" and _IS_LIST(text):
        return _items(text)
    if _is_plain(text) or (text[0] == "'" and _IS_QUOTED(text)):
        return _scalar(text)
    raise _Unusual


def _pairs(text: str) -> dict[str, Value]:
    found = _PAIRS.findall(text)
    pairs: dict[str, Value] = {key: _items(inner) if inner[0] == "[" else _scalar(inner) for key, inner in found}
    if len(pairs) < len(found) or any(_scalar(key) != key for key in pairs):
        raise _Unusual
    return pairs


def _items(text: str) -> list[Value]:
    return [_scalar(item) for item in _ITEMS.findall(text)]


@functools.lru_cache(maxsize=4096)  # most scalars stand on page after page: names of fields and dumps, days, counts
def _scalar(text: str) -> Value:
    """Read one scalar, quoted or plain."""
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    if _is_text(text):
        return text
    if _IS_NUMBER(text):
        return int(text)
    if _IS_DAY(text):
        return _date(text)
    if text in _FLAGS:
        return _FLAGS[text]
    raise _Unusual


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise _Unusual from None


def _is_text(plain: str) -> bool:
    """Tell whether YAML reads a plain scalar as text, and not as a number, a date or a word with a meaning."""
    patterns = _OTHER_THAN_TEXT.get(plain[0])
    return patterns is None or all(pattern.match(plain) is None for _, pattern in patterns)


def _is_plain(text: str) -> bool:
    """Tell whether text on one line outside lists and mappings can do without quotes."""
    return text[0] not in _OPENING_SIGNS and text[-1] not in ": " and ": " not in text and " #" not in text


def _is_plain_inside(text: str) -> bool:
    return _is_plain(text) and not any(sign in text for sign in _INNER_SIGNS)


def canonical_text(value: Value) -> str | None:
    """Write a value on one line, as the library would; None for one that is not surely canonical."""
    try:
        return _quoted_where_needed(value, _is_plain) if isinstance(value, str) else _written(value)
    except _Unusual:
        return None


def _written(value: Value) -> str:
    """Write a value that stands inside a list or a mapping, or is one."""
    if isinstance(value, str):
        return _quoted_where_needed(value, _is_plain_inside)
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_written_key(key)}: {_written(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) or type(value) is dt.date:  # a day with a time is a date too, written otherwise
        return str(value)
    raise _Unusual


def _written_key(key: str) -> str:
    if not _IS_KEY(key) or _scalar(key) != key:
        raise _Unusual
    return key


def _quoted_where_needed(text: str, is_plain: Callable[[str], bool]) -> str:
    if not text.isprintable() or text.startswith(_DOUBTFUL):
        raise _Unusual
    if text and is_plain(text) and _is_text(text):
        return text
    return "'" + text.replace("'", "''") + "'"
