"""Markdown of a page's body: to safe HTML, to plain text, and from the plain text of a dump."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import groupby, pairwise

import nh3

from sitegen.formulas import mathml
from sitegen.links import NOT_BEFORE_ADDRESS
from sitegen.markup import MATH_MARK, QUOTE_DEPTH, convert
from sitegen.rendered import Prose, Remark
from sitegen.typeset import Run, runs

_SPECIAL = re.compile(r"[\\`*_\[\]~$]|<|&(?=#|\w*(?:;|\Z))")
_BLOCK_START = re.compile(r"(?P<sign>[#>+=:-])|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|\Z)")
_ALLOWED_TAGS = frozenset(
    """a abbr b blockquote br cite code dd del dfn dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li mark
    ol p pre q s samp small strong sub sup table tbody td tfoot th thead tr u ul var""".split()
)
_ALLOWED_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
    "*": {"dir", "lang"},
}


def render_prose(body: str) -> Prose:
    """Render a body's Markdown. HTML is cleaned by an allow-list; math becomes MathML; bare addresses become links."""
    dirty, math = convert(body)
    clean = nh3.clean(
        dirty,
        tags=set(_ALLOWED_TAGS),
        attributes={tag: set(names) for tag, names in _ALLOWED_ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    shown = clean.replace("<table>", _TABLE).replace("</table>", "</table></div>")
    html_text = MATH_MARK.sub(lambda m: mathml(math[int(m[1])]), shown)
    return Prose(html_text, _plain(clean, math), tuple(_remarks(body, dirty, clean)))


_TABLE = '<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>'
"""A table that is wider than the page scrolls by itself, and by keyboard."""


def _remarks(body: str, dirty: str, clean: str) -> Iterator[Remark]:
    """Tell what cleaning took away, and quotes that are too deep."""
    if _MAY_NEED_CLEANING.search(body) and (removed := _removed(dirty, clean)):
        tag = re.escape(removed[0].strip("<>").partition("[")[0])
        first = re.search(rf"<{tag}\b", body, re.IGNORECASE) or _ODD_TARGET.search(body)
        shown = ", ".join(removed[:_NAMED]) + (", and more" if len(removed) > _NAMED else "")
        yield Remark(_line(body, first), f"removed for safety: {shown}; write it in Markdown, or leave it out")
    if deep := _TOO_DEEP.search(body):
        yield Remark(_line(body, deep), f"quotes nest deeper than {QUOTE_DEPTH} levels, so > signs show; use fewer")


_NAMED = 5
_MAY_NEED_CLEANING = re.compile(r"<|\]\(|\]:")
_ODD_TARGET = re.compile(r"\]\(\s*(?!https?:|mailto:)[a-z]+:", re.IGNORECASE)
_TOO_DEEP = re.compile(rf"^(?: {{0,3}}> ?){{{QUOTE_DEPTH + 1}}}", re.MULTILINE)


def _line(body: str, match: re.Match[str] | None) -> int:
    return body.count("\n", 0, match.start()) if match else 0


def from_plain(text: str) -> str:
    """Write plain text as Markdown that renders as that text, letter for letter (LaTeX habits typeset)."""
    written = ""
    groups = groupby(runs(text), lambda run: run.style)
    same = [Run("".join(run.text for run in group), style) for style, group in groups]
    for run, after in pairwise([*same, Run("")]):
        written += _markdown(run, written[-1:], after.text)
    written = written.strip()
    if start := _BLOCK_START.match(written):
        at = start.start("dot") if start["dot"] else 0
        written = f"{written[:at]}\\{written[at:]}"
    return written


def _markdown(run: Run, before: str, after: str) -> str:
    """Write a run. before: the character in front of it. after: the text behind it.

    A style that would not come out as it should is dropped.
    """
    if run.style == "math" and not _ODD_IN_FORMULA.search(run.text):
        return run.text
    if run.style == "address" and not _ODD_IN_ADDRESS.search(run.text):
        stands_alone = before not in set(NOT_BEFORE_ADDRESS) and not _GLUED.match(after)
        if stands_alone or "://" in run.text:
            return run.text if stands_alone else f"<{run.text}>"
    if run.style == "code" and before in _BEFORE_STYLE and _PLAIN_CODE.fullmatch(run.text):
        return f"`{run.text}`"
    escaped = _SPECIAL.sub(lambda m: _ENTITIES.get(m[0], "\\" + m[0]), run.text)
    if run.style == "address":
        return escaped.replace("://", "\\://") if "://" in escaped else escaped.replace(".", "\\.", 1)
    if before in _BEFORE_STYLE and _BEGINS_AND_ENDS.fullmatch(run.text):
        return _STYLED.get(run.style, "{}").format(escaped)
    return escaped


_STYLED = {"em": "*{}*", "strong": "**{}**"}
_BEFORE_STYLE = frozenset(" (-\N{LEFT DOUBLE QUOTATION MARK}\N{EM DASH}") | {""}
"""Elsewhere a sign of style could belong to what stands before it, such as an address."""
_ENTITIES = {"<": "&lt;", "&": "&amp;"}
_PLAIN_CODE = re.compile(r"[^\s`\\]([^`\\]*[^\s`\\])?")
_BEGINS_AND_ENDS = re.compile(r"\w(.*\w)?", re.DOTALL)
_GLUED = re.compile(r"[^\s<>\"]*[^\s<>\".,;:!?')\]}]")
_ODD_IN_ADDRESS = re.compile(r"[`*\[\]$\\]|&#|&\w+;")
_ODD_IN_FORMULA = re.compile(r"`|&#")


def _plain(clean: str, math: list[str]) -> str:
    """Give the text of cleaned HTML, blocks apart by a newline, formulas as TeX."""
    collector = _Text()
    collector.feed(clean)
    collector.close()
    text = MATH_MARK.sub(lambda m: math[int(m[1])], "".join(collector.parts))
    return re.sub(r"[ \t]*\n\s*", "\n", text).strip()


class _Text(HTMLParser):
    """Collects text; the end of a block is a line's end."""

    _BLOCKS = frozenset("p li h2 h3 h4 h5 h6 tr pre blockquote dt dd figcaption br hr".split())

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Break the line."""
        if tag in {"br", "hr"}:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End the line of a block; cells of a table row are kept apart."""
        if tag in self._BLOCKS:
            self.parts.append("\n")
        elif tag in {"td", "th"}:
            self.parts.append(" ")


class _Names(HTMLParser):
    """Collects the names of tags and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep <tag>, and tag[attribute]."""
        self.found += [f"<{tag}>", *(f"{tag}[{name}]" for name, _ in attrs)]


def _names(text: str) -> Iterator[str]:
    parser = _Names()
    parser.feed(text)
    parser.close()
    yield from parser.found


def _removed(dirty: str, clean: str) -> tuple[str, ...]:
    """Name the tags and attributes that cleaning took away."""
    return tuple(Counter(_names(dirty)) - Counter(_names(clean)))
