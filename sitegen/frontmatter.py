"""Pages as files: YAML between `---` lines, then a body. Splitting, joining, and changing single fields.

Whatever is not changed stays byte for byte: unknown keys, comments, the order of keys, line endings, a byte order mark.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import yaml

from sitegen.problems import Problem, error
from sitegen.yamlsource import Entry, Value

_FENCE = re.compile(r"---[ \t]*\r?\n?\Z")
_CONFLICT = re.compile(r"(<{7}|={7}|>{7})(\s|\Z)")


@dataclass(frozen=True, slots=True)
class Document:
    """A page's text in four parts, which joined are the file. head: the YAML lines, without the `---` around them."""

    opening: str
    head: str
    closing: str
    body: str

    @property
    def body_line(self) -> int:
        """Give the line of the file where the body begins."""
        return self.head.count("\n") + 3

    @property
    def newline(self) -> str:
        """Give the line ending that the head uses."""
        return "\r\n" if self.opening.endswith("\r\n") else "\n"

    def text(self) -> str:
        """Give the whole file."""
        return self.opening + self.head + self.closing + self.body


FIRST_LINE = 2
"""The line of the file where the head begins."""


def decode(data: bytes, path: str) -> str | Problem:
    """Decode a page strictly: UTF-8, no NUL."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as mistake:
        before = data[: mistake.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        return error(path, line, f"not UTF-8 (byte 0x{data[mistake.start]:02x}); save the file as UTF-8", column)
    if "\0" in text:
        return error(path, text.count("\n", 0, text.index("\0")) + 1, "a NUL character; remove it")
    return text


def split(text: str, path: str) -> Document | Problem:
    """Split a page. A `---` that is indented, or inside a block of text, does not end the front matter."""
    lines = text.splitlines(keepends=True) if "\x85" not in text and "\u2028" not in text else _lines(text)
    if not lines or not _FENCE.match(lines[0].removeprefix("\ufeff")):
        return error(path, 1, "front matter is missing; begin the page with a line ---, then `title: ...`, then ---")
    for number, line in enumerate(lines[1:], start=2):
        if _CONFLICT.match(line):
            return error(path, number, "a merge conflict was left here; keep one side and remove the markers")
        if _FENCE.match(line):
            head, body = "".join(lines[1 : number - 1]), "".join(lines[number:])
            return Document(lines[0], head, line, body)
    return error(path, 1, "the front matter never ends; close it with a line ---")


def _lines(text: str) -> list[str]:
    """Split at line feeds only, as editors and YAML marks count lines."""
    return re.findall(r"[^\n]*\n|[^\n]+\Z", text)


def with_fields(document: Document, entries: Mapping[str, Entry], changes: Mapping[str, Value]) -> Document:
    """Set fields of the front matter; None removes one. entries: the document's own, for their lines.

    A changed field takes the place of the old one, a new one goes to the end.
    """
    lines = _lines(document.head)
    spans = {key: (entry.line - FIRST_LINE, entry.last - FIRST_LINE + 1) for key, entry in entries.items()}
    tail: list[str] = []
    for key, value in changes.items():
        written = [line + document.newline for line in field_lines(key, value)] if value is not None else []
        if key in spans:
            first, last = spans[key]
            lines[first:last] = ["".join(written), *([""] * (last - first - 1))]
        else:
            tail += written
    if tail and lines and lines[-1] and not lines[-1].endswith("\n"):
        lines[-1] += document.newline
    return replace(document, head="".join(lines + tail))


def document_of(fields: Mapping[str, Value], body: str) -> Document:
    """Make a new page from its fields, in their order, and its body."""
    head = "".join(
        line + "\n" for key, value in fields.items() if value is not None for line in field_lines(key, value)
    )
    return Document("---\n", head, "---\n", f"\n{body}\n" if body else "")


def field_lines(key: str, value: Value) -> Iterable[str]:
    """Write one field: a scalar, list or mapping on one line, a list of mappings with a line for each."""
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        yield f"{key}:"
        yield from (f"- {_flow(item)}" for item in value)
    else:
        yield f"{key}: {_flow(value)}"


def _flow(value: Value) -> str:
    written = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=float("inf"), sort_keys=False)
    return str(written).removesuffix("\n").removesuffix("\n...")
