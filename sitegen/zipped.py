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

_TAG = re.compile(rb'<(?:a|area|form|link|meta)\s(?:[^>"]++|"[^"]*+")*+>')
"""A tag that may lead somewhere. In the text of a page, < is always written as &lt;."""
_FOLDER = re.compile(
    rb'(\s(?:href="|action="|content="\d+; ?url=))(?!/|[a-zA-Z][\w+.-]*:)((?:[^"#?]*/)?(?:\.\.?|(?<=/)))(?=["#?])'
)
"""A relative address of a folder, with what stands before it in the tag."""
_ARCHIVE = re.compile(rb'(?<=\shref=")(?:\.\.?/)+' + re.escape(urls.ARCHIVE.encode()) + rb'(?=")')
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
        say, address = self.words, self.config.base_url
        return f"{say('download.readme', title=self.config.title, address=address)}\n{say('download.readme_server')}\n"


def is_zipped(path: str) -> bool:
    """Tell whether a file of the site is of use in a folder; those for hosts, crawlers and workers are not."""
    return path not in _FOR_HOSTS and not path.startswith(("offline/packs/", "sitemap"))


def in_folder(page: bytes, base_url: str) -> bytes:
    r"""Rewrite a page to be read from a folder: its links name files, and what needs a server says so.

    >>> in_folder(b'<a href="../topics/nlp/#new">', "https://example.org/")
    b'<a href="../topics/nlp/index.html#new">'
    """
    archive = escape(base_url + urls.ARCHIVE).encode()

    def led(tag: re.Match[bytes]) -> bytes:
        return _ARCHIVE.sub(lambda _: archive, _FOLDER.sub(_with_file, tag[0]))

    return _TAG.sub(led, page).replace(_NOTICE + b" hidden", _NOTICE)


def _with_file(address: re.Match[bytes]) -> bytes:
    return address[0] + (b"index.html" if address[2].endswith(b"/") else b"/index.html")


def _entry(name: str) -> ZipInfo:
    """Name an entry that says nothing of when and where it was made."""
    entry = ZipInfo(name, _EARLIEST)
    entry.create_system, entry.external_attr = 3, _READABLE
    return entry
