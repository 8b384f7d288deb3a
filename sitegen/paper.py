"""What is known of a paper, whoever said it."""

import datetime as dt
import enum
import functools
import hashlib
import re
import unicodedata
from dataclasses import dataclass


class YearOrigin(enum.StrEnum):
    """How the year of a paper's date is known."""

    EXPLICIT = "explicit"
    """Written in the dump, or settled: the capture's year is known and the dump left it out."""
    INFERRED = "inferred"
    """The smallest year that fits what the dumps say."""
    ABSENT = "absent"
    """The record has no date."""


@dataclass(frozen=True, slots=True)
class Organization:
    """Who a paper comes from, where the listing names an organisation instead of counting authors.

    handle: `[A-Za-z0-9._-]{1,96}`, such as "openbmb". name: as shown, such as "OpenBMB".
    """

    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """One record that spoke of a paper: where it stands and what was taken from it.

    dump: the file's name in content/dumps/. line: of the record's title, from 1. captured: the day of the capture.
    comments: as that record counted them, None when it showed none. gave: the fields of the paper that came from it.
    """

    dump: str
    line: int
    captured: dt.date | None = None
    comments: int | None = None
    year: YearOrigin = YearOrigin.ABSENT
    gave: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as dumps tell it. Texts are plain Unicode, as the dump has them, lines of a paragraph joined by spaces.

    authors: how many. comments: the newest count, None where none was ever shown. sources: newest capture first.
    """

    title: str
    abstract: str
    date: dt.date | None = None
    authors: int | None = None
    organization: Organization | None = None
    comments: int | None = None
    sources: tuple[Source, ...] = ()


@functools.lru_cache(maxsize=1 << 14)  # every step of an import asks for it again
def title_key(title: str) -> str:
    """Give the key by which a paper is known across dumps: NFKC, casefolded, alphanumerics only.

    >>> title_key("Self-Forcing++: Towards Minute-Scale")
    'selfforcingtowardsminutescale'

    A title without any letter or digit has a key made of its hash.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", title).casefold())
    key = "".join(_ALPHANUMERICS.findall(folded))
    return key or "x" + hashlib.sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:16]


_ALPHANUMERICS = re.compile(r"[^\W_]+")
