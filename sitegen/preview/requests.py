"""What the preview may answer: which requests are refused, which file a request names, of what type it is. Pure.

A page on the open web can make a reader's browser ask 127.0.0.1 for anything. Three rules keep the preview from it:
the Host must be one of ours (a foreign name that resolves to 127.0.0.1 is refused), a request that a foreign page
makes is refused unless it opens the page in a tab, and only files of the present build have an address.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol
from urllib.parse import quote, unquote_to_bytes

from sitegen.urls import output_file

OWN = "/_sitegen/"
"""The addresses of the preview itself; no page can have one (`urls.RESERVED`)."""

_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")

_TYPES: Mapping[str, str] = {
    "bib": "application/x-bibtex; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "webmanifest": "application/manifest+json; charset=utf-8",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml; charset=utf-8",
}
_NAMED_TYPES: Mapping[str, str] = {
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}


class Headers(Protocol):
    """The headers of a request, as `email.message.Message` gives them; names in any case."""

    def get_all(self, name: str, failobj: None = None) -> list[str] | None:
        """Give the values of every header of that name, None when there is none."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that is not answered: the status, and one line that says why."""

    status: HTTPStatus
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """The file of the build that answers, by its path under the output folder."""

    file: str
    status: HTTPStatus = HTTPStatus.OK


@dataclass(frozen=True, slots=True)
class Redirect:
    """A folder asked for without its slash. location: relative, so it can't lead to another host."""

    location: str


def own_hosts(address: str, port: int, allowed: Iterable[str] = ()) -> frozenset[str]:
    """Give every value of Host that is ours: the names of this machine, and those allowed, with or without a port."""
    names = {"127.0.0.1", "localhost", "[::1]"}
    if address not in {"", "0.0.0.0", "::"}:  # noqa: S104 - compared with, not bound to
        names.add(f"[{address}]" if ":" in address else address)
    hosts = {f"{name}:{port}" for name in names} | (names if port == 80 else set())  # noqa: PLR2004 - HTTP's own port
    for host in allowed:
        hosts |= {host, f"{host}:{port}"}
    return frozenset(host.lower() for host in hosts)


def refusal(headers: Headers, hosts: frozenset[str]) -> Refusal | None:
    """Tell why a request is refused before its address is looked at; None when it is not.

    A link on another site that opens the preview in a tab is fine; a picture, a script, a frame or a fetch of
    another origin is not, be it another port of this machine.
    """
    if _only(headers, "Host").lower() not in hosts:
        return Refusal(HTTPStatus.FORBIDDEN, "This host is not served here.")
    if headers.get_all("Content-Length") or headers.get_all("Transfer-Encoding"):
        return Refusal(HTTPStatus.BAD_REQUEST, "A request with a body is not answered.")
    if _is_foreign(headers, hosts):
        return Refusal(HTTPStatus.FORBIDDEN, "Another site may not read this one.")
    return None


def _is_foreign(headers: Headers, hosts: frozenset[str]) -> bool:
    if headers.get_all("Origin") and _only(headers, "Origin").lower() not in {f"http://{host}" for host in hosts}:
        return True
    if not headers.get_all("Sec-Fetch-Site") or _only(headers, "Sec-Fetch-Site") in {"same-origin", "none"}:
        return False
    opens_a_tab = ("navigate", "document")
    return (_only(headers, "Sec-Fetch-Mode"), _only(headers, "Sec-Fetch-Dest")) != opens_a_tab


def _only(headers: Headers, name: str) -> str:
    """Give the value of a header that must be there once; two of them are none."""
    values = headers.get_all(name) or []
    return values[0].strip() if len(values) == 1 else ""


def site_path(target: str) -> str | Refusal:
    """Give the path under the site's root that a request's target names: no leading slash, decoded once, no query.

    >>> site_path("/topics/nlp/?page=2")
    'topics/nlp/'
    """
    if not target.startswith("/") or not target.isascii() or not target.isprintable():
        return Refusal(HTTPStatus.BAD_REQUEST, "The address must be a path of ASCII characters.")
    try:
        path = _decoded(target.partition("?")[0])
    except ValueError:
        return Refusal(HTTPStatus.BAD_REQUEST, "The address is not percent-encoded UTF-8.")
    if not path.isprintable() or "\\" in path or {".", ".."} & set(path.split("/")):
        return Refusal(HTTPStatus.BAD_REQUEST, "The address holds characters or segments that no page has.")
    return path[1:]


def _decoded(raw: str) -> str:
    if _BROKEN_ESCAPE.search(raw):
        raise ValueError(raw)
    return unquote_to_bytes(raw).decode("utf-8", "strict")


def find(path: str, query: str, files: frozenset[str]) -> Found | Redirect | Refusal:
    """Give what answers a path: a file of the build, a redirect to the folder, or the page that says there is none."""
    if (file := output_file(path)) in files:
        return Found(file)
    if output_file(f"{path}/") in files:
        folder = quote(path.rpartition("/")[2])
        return Redirect(f"./{folder}/" + (f"?{query}" if query else ""))
    if "404.html" in files:
        return Found("404.html", HTTPStatus.NOT_FOUND)
    return Refusal(HTTPStatus.NOT_FOUND, "There is no such page.")


def content_type(file: str) -> str:
    """Give the Content-Type of a file by its name; what is unknown is bytes, which no browser runs."""
    name = file.rpartition("/")[2]
    return _NAMED_TYPES.get(name) or _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
