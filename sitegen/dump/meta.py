"""META, the lines that close a record: who (authors or organisation), `·`, the date and the count of comments.

`pieces` finds these lines; here they are read. What cannot be read is left out and said, never guessed.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from sitegen import urls
from sitegen.dump.lines import Line
from sitegen.paper import Organization
from sitegen.problems import Problem, warning

MAX_AUTHORS = 10_000
MAX_COMMENTS = 10_000_000
FIRST_YEAR = 1900
LAST_YEAR = 2100
MAX_NAME = 200
"""Characters of an organisation's name."""

DOT = "\N{MIDDLE DOT}"
_SHORT = 60
_WHO_LENGTH = 300


@dataclass(frozen=True, slots=True)
class DumpDate:
    """A date as a dump writes it; year is None where it was left out. Month, day and year make a real day."""

    month: int
    day: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Meta:
    """The lines of one META; a part that the dump lost is None. comments: a count on a line of its own."""

    who: Line | None
    dot: Line | None
    date: Line | None
    comments: Line | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines in order, each once."""
        parts = [part for part in (self.who, self.dot, self.date, self.comments) if part]
        return tuple({part.number: part for part in parts}.values())


@dataclass(frozen=True, slots=True)
class Facts:
    """What a META says, as far as it could be read."""

    authors: int | None = None
    organization: Organization | None = None
    date: DumpDate | None = None
    comments: int | None = None


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line in the form of a date. faults: what could not be read, in words. rest: what followed the day and year."""

    date: DumpDate | None
    comments: int | None
    faults: tuple[str, ...] = ()
    rest: str = ""


_MONTHS = "january february march april may june july august september october november december".split()
_MONTH_NUMBERS = {name[:length]: i for i, name in enumerate(_MONTHS, 1) for length in (3, len(name))} | {"sept": 9}
_DATE = re.compile(r"([A-Za-z]{3,9})\.?\s{0,4}([0-9]{1,12})(?:\s{0,4}(,)\s{0,4}([0-9]*))?")
_LEAP_YEAR = 2024
_GLUED = 3
"""Digits of a count that may be glued to a day; four would rather be a year without its comma."""
_NO_SUCH_DAY = "there is no such day; no date taken"


def parse_date_line(text: str) -> DateLine | None:
    """Read `Mon D[, YYYY][ COMMENTS]`; None when the line has not that form at all.

    >>> parse_date_line("Dec 5, 2024 2")
    DateLine(date=DumpDate(month=12, day=5, year=2024), comments=2, faults=(), rest='2')
    """
    found = _DATE.match(text)
    month = _MONTH_NUMBERS.get(found[1].lower()) if found else None
    if not found or not month:
        return None
    rest = text[found.end() :].strip()
    if found[3]:
        return _with_year(month, found[2], found[4], rest)
    return _without_year(month, found[2], rest)


def _with_year(month: int, day: str, year: str, rest: str) -> DateLine:
    """Read what follows a comma: four digits, and a count that may be glued to them."""
    glued = year[4:]
    if len(year) < len("2024") or not FIRST_YEAR <= int(year[:4]) <= LAST_YEAR or (glued and rest):
        return DateLine(None, *_comments(rest, f"the year {quoted(year)} cannot be right; no date taken"), rest)
    day_of_year = DumpDate(month, int(day), int(year[:4]))
    faults = () if _exists(day_of_year) else (_NO_SUCH_DAY,)
    return DateLine(None if faults else day_of_year, *_comments(glued or rest, *faults), glued or rest)


def _without_year(month: int, digits: str, rest: str) -> DateLine:
    """Read a day without a year. Glued digits are split after the longest day that exists, with a fault."""
    if len(digits) > len("31"):
        return _glued_day(month, digits, rest)
    day = DumpDate(month, int(digits), None)
    faults = () if _exists(day) else (_NO_SUCH_DAY,)
    return DateLine(None if faults else day, *_comments(rest, *faults), rest)


def _glued_day(month: int, digits: str, rest: str) -> DateLine:
    split = next((n for n in (2, 1) if _exists(DumpDate(month, int(digits[:n]), None))), 0)
    if not split or rest or len(digits) - split > _GLUED:
        return DateLine(None, *_comments(rest, _NO_SUCH_DAY), rest)
    fault = f"{quoted(digits)} was read as the day {digits[:split]} and a count glued to it"
    return DateLine(DumpDate(month, int(digits[:split]), None), *_comments(digits[split:], fault), digits[split:])


def _exists(day: DumpDate) -> bool:
    try:
        date(day.year or _LEAP_YEAR, day.month, day.day)
    except (ValueError, OverflowError):
        return False
    return True


def _comments(text: str, *faults: str) -> tuple[int | None, tuple[str, ...]]:
    """Read the count at the end of a date line, after the faults found so far. `new` opens the next page."""
    if text in {"", "new"}:
        return None, faults
    if not re.fullmatch("[0-9]{1,8}", text) or int(text) > MAX_COMMENTS:
        return None, (*faults, f"{quoted(text)} is no count of comments; none taken")
    count = int(text)
    if FIRST_YEAR <= count <= LAST_YEAR:
        faults = (*faults, f"{count} was read as a count of comments: a year stands after a comma")
    return count, faults


def quoted(text: str) -> str:
    """Quote a text in a message, its end cut off when it is long."""
    return f"'{text[:_SHORT]}...'" if len(text) > _SHORT else f"'{text}'"


_BULLETS = r"[•\-*–‣◦]"  # noqa: RUF001 -- an en dash is one of the bullets that copying leaves
_AUTHORS = re.compile(rf"(?P<bullet>{_BULLETS}\s{{0,8}})?(?P<count>[0-9]+)\s{{1,8}}authors?\Z")
_AUTHORS_CLAIMED = re.compile(rf"{_BULLETS}\s{{0,8}}.{{0,80}}\bauthors?\b")


def counts_authors(line: Line) -> bool:
    """Tell whether a line is a bullet and a count of authors, and nothing else."""
    found = _AUTHORS.match(line.text)
    return found is not None and found["bullet"] is not None


def claims_authors(line: Line) -> bool:
    """Tell whether a line wants to be an author count, well made or not."""
    return bool(_AUTHORS.match(line.text) or (len(line.text) <= _WHO_LENGTH and _AUTHORS_CLAIMED.match(line.text)))


def parse_authors(text: str) -> int | None:
    """Read `• N authors`; None when N is no count from 1 to `MAX_AUTHORS`."""
    found = _AUTHORS.match(text)
    if not found or len(found["count"]) > len(str(MAX_AUTHORS)):
        return None
    count = int(found["count"])
    return count if 1 <= count <= MAX_AUTHORS else None


def parse_organization(text: str) -> tuple[Organization, tuple[str, ...]]:
    """Read `HANDLE NAME`; the other value says in words what is odd about it.

    A lone token is a name and, where it can be one, the handle. Where the first token is no handle, the whole line is
    the name and its slug the handle.
    """
    first, _, rest = text.partition(" ")
    name = rest.strip() if urls.HANDLE.match(first) and rest.strip() else text
    faults = (
        ()
        if urls.HANDLE.match(first)
        else ("the organisation's handle cannot be told; the line was taken as its name",)
    )
    handle = first if urls.HANDLE.match(first) else urls.slugify(text[:MAX_NAME])
    if len(name) > MAX_NAME:
        faults = (*faults, f"the organisation's name was cut to {MAX_NAME} characters")
    return Organization(handle, name[:MAX_NAME].rstrip()), faults


_ORGANIZATION_WORDS = 25
_ABBREVIATED_WORDS = 8


def may_be_organization(line: Line, *, below_record: bool) -> bool:
    """Tell whether the line above `·` can name an organisation. below_record: a title and an abstract are above it."""
    words = line.text.split(maxsplit=_ORGANIZATION_WORDS)
    if line.text.endswith(".") and len(words) > _ABBREVIATED_WORDS:
        return False
    return below_record or len(words) <= _ORGANIZATION_WORDS


def facts(meta: Meta, path: str) -> tuple[Facts, list[Problem]]:
    """Read a META. What is missing or cannot be read is left out, and a warning says so; nothing is guessed."""
    at = meta.lines[0].number
    read, problems = _who(meta.who, at, path)
    dated = parse_date_line(meta.date.text) if meta.date else None
    if meta.date and not dated:
        problems.append(warning(path, meta.date.number, f"{quoted(meta.date.text)} is no date; write Mon D, YYYY"))
    elif not meta.date:
        problems.append(warning(path, meta.lines[-1].number, "a record without a date; it stays undated"))
    elif not meta.dot:
        problems.append(warning(path, meta.date.number, f"'{DOT}' is missing above the date"))
    if dated and meta.date:
        problems += [warning(path, meta.date.number, fault) for fault in dated.faults]
        read = replace(read, date=dated.date, comments=dated.comments)
    if meta.comments:
        count, faults = _comments(meta.comments.text)
        problems += [warning(path, meta.comments.number, fault) for fault in faults]
        read = replace(read, comments=count)
    return read, problems


def _who(line: Line | None, at: int, path: str) -> tuple[Facts, list[Problem]]:
    if line is None:
        return Facts(), [warning(path, at, "neither authors nor an organisation stand above the date")]
    if claims_authors(line):
        authors = parse_authors(line.text)
        if authors:
            return Facts(authors=authors), []
        return Facts(), [warning(path, line.number, f"{quoted(line.text)} is no count of authors; none taken")]
    organization, faults = parse_organization(line.text)
    return Facts(organization=organization), [warning(path, line.number, fault) for fault in faults]
