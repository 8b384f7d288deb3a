"""Pages whose citations are hard to write, for properties."""

import datetime as dt

from hypothesis import strategies as st

from sitegen.content import Page
from sitegen.paper import Organization
from tests.papers import page

_PLAIN = (
    "Deep ",
    "nets",
    " of ",
    "LLMs",
    "é",
    "ẞ",
    "日本語",
    "İ",
    "Σ",
    "\u05d0\u05d1",
    "\N{MATHEMATICAL BOLD CAPITAL A}",
)
_TEX = ("$O(n^2)$", "$\\mathbb{R}$", "$50%$", "$a{b$", '\\"o', "{\\l}", "\\alpha", "\N{GREEK SMALL LETTER BETA}")
_TROUBLE = (" - ", "--", " and ", "ER  - ", "  ", "\u2028", "\x85", "\x07", "\ud800", *"{}\\%#&_^~<>|@\"',;=")
_PIECES = st.sampled_from((*_PLAIN, *_TEX, *_TROUBLE))
TITLES = st.lists(_PIECES, max_size=8).map("".join)
NAMES = st.one_of(
    TITLES, st.sampled_from(["Ada Lovelace", "Ludwig van Beethoven", "King, Jr., Martin", "Qwen Team", "bell hooks"])
)


@st.composite
def _pages(draw: st.DrawFn) -> Page:
    organization = draw(st.none() | NAMES.map(lambda name: Organization("acme", name)))
    day = draw(st.none() | st.dates(dt.date(1000, 1, 1)))
    return page(
        draw(st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,5}){0,6}", fullmatch=True)),
        day.isoformat() if day else None,
        title=draw(TITLES),
        organization=organization,
        authors=draw(st.none() | st.integers(1, 2000) | st.lists(NAMES, max_size=4).map(tuple)),
        arxiv=draw(st.sampled_from(["", "2412.04315", "math.GT/0309136"])),
        doi=draw(st.sampled_from(["", "10.1000/182", "10.1000/a_b%<c>", "10.1000/a{b", "10.1000/é\\"])),
    )


PAGES = _pages()
