"""Citations as BibTeX, in UTF-8. Form: https://ctan.org/pkg/bibtex, its "BibTeXing" and "Designing BibTeX Styles"."""

import re
from collections.abc import Iterator

from sitegen.citing.facts import Citation
from sitegen.citing.names import Name
from sitegen.citing.tex import escape

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The names of months that every style defines."""

SORTED_BY = 4
"""Words of the slug that a paper without authors is sorted by."""

_VERBATIM = re.compile(r"[^\\{}]*\Z")
"""What a field can hold that is not typeset."""


def bibtex(citation: Citation) -> str:
    """Write one entry, with its line's end."""
    return f"@misc{{{citation.key},\n{''.join(_fields(citation))}}}\n"


def _fields(citation: Citation) -> Iterator[str]:
    plain = citation.title.plain
    if citation.authors:
        yield f"  author = {{{' and '.join(map(_name, citation.authors))}}},\n"
    else:
        yield f"  key = {{{sorting_key(citation.key)}}},\n"
    title = citation.title.tex or escape(plain)
    # Styles write titles in lower case but for their first letter; a second pair of braces keeps capitals.
    yield f"  title = {{{{{title}}}}},\n" if plain[1:] != plain[1:].lower() else f"  title = {{{title}}},\n"
    if citation.date:
        yield f"  year = {{{citation.date.year}}},\n  month = {MONTHS[citation.date.month - 1]},\n"
    if citation.note:
        yield f"  note = {{{escape(citation.note)}}},\n"
    if citation.arxiv:
        yield f"  eprint = {{{citation.arxiv}}},\n  archivePrefix = {{arXiv}},\n"
    if citation.doi and _VERBATIM.match(citation.doi):
        yield f"  doi = {{{citation.doi}}},\n"
    yield f"  url = {{{citation.url}}},\n"


def sorting_key(key: str) -> str:
    """Give what a paper without authors is sorted by: the first words of its slug.

    >>> sorting_key("the-principles-of-diffusion-models")
    'principles of diffusion models'
    """
    words = key.split("-")
    return " ".join(words[len(words) > 1 and words[0] in {"a", "an", "the"} :][:SORTED_BY])


def _name(name: Name) -> str:
    family = escape(name.family)
    if not name.given:
        return f"{{{family}}}"
    suffix = f", {escape(name.suffix)}" if name.suffix else ""
    return f"{family}{suffix}, {escape(name.given)}"
