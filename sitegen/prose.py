"""Markdown of a page's body: to safe HTML, to plain text, and from the plain text of a dump."""

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import markdown
import nh3
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from sitegen.links import ADDRESS, find_links
from sitegen.typeset import MATH, is_math, runs, tex_of

MAX_BODY = 200_000
"""Characters of a body; Python-Markdown's time grows faster than the text."""

_SPECIAL = re.compile(r"[\\`*_\[\]~$]|<|&(?=#?\w+;)")
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


@dataclass(frozen=True, slots=True)
class Prose:
    """A rendered body. html: safe to put into a page. text: what a reader reads. removed: names of what was cleaned."""

    html: str
    text: str
    removed: tuple[str, ...] = ()


def render_prose(body: str) -> Prose:
    """Render a body's Markdown. HTML is cleaned by an allow-list; math becomes MathML; bare addresses become links."""
    math: list[str] = []
    marked = markdown.Markdown(extensions=["tables", "fenced_code", "sane_lists", _Texts(math)], output_format="html")
    dirty = marked.convert(body)
    clean = nh3.clean(
        dirty,
        tags=set(_ALLOWED_TAGS),
        attributes={tag: set(names) for tag, names in _ALLOWED_ATTRIBUTES.items()},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    removed = _removed(dirty, clean) if "<" in body else ()
    return Prose(_MATH_MARK.sub(lambda m: mathml(math[int(m[1])]), clean), _plain(clean, math), removed)


def from_plain(text: str) -> str:
    """Write plain text as Markdown that renders as that text, letter for letter (LaTeX habits typeset)."""
    parts = (_STYLED.get(run.style, "{}").format(_escaped(run.text, run.style)) for run in runs(text))
    written = "".join(parts).strip()
    if start := _BLOCK_START.match(written):
        at = start.start("dot") if start["dot"] else 0
        written = f"{written[:at]}\\{written[at:]}"
    return written


def mathml(source: str) -> str:
    """Give MathML for a formula with its signs; what the converter cannot read is shown as it was written."""
    match = MATH.fullmatch(source)
    tex = tex_of(match) if match else source
    try:
        from latex2mathml.converter import convert  # noqa: PLC0415  # most catalogues have no math, and it loads slowly

        made = str(convert(tex))
        ET.fromstring(made)  # noqa: S314  # our converter's output, checked for being well formed
    except Exception:  # noqa: BLE001  # the converter raises whatever its tables give on damaged TeX
        return f'<code class="math">{html.escape(source)}</code>'
    return made.replace("<math ", f'<math alttext="{html.escape(tex)}" ', 1)


_STYLED = {"em": "*{}*", "strong": "**{}**", "code": "`{}`"}
_MATH_MARK = re.compile("\ue000(\\d+)\ue001")
"""Where a formula stands in the cleaned HTML; characters of private use never reach it from a body."""


def _escaped(text: str, style: str) -> str:
    """Escape what Markdown would read as markup; a code span holds its text as it is."""
    if style in {"math", "address"}:
        return text
    if style == "code":
        return text.replace("`", "'")
    return _SPECIAL.sub(lambda m: {"<": "&lt;", "&": "&amp;"}.get(m[0], "\\" + m[0]), text)


class _Texts(Extension):
    """Teaches Python-Markdown math, bare addresses, and backslashes before a few more signs."""

    def __init__(self, math: list[str]) -> None:
        super().__init__()
        self._math = math

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Register the patterns: math before escapes (TeX is full of backslashes), addresses before emphasis."""
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$", "~", "=", ":"]
        md.inlinePatterns.register(_MathPattern(self._math), "math", 186)
        md.inlinePatterns.register(_AddressPattern(md), "address", 185)


class _MathPattern(InlineProcessor):
    """Takes a formula out of the text and leaves a mark, so that neither Markdown nor the cleaner touches it."""

    def __init__(self, math: list[str]) -> None:
        super().__init__(MATH.pattern)
        self._math = math

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str | None, int | None, int | None]:  # type: ignore[override]  # noqa: ARG002, N802
        """Keep the formula's source in the list and its number in the text."""
        if not is_math(m):
            return None, None, None
        self._math.append(m[0])
        return f"\ue000{len(self._math) - 1}\ue001", m.start(0), m.end(0)


class _AddressPattern(InlineProcessor):
    """Makes bare addresses clickable, but not those that are part of a Markdown link or of an HTML tag."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(rf"(?<!\]\()(?<![<=\"'])(?:{ADDRESS.pattern})", md)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: ARG002, N802
        """Give a link whose text is the address as it stands."""
        link = next(find_links(m[0]), None)
        if link is None or link.start != 0:
            return None, None, None
        element = ET.Element("a", {"href": link.address})
        element.text = markdown.util.AtomicString(m[0][: link.end])
        return element, m.start(0), m.start(0) + link.end


def _plain(clean: str, math: list[str]) -> str:
    """Give the text of cleaned HTML, blocks apart by a newline, formulas as TeX."""
    collector = _Text()
    collector.feed(clean)
    collector.close()
    text = _MATH_MARK.sub(lambda m: math[int(m[1])], "".join(collector.parts))
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
    kept = set(_names(clean))
    return tuple(name for name in dict.fromkeys(_names(dirty)) if name not in kept)
