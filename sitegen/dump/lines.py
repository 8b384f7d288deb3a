"""The lines of a dump before anyone knows what they mean: cleaned, numbered, gathered into paragraphs.

A paragraph is a run of lines without a blank one between them. What the listing's page shows around its papers
(menus, banner, upvotes, footer) is known by its wording and marked here; `roles` decides whether such wording is
in fact a title.
"""

import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sitegen.problems import Problem, warning

TITLE_LENGTH = 250
"""Characters; a longer paragraph is hardly a title."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line with something on it: its number in the file, from 1, and its text without white space around it."""

    number: int
    text: str


class Look(enum.Enum):
    """What a paragraph looks like by itself."""

    PLAIN = enum.auto()
    """Short, and no sentence: a title, as a rule."""
    SENTENCE = enum.auto()
    """Short, and ends as sentences and their parts do: with a full stop, a comma or a semicolon."""
    LONG = enum.auto()
    """Past `TITLE_LENGTH`: an abstract, as a rule."""
    WORD = enum.auto()
    """Page furniture that could be a title all the same: "Models"."""
    FURNITURE = enum.auto()
    """Page furniture that is hardly ever a title: an upvote count, "Log In"."""
    ASIDE = enum.auto()
    """Known by its place: the query after the byline, the name after "Submitted by"."""
    BANNER = enum.auto()
    """Opens the page's header; never part of a record."""


NOISE = frozenset({Look.WORD, Look.FURNITURE, Look.ASIDE, Look.BANNER})
"""Looks that may be left out without a word."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together.

    furniture: how many of the first lines are page furniture when the rest is a title (upvotes, who submitted).
    """

    lines: tuple[Line, ...]
    look: Look
    furniture: int = 0

    @property
    def title(self) -> str:
        """The text without the furniture above it, lines joined by a space."""
        return joined(self.lines[self.furniture :])

    @property
    def text(self) -> str:
        """The whole text, lines joined by a space."""
        return joined(self.lines)


def joined(lines: Iterable[Line]) -> str:
    """Join the lines of a wrapped paragraph."""
    return " ".join(line.text for line in lines)


_BYTE_ORDER_MARK = "\ufeff"
_LINE_BREAKS = re.compile("[\x85\u2028\u2029]")
_NONCHARACTERS = "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
_REMOVED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}\U000e0000-\U000e007f]")
_INVISIBLE = re.compile("[\\s\u200b-\u200f\u2060\ufeff]*\\Z")
_SHOWN_CODES = 4


def cleaned(raw: str, number: int, path: str) -> tuple[str, Problem | None]:
    """Take out what no page may hold; the other value is a warning that names it.

    Removed are control characters, noncharacters and tag characters (U+E0000 to U+E007F). No-break spaces and the
    line breaks that are no line ends here (U+0085, U+2028, U+2029) become spaces. Bidirectional controls stay.
    """
    text = raw.rstrip("\r\n").removeprefix(_BYTE_ORDER_MARK).replace("\N{NO-BREAK SPACE}", " ")
    if text.isprintable():  # the common case, told apart in a tenth of the time
        return text.strip(), None
    text = _LINE_BREAKS.sub(" ", text)
    first = _REMOVED.search(text)
    if first is None:
        return text.strip(), None
    codes = sorted({f"U+{ord(c):04X}" for c in _REMOVED.findall(text)})
    names = ", ".join(codes[:_SHOWN_CODES]) + (", ..." if len(codes) > _SHOWN_CODES else "")
    problem = warning(path, number, f"characters that no page may hold were removed: {names}", first.start() + 1)
    return _REMOVED.sub("", text).strip(), problem


def paragraphs(lines: Iterable[str], path: str) -> Iterator[tuple[Line, ...] | Problem]:
    """Gather numbered lines into paragraphs, as they come; a warning stands before its paragraph.

    Banner, byline and the mark of a cut are paragraphs of their own.
    """
    gathered: list[Line] = []
    for number, raw in enumerate(lines, start=1):
        text, problem = cleaned(raw, number, path)
        if problem:
            yield problem
        alone = _stands_alone(text)
        if gathered and (alone or _INVISIBLE.match(text)):
            yield tuple(gathered)
            gathered = []
        if alone:
            yield (Line(number, text),)
        elif not _INVISIBLE.match(text):
            gathered.append(Line(number, text))
    if gathered:
        yield tuple(gathered)


_MENU_WORDS = frozenset(
    """new Models Datasets Spaces Docs Pricing Community Posts Buckets Enterprise Solutions Daily Weekly Monthly
    Trending Papers Log In Sign Up Subscribe Search Upvote by AK Previous Next System theme Theme Company About Jobs
    Careers Website Privacy TOS Terms Thumbnail Image Avatar Logo / |""".split()
)
_FIRM = frozenset(
    {
        "Daily Papers",
        "Hugging Face",
        "Hugging Face's logo",
        "Log In",
        "Sign Up",
        "System theme",
        "Terms of Service",
        "Trending Papers",
    }
)
_MENU_LENGTH = 200

_UPVOTES = re.compile(r"(?:[0-9]{1,6}|[0-9]{1,4}(?:\.[0-9])?k|-)\Z")
_SUBMITTED = re.compile(r"Submitted by:?(?P<name>\s\S.*)?\Z")
_LABEL = re.compile(r"(?:!\[[^\]]*\]\([^)]*\)|\S{1,60} (?:avatar|logo)|Week [0-9]{1,2})\Z")
_INVITATION = "Get trending papers in your email inbox!"
_BYLINE = re.compile(r"(?:by\s*AK\s+)?and the research community\Z|by\s*AK\s+and \S.{0,80}\Z")
_CUT = "[Content truncated]"


def _stands_alone(text: str) -> bool:
    """Tell whether a line is never part of a paragraph, even if no blank lines are around it."""
    return len(text) <= _MENU_LENGTH and (text in {_CUT, _INVITATION} or _BYLINE.match(text) is not None)


def is_byline(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph ends with the byline of the page's header: a query may follow."""
    return paragraph.look is Look.BANNER and _BYLINE.match(paragraph.lines[-1].text) is not None


def asks_for_name(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph ends with "Submitted by" and the name is still to come."""
    found = _SUBMITTED.match(paragraph.lines[-1].text)
    return found is not None and found["name"] is None


def _furniture(lines: tuple[Line, ...]) -> int:
    """Count the lines at the top that stand over a title: upvotes, "Submitted by" and its name."""
    count = 0
    while count < len(lines) and len(lines[count].text) <= _MENU_LENGTH:
        submitted = _SUBMITTED.match(lines[count].text)
        if not submitted and not _UPVOTES.match(lines[count].text):
            break
        count += 2 if submitted and submitted["name"] is None else 1
    return min(count, len(lines))


def _line_look(text: str) -> Look | None:
    """Say which furniture one line is."""
    if len(text) > _MENU_LENGTH:
        return None
    if text == _INVITATION or _BYLINE.match(text):
        return Look.BANNER
    if text == _CUT or text in _FIRM or _UPVOTES.match(text) or _SUBMITTED.match(text):
        return Look.FURNITURE
    return Look.WORD if _LABEL.match(text) or _MENU_WORDS.issuperset(text.split()) else None


def paragraph(lines: tuple[Line, ...], *, aside: bool = False) -> Paragraph:
    """Make a paragraph with its look. aside: it stands where a query or a name may stand."""
    furniture = _furniture(lines)
    if furniture == len(lines):
        return Paragraph(lines, Look.FURNITURE)
    looks = {_line_look(line.text) for line in lines[furniture:]}
    if None not in looks:
        look = next(x for x in (Look.BANNER, Look.FURNITURE, Look.WORD) if x in looks)
        return Paragraph(lines, look, furniture)
    text = joined(lines[furniture:])
    sentence = text.endswith((".", ",", ";"))
    if aside and len(text) <= TITLE_LENGTH and not sentence:
        return Paragraph(lines, Look.ASIDE, furniture)
    if len(text) > TITLE_LENGTH:
        return Paragraph(lines, Look.LONG, furniture)
    return Paragraph(lines, Look.SENTENCE if sentence else Look.PLAIN, furniture)
