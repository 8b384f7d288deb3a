"""What rendering a body gives. Without the libraries that render, so that a build that remembers need not load them."""

from dataclasses import dataclass

from sitegen.problems import Severity


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell about a body. line: of the body, from 0."""

    line: int
    message: str
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Prose:
    """A rendered body. html: safe to put into a page. text: what a reader reads. remarks: on what is not as written.

    A body that cannot be rendered has no html and no text, and an error among its remarks.
    """

    html: str
    text: str
    remarks: tuple[Remark, ...] = ()


def to_json(prose: Prose) -> list[object]:
    """Give a Prose as JSON can hold it."""
    return [prose.html, prose.text, [[r.line, r.message, r.severity.value] for r in prose.remarks]]


def from_json(value: object) -> Prose:
    """Give back a Prose; a TypeError or ValueError where `to_json` did not make the value."""
    if not isinstance(value, list):
        raise TypeError("not what to_json gives")
    html, text, remarks = value
    return Prose(str(html), str(text), tuple(Remark(int(r[0]), str(r[1]), Severity(r[2])) for r in remarks))
