"""Typed access to the entries of a YAML mapping; whatever does not fit becomes a problem with its line."""

import datetime as dt
import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from urllib.parse import urlsplit

from sitegen.problems import Problem, error, note, warning
from sitegen.yamlsource import Entry, Value, plain

SCHEMES = frozenset({"http", "https"})


class Fields:
    """The entries of one mapping, read one by one; `problems` fills as they are.

    Every reader returns its default for a missing key, and for a value that does not fit (after noting the problem).
    """

    def __init__(self, entries: Mapping[str, Entry], path: str) -> None:
        self.entries = entries
        self.path = path
        self.problems: list[Problem] = []

    def line(self, key: str) -> int:
        """Give the line of a key, 1 where it is missing."""
        return self.entries[key].line if key in self.entries else 1

    def refuse(self, key: str, message: str) -> None:
        """Note an error at a key."""
        self.problems.append(error(self.path, self.line(key), f"{key}: {message}"))

    def text(self, key: str, default: str = "") -> str:
        """Read a line of text."""
        value = self._value(key)
        if isinstance(value, str):
            if value.strip() or not default:
                return value.strip()
            self.refuse(key, "is empty; write a text")
        elif key in self.entries and value is None:
            self.refuse(key, "has no value; write a text after the colon, or remove the line")
        elif key in self.entries:
            self.refuse(key, f"must be text, not {plain(value)}; put it in quotes if it is meant as text")
        return default

    def integer(self, key: str, default: int | None = None, least: int = 0, most: int = 10_000_000) -> int | None:
        """Read a whole number between `least` and `most`."""
        value = self._value(key)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        if key in self.entries:
            self.refuse(key, f"must be a whole number from {least} to {most:,}{_instead(value)}")
        return default

    def flag(self, key: str) -> bool:
        """Read true or false; text that looks like it is refused, since it would hide or publish by accident."""
        value = self._value(key)
        if key in self.entries and not isinstance(value, bool):
            self.refuse(key, f"must be true or false without quotes, not {plain(value)}")
        return value is True

    def day(self, key: str) -> dt.date | None:
        """Read a date as it is written, whatever the time and its zone."""
        value = self._value(key)
        if isinstance(value, dt.datetime):
            return self._in_range(key, value.date())
        if isinstance(value, dt.date):
            return self._in_range(key, value)
        if key in self.entries and value is not None:
            self.refuse(key, f"must be a date such as 2024-12-05, without quotes, not {plain(value)}")
        return None

    def texts(self, key: str) -> tuple[str, ...] | None:
        """Read a list of texts; None where the key is missing."""
        if key not in self.entries:
            return None
        value = self._value(key)
        if not isinstance(value, list):
            self.refuse(key, f"must be a list of texts such as [a, b], not {plain(value)}")
            return None
        wrong = [item for item in value if not isinstance(item, str) or not item.strip()]
        if wrong:
            kind = "an empty one; remove it" if isinstance(wrong[0], str) else f"{plain(wrong[0])}; put it in quotes"
            self.refuse(key, f"must hold texts only, not {kind}")
            return None
        return tuple(str(item).strip() for item in value)

    def mapping(self, key: str) -> Mapping[str, Value]:
        """Read a mapping; empty where the key is missing."""
        value = self._value(key)
        if isinstance(value, dict):
            return value
        if key in self.entries:
            self.refuse(key, f"must be a mapping such as {{a: b}}, not {plain(value)}")
        return {}

    def rows(self, key: str) -> tuple[Mapping[str, Value], ...]:
        """Read a list of mappings."""
        value = self._value(key)
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return tuple(item for item in value if isinstance(item, dict))
        if key in self.entries:
            self.refuse(key, "must be a list of mappings, lines of `- {a: b}`")
        return ()

    def address(self, key: str) -> str:
        """Read an http or https address."""
        value = self.text(key)
        if value and not is_address(value):
            self.refuse(key, f"must be an address such as https://example.org/, not {value[:80]!r}")
            return ""
        return value

    def matching(self, key: str, pattern: re.Pattern[str], form: str) -> str:
        """Read a text of a given form; form: how to name it in a message."""
        value = self.text(key)
        if value and not pattern.match(value):
            self.refuse(key, f"must be {form}, not {value[:80]!r}")
            return ""
        return value

    def check_known(self, known: Collection[str]) -> None:
        """Warn of keys that look like slips of the pen; a curator's own keys are only remarked on."""
        for key, entry in self.entries.items():
            if key in known:
                continue
            if hint := close_to(key, sorted(known)):
                self.problems.append(warning(self.path, entry.line, f"unknown key {key!r}; {hint}"))
            else:
                self.problems.append(note(self.path, entry.line, f"unknown key {key!r}; it is kept, nothing shows it"))

    def _value(self, key: str) -> Value:
        return self.entries[key].value if key in self.entries else None

    def _in_range(self, key: str, value: dt.date) -> dt.date | None:
        if dt.date.min.year + 999 <= value.year < dt.date.max.year:
            return value
        self.refuse(key, "must be in a year from 1000 to 9998")
        return None


def _instead(value: Value) -> str:
    """Say what stands where a number should, unless it is a number."""
    return "" if isinstance(value, int) and not isinstance(value, bool) else f", not {plain(value)}"


def close_to(word: str, names: Iterable[str]) -> str:
    """Ask whether the nearest known name was meant; "" where none is near."""
    close = difflib.get_close_matches(word.casefold(), list(names), n=1, cutoff=0.65)
    return f"did you mean {close[0]!r}?" if close else ""


def nearest(word: str, names: Iterable[str]) -> str:
    """Say which known name a wrong one is nearest to, else which few there are, as the end of a message."""
    known = sorted(names)
    listed = f"known are {', '.join(known)}" if len(known) <= _LISTED else ""
    hint = close_to(word, known) or listed
    return f"; {hint}" if hint else ""


_LISTED = 20


def is_base_url(text: str) -> bool:
    """Tell whether a site may be hosted at an address: it ends with a path, and holds no sign that HTML reads."""
    return is_address(text) and not set(text) & set("?#<>\"'`{}|\\^")


def is_address(text: str) -> bool:
    """Tell whether a text is an address that a page may link to: http or https, a host, no user name, no blanks."""
    try:
        parts = urlsplit(text)
        named = parts.hostname and parts.port != 0  # to read a port that is no number raises
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(named) and "@" not in parts.netloc and not any(c.isspace() for c in text)
