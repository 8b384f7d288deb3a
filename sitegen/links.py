"""Addresses that stand in running text: where they begin and end, and what they lead to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from sitegen.fields import is_address

BARE_HOSTS = r"(?:www\.)?(?:github\.com|gitlab\.com|huggingface\.co|arxiv\.org|[A-Za-z0-9-]+\.github\.io)"
ADDRESS = re.compile(rf"(?<![A-Za-z0-9/.@-])(?:https?://|{BARE_HOSTS}/)(?:(?!&lt;)[^\s<>\"\\\x02\x03])+", re.ASCII)
"""An address with its scheme, or one of a few hosts that papers name without it."""

_CLOSERS = {")": "(", "]": "[", "}": "{"}
_TRAILING = ".,;:!?'\"*_`"


@dataclass(frozen=True, slots=True)
class FoundLink:
    """An address in a text. start, end: its place. address: with a scheme. kind: what it leads to."""

    start: int
    end: int
    address: str
    kind: str


def find_links(text: str) -> Iterator[FoundLink]:
    """Find the addresses in a text, without the punctuation that follows them.

    Addresses with a user name, and hosts that are not plain ASCII (they may look like another), are left as text.
    """
    for match in ADDRESS.finditer(text):
        shown = trimmed(match[0])
        address = shown if "://" in shown else f"https://{shown}"
        if is_address(address) and urlsplit(address).netloc.isascii():
            yield FoundLink(match.start(), match.start() + len(shown), address, kind_of(address))


def trimmed(address: str) -> str:
    """Cut off the sentence's punctuation, and closing brackets that were not opened inside the address.

    >>> trimmed("https://wuw2019.github.io/R-AMT/).")
    'https://wuw2019.github.io/R-AMT/'
    """
    end = len(address)
    unopened = {c: address.count(c) - address.count(o) for c, o in _CLOSERS.items()}
    while end:
        last = address[end - 1]
        if last in _TRAILING:
            end -= 1
        elif unopened.get(last, 0) > 0:
            unopened[last] -= 1
            end -= 1
        else:
            break
    return address[:end]


def kind_of(address: str) -> str:
    """Say what an address leads to: code, project, demo, data, model, paper, video or link."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.")
    if host == "huggingface.co":
        return _HUGGING_FACE.get(parts.path.lstrip("/").split("/")[0], "model")
    if host.endswith((".github.io", ".gitlab.io")):
        return "project"
    return _KINDS.get(host, "link")


_HUGGING_FACE = {"spaces": "demo", "datasets": "data", "papers": "paper"}
_KINDS = {
    "github.com": "code",
    "gitlab.com": "code",
    "bitbucket.org": "code",
    "arxiv.org": "paper",
    "doi.org": "paper",
    "youtube.com": "video",
    "youtu.be": "video",
    "zenodo.org": "data",
    "kaggle.com": "data",
}
