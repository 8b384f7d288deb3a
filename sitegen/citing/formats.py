"""The formats of citations, and files of many."""

import enum
from collections.abc import Callable, Iterable, Mapping

from sitegen.citing.bibtex import bibtex
from sitegen.citing.csl import csl
from sitegen.citing.facts import Citation
from sitegen.citing.ris import ris


class Format(enum.StrEnum):
    """A format, by the ending of its files."""

    BIBTEX = "bib"
    RIS = "ris"
    CSL = "json"


_WRITERS: Mapping[Format, Callable[[Citation], str]] = {Format.BIBTEX: bibtex, Format.RIS: ris, Format.CSL: csl}


def write(citation: Citation, form: Format) -> str:
    """Write one citation, for `joined` to make a file of."""
    return _WRITERS[form](citation)


def joined(citations: Iterable[str], form: Format) -> bytes:
    """Make a file of citations that `write` gave; there must be one at least."""
    if form is Format.CSL:
        return "[\n{}\n]\n".format(",\n".join(citations)).encode()
    return ("\n" if form is Format.BIBTEX else "\r\n").join(citations).encode()
