"""The files of a site as a build finds them: as the last one left them, which is one look at all, or each by itself."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from sitegen.crew import Crew
from sitegen.fileindex import FileIndex
from sitegen.freshness import Left, left_by_last, seal_of
from sitegen.looks import Looks
from sitegen.output import MANIFEST, Manifest, digest_of


class SiteFiles:
    """How the files of a site look and what they hold.

    looked: tells what the last build left. index: what is known else.
    """

    def __init__(self, site: Path, looked: Callable[[], Left], index: FileIndex) -> None:
        self._site = site
        self._base = f"{site.absolute()}/"
        self._looked = looked
        self._left = Left()
        self._index = index
        self._changed: frozenset[str] = frozenset()

    def look(self) -> Left:
        """Look at all of them, or wait for who does; when what a killed build left behind is cleared away."""
        self._left = self._looked()
        return self._left

    def digest(self, path: str) -> str:
        """Hash what a file holds now; "" where there is none. Where all are as they were left, few are asked for."""
        return digest_of(self._site / path) if self._left.digest else self._index.digest(self._base + path)

    def note(self, written: Manifest) -> None:
        """Note what was written."""
        self._changed = frozenset({MANIFEST, *written})
        if not self._left.digest:
            for path, known in written.items():
                self._index.note(self._base + path, known.digest)

    def looks(self, path: str) -> Looks | None:
        """Tell how a file looked when this build looked at it; None where it did not."""
        if self._left.digest:
            return None if path in self._changed else self._left.looks.get(path)
        return self._index.looks(self._base + path)


def begin_looking(cache: Path, site: Path, crew: Crew) -> Callable[[], Left]:
    """Begin to look whether a site is as the last build left it, beside other work where there is another process.

    Gives what waits for the answer; that is to be asked for when no other build can write any more.
    """
    if crew.size == 1 or not crew.shares_disk:
        return partial(left_by_last, cache, site)
    before, looking = seal_of(cache, site), crew.begin(_left, (cache, site))

    def looked() -> Left:
        left = looking()
        return left if seal_of(cache, site) == before else Left()  # another build came between

    return looked


def _left(task: tuple[Path, Path]) -> Left:
    return left_by_last(*task)
