"""Citations as RIS: lines of a tag and a value, ended by CR and LF. Form: Research Information Systems, 2001."""

from collections.abc import Iterator

from sitegen.citing.facts import Citation
from sitegen.citing.names import Name


def ris(citation: Citation) -> str:
    """Write one record, with its last line's end."""
    return "".join([f"{tag}  - {value}\r\n" for tag, value in _lines(citation)])


def _lines(citation: Citation) -> Iterator[tuple[str, str]]:
    date = citation.date
    yield "TY", "GEN"
    yield "ID", citation.key
    yield "TI", citation.title.plain
    for name in citation.authors:
        yield "AU", _name(name)
    if date:
        yield "PY", f"{date.year:04d}"
        yield "DA", f"{date.year:04d}/{date.month:02d}/{date.day:02d}/"
    if citation.note:
        yield "N1", citation.note
    if citation.arxiv:
        yield "AN", f"arXiv:{citation.arxiv}"
    if citation.doi:
        yield "DO", citation.doi
    yield "UR", citation.url
    yield "ER", ""


def _name(name: Name) -> str:
    """Write a name; a comma would cut one that is whole."""
    if not name.given:
        return name.family.replace(",", "")
    return f"{name.family}, {name.given}" + (f", {name.suffix}" if name.suffix else "")
