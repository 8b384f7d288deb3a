"""Text as JavaScript sees it: a sequence of 16-bit code units. Lunr sorts, counts and compares those."""

from array import array


def units(text: str) -> str:
    r"""Write every character beyond U+FFFF as the two halves of its surrogate pair.

    >>> [hex(ord(c)) for c in units("a\U0001d49c")]
    ['0x61', '0xd835', '0xdc9c']
    """
    if text.isascii() or max(text) < "\U00010000":
        return text
    return "".join(map(chr, array("H", text.encode("utf-16", "surrogatepass"))[1:]))


def joined(code_units: str) -> str:
    """Undo `units`."""
    if code_units.isascii():
        return code_units
    return code_units.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
