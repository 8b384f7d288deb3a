"""The filters that templates write values with."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from sitegen.words import Words


def wrap(words: Iterable[str], tag: str) -> Markup:
    """Put each word into an element of its own, with commas between them."""
    return Markup(", ".join([f"<{tag}>{escape(word)}</{tag}>" for word in words]))  # noqa: S704  # each is escaped


def said(words: Words, name: str, /, **values: object) -> str:
    """Say a text of the interface. Markup among its values stays markup; the text itself is escaped then."""
    if Markup not in map(type, values.values()):
        return words(name, **values)
    return escape(words.form(name, values.get("n"))).format_map(words.written(values))


def safe_html(html: str) -> Markup:
    """Mark HTML that `prose` has cleaned as not to be escaped again."""
    return Markup(html)  # noqa: S704  # the one place where cleaned HTML enters a template


def safe_json(text: str) -> Markup:
    """Mark JSON that `structured` has made harmless as not to be escaped again."""
    return Markup(text)  # noqa: S704  # no sign in it can end the element that it stands in


FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "iso": dt.date.isoformat,
        "safe_html": safe_html,
        "safe_json": safe_json,
        "wrap": wrap,
    }
)


def filters_of(words: Words) -> dict[str, Callable[..., Any]]:
    """Give all filters, those included that write in a language."""
    return {
        **FILTERS,
        "t": partial(said, words),
        "long_date": words.date,
        "month_name": words.month_name,
        "number": words.number,
        "weekday": words.weekday,
    }
