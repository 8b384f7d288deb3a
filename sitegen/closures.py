"""What each template of a theme is made of, remembered from build to build: to find it out, all are parsed."""

from pathlib import Path

from sitegen.shelf import read_record, write_record
from sitegen.theme import Theme


class ClosureMemory:
    """The hashes that `Theme.closure` gives, of the theme that was asked for last.

    file: where they are kept. engine: hash of the program.
    """

    def __init__(self, file: Path, engine: str) -> None:
        self._file = file
        self._engine = engine
        self._theme: Theme | None = None
        self._saved: dict[str, str] = {}

    def recall(self, theme: Theme) -> Theme:
        """Tell a theme what is known of its templates; gives the theme."""
        if theme is not self._theme:
            kept = read_record(self._file, self._engine, tuple[str, str, dict[str, str]])
            self._saved = kept[2] if kept and kept[:2] == (theme.content, theme.language) else {}
            theme.closures.update(self._saved)
            self._theme = theme
        return theme

    def save(self) -> None:
        """Write what was found out."""
        theme = self._theme
        if theme and theme.closures != self._saved:
            self._saved = dict(theme.closures)
            write_record(self._file, self._engine, (theme.content, theme.language, self._saved))
