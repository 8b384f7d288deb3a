"""Every address of the site and every path under the output folder; nothing else spells one.

A *path* is an address under the site's root without a leading slash: "" is the home page, "topics/nlp/" a topic,
"atom.xml" a file. Addresses are final: what is published stays, what moves leaves a redirect.
"""

import hashlib
import re
import unicodedata
from datetime import date
from pathlib import PurePath

SLUG_LENGTH = 80
SLUG = re.compile(r"[a-z0-9]+(?:[-.]?[a-z0-9]+)*\Z")
HANDLE = re.compile(r"[A-Za-z0-9._-]{1,96}\Z")
UNDATED = "undated"
UNDATED_PAPERS = f"papers/{UNDATED}/"
DISCUSSED_PAPERS = "papers/discussed/"
TRENDING_PAPERS = "papers/trending/"

RESERVED = frozenset(
    """404 assets atom card catalogue changes dates feed index keyboard map offline organizations page papers quality
    reading-list robots search site sitemap stats subscribed sw topics _headers _redirects _sitegen .sitegen""".split()
)
"""First segments that belong to the site itself; a page that claims one is an error."""

_NUMBERED_DEVICES = frozenset(f"{device}{n}" for device in ("com", "lpt") for n in range(10))
_WINDOWS_DEVICES = frozenset({"con", "prn", "aux", "nul", "clock"}) | _NUMBERED_DEVICES
_NO_NAMES = _WINDOWS_DEVICES | {"index.html", "citations.bib", "citations.json", "citations.ris"}
"""Slugs that would stand in the way of a file: a device of some system, or a file of the folder above."""


def slugify(text: str) -> str:
    """Give the slug of a title: ASCII, lower case, words joined by hyphens, at most 80 characters, never empty.

    >>> slugify("Densing Law of LLMs")
    'densing-law-of-llms'
    """
    joined = text.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    ascii_text = unicodedata.normalize("NFKD", joined).encode("ascii", "ignore").decode("ascii").lower()
    slug = _shortened(re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-"))
    if not slug:
        return "paper-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug}-paper" if slug in _WINDOWS_DEVICES else slug


def file_slug(name: str) -> str:
    """Give the slug of a page's file, by its name: what stands before the ending, if it is one, else made of it."""
    stem = unicodedata.normalize("NFC", PurePath(name).stem)
    return stem if is_slug(stem) else slugify(stem)


def _shortened(slug: str) -> str:
    """Cut at a word's end where there is one in the second half."""
    if len(slug) <= SLUG_LENGTH:
        return slug
    cut = slug.rfind("-", SLUG_LENGTH // 2, SLUG_LENGTH + 1)
    return slug[: cut if cut > 0 else SLUG_LENGTH].strip("-")


def is_slug(text: str) -> bool:
    """Tell whether a text may name a paper, a topic or a page."""
    return len(text) <= SLUG_LENGTH and SLUG.match(text) is not None and text not in _NO_NAMES


def is_reserved(slug: str) -> bool:
    """Tell whether a page's first segment belongs to the site: its own folders and files, and the years."""
    return slug.partition(".")[0] in RESERVED or re.fullmatch(r"\d{4}", slug) is not None


def year_folder(day: date | None) -> str:
    """Give the folder of a paper: its year, or "undated"."""
    return f"{day.year:04d}" if day else UNDATED


def paper(folder: str, slug: str) -> str:
    """Give a paper's path: papers/2024/densing-law-of-llms/."""
    return f"papers/{folder}/{slug}/"


def topic(slug: str) -> str:
    """Give a topic's path."""
    return f"topics/{slug}/"


def organization_slug(handle: str) -> str:
    """Give the folder of an organisation. Hosts and file systems that fold case must not see two of them.

    >>> organization_slug("CarnegieMellonU")
    'carnegiemellonu'

    A handle that is no slug in lower case gets a hash behind it, so that a_b and a-b stay two.
    """
    slug = handle.lower()
    if is_slug(slug):
        return slug
    return f"{slugify(handle)[: SLUG_LENGTH - 7].rstrip('-')}-{hashlib.sha256(slug.encode()).hexdigest()[:6]}"


def organization(handle: str) -> str:
    """Give an organisation's path."""
    return f"organizations/{organization_slug(handle)}/"


def year(y: int) -> str:
    """Give a year's path: 2024/."""
    return f"{y:04d}/"


def month(y: int, m: int) -> str:
    """Give a month's path: 2024/12/."""
    return f"{y:04d}/{m:02d}/"


def day(d: date) -> str:
    """Give a day's path: 2024/12/05/."""
    return f"{d.year:04d}/{d.month:02d}/{d.day:02d}/"


def map_points(digest: str) -> str:
    """Give the path of the file that the map is drawn from; its name holds the hash of its bytes."""
    return f"map/points/{digest}.json"


def atom_feed(path: str) -> str:
    """Give the path of the Atom feed of a listing, "" for that of everything."""
    return f"{path}atom.xml"


def json_feed(path: str) -> str:
    """Give the path of the JSON feed of a listing."""
    return f"{path}feed.json"


SERVICE_WORKER = "sw.js"
WEB_MANIFEST = "site.webmanifest"
OFFLINE_PACKS = "offline/packs.json"
ARCHIVE = "site.zip"
CATALOGUE = "catalogue.json"
CATALOGUE_INDEX = "catalogue/index.json"


def catalogue_part(year: str, number: int) -> str:
    """Give the path of a part of the catalogue's data. number: from 1, from the oldest papers of a year on."""
    return f"catalogue/{year}-{number}.json"


def offline_pack(name: str) -> str:
    """Give the path of a part of the site to be kept offline. name: a hash of what it holds."""
    return f"offline/packs/{name}.pack"


def card(path: str) -> str:
    """Give the path of the picture of a page, "" for that of the whole site."""
    return f"{path}card.png"


def week(d: date) -> str:
    """Give the path of the week that a day is in, by ISO 8601: its year may be a neighbour of the day's.

    >>> week(date(2024, 12, 30))
    '2025/W01/'
    """
    iso = d.isocalendar()
    return f"{iso.year:04d}/W{iso.week:02d}/"


def listing_page(path: str, number: int) -> str:
    """Give the path of a listing's page; the first is the listing itself."""
    return path if number == 1 else f"{path}page/{number}/"


def citation(path: str, ending: str) -> str:
    """Give the file of a paper's citation, beside its page: papers/2024/densing-law-of-llms/citation.bib."""
    return f"{path}citation.{ending}"


def citations(path: str, ending: str, part: int = 1) -> str:
    """Give the file of the citations of a listing, beside its first page; long ones have several parts."""
    return f"{path}citations{'' if part == 1 else f'-{part}'}.{ending}"


def catalogue_bibtex(part: int = 1) -> str:
    """Give the file of all citations as BibTeX; a large catalogue has several parts."""
    return "catalogue.bib" if part == 1 else f"catalogue/{part}.bib"


def output_file(path: str) -> str:
    """Give the file under the output folder that answers a path."""
    return f"{path}index.html" if path == "" or path.endswith("/") else path


def to_root(path: str) -> str:
    """Give the relative address of the site's root as seen from a path: links made with it work under any sub-path.

    >>> to_root("topics/nlp/"), to_root(""), to_root("atom.xml")
    ('../../', './', './')
    """
    return "../" * path.count("/") or "./"
