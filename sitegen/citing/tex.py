r"""TeX in titles and names: plain text made into TeX, and the TeX that titles hold made into plain text.

Accents become the letters that they make, for TeX has read UTF-8 since 2018; Greek letters and signs, which it does not
read as text, become commands.
"""

import re
import unicodedata

from sitegen.citing.signs import ACCENTS, COMMANDS, IN_EVERY_TEXT, LETTERS, SHORT_COMMANDS

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # not \{, for BibTeX counts braces whatever stands before them
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
    }
)
_SPECIAL = re.compile(r"[\\{}$&#%_^~<>|]")

_SIGNS = str.maketrans(
    {sign: f"\\ensuremath{{\\{name}}}" for name, sign in COMMANDS.items() if sign not in IN_EVERY_TEXT}
)
_SIGNS_IN_FORMULAS = str.maketrans({sign: f"\\{name} " for name, sign in COMMANDS.items()})


def escape(text: str) -> str:
    r"""Write plain text so that TeX shows it as it is; other letters than ASCII stay.

    >>> escape("R&D: 50% of {all}")
    'R\\&D: 50\\% of \\textbraceleft{}all\\textbraceright{}'
    """
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text


def escape_signs(text: str) -> str:
    r"""Do so, and write Greek letters and mathematical signs as commands too.

    >>> escape_signs("β & δ")
    '\\ensuremath{\\beta} \\& \\ensuremath{\\delta}'
    """
    escaped = escape(text)
    return escaped if escaped.isascii() else escaped.translate(_SIGNS)


_STYLES = frozenset(
    """mathbb mathcal mathrm mathsf mathbf mathit mathtt mathfrak mathscr boldsymbol bm text textrm textit textbf texttt
    textsf operatorname emph Bbb bar hat tilde overline widehat widetilde vec left right big Big displaystyle rm bf it
    cal mbox boldmath limits mathop""".split()
)
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\(?:([A-Za-z]+)\s*|(.))")
_SCRIPT = re.compile(r"([_^])(?:\{([^{}]*)\}|(.))")
_SUPERSCRIPTS = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUBSCRIPTS = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_IS_HIGH, _IS_LOW = re.compile(r"[0-9+\-=()n]+\Z"), re.compile(r"[0-9+\-=()]+\Z")


def plain_formula(tex: str) -> str:
    r"""Write a formula, without its dollar signs, as near to what it shows as plain text comes.

    >>> plain_formula(r"O(n^2 \log n)"), plain_formula(r"\mathbb{R}^{N}"), plain_formula(r"W^{1,p}")
    ('O(n² log n)', 'R^N', 'W^(1,p)')
    """
    text = _COMMAND.sub(_sign, _FRACTION.sub(r"\1/\2", tex))
    text = _SCRIPT.sub(_script, text)
    return " ".join(text.replace("{", "").replace("}", "").replace("~", " ").translate(_BRACES).split())


_OPEN, _CLOSED = "\ue000", "\ue001"
"""Stand for braces that are shown, while those that group are taken away."""
_BRACES = str.maketrans({_OPEN: "{", _CLOSED: "}"})


def _sign(match: re.Match[str]) -> str:
    name, mark = match[1], match[2]
    if name is None:
        return {"{": _OPEN, "}": _CLOSED}.get(mark, mark if mark in "$%&#_|" else " " if mark in ",;: " else "")
    if name in _STYLES:
        return ""
    if sign := COMMANDS.get(name) or SHORT_COMMANDS.get(name):
        return sign
    before = " " if match.start() and match.string[match.start() - 1].isalnum() else ""
    return f"{before}{name} " if match[0][-1].isspace() else before + name


def _script(match: re.Match[str]) -> str:
    inner = match[2] if match[2] is not None else match[3]
    high = match[1] == "^"
    if (_IS_HIGH if high else _IS_LOW).match(inner):
        return inner.translate(_SUPERSCRIPTS if high else _SUBSCRIPTS)
    return match[1] + (f"({inner})" if len(inner) > 1 else inner)


def tex_formula(tex: str) -> str | None:
    """Give a formula, without its dollar signs, as a bibliography can hold it; None where TeX would stumble over it."""
    if _STUMBLES.search(tex) or not _is_balanced(tex):
        return None
    return f"${tex if tex.isascii() else tex.translate(_SIGNS_IN_FORMULAS)}$"


_STUMBLES = re.compile(r"(?<!\\)(?:\\\\)*[%#&$]|\\[()\[\]$]|\\\Z")


def _is_balanced(tex: str) -> bool:
    """Tell whether braces are balanced as BibTeX counts them, escaped ones included."""
    depth = 0
    for sign in tex:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


_ACCENTED = re.compile(
    r"\\(?:(?P<mark>[`'^\"~=.]) *|(?P<named>[uvHcdbkr])(?: +|(?=\{)))"
    r"(?:\{ *(?P<braced>[A-Za-z]|\\[ij]) *\}|(?P<letter>[A-Za-z]|\\[ij](?![A-Za-z])))"
)
_IN_BRACES = re.compile(rf"\{{({_ACCENTED.pattern.replace('(?P<', '(?P<in_')})\}}")
_LETTER = re.compile(rf"\{{\\({'|'.join(LETTERS)}) *\}}|\\({'|'.join(LETTERS)})(?![A-Za-z])(?: +|\{{\}})?")


def accented(text: str) -> str:
    r"""Make the accented letters that TeX commands stand for.

    >>> accented(r"Schr\"odinger, Caf\'{e}, {\l}ódź, Szeg\H{o}")
    'Schrödinger, Café, łódź, Szegő'
    """
    if "\\" not in text:
        return text
    text = _ACCENTED.sub(_composed, _IN_BRACES.sub(r"\1", text))
    return _LETTER.sub(lambda m: LETTERS[m[1] or m[2]], text)


def _composed(match: re.Match[str]) -> str:
    letter = (match["braced"] or match["letter"]).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + ACCENTS[match["mark"] or match["named"]])
