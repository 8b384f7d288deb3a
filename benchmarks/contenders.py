"""Who is measured: a program, the site that it builds, and what must go for a build to be cold."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from sitegen.cli import build

SITEGEN = (sys.executable, "-c", "from sitegen.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Contender:
    """A program with a site to build.

    commands: run one after the other, together one build. made: what they make, caches too. site: where the pages are.
    page: the source of one paper in the middle of the catalogue, its abstract last.
    """

    name: str
    commands: tuple[tuple[str, ...], ...]
    made: tuple[Path, ...]
    site: Path
    page: Path

    def forget(self) -> None:
        """Delete everything made, so that the next build is cold."""
        for path in self.made:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def edit(self, word: str) -> None:
        """Add a word to the paper in the middle."""
        self.page.write_text(f"{self.page.read_text(encoding='utf-8').rstrip()} {word}\n", encoding="utf-8")


def sitegen(root: Path, *arguments: str) -> Contender:
    """Build the catalogue under `root` with this checkout's sitegen. arguments: further ones of `sitegen build`."""
    pages = sorted((root / "content" / "papers").rglob("*.md"))
    return Contender(
        name="sitegen",
        commands=((*SITEGEN, "build", "--root", str(root), *arguments),),
        made=(root / "site", root / ".sitegen-cache"),
        site=root / "site",
        page=pages[len(pages) // 2],
    )


def like_for_like() -> tuple[str, ...]:
    """Give the arguments that leave out what the others do not make; none while sitegen has no --only."""
    has_only = any("--only" in parameter.opts for parameter in build.params)
    return ("--only", "pages,listings,feed") if has_only else ()
