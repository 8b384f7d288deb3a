r"""A body of one plain paragraph, rendered in one walk, without Markdown's parser and the libraries around it.

Nearly every body is as import wrote it: a line of text in which Markdown's signs are escaped. Such a line becomes here
what `prose` makes of it, letter for letter. What this walk is not sure of, however slightly, is left to `prose`.
"""

import html
import re
from collections.abc import Iterator
from typing import TypeAlias

from sitegen.formulas import mathml
from sitegen.links import NOT_BEFORE_ADDRESS, addresses, find_links
from sitegen.rendered import Prose
from sitegen.typeset import MATH, is_math

_SIGNS = r"\\`*_\[\]~$<&\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0\ufdd1"
_SIGN = re.compile(f"[{_SIGNS}]")
"""What may be more than a letter: a sign of Markdown or of HTML, or a character that does not survive them."""

_TOKEN = re.compile(
    rf"""\\(?P<escaped>[\\`*_{{}}\[\]>\#+.!$~=:-])
    |&(?P<entity>lt|amp);
    |(?P<ampersand>&)(?!\w*(?:;|\Z))
    |(?P<formula>{MATH.pattern})
    |(?<![^\s(\u201c\u2014-])(?:
        \*(?P<em>\w(?:[^{_SIGNS}]*\w)?)\*
        |\*\*(?P<strong>\w(?:[^{_SIGNS}]*\w)?)\*\*
        |`(?P<code>\w(?:[\w .-]*\w)?)`
    )(?![\w*`])""",
    re.VERBOSE,
)
"""What a sign may begin and still be certain. Markdown's own reading of stars and backticks has no end of cases."""

_MARKED = {"em": "<em>{}</em>", "strong": "<strong>{}</strong>", "code": "<code>{}</code>"}
_STARTS_BLOCK = re.compile(r"[\s#>+=:-]|\d+[.)]")
_SURE_ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}(?:[/?#][\w./?#=%+~:,;!()'-]*)?", re.ASCII | re.IGNORECASE
)
_BEFORE_NO_LINK = (*NOT_BEFORE_ADDRESS, "](")
_ODD_IN_FORMULA = re.compile(r"`|<(?:[!/?]|\w{3})")
"""Markdown sees code, and HTML that is more than a sign of order, before it sees formulas."""

_Piece: TypeAlias = tuple[str, str]
"""HTML, and the text that it shows."""


class _UnsureError(Exception):
    """Raised where a line may mean more than this module knows."""


def render_paragraph(body: str) -> Prose | None:
    """Render a body; None where it may be more than one paragraph of text, and `prose` has to see."""
    line = body.strip("\n")
    if not line or _STARTS_BLOCK.match(line) or line[-1].isspace() or "&#" in line:
        return None
    try:
        pieces = list(_pieces(line))
    except _UnsureError:
        return None
    return Prose(f"<p>{''.join(shown for shown, _ in pieces)}</p>", "".join(text for _, text in pieces))


def _pieces(line: str) -> Iterator[_Piece]:
    """Cut a line at its addresses."""
    place = 0
    for match in addresses(line):
        link = next(find_links(match[0]), None)
        shown = match[0][: link.end] if link else ""
        if not link or not _SURE_ADDRESS.fullmatch(shown) or line.endswith(_BEFORE_NO_LINK, 0, match.start()):
            raise _UnsureError
        yield from _words(line, place, match.start())
        place = match.start() + link.end
        yield f'<a href="{link.address}" rel="noopener noreferrer">{shown}</a>', shown
    yield from _words(line, place, len(line))


def _words(line: str, place: int, end: int) -> Iterator[_Piece]:
    """Cut what stands between addresses at its signs."""
    while sign := _SIGN.search(line, place, end):
        token = _TOKEN.match(line, sign.start())
        if token is None or token.end() > end:
            raise _UnsureError
        yield _text(line[place : sign.start()])
        yield _token(token)
        place = token.end()
    yield _text(line[place:end])


def _token(token: re.Match[str]) -> _Piece:
    kind = str(token.lastgroup)
    if kind == "formula":
        if _ODD_IN_FORMULA.search(token[0]) or not is_math(token):
            raise _UnsureError
        return mathml(token[0]), token[0]
    if kind == "entity":
        return token[0], html.unescape(token[0])
    shown, text = _text(token[kind])
    return _MARKED.get(kind, "{}").format(shown), text


def _text(text: str) -> _Piece:
    """Write text as the cleaner does."""
    return html.escape(text, quote=False).replace("\N{NO-BREAK SPACE}", "&nbsp;"), text
