"""Digests of what import wrote into a page: by them it knows its own values from those of a curator's hand."""

import datetime as dt
import hashlib
import json

from sitegen.yamlsource import Value


def digest(value: Value) -> str:
    """Give eight hex digits for a value, whatever the order of its keys; "" for none."""
    if value is None:
        return ""
    return hashlib.sha256(_CANONICAL.encode(value).encode("utf-8", "surrogatepass")).hexdigest()[:8]


_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=dt.date.isoformat)


def body_digest(abstract: str) -> str:
    """Give the digest of an abstract as it stands in a body: its length in characters, a hyphen, eight hex digits."""
    return f"{len(abstract)}-{digest(abstract)}"


def find_abstract(body: str, recorded: str) -> tuple[int, int] | None:
    """Find the abstract that import wrote in a page's body: start and end, None where it was edited.

    recorded: its `body_digest`. More text on the abstract's last line is an edit; text on later lines is not.
    """
    length, _, expected = recorded.partition("-")
    if not (length.isascii() and length.isdigit() and len(length) < len("1000000000")):
        return None
    start = len(body) - len(body.lstrip("\r\n"))
    end = start + int(length)
    rest_of_line = body[end:].partition("\n")[0]
    intact = not rest_of_line.strip() and digest(body[start:end]) == expected
    return (start, end) if intact else None
