"""The filters that templates write values with."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

MONTHS = "January February March April May June July August September October November December".split()


def long_date(day: dt.date) -> str:
    """Write a date as readers do: 5 December 2024."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_name(month: int) -> str:
    """Name a month, 1 to 12."""
    return MONTHS[month - 1]


def number(count: int) -> str:
    """Write a count with thousands apart: 1,234."""
    return f"{count:,}"


def plural(count: int, one: str, many: str) -> str:
    """Write a count with its noun: 1 paper, 126 papers."""
    return f"{number(count)} {one if count == 1 else many}"


def wrap(words: Iterable[str], tag: str) -> Markup:
    """Put each word into an element of its own, with commas between them."""
    return Markup(", ".join([f"<{tag}>{escape(word)}</{tag}>" for word in words]))  # noqa: S704  # each is escaped


def safe_html(html: str) -> Markup:
    """Mark HTML that `prose` has cleaned as not to be escaped again."""
    return Markup(html)  # noqa: S704  # the one place where cleaned HTML enters a template


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "iso": dt.date.isoformat,
        "long_date": long_date,
        "month_name": month_name,
        "number": number,
        "plural": plural,
        "safe_html": safe_html,
        "wrap": wrap,
    }
)
