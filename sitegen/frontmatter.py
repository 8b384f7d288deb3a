"""Pages as files: YAML between `---` lines, then a body. Splitting, joining, and changing single fields.

Whatever is not changed stays byte for byte: unknown keys, comments, the order of keys, line endings, a byte order mark.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import yaml

from sitegen.canonical import canonical_text
from sitegen.problems import Problem, error
from sitegen.yamlsource import Entry, Value, decode

__all__ = ["FIRST_LINE", "Document", "decode", "document_of", "field_lines", "split", "with_fields"]

_OPENING = re.compile(r"\ufeff?---[ \t]*(\r?\n|\Z)")
_CLOSING = re.compile(r"^(?:---[ \t]*(?:\r?\n|\Z)|(?P<conflict><{7}|={7}|>{7})(?=\s|\Z))", re.MULTILINE)
_BREAKS = re.compile("[\n\r\x85\u2028\u2029]")


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


def split(text: str, path: str) -> Document | Problem:
    """Split a page. A `---` that is indented, as in a block of text, does not end the front matter."""
    opening = _OPENING.match(text)
    if opening is None and "\r" in text and "\n" not in text:
        return error(path, 1, "the lines end in carriage returns alone; save the file with LF or CRLF line ends")
    if opening is None:
        return error(path, 1, "front matter is missing; begin the page with a line ---, then `title: ...`, then ---")
    closing = _CLOSING.search(text, opening.end())
    if closing is None:
        return error(path, 1, "the front matter never ends; close it with a line ---")
    if closing["conflict"]:
        line = text.count("\n", 0, closing.start()) + 1
        return error(path, line, "a merge conflict was left here; keep one side and remove the markers")
    return Document(opening[0], text[opening.end() : closing.start()], closing[0], text[closing.end() :])


def _lines(text: str) -> list[str]:
    """Split at line feeds only, as editors and YAML marks count lines."""
    return re.findall(r"[^\n]*\n|[^\n]+\Z", text)


def with_fields(document: Document, entries: Mapping[str, Entry], changes: Mapping[str, Value]) -> Document:
    """Set fields of the front matter; None removes one. entries: the document's own, for their lines.

    A changed field takes the place of the old one, a new one goes to the end. Comments behind a changed value, and
    comment lines inside a changed list, are kept.
    """
    lines = _lines(document.head)
    tail: list[str] = []
    for key, value in changes.items():
        written = [line + document.newline for line in field_lines(key, value)] if value is not None else []
        if key not in entries:
            tail += written
            continue
        first, last = entries[key].line - FIRST_LINE, entries[key].last - FIRST_LINE
        comments = _comments(lines[first : last + 1], entries[key])
        if written and comments and not comments[-1].startswith("#"):
            written[-1] = written[-1].rstrip("\r\n") + comments.pop()
        lines[first : last + 1] = ["".join(comments + written), *([""] * (last - first))]
    return replace(document, head="".join(lines + tail))


def _comments(span: list[str], entry: Entry) -> list[str]:
    """Give the comment lines inside a value that is not text, and last what follows the value in its last line."""
    inside = [] if isinstance(entry.value, str) else [line for line in span[1:] if line.lstrip().startswith("#")]
    behind = span[-1][entry.column :]
    return [*inside, behind] if behind.lstrip().startswith("#") else inside


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
    return canonical_text(value) or _dumped(value)


def _dumped(value: Value) -> str:
    written = yaml.dump(
        value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, width=float("inf"), sort_keys=False
    )
    return str(written).removesuffix("\n").removesuffix("\n...")


class _Dumper(yaml.SafeDumper):
    """Keeps every scalar on one line, and writes out what stands twice: `yamlsource` refuses aliases."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # the library asks for each value
        """Give no value a name."""
        return True

    def represent_str(self, data: str) -> yaml.ScalarNode:
        """Write text with line ends in double quotes, where they are escapes."""
        return self.represent_scalar("tag:yaml.org,2002:str", data, '"' if _BREAKS.search(data) else None)


_Dumper.add_representer(str, _Dumper.represent_str)
