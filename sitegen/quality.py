"""What of a paper a curator could better: doubtful, missing, or damaged on the way from the listing to the page."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from sitegen.content import Page
from sitegen.paper import YearOrigin
from sitegen.topics import Assignment


class FlawKind(StrEnum):
    """What is wrong, in the order in which a curator would look at it."""

    CONTESTED = "contested"
    """A dump says something newer than the page, which was edited by hand."""
    UNDATED = "undated"
    """No dump gave a date."""
    INFERRED = "inferred"
    """The dumps left the year out, and it was inferred."""
    REPEATED = "repeated"
    """One dump has several records of the paper, which were merged."""
    LATEX = "latex"
    """Formulas or commands of LaTeX that no reader should see."""
    SPACES = "spaces"
    """Words that ran into each other."""
    TOPICS = "topics"
    """Filed under a topic on weak evidence, or under none."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing to better. detail: the field, the words or the place that it is about. line: of the page's file."""

    kind: FlawKind
    detail: str
    line: int = 1


def find_flaws(page: Page, text: str, topics: Iterable[Assignment]) -> tuple[Flaw, ...]:
    """Find what could be bettered of a page, in the order of `FlawKind`. text: its body as a reader reads it."""
    return (*_of_fields(page), *_of_text(page, text), *_of_topics(topics))


def _of_fields(page: Page) -> Iterator[Flaw]:
    for name, value in page.contested.items():
        yield Flaw(FlawKind.CONTESTED, f"{name}: {_shown(value)}", page.lines.get("contested", 1))
    if page.date is None:
        yield Flaw(FlawKind.UNDATED, "")
    if any(source.year is YearOrigin.INFERRED and "date" in source.gave for source in page.sources):
        yield Flaw(FlawKind.INFERRED, str(page.date or ""), page.lines.get("date", 1))
    dumps = [source.dump for source in page.sources]
    for dump in sorted({dump for dump in dumps if dumps.count(dump) > 1} if len(dumps) > 1 else ()):
        lines = [str(source.line) for source in page.sources if source.dump == dump]
        yield Flaw(FlawKind.REPEATED, f"{dump}: {', '.join(lines)}", page.lines.get("sources", 1))


def _shown(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}"


LONGEST = 120
"""Characters of a contested value that are shown."""


def _of_text(page: Page, text: str) -> Iterator[Flaw]:
    for where, shown in ((page.title, page.lines.get("title", 1)), (text, page.body_line)):
        rest = _FORMULA.sub(" ", where) if "$" in where else where
        if ("\\" in rest or "$" in rest or "{" in rest) and (found := _LATEX.search(rest)):
            yield Flaw(FlawKind.LATEX, _around(rest, found), shown)
    if _CLOSE_UP.search(text) and (
        found := next((m for m in _RUN_TOGETHER.finditer(text) if not _IS_ADDRESS.search(m[0])), None)
    ):
        yield Flaw(FlawKind.SPACES, found[0].strip("(\"'"), page.body_line)


def _around(text: str, found: re.Match[str]) -> str:
    """Give a damaged place with a little of what stands around it."""
    return " ".join(text[max(0, found.start() - 12) : found.end() + 12].split())


def _of_topics(topics: Iterable[Assignment]) -> Iterator[Flaw]:
    filed = tuple(topics)
    if not filed:
        yield Flaw(FlawKind.TOPICS, "")
    yield from (Flaw(FlawKind.TOPICS, assignment.slug) for assignment in filed if assignment.origin == "weak")


_FORMULA = re.compile(r"(?<!\\)(\${1,2})(?!\s*\$)(?:[^$\\]|\\.)+?\1")
"""A formula between signs that belong together; it is shown as one."""

_LATEX = re.compile(r"\\[A-Za-z]{2,}\b|\\[~$&%_{}]|(?<![\w\\])\$(?=[A-Za-z\\{])|[\^_]\{|\{\\")
"""In a text whose formulas have been rendered, these are what is left of LaTeX: commands, signs, open formulas."""

_CLOSE_UP = re.compile(r"[.;:!?,][A-Za-z0-9]")
"""What all words that run together have in them; most texts do not, and are looked through in no time."""

_RUN_TOGETHER = re.compile(
    r"(?<!\S)[(\"']?[A-Za-z]*[a-z]{2}"
    r"(?:[.;:!?](?:[A-Z][a-z]+|\d*[a-z]{3,})|,[A-Za-z][a-z]{2,})(?=[\s,.;:)]|$)"
)
_ENDINGS = "com org net gov io ai edu co js py md txt csv json html pdf dev jl cpp rs app info cloud zip tex java exe"
_IS_ADDRESS = re.compile(rf"\.(?:{_ENDINGS.replace(' ', '|')})\b|^(?:www|e\.g|i\.e|etc|vs)\b", re.IGNORECASE)
"""Names of files and hosts have a full stop inside, and lack no space."""
