"""Titles for citations: as plain text, and as TeX."""

import re
from dataclasses import dataclass

from sitegen.citing.tex import accented, escape, escape_signs, plain_formula, tex_formula
from sitegen.typeset import MATH, is_math, tex_of


@dataclass(frozen=True, slots=True)
class Title:
    """A title. plain: formulas as near as plain text comes. tex: where it is not `escape(plain)`, else ""."""

    plain: str
    tex: str = ""


def parse_title(title: str) -> Title:
    r"""Read a title as a page has it: one line, perhaps with formulas between dollar signs and TeX's accents.

    >>> parse_title(r"Gr\"obner bases in $O(n^2)$")
    Title(plain='Gröbner bases in O(n²)', tex='Gröbner bases in $O(n^2)$')
    """
    title = cleaned(title)
    if title.isascii() and not _TEX.search(title):
        return Title(title)
    plain, tex = "", ""
    place = 0
    for match in MATH.finditer(title):
        formula = tex_formula(tex_of(match)) if is_math(match) else None
        if formula is not None:
            words = accented(title[place : match.start()])
            plain += words + plain_formula(tex_of(match))
            tex += escape_signs(words) + formula
            place = match.end()
    words = accented(title[place:])
    plain, tex = plain + words, tex + escape_signs(words)
    return Title(plain, "" if tex == escape(plain) else tex)


_TEX = re.compile(r"[\\$]")
_UNWANTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def cleaned(text: str) -> str:
    """Put a text on one line, and leave out what no text holds: control characters and halves of characters."""
    line = " ".join(text.split())
    return line if line.isascii() and line.isprintable() else _UNWANTED.sub("", line)
