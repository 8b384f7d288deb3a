"""Where a dump's METAs stand: paragraphs are cut into text and METAs, and METAs torn by blank lines are joined.

The anchor is `·` with a date below or beside it. Without an anchor only a whole line in the form of META counts, so
that an abstract may speak of authors and dates.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

from sitegen.dump.lines import Line
from sitegen.dump.meta import DOT, Meta, claims_authors, counts_authors, may_be_organization, parse_date_line
from sitegen.problems import Problem
from sitegen.urls import HANDLE

_DATE_LENGTH = 60
_WHO_LENGTH = 300
_MARKS = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060"))

Text: TypeAlias = tuple[Line, ...]
Piece: TypeAlias = Text | Meta


@dataclass(frozen=True, slots=True)
class _Found:
    """A META and the lines of the paragraph that it takes: from begin to before end."""

    meta: Meta
    begin: int
    end: int


def split(lines: Text) -> Iterator[Piece]:
    """Cut a paragraph into text and METAs: a blank line may be lost above or below a META."""
    start = at = 0
    while at < len(lines):
        found = _meta_at(lines, start, at)
        if found is None:
            at += 1
            continue
        if found.begin > start:
            yield lines[start : found.begin]
        yield found.meta
        start = at = found.end
    if start < len(lines):
        yield lines[start:]


def _meta_at(lines: Text, start: int, at: int) -> _Found | None:
    """Find the META whose anchor is lines[at]; lines before start belong to an earlier one."""
    text = lines[at].text.translate(_MARKS).strip() if len(lines[at].text) <= _DATE_LENGTH else lines[at].text
    if text == DOT:
        return _below_dot(lines, start, at)
    if DOT in text:
        return _beside_dot(lines, start, at)
    return _without_dot(lines, start, at)


def _below_dot(lines: Text, start: int, at: int) -> _Found | None:
    """Read `·` on its own line: the date is below it."""
    who = _who_above(lines, start, at)
    below = lines[at + 1] if at + 1 < len(lines) else None
    dated = below is not None and parse_date_line(below.text) is not None
    claimed = who is not None and claims_authors(who)
    # A whole paragraph of WHO, dot and one short line can only be a META, even if its date is none.
    framed = below is not None and len(lines) == at + 2 and len(below.text) <= _DATE_LENGTH
    if not (dated or claimed or (framed and who is not None) or len(lines) == 1):
        return None
    day = below if dated or framed else None
    return _with_count(lines, Meta(who, lines[at], day), at + (2 if day else 1), at - (1 if who else 0))


def _beside_dot(lines: Text, start: int, at: int) -> _Found | None:
    """Read `· DATE` and `WHO · DATE` on one line: nothing else may stand there."""
    left, _, right = lines[at].text.rpartition(DOT)
    here, left = lines[at], left.strip()
    if not _whole_date(right.strip()):
        return None
    if not left:
        who = _who_above(lines, start, at)
        return _with_count(lines, Meta(who, here, replace(here, text=right.strip())), at + 1, at - (1 if who else 0))
    who = Line(here.number, left)
    day = parse_date_line(right.strip())
    if not day or day.faults or not (counts_authors(who) or _names_organization(who)):
        return None
    return _with_count(lines, Meta(who, here, Line(here.number, right.strip())), at + 1, at)


def _without_dot(lines: Text, start: int, at: int) -> _Found | None:
    """Read a count of authors with the date right below it or with nothing, and a date all alone."""
    if counts_authors(lines[at]):
        below = lines[at + 1] if at + 1 < len(lines) else None
        if below is None:
            return _Found(Meta(lines[at], None, None), at, at + 1)
        if _whole_date(below.text):
            return _with_count(lines, Meta(lines[at], None, below), at + 2, at)
        return None
    if len(lines) == 1 and start == at and _whole_date(lines[at].text):
        return _Found(Meta(None, None, lines[at]), at, at + 1)
    return None


def _whole_date(text: str) -> bool:
    """Tell whether a line is a date and at most one word more."""
    if len(text) > _DATE_LENGTH:
        return False
    day = parse_date_line(text)
    return day is not None and len(day.rest.split()) <= 1


def _who_above(lines: Text, start: int, at: int) -> Line | None:
    """Give the line above `·`, where it is authors, or an organisation, or begins its paragraph."""
    if at == start:
        return None
    above = lines[at - 1]
    return above if at - 1 == start or claims_authors(above) or _names_organization(above) else None


def _names_organization(line: Line) -> bool:
    """Tell whether a line that is not alone in its paragraph has the form HANDLE NAME."""
    handle = HANDLE.match(line.text[:_WHO_LENGTH].partition(" ")[0])
    return len(line.text) <= _WHO_LENGTH and bool(handle) and may_be_organization(line, below_record=False)


def _with_count(lines: Text, meta: Meta, end: int, begin: int) -> _Found:
    """Take the line below as the count of comments, where it is a number and the date has none beside it."""
    day = parse_date_line(meta.date.text) if meta.date else None
    below = lines[end] if end < len(lines) else None
    if day and not day.rest and below and below.text.isascii() and below.text.isdecimal():
        return _Found(replace(meta, comments=below), begin, end + 1)
    return _Found(meta, begin, end)


def pieces(paragraphs: Iterable[Text | Problem]) -> Iterator[Piece | Problem]:
    """Cut paragraphs into pieces and join METAs whose lines stand apart: authors, `·`, date."""
    held: Meta | None = None
    for piece in chain.from_iterable(map(_cut, paragraphs)):
        if held and isinstance(piece, Meta):
            union = _joined(held, piece)
            if union is None:
                yield _alone(held, piece)
            held = union or piece
        elif isinstance(piece, Meta):
            held = piece
        else:
            if held and not isinstance(piece, Problem):
                yield _alone(held, None)
                held = None
            yield piece
    if held:
        yield _alone(held, None)


def _cut(paragraph: Text | Problem) -> Sequence[Piece | Problem]:
    return [paragraph] if isinstance(paragraph, Problem) else list(split(paragraph))


def _joined(upper: Meta, lower: Meta) -> Meta | None:
    """Join two METAs, the lower of which begins where the upper one breaks off."""
    parts = (upper.who, upper.dot, upper.date), (lower.who, lower.dot, lower.date)
    last = max(i for i, part in enumerate(parts[0]) if part)
    first = min(i for i, part in enumerate(parts[1]) if part)
    if first != last + 1 or not (upper.dot or lower.dot):
        return None
    return Meta(upper.who or lower.who, upper.dot or lower.dot, upper.date or lower.date, lower.comments)


def _alone(meta: Meta, following: Meta | None) -> Piece:
    """Give what a held META is: text, when it is `·` alone, or has no `·` and a META with its own WHO follows."""
    if meta.who is None and meta.date is None:
        return meta.lines
    overruled = meta.dot is None and following is not None and following.who is not None
    return meta.lines if overruled else meta
