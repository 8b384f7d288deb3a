r"""Plain text with LaTeX habits, as dumps have it, made into what a typesetter shows.

The text stays letter for letter but for these habits: `\%` and its like, ``quotes'', `\textit{...}`, and a backslash
before a blank. Math, between dollar signs or `\(...\)`, and addresses are told apart and left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.links import find_links

MATH = re.compile(
    r"(?<![\\$])\$(?=[^\s$])(?P<dollars>(?:[^$\\\n]|\\.)*?)(?<![\s\\])\$(?![\d$])|(?<!\\)\\\((?P<parens>(?:[^\\\n]|\\[^()])+?)\\\)"
)
"""Math in running text. A dollar opens before a non-blank and closes after one, not before a digit ($15 or $20)."""

MATH_LIMIT = 400
"""Characters of one formula; more than this is no formula but a pair of stray dollars."""

_HABITS = re.compile(
    r"(?<!\\)\\(?:(?P<sign>[%&$#_{}])|(?P<blank>[ ,;])"
    r"|(?P<command>textit|emph|textbf|texttt|textsc|textrm|text)\{(?P<inner>[^{}\\]*)\})"
)
_QUOTES = re.compile(r"``((?:(?!``|'').)*)''", re.DOTALL)
_STYLES = {"textit": "em", "emph": "em", "textbf": "strong", "texttt": "code"}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text. style: "" for plain text, "em", "strong", "code", "math" (text is TeX) or "address"."""

    text: str
    style: str = ""


def runs(text: str) -> Iterator[Run]:
    """Cut a text into runs; their texts joined are what the reader sees, but that math is TeX with its signs."""
    text = _QUOTES.sub("\N{LEFT DOUBLE QUOTATION MARK}\\1\N{RIGHT DOUBLE QUOTATION MARK}", text)
    place = 0
    for start, end, style in _left_alone(text):
        yield from _prose(text[place:start])
        yield Run(text[start:end], style)
        place = end
    yield from _prose(text[place:])


def typeset(text: str) -> str:
    r"""Give the plain text that the reader sees, such as a title.

    >>> typeset("up to 3.32\\% with ``deep'' nets")
    'up to 3.32% with “deep” nets'
    """
    return "".join(run.text for run in runs(text))


def _left_alone(text: str) -> list[tuple[int, int, str]]:
    """Find math and addresses, in order, none inside another."""
    math = [(m.start(), m.end(), "math") for m in MATH.finditer(text) if is_math(m)]
    found = math + [(link.start, link.end, "address") for link in find_links(text)]
    kept: list[tuple[int, int, str]] = []
    for span in sorted(found):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def is_math(match: re.Match[str]) -> bool:
    """Tell whether a match of MATH is a formula: short, and not two prices."""
    inner = tex_of(match)
    return len(inner) <= MATH_LIMIT and not _PRICE.match(inner)


_PRICE = re.compile(r"\d[\d,.]*[A-Za-z]?\s+[A-Za-z]{2,}")


def tex_of(match: re.Match[str]) -> str:
    """Give the TeX of a match of MATH, without its signs."""
    return match["dollars"] if match["dollars"] is not None else match["parens"]


def _prose(text: str) -> Iterator[Run]:
    """Undo the LaTeX habits of a stretch that holds neither math nor addresses."""
    place = 0
    for match in _HABITS.finditer(text):
        if place < match.start():
            yield Run(text[place : match.start()])
        if match["command"] is None:
            yield Run(match["sign"] or " ")
        elif match["inner"]:
            yield Run(match["inner"], _STYLES.get(match["command"], ""))
        place = match.end()
    if place < len(text):
        yield Run(text[place:])
