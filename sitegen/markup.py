"""What our Markdown adds to Python-Markdown: math, bare addresses, more escapes, and an end to nested quotes."""

import re
import xml.etree.ElementTree as ET

import markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor

from sitegen.links import ADDRESS, NOT_BEFORE_ADDRESS, find_links
from sitegen.typeset import MATH, is_math

QUOTE_DEPTH = 16
"""How deep quotes nest; the signs of deeper ones are text. Python-Markdown itself goes on while its stack lasts."""

MATH_MARK = re.compile("\ufdd0(\\d+)\ufdd1")
"""Where formula number \\1 stands in the HTML. These are noncharacters, which are removed from what comes in."""


def convert(body: str) -> tuple[str, list[str]]:
    """Make Markdown into HTML (not yet safe), with marks for its formulas; gives these with their signs."""
    math: list[str] = []
    converter = markdown.Markdown(
        extensions=["tables", "fenced_code", "sane_lists", _Texts(math)], output_format="html"
    )
    return converter.convert(body.translate(_NONCHARACTERS)), math


_NONCHARACTERS = dict.fromkeys((0xFDD0, 0xFDD1))


class _Texts(Extension):
    """Teaches Python-Markdown math, bare addresses, and backslashes before a few more signs."""

    def __init__(self, math: list[str]) -> None:
        super().__init__()
        self._math = math

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Register the patterns: math before escapes (TeX is full of backslashes), addresses before emphasis."""
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$", "~", "=", ":"]
        md.parser.blockprocessors.register(_QuoteProcessor(md.parser), "quote", 20)
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
        return f"\ufdd0{len(self._math) - 1}\ufdd1", m.start(0), m.end(0)


class _AddressPattern(InlineProcessor):
    """Makes bare addresses clickable, but not those that are part of a Markdown link or of an HTML tag."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(rf"(?<!\]\()(?<![{NOT_BEFORE_ADDRESS}])(?:{ADDRESS.pattern})", md)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: ARG002, N802
        """Give a link whose text is the address as it stands."""
        link = next(find_links(m[0]), None)
        if link is None or link.start != 0:
            return None, None, None
        element = ET.Element("a", {"href": _ampersands_kept(link.address)})
        element.text = markdown.util.AtomicString(_ampersands_kept(m[0][: link.end]))
        return element, m.start(0), m.start(0) + link.end


def _ampersands_kept(address: str) -> str:
    """Write & so that what follows it is never read as a character's name."""
    return address.replace("&", markdown.util.AMP_SUBSTITUTE + "amp;")


class _QuoteProcessor(BlockQuoteProcessor):
    """Quotes, to a fixed depth, so that a page does not depend on how deep the stack is where it is rendered."""

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002
        """Tell whether a block begins with a quote that may still nest."""
        return self.RE.search(block) is not None and self.parser.state.count("blockquote") < QUOTE_DEPTH
