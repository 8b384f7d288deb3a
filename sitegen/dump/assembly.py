"""Records of a dump, put together from its pieces."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from sitegen.dump.lines import NOISE, Line, Look, Paragraph, asks_for_name, is_byline, paragraph
from sitegen.dump.meta import DumpDate, Facts, Meta, claims_authors, facts, may_be_organization, parse_date_line, quoted
from sitegen.dump.pieces import Piece, Text
from sitegen.dump.roles import Ending, Role, assign_roles
from sitegen.paper import Organization, title_key
from sitegen.problems import Problem, note, warning

LONG_ABSTRACT = 20_000
"""Characters; a longer abstract is doubted."""
_RECORD = 2
"""Paragraphs of a whole record above its META: title and abstract."""
_PENDING = 32
"""Paragraphs that may wait for their META; with more, the oldest are read as they stand."""


@dataclass(frozen=True, slots=True)
class Header:
    """The day that a listing page shows over its papers, "Oct 28": no year."""

    month: int
    day: int
    line: int


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as one dump lists it; what the dump does not say is None.

    line: of the title. date_line: of the date, or the title's where there is none. dump: the file's name.
    """

    title: str
    abstract: str
    authors: int | None
    organization: Organization | None
    date: DumpDate | None
    comments: int | None
    line: int
    date_line: int
    dump: str


Item: TypeAlias = Header | Record | Problem


@dataclass(slots=True)
class Assembly:
    """Puts pieces together: paragraphs wait until the META, header or end after them says what they are."""

    dump: str
    path: str
    pending: list[Paragraph] = field(default_factory=list)
    in_header: bool = True
    aside_next: bool = False

    def take(self, piece: Piece | Problem) -> Iterator[Item]:
        """Take the next piece, and give what has become clear."""
        if isinstance(piece, Problem):
            yield piece
        elif isinstance(piece, Meta):
            yield from self._take_meta(piece)
        else:
            yield from self._take_text(piece)

    def close(self, ending: Ending, meta: Meta | None = None) -> Iterator[Item]:
        """Give all that waits, as records and problems."""
        waiting, self.pending = self.pending, []
        yield from self._items(waiting, assign_roles(waiting, ending), meta)

    def _take_meta(self, meta: Meta) -> Iterator[Item]:
        alone = meta.date if not meta.who and not meta.dot else None
        if self.in_header and alone:
            yield from self._header(alone)
        elif not meta.dot and len(self._texts()) < _RECORD:
            yield from self._take_text(meta.lines)
        else:
            yield from self.close(Ending.META, self._completed(meta))
            self.in_header = False

    def _take_text(self, lines: Text) -> Iterator[Item]:
        day = parse_date_line(lines[0].text) if self.in_header else None
        if day and day.date and not day.rest:
            yield from self._header(lines[0])
            lines = lines[1:]
        if not lines:
            return
        taken = paragraph(lines, aside=self.aside_next)
        if taken.look is Look.BANNER:
            yield from self.close(Ending.END)
            self.in_header, self.aside_next = True, is_byline(taken)
            return
        self.in_header = self.in_header and taken.look in NOISE
        self.aside_next = asks_for_name(taken) or (self.aside_next and taken.look in NOISE - {Look.ASIDE})
        self.pending.append(taken)
        if len(self.pending) >= _PENDING:
            yield from self._relieve()

    def _header(self, line: Line) -> Iterator[Item]:
        """Read the page's own day, and leave its header."""
        self.in_header = self.aside_next = False
        said = parse_date_line(line.text)
        if not said or not said.date:
            yield warning(self.path, line.number, f"the page's day {quoted(line.text)} does not exist; none taken")
            return
        if said.date.year:
            yield warning(self.path, line.number, "the year of the page's day is not used: put it into the file's name")
        yield Header(said.date.month, said.date.day, line.number)

    def _texts(self) -> list[Paragraph]:
        """Give what waits and is not noise."""
        return [taken for taken in self.pending if taken.look not in NOISE]

    def _completed(self, meta: Meta) -> Meta:
        """Mend a blank line too much above `·` (below an organisation) and too few below a title or an abstract."""
        texts = self._texts()
        enough = len(texts) >= _RECORD
        if meta.who and not claims_authors(meta.who) and not may_be_organization(meta.who, below_record=enough):
            self.pending.append(paragraph((meta.who,)))
            return replace(meta, who=None)
        if len(texts) == 1 and texts[0] is self.pending[-1] and len(texts[0].lines) - texts[0].furniture > 1:
            self.pending[-1:] = _parted(texts[0])
        elif not meta.who and meta.dot and texts and _is_torn_organization(texts):
            meta = replace(meta, who=self.pending.pop().lines[0])
        return meta

    def _relieve(self) -> Iterator[Item]:
        """Give all but the record at hand, when too much waits."""
        roles = assign_roles(self.pending, Ending.MORE)
        last = max((i for i, role in enumerate(roles) if role is Role.TITLE), default=0) or len(roles) - 2
        given, self.pending = self.pending[:last], self.pending[last:]
        yield from self._items(given, roles[:last], None)

    def _items(self, waiting: list[Paragraph], roles: list[Role], meta: Meta | None) -> Iterator[Item]:
        """Make records of paragraphs and their roles; the META belongs to the last one."""
        items: list[Item] = list(self._strays(waiting, roles))
        drafts = _drafts(waiting, roles)
        open_end = next((role for role in reversed(roles) if role is not Role.FURNITURE), Role.STRAY)
        if meta and open_end is Role.STRAY:
            why = "the end of a record without a title and an abstract above it"
            items += [self._skipped(line, why) for line in meta.lines]
        for draft in drafts:
            closed = meta if draft is drafts[-1] and open_end is not Role.STRAY else None
            items += draft.record(self.dump, self.path, closed)
        yield from sorted(items, key=_line)

    def _strays(self, waiting: list[Paragraph], roles: list[Role]) -> Iterator[Problem]:
        """Report what is neither record nor known noise. A picture's text that repeats the title below it is known."""
        for i, role in enumerate(roles):
            if role is Role.STRAY and not (roles[i + 1 : i + 2] == [Role.TITLE] and _repeats(*waiting[i : i + 2])):
                for line in waiting[i].lines[waiting[i].furniture :]:
                    yield self._skipped(line, "neither part of a record nor known page furniture")

    def _skipped(self, line: Line, why: str) -> Problem:
        return warning(self.path, line.number, f"skipped, {why}: {quoted(line.text)}")


def _repeats(above: Paragraph, title: Paragraph) -> bool:
    return title_key(above.title) == title_key(title.title)


def _line(item: Item) -> int:
    return item.line


@dataclass(slots=True)
class _Draft:
    """A title and the paragraphs of its abstract."""

    title: Paragraph
    abstract: list[Paragraph] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The number of the title's first line."""
        return self.title.lines[self.title.furniture].number

    def record(self, dump: str, path: str, meta: Meta | None) -> Iterator[Record | Problem]:
        """Make the record, and remarks on what is odd about it."""
        read, problems = facts(meta, path) if meta else (Facts(), [self._without_meta(path)])
        yield from problems
        yield from self._doubts(path)
        day = (meta.date or meta.lines[-1]).number if meta else self.line
        yield Record(
            title=self.title.title,
            abstract=" ".join(part.text for part in self.abstract),
            authors=read.authors,
            organization=read.organization,
            date=read.date,
            comments=read.comments,
            line=self.line,
            date_line=day,
            dump=dump,
        )

    def _without_meta(self, path: str) -> Problem:
        return note(path, self.line, "this record ends without authors and date; it is kept, undated")

    def _doubts(self, path: str) -> Iterator[Problem]:
        """Report shapes that point at a damaged dump."""
        if self.title.look is Look.LONG:
            yield warning(path, self.line, f"a title of {len(self.title.title)} characters: is it an abstract?")
        if not self.abstract:
            yield warning(path, self.line, "this record has no abstract")
            return
        first = self.abstract[0]
        if first.lines[0].number == self.title.lines[-1].number + 1:
            yield warning(path, self.line, "no blank line below the title; its first line was taken")
        size = sum(len(part.text) for part in self.abstract)
        if size > LONG_ABSTRACT:
            yield warning(path, first.lines[0].number, f"an abstract of {size} characters: is it one abstract?")
        if first.look not in {Look.LONG, Look.SENTENCE}:
            yield warning(path, first.lines[0].number, f"an abstract that reads like a title: {quoted(first.text)}")
        for more in self.abstract[1:]:
            said = "read as more of the abstract above, where no blank line belongs"
            yield warning(path, more.lines[0].number, f"{said}: {quoted(more.text)}")


def _parted(taken: Paragraph) -> list[Paragraph]:
    """Read the first line as the title and the others as the abstract: the blank line between them is lost."""
    first = taken.furniture + 1
    return [paragraph(taken.lines[:first]), paragraph(taken.lines[first:])]


def _is_torn_organization(texts: list[Paragraph]) -> bool:
    """Tell whether a short line follows a title and an abstract: it is no part of them."""
    enough = len(texts) > _RECORD and texts[-2].look in {Look.LONG, Look.SENTENCE}
    return enough and texts[-1].look is Look.PLAIN and len(texts[-1].lines) == 1


def _drafts(waiting: list[Paragraph], roles: list[Role]) -> list[_Draft]:
    drafts: list[_Draft] = []
    for taken, role in zip(waiting, roles, strict=True):
        if role is Role.TITLE:
            drafts.append(_Draft(taken))
        elif role in {Role.ABSTRACT, Role.CONTINUED}:
            drafts[-1].abstract.append(taken)
    return drafts
