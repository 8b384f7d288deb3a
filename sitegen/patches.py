"""Changes of text files as unified diffs that `patch -p1` and `git apply` take."""

import difflib
import re
from collections.abc import Iterator

_UNENDED = "\n\\ No newline at end of file\n"


def unified_diff(before: str, after: str, path: str) -> str:
    """Give a file's change; "" as `before` stands for a file that is not there. path: with forward slashes."""
    shown = f"{path}\t" if " " in path else path
    old = f"a/{shown}" if before else "/dev/null"
    lines = difflib.unified_diff(_lines(before), _lines(after), old, f"b/{shown}")
    return "".join(_ended(lines))


def _lines(text: str) -> list[str]:
    """Split at line feeds only, as patch does; Unicode knows other line ends."""
    return re.findall(r"[^\n]*\n|[^\n]+\Z", text)


def _ended(lines: Iterator[str]) -> Iterator[str]:
    yield from (line if line.endswith("\n") else line + _UNENDED for line in lines)
