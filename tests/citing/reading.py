"""Citations read back by libraries that know nothing of sitegen."""

import warnings
from typing import Any

import bibtexparser
import msgspec
import rispy
from bibtexparser import middlewares
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

STYLE = "harvard-cite-them-right"


def read_bibtex(data: bytes, *, cut: bool = True) -> list[dict[str, Any]]:
    """Read entries: fields by name, with the entry's "type" and "id"; months are numbers. cut: names into parts."""
    steps = [middlewares.MonthIntMiddleware(), middlewares.SeparateCoAuthors()]
    names = [middlewares.SplitNameParts()] if cut else []
    library = bibtexparser.parse_string(data.decode(), append_middleware=[*steps, *names])
    assert library.failed_blocks == []
    assert library.comments == library.strings == library.preambles == []
    return [
        {"type": entry.entry_type, "id": entry.key} | {field.key: field.value for field in entry.fields}
        for entry in library.entries
    ]


def latex_to_text(tex: str) -> str:
    """Give what TeX shows of a field."""
    signs = [MacroTextSpec(f"text{name}", sign) for name, sign in _SIGNS.items()]
    context = get_default_latex_context_db()
    context.add_context_category("signs", prepend=True, macros=signs)
    return str(LatexNodes2Text(context, math_mode="verbatim").latex_to_text(tex))


_SIGNS = {"braceleft": "{", "braceright": "}", "less": "<", "greater": ">", "bar": "|", "asciicircum": "^"}
"""Commands of LaTeX's own that the library does not know, or shows otherwise."""


def read_ris(data: bytes) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = rispy.loads(data.decode())
    return records


def read_csl(data: bytes) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = msgspec.json.decode(data)
    return items


def bibliography(data: bytes) -> list[str]:
    """Give the lines of a bibliography that citeproc makes of CSL-JSON."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*unsupported: custom")  # what the standard leaves to everybody
        source = CiteProcJSON(read_csl(data))
    made = CitationStylesBibliography(CitationStylesStyle(STYLE, validate=False), source, formatter.plain)
    for key in source:
        made.register(Citation([CitationItem(key)]))
    return [str(line) for line in made.bibliography()]
