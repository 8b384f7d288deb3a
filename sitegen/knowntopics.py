"""The topics as they were read last. To read topics.yaml takes longer than to file a page, and it seldom changes."""

from dataclasses import dataclass
from pathlib import Path

from sitegen.problems import Problem
from sitegen.shelf import read_record, write_record
from sitegen.taxonomy import Taxonomy, Thresholds, Topic, build_taxonomy, parse_taxonomy


@dataclass(frozen=True, slots=True)
class _Kept:
    """A text, and what the taxonomy is built of that it gave."""

    text: str
    topics: tuple[Topic, ...]
    thresholds: Thresholds
    fallback: str


class TaxonomyMemory:
    """Remembers one taxonomy, in this process and, once saved, in the cache. engine: hash of the program."""

    def __init__(self, file: Path, engine: str) -> None:
        self._file = file
        self._engine = engine
        self._text = ""
        self._known: tuple[Taxonomy, list[Problem]] | None = None
        self._is_new = False

    def parse(self, text: str, path: str) -> tuple[Taxonomy, list[Problem]]:
        """Read topics.yaml, as `parse_taxonomy` does. path: as messages show it."""
        if self._known is None or self._text != text:
            kept = read_record(self._file, self._engine, _Kept)
            if kept and kept.text == text:
                self._known, self._is_new = (build_taxonomy(kept.topics, kept.thresholds, kept.fallback), []), False
            else:
                self._known, self._is_new = parse_taxonomy(text, path), True
            self._text = text
        return self._known

    def save(self) -> None:
        """Write a taxonomy that was read, if nothing was wrong with it."""
        if self._is_new and self._known and not self._known[1]:
            taxonomy = self._known[0]
            kept = _Kept(self._text, taxonomy.topics, taxonomy.thresholds, taxonomy.fallback)
            write_record(self._file, self._engine, kept)
            self._is_new = False
