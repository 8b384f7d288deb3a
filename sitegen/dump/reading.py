"""Reading a whole dump, from bytes or text to records, one after another.

Reading is streaming: only the paragraphs of the record at hand are kept.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sitegen.dump.assembly import Assembly, Header, Item, Record
from sitegen.dump.lines import paragraphs
from sitegen.dump.pieces import pieces
from sitegen.dump.roles import Ending
from sitegen.problems import Problem, error, warning


@dataclass(frozen=True, slots=True)
class Dump:
    """A whole dump: its records in the file's order, and the first header day."""

    name: str
    path: str
    header: Header | None
    records: tuple[Record, ...]


def parse_dump(text: str, name: str, path: str) -> tuple[Dump, list[Problem]]:
    """Read a dump. name: the file's name. path: what messages show. The problems come by line."""
    header: Header | None = None
    found: list[Record] = []
    problems: list[Problem] = []
    for item in records(io.StringIO(text, newline=None), name, path):
        if isinstance(item, Record):
            found.append(item)
        elif isinstance(item, Problem):
            problems.append(item)
        elif header is None:
            header = item
        elif (header.month, header.day) != (item.month, item.day):
            said = (
                f"a second page with another day than line {header.line}: keep one page a file, years hang on the day"
            )
            problems.append(warning(path, item.line, said))
    if not found:
        problems.append(warning(path, 1, "no record found: is this a copy of a listing page?"))
    return Dump(name, path, header, tuple(found)), sorted(problems, key=lambda p: p.line)


def records(lines: Iterable[str], dump: str, path: str) -> Iterator[Item]:
    """Read a dump's lines one after the other: headers, records and problems in the file's order.

    lines: of an open text file or any other source, with or without their ends. dump: the file's name. path: what
    messages show. Never raises on data.
    """
    assembly = Assembly(dump, path)
    for piece in pieces(paragraphs(lines, path)):
        yield from assembly.take(piece)
    yield from assembly.close(Ending.END)


_MAGIC = {
    b"\x1f\x8b": "a gzip file: unpack it",
    b"PK\x03\x04": "a zip file: unpack it",
    b"\x89PNG": "a picture: a dump is text",
    b"\xff\xd8\xff": "a picture: a dump is text",
    b"%PDF": "a PDF file: a dump is text",
    b"\xff\xfe": "UTF-16 text: save it as UTF-8",
    b"\xfe\xff": "UTF-16 text: save it as UTF-8",
    b"\x00\x00\xfe\xff": "UTF-32 text: save it as UTF-8",
}
_NUL_SHARE = 10
"""One NUL in so many bytes is too much for a text that a control character has strayed into."""
_SURROGATE_LEAD = 0xED


def decode(data: bytes, path: str) -> str | Problem:
    """Read a dump's bytes as strict UTF-8, a byte order mark dropped; else give one error with its place."""
    kind = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)
    if kind:
        return error(path, 1, f"not a dump but {kind}")
    nuls = data.count(b"\0")
    if nuls * _NUL_SHARE > len(data):
        line, column = _place(data, data.index(b"\0"))
        return error(path, line, f"{nuls} NUL bytes: UTF-16 or no text at all; save the file as UTF-8", column)
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as wrong:
        line, column = _place(data, wrong.start)
        return error(path, line, f"not UTF-8: {_fault(data, wrong)}", column)


def _place(data: bytes, at: int) -> tuple[int, int]:
    """Give line and column of a byte, both from 1; the text before it must be UTF-8."""
    before = data[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1, len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1


def _fault(data: bytes, wrong: UnicodeDecodeError) -> str:
    """Say what a byte that is no UTF-8 probably is, and what to do."""
    byte = f"byte 0x{data[wrong.start]:02X}"
    if wrong.reason == "unexpected end of data":
        return f"the file ends inside a character ({byte}): it was cut off, copy it again"
    if data[wrong.start] == _SURROGATE_LEAD:
        return f"{byte} begins half of a surrogate pair: save the text as UTF-8 again"
    return f"{byte} is probably Latin-1 or Windows-1252: save the file as UTF-8"
