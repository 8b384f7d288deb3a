"""Static files of a theme as they are published: under names that carry hashes, so that they may be cached for good."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import rcssmin
import rjsmin

_HASH_LENGTH = 10
_FIRST_COMMENT = re.compile(rb"\s*(/\*.*?\*/)", re.DOTALL)
_LICENCE = re.compile(rb"licen[cs]e|copyright", re.IGNORECASE)
_CSS_ADDRESS = re.compile(r"url\(\s*(['\"]?)(?!data:|https?:|#|/)([^'\")]+)\1\s*\)")


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file and the path it is published under. The bytes are final: addresses in CSS are hashed ones."""

    path: str
    data: bytes


def publish(static: Mapping[str, Path], made: Mapping[str, bytes] = MappingProxyType({})) -> dict[str, Asset]:
    """Map each static file's name, such as "css/style.css", to what is published.

    Scripts and style sheets are minified. Scripts keep their names inside one folder named by the hash of them all, so
    that their relative imports need no rewriting; everything else carries the hash of its own bytes in its name.
    made: scripts that are no files, by name.
    """
    scripts = {name: minified(name, file.read_bytes()) for name, file in static.items() if name.startswith("js/")}
    scripts |= made
    folder = f"assets/js-{digest_of(*(part for name in scripts for part in (name.encode(), scripts[name])))}"
    published = {name: Asset(f"{folder}/{name[3:]}", data) for name, data in scripts.items()}
    others = [name for name in static if name not in scripts]
    for name in sorted(others, key=lambda n: n.endswith(".css")):  # style sheets last: they name the pictures
        data = static[name].read_bytes()
        if name.endswith(".css"):
            data = _with_hashed_addresses(minified(name, data), name, published)
        published[name] = Asset(f"assets/{_hashed(name, data)}", data)
    return published


def minified(name: str, text: bytes) -> bytes:
    r"""Leave out the comments and the needless space of a script or a style sheet, but not its licence.

    x.min.js and x.min.css stay as they are.

    >>> minified("a.js", b"/*! MIT */ // why\nlet a = 1; /* so */")
    b'/*! MIT */let a=1;'
    >>> minified("a.css", b"/* why */\na {\n  color: red; /* so */\n}\n")
    b'a{color:red}'
    """
    if name.endswith((".min.js", ".min.css")):
        return text
    first = _FIRST_COMMENT.match(text)
    if first and not first[1].startswith(b"/*!") and _LICENCE.search(first[1]):
        return first[1] + b"\n" + minified(name, text[first.end() :])
    minify = rcssmin.cssmin if name.endswith(".css") else rjsmin.jsmin
    return bytes(minify(text, keep_bang_comments=True))


def digest_of(*parts: bytes) -> str:
    """Hash some bytes, each with its length, to ten hex digits."""
    joined = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    return hashlib.sha256(joined).hexdigest()[:_HASH_LENGTH]


def _hashed(name: str, data: bytes) -> str:
    """Put the hash of a file's bytes before its last suffix: css/style.1a2b3c4d5e.css."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{digest_of(data)}.{suffix}" if dot else f"{name}.{digest_of(data)}"


def _with_hashed_addresses(data: bytes, name: str, published: Mapping[str, Asset]) -> bytes:
    """Replace relative addresses of a style sheet by hashed ones, relative still."""

    def hashed(match: re.Match[str]) -> str:
        target = _joined(name, match[2])
        if target not in published:
            return match[0]
        return f'url("{"../" * name.count("/")}{published[target].path.removeprefix("assets/")}")'

    return _CSS_ADDRESS.sub(hashed, data.decode("utf-8")).encode("utf-8")


def _joined(base: str, relative: str) -> str:
    parts = base.split("/")[:-1]
    for part in relative.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
