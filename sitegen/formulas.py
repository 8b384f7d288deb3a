"""Formulas: TeX to MathML that holds nothing but formulas."""

import functools
import html
import xml.etree.ElementTree as ET

from sitegen.typeset import MATH, tex_of


@functools.lru_cache(maxsize=1 << 13)
def mathml(source: str) -> str:
    """Give MathML for a formula with its signs; what the converter cannot read is shown as it was written.

    Remembered, for papers of a field share their formulas: $n$, $O(n)$.
    """
    match = MATH.fullmatch(source)
    tex = tex_of(match) if match else source
    try:
        from latex2mathml.converter import convert  # noqa: PLC0415  # most catalogues have no math, and it loads slowly

        made = str(convert(tex))
        safe = _is_safe(made)
    except Exception:  # noqa: BLE001  # the converter raises whatever its tables give on damaged TeX
        safe = False
    if not safe:
        return f'<code class="math">{html.escape(source)}</code>'
    return made.replace("<math ", f'<math alttext="{html.escape(tex)}" ', 1)


def _is_safe(made: str) -> bool:
    """Tell whether the converter made only formulas: it lets through HTML in texts, addresses and styles."""
    if "<!" in made or "<?" in made:
        return False
    elements = ET.fromstring(made).iter()  # noqa: S314  # without <! there are no entities to expand
    return all(e.tag in _MATH_TAGS and _MATH_ATTRIBUTES.issuperset(e.attrib) for e in elements)


_MATH_TAGS = frozenset(
    f"{{http://www.w3.org/1998/Math/MathML}}{name}"
    for name in """math mrow mi mo mn mtext mspace ms mfrac msqrt mroot msub msup msubsup munder mover munderover
    mmultiscripts mprescripts none mtable mtr mtd mstyle menclose mphantom mpadded""".split()
)
_MATH_ATTRIBUTES = frozenset(
    """accent accentunder align columnalign columnlines columnspacing depth display displaystyle fence form height
    linethickness lspace mathcolor mathsize mathvariant maxsize minsize movablelimits notation rowalign rowlines
    rowspacing rspace scriptlevel separator stretchy symmetric voffset width""".split()
)
