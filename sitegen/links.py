"""Addresses that stand in running text: where they begin and end, and what they lead to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from sitegen.fields import is_address

BARE_HOSTS = r"(?:www\.)?(?:github\.com|gitlab\.com|huggingface\.co|arxiv\.org|[A-Za-z0-9-]+\.github\.io)"
ADDRESS = re.compile(rf"(?<![A-Za-z0-9/.@-])(?:https?://|{BARE_HOSTS}/)(?:(?!&lt;)[^\s<>\"\\\x02\x03])+")
"""An address with its scheme, or one of a few hosts that papers name without it; any white space ends it."""

NOT_BEFORE_ADDRESS = "<=\"'"
"""Before an address on a page these are signs of an HTML tag, so it is left alone."""

_CLOSERS = {")": "(", "]": "[", "}": "{"}
_TRAILING = ".,;:!?'\"*_`"


@dataclass(frozen=True, slots=True)
class FoundLink:
    """An address in a text. start, end: its place. address: with a scheme. kind: what it leads to."""

    start: int
    end: int
    address: str
    kind: str


def addresses(text: str) -> Iterator[re.Match[str]]:
    """Find what has the form of an address, its punctuation included: every match of ADDRESS, in order.

    An address has a slash and no blank, so only the stretches between blanks that have a slash are looked at.
    """
    end = 0
    while (slash := text.find("/", end)) >= 0:
        start = max(end, text.rfind(" ", end, slash) + 1)
        blank = text.find(" ", slash)
        end = len(text) if blank < 0 else blank
        yield from ADDRESS.finditer(text, start, end)


def find_links(text: str) -> Iterator[FoundLink]:
    """Find the addresses in a text, without the punctuation that follows them.

    Addresses with a user name, and hosts that are not plain ASCII (they may look like another), are left as text.
    """
    for match in addresses(text):
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
