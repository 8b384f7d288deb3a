"""The similar papers of the last build, from which those of the next one are found."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.related.neighbour import Neighbour
from sitegen.related.terms import Terms

if TYPE_CHECKING:
    from sitegen.related.finding import Related


class RelatedMemory:
    """What was found in the last build of this process or, once it was saved, of any.

    file: where it is kept. engine: hash of the program.
    """

    def __init__(self, file: Path, engine: str) -> None:
        self._file = file
        self._engine = engine
        self._found: Related | None = None
        self._is_saved = True

    def find(self, papers: Sequence[Terms]) -> Sequence[Sequence[Neighbour]]:
        """Find the similar papers of each; ties by place."""
        from sitegen.related.finding import find_related  # noqa: PLC0415  # numpy loads slowly, and is not always needed
        from sitegen.related.stored import load_related  # noqa: PLC0415

        before = self._found or load_related(self._file, self._engine, papers)
        self._found = find_related(papers, before)
        self._is_saved = self._is_saved and before is not None and before.papers == self._found.papers
        return self._found.neighbours

    def save(self) -> None:
        """Write what was found, where the file does not hold it."""
        if self._found and not self._is_saved:
            from sitegen.related.stored import save_related  # noqa: PLC0415  # loaded whenever something was found

            save_related(self._file, self._engine, self._found)
            self._is_saved = True
