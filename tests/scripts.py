"""What the theme's scripts import."""

import re
from pathlib import Path

_IMPORTED = re.compile(r'(?:from|import) ?"(\./[\w-]+\.js)"')


def imported(script: Path) -> set[Path]:
    """Give the scripts that one imports, directly or through others. One that is not there imports nothing."""
    found: set[Path] = set()
    waiting = [script]
    while waiting:
        file = waiting.pop()
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        new = {(file.parent / name).resolve() for name in _IMPORTED.findall(text)} - found
        found |= new
        waiting += new
    return found
