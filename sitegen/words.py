"""The words of the interface in one language, and how that language writes counts and dates.

A theme's words/LANG.yaml holds them: sections of texts, a text being either one line or its plural forms by the names
of Unicode's CLDR (one, few, many, other...). `{name}` in a text is where a value goes.
"""

import contextlib
import datetime as dt
import functools
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal

from sitegen.problems import Problem, SitegenError, error
from sitegen.yamlsource import Value, decode, parse_mapping

FALLBACK = "en"
"""The language that has every word."""

WORLD_ENGLISH = "en_001"
"""How dates are written where the language is English and no country is said: 5 December 2024."""

Text: TypeAlias = str | Mapping[str, str]
"""A text, or its plural forms by category, with one called "other" among them."""


@dataclass(frozen=True)
class Words:
    """Texts by their names, "section.name". language: a tag such as en or pt-BR."""

    language: str
    texts: Mapping[str, Text]

    def __call__(self, name: str, /, **values: object) -> str:
        """Give a text with its values put in, counts written as the language does; `n` chooses the plural form.

        Raises LookupError for a name or a value that is not there: that is a mistake in a theme.
        """
        text = self.form(name, values.get("n"))
        return text.format_map(self.written(values)) if values else text

    def form(self, name: str, n: object = None) -> str:
        """Give a text as it stands in the file; of its plural forms, if it has any, the one for `n`."""
        text = self.texts.get(name)
        if text is None:
            raise LookupError(f"there are no words called {name!r}; add them to words/{FALLBACK}.yaml")
        if isinstance(text, str):
            return text
        return text.get(self.locale.plural_form(n) if isinstance(n, int) else "other", text["other"])

    def written(self, values: Mapping[str, object]) -> dict[str, object]:
        """Give the values of a text as the language writes them: counts and days as texts, all else as it is."""
        return {key: self._written(value) for key, value in values.items()}

    def number(self, count: int) -> str:
        """Write a count: 1,234."""
        return format_decimal(count, locale=self.locale) if count > 999 else str(count)  # noqa: PLR2004  # no group

    def date(self, day: dt.date) -> str:
        """Write a day: 5 December 2024."""
        return _date(self.locale, day)

    def month(self, day: dt.date) -> str:
        """Write the month of a day: December 2024."""
        return _by_skeleton(self.locale, "yMMMM", day.replace(day=1))

    def day_of_year(self, day: dt.date) -> str:
        """Write a day without its year: 5 December."""
        return _by_skeleton(self.locale, "MMMMd", day)

    def month_name(self, month: int, width: str = "wide") -> str:
        """Name a month, 1 to 12. width: "wide" for December, "abbreviated" for Dec."""
        return str(self.locale.months["stand-alone"][width][month])

    def week(self, monday: dt.date) -> str:
        """Write the days of a week: 2 to 8 Dec 2024, in the language's own form."""
        return str(format_interval(monday, monday + dt.timedelta(6), "yMMMd", locale=self.locale))

    def weekday(self, number: int, width: str = "wide") -> str:
        """Name a day of the week, 0 for Monday to 6. width: "wide" or "short"."""
        return str(self.locale.days["stand-alone"][width][number])

    def section(self, name: str) -> dict[str, Text]:
        """Give the texts of one section by their names within it."""
        return {key.removeprefix(f"{name}."): text for key, text in self.texts.items() if key.startswith(f"{name}.")}

    def has(self, name: str) -> bool:
        """Tell whether there is a text of a name, "section.name"."""
        return name in self.texts

    @property
    def tag(self) -> str:
        """Give the tag of the locale that counts and dates are written by, for scripts: en-001, pt-BR."""
        return str(self.locale).replace("_", "-")

    @property
    def direction(self) -> str:
        """Give the direction of the script: "ltr" or "rtl"."""
        return str(self.locale.text_direction)

    @cached_property
    def locale(self) -> Locale:
        """How the language writes counts and dates; one that nobody has described writes them as English does."""
        return _locale(self.language)

    @cached_property
    def digest(self) -> str:
        """Hash of all of it."""
        return hashlib.sha256(repr((self.language, sorted(self.texts.items()))).encode()).hexdigest()[:16]

    def _written(self, value: object) -> object:
        if isinstance(value, int):
            return self.number(value)
        return self.date(value) if isinstance(value, dt.date) else value


def read_words(language: str, folders: Iterable[Path]) -> Words:
    """Read the words of a language from the words/ folders of a theme's layers, the most specific first.

    What a language lacks is taken from the wider one (pt for pt-BR), in the end from English.
    Raises SitegenError for a file that cannot be understood.
    """
    texts: dict[str, Text] = {}
    places = list(folders)
    for tag in _widening(language):
        for folder in places:
            file = folder / f"{tag}.yaml"
            for name, text in (_texts_of(file) if file.is_file() else {}).items():
                texts.setdefault(name, text)
    return Words(language, texts)


def _widening(language: str) -> list[str]:
    """List a language tag, the wider ones, and English: pt-BR, pt, en."""
    parts = language.split("-")
    tags = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return tags if FALLBACK in tags else [*tags, FALLBACK]


def _texts_of(file: Path) -> dict[str, Text]:
    shown = f"words/{file.name}"
    text = decode(file.read_bytes(), shown)
    entries = parse_mapping(text, shown) if isinstance(text, str) else text
    if isinstance(entries, Problem):
        raise SitegenError([entries])
    found: dict[str, Text] = {}
    for entry in entries.values():
        if not isinstance(entry.value, dict):
            raise SitegenError([error(shown, entry.line, f"{entry.key}: must be a section of texts by their names")])
        found |= {f"{entry.key}.{name}": _text(value, shown, entry.line) for name, value in entry.value.items()}
    return found


def _text(value: Value, path: str, line: int) -> Text:
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and "other" in value:
        return {category: str(form) for category, form in value.items()}
    message = "a text must be one line, or its plural forms with one called other; put it in quotes"
    raise SitegenError([error(path, line, message)])


@functools.lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    for tag in _widening(language):
        with contextlib.suppress(UnknownLocaleError, ValueError):
            return Locale.parse(WORLD_ENGLISH if tag == FALLBACK else tag, sep="_" if tag == FALLBACK else "-")
    raise AssertionError(language)  # English is always among them


@functools.lru_cache(maxsize=50_000)
def _by_skeleton(locale: Locale, skeleton: str, day: dt.date) -> str:
    return str(format_skeleton(skeleton, day, locale=locale))


@functools.lru_cache(maxsize=50_000)
def _date(locale: Locale, day: dt.date) -> str:
    return str(format_date(day, "long", locale=locale))
