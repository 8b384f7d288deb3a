"""The site as one zip, to be read from a folder: docs/offline.md says what works there.

On a host, an address that ends with a slash is answered by the folder's index.html; in a folder of files it is not, so
the links of the zip's pages name that file. The same files always give the same bytes.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sitegen import urls
from sitegen.config import Config
from sitegen.keys import key_of
from sitegen.words import Words

LEVEL = 1
"""Of zlib's compression: a few hundredths larger than the usual one, in half of its time."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o100644 << 16
_FOR_HOSTS = frozenset(
    {urls.ARCHIVE, urls.SERVICE_WORKER, urls.OFFLINE_PACKS, "404.html", "_headers", "_redirects", "robots.txt"}
)
_STORED = (".png",)

_BEFORE = rb'\s(?:[^<>"\s]*+(?:"[^"]*+")?+\s)*?'
_LEADING = rb"<(?:a|area|form|link)" + _BEFORE + rb'(?:href|action)="'
"""The beginning of a tag that leads somewhere, up to its address. In a page's text, < is always written as &lt;."""
_RELATIVE = rb"(?:" + _LEADING + rb"|<meta" + _BEFORE + rb'content="\d+; ?url=)(?!/|[a-zA-Z][\w+.-]*:)'
_FOLDER = re.compile(rb"(" + _RELATIVE + rb'[^"#?]*/)(?=["#?])')
_DOTS = re.compile(rb"(" + _RELATIVE + rb'(?:[^"#?]*/)?\.\.?)(?=["#?])')
"""The same for a folder that is named without a slash at the end."""
_ARCHIVE = re.compile(rb"(" + _LEADING + rb")(?:\.\.?/)+" + re.escape(urls.ARCHIVE.encode()) + rb'(?=")')
_NOTICE = b" data-needs-server"


@dataclass(frozen=True, slots=True)
class Zipped:
    """What goes into the zip. files: paths of the site, in order. read: gives the bytes of each."""

    files: tuple[str, ...]
    read: Callable[[str], bytes]
    config: Config
    words: Words

    def key(self, digests: Mapping[str, str], engine: str) -> str:
        """Hash all that it is made of. digests: of the files, by path. engine: hash of the program."""
        files = [(path, digests[path]) for path in self.files]
        return key_of(engine, self._folder, self._readme, self.config.base_url, files)

    def write(self, stream: BinaryIO) -> None:
        """Write the zip, one file after the other: all are in one folder, named by the site."""
        with ZipFile(stream, "w") as zipped:
            for name, data in self._entries():
                kind = ZIP_STORED if name.endswith(_STORED) else ZIP_DEFLATED
                zipped.writestr(_entry(f"{self._folder}/{name}"), data, kind, LEVEL)

    def _entries(self) -> Iterable[tuple[str, bytes]]:
        yield "README.txt", self._readme.encode()
        for path in self.files:
            data = self.read(path)
            yield path, in_folder(data, self.config.base_url) if path.endswith(".html") else data

    @property
    def _folder(self) -> str:
        return urls.slugify(self.config.title)

    @property
    def _readme(self) -> str:
        """Say how to read it, in two lines."""
        words = self.words
        first = words("download.readme", title=self.config.title, address=self.config.base_url)
        return f"{first}\n{words('download.readme_server')}\n"


def is_zipped(path: str) -> bool:
    """Tell whether a file of the site is of use in a folder; those for hosts, crawlers and workers are not."""
    return path not in _FOR_HOSTS and not path.startswith(("offline/packs/", "sitemap"))


def in_folder(page: bytes, base_url: str) -> bytes:
    r"""Rewrite a page to be read from a folder: its links name files, and what needs a server says so.

    >>> in_folder(b'<a href="../topics/nlp/#new">', "https://example.org/")
    b'<a href="../topics/nlp/index.html#new">'
    """
    archive = escape(base_url + urls.ARCHIVE).encode()
    page = _DOTS.sub(rb"\1/index.html", _FOLDER.sub(rb"\1index.html", page))
    return _ARCHIVE.sub(lambda tag: tag[1] + archive, page).replace(_NOTICE + b" hidden", _NOTICE)


def _entry(name: str) -> ZipInfo:
    """Name an entry that says nothing of when and where it was made."""
    entry = ZipInfo(name, _EARLIEST)
    entry.create_system, entry.external_attr = 3, _READABLE
    return entry
