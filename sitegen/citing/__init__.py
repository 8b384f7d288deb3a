"""Citations of papers: the facts of each, and three ways to write them down. Pure: no files, no catalogue.

The facts are those of a CSL-JSON item, so that the browser, which knows a paper by its citation.json alone, writes the
same bytes (static/js/citing.js). Formats: docs/citations.md.
"""

from sitegen.citing.bibtex import bibtex
from sitegen.citing.csl import csl
from sitegen.citing.facts import Citation, citation_key, citation_of
from sitegen.citing.formats import Format, joined, write
from sitegen.citing.names import Name, parse_name
from sitegen.citing.ris import ris
from sitegen.citing.titles import Title, parse_title

__all__ = [
    "Citation",
    "Format",
    "Name",
    "Title",
    "bibtex",
    "citation_key",
    "citation_of",
    "csl",
    "joined",
    "parse_name",
    "parse_title",
    "ris",
    "write",
]
