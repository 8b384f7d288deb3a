"""Small papers for tests of what is made of them."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from sitegen.catalogue import Entry
from sitegen.citing import citation_key
from sitegen.content import Page
from sitegen.related import terms_of
from sitegen.topics import Assignment
from sitegen.words import read_words

WORDS = read_words("en", [Path(__file__).parent.parent / "themes" / "default" / "words"])


def page(slug: str, date: str | None = None, **facts: object) -> Page:
    """Make a page as content/ would give it: page("a", "2024-05-06", comments=3)."""
    day = dt.date.fromisoformat(date) if date else None
    folder = str(day.year) if day else "undated"
    plain = Page(f"content/papers/{folder}/{slug}.md", folder, slug, f"Title of {slug}", day)
    return replace(plain, **facts)  # type: ignore[arg-type]  # the names are checked when the test runs


def entry(
    slug: str, date: str | None = None, topics: tuple[str, ...] = (), *, heat: float | None = None, **facts: object
) -> Entry:
    """Make a catalogued paper: entry("a", "2024-05-06", ("nlp",))."""
    filed = tuple(Assignment(topic, 1.0, "rules") for topic in topics)
    shown = page(slug, date, **facts)
    abstract = f"Abstract of {slug}."
    about = repr((shown, filed))
    terms = terms_of(shown.title, abstract)
    return Entry(
        shown,
        f"<p>{abstract}</p>",
        abstract,
        filed,
        terms,
        abstract,
        about,
        about,
        citation_key=citation_key(shown),
        heat=heat,
    )
