"""Pictures that stand for a page where somebody shares it: 1200 by 630 pixels, PNG, a few kilobytes.

Drawn by Pillow, which the extra `sitegen[cards]` brings, and a font with it. One version of it draws the same bytes on
every machine: nothing is taken from the system. Sixteen shades keep the files small and the drawing quick.
"""

import functools
import io
from bisect import bisect_right
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FONT = "font_source_serif_pro"
"""The package that holds the font, as it is imported."""

SIZE = (1200, 630)
MARGIN = 80
SIZES = (76, 68, 60, 52, 46, 40)
"""Heights of a title's letters, the greatest first; the first at which it fits is taken."""
HEIGHT = 310
"""Room for its lines."""
SMALL = 30

LIMIT = 25_000
"""Bytes that a picture may have."""

_SHADES = (8, 4, 2)
"""Shades of letters' edges; fewer make a smaller picture, and fewer are taken where one has too many letters."""
_ACCENT, _TINT = 14, 15
"""Places of the two colours among the sixteen."""
_PAPER, _INK = (252, 252, 250), (26, 29, 33)
_COLOURS = ((14, 85, 105), (23, 160, 194))
_FULL, _FAINT = 255, 160
"""How much ink letters have."""

_MORE = "\N{HORIZONTAL ELLIPSIS}"
_NO_LETTER = "\ufdd0"
"""A noncharacter, for which every font shows what it shows for all that it lacks."""


@dataclass(frozen=True, slots=True)
class Card:
    """The texts of a picture. label: above the title. detail: below it. site: at the foot. Only the title must be."""

    title: str
    label: str
    detail: str
    site: str


def can_draw() -> bool:
    """Tell whether what draws is installed."""
    return all(find_spec(name) for name in ("PIL", FONT))


def can_write(text: str) -> bool:
    """Tell whether the font has every letter of a text."""
    return all(_has(letter) for letter in set(text) if not letter.isspace())


def draw_card(card: Card) -> bytes:
    """Draw a picture; gives a PNG of at most `LIMIT` bytes."""
    from PIL import Image, ImageDraw  # noqa: PLC0415  # an extra, and slow to load

    ink = Image.new("L", SIZE, 0)
    _write(ImageDraw.Draw(ink), card)
    made = map(partial(_png, ink), _SHADES)
    return next((png for png in made if len(png) <= LIMIT), b"")


def _png(ink: "Image", shades: int) -> bytes:
    """Colour what was written, with some shades between paper and ink, and add the mark."""
    from PIL import ImageDraw  # noqa: PLC0415  # see draw_card

    picture = ink.point([round(value * (shades - 1) / 255) for value in range(256)]).convert("P")
    picture.putpalette(_palette(shades))
    _draw_mark(ImageDraw.Draw(picture))
    data = io.BytesIO()
    picture.save(data, "PNG", bits=4)
    return data.getvalue()


def _write(draw: "ImageDraw", card: Card) -> None:
    size, lines = _fitted(card.title)
    step = _step(size)
    top = max(150, (SIZE[1] - step * len(lines)) // 2 - 20)
    width = SIZE[0] - 2 * MARGIN
    draw.text((MARGIN, 78), _cut(card.label, SMALL, width), _FAINT, _font(SMALL))
    for number, line in enumerate(lines):
        draw.text((MARGIN, top + number * step), line, _FULL, _font(size))
    draw.text((MARGIN, top + len(lines) * step + 18), _cut(card.detail, SMALL, width), _FAINT, _font(SMALL))
    draw.text((MARGIN + 64, SIZE[1] - 82), _cut(card.site, SMALL, width - 64), _FAINT, _font(SMALL))


def _draw_mark(draw: "ImageDraw") -> None:
    """Draw the coloured edge and the site's mark, a folder with two lines."""
    draw.rectangle((0, 0, SIZE[0], 11), _ACCENT)
    draw.rectangle((0, 12, SIZE[0] // 3, 17), _TINT)
    x, y = MARGIN, SIZE[1] - 88
    draw.polygon([(x, y + 40), (x, y), (x + 18, y), (x + 25, y + 7), (x + 46, y + 7), (x + 46, y + 40)], _ACCENT)
    draw.rectangle((x + 9, y + 16, x + 36, y + 19), 0)
    draw.rectangle((x + 9, y + 26, x + 26, y + 29), 0)


def _fitted(title: str) -> tuple[int, list[str]]:
    """Choose the size of a title's letters and break it into lines; what is too long for the smallest is cut."""
    width = SIZE[0] - 2 * MARGIN
    for size in SIZES:
        lines = _broken(title, size, width)
        if len(lines) * _step(size) <= HEIGHT and _widest(lines, size) <= width:
            return size, lines
    size = SIZES[-1]
    most = HEIGHT // _step(size)
    shown = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return size, [_cut(line, size, width) for line in shown if line]


def _step(size: int) -> int:
    """Give the height of a line."""
    return size * 5 // 4


def _widest(lines: list[str], size: int) -> float:
    return max((_font(size).getlength(line) for line in lines), default=0.0)


def _broken(text: str, size: int, width: int) -> list[str]:
    """Break a text between words."""
    font = _font(size)
    blank = font.getlength(" ")
    lines: list[list[str]] = [[]]
    at = 0.0
    for word in text.split():
        length = font.getlength(word)
        if lines[-1] and at + length > width:
            lines.append([])
            at = 0.0
        lines[-1].append(word)
        at += length + blank
    return [" ".join(line) for line in lines]


def _cut(text: str, size: int, width: int) -> str:
    """Cut what is too long for a line."""
    font = _font(size)
    if font.getlength(text) <= width:
        return text
    room = width - font.getlength(_MORE)
    most = bisect_right(range(len(text)), room, key=lambda letters: int(font.getlength(text[: letters + 1])))
    return text[:most].rstrip() + _MORE


def _palette(shades: int) -> list[int]:
    """Give the colours: shades from paper to ink, and as the last two of 16 those of the mark."""
    pairs = list(zip(_PAPER, _INK, strict=True))
    mixed = [paper + (ink - paper) * shade // (shades - 1) for shade in range(shades) for paper, ink in pairs]
    return [*mixed, *_INK * (_ACCENT - shades), *_COLOURS[0], *_COLOURS[1]]


@functools.cache
def _font(size: int) -> "FreeTypeFont":
    """Load the font: larger letters are a title's, and bolder."""
    from PIL import ImageFont  # noqa: PLC0415  # an extra, and slow to load

    spec = find_spec(FONT)
    assert spec is not None  # noqa: S101  # see can_draw
    # Its TrueType files have letters with a wrong width.
    name = f"SourceSerifPro-{'Semibold' if size > SMALL else 'Regular'}.otf"
    file = Path(spec.origin or "").parent / "files" / name
    # The other engine is there on some systems only.
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


@functools.cache
def _has(letter: str) -> bool:
    font = _font(SIZES[-1])
    return bytes(font.getmask(letter)) != bytes(font.getmask(_NO_LETTER))
