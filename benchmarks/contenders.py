"""Who is measured: a program, the site that it builds, and what must go for a build to be cold."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

SITEGEN = (sys.executable, "-c", "from sitegen.cli import main; main()")

ALIKE = Path(__file__).parent / "peers" / "sites" / "sitegen" / "alike"
"""The theme that shows what the others' templates show, and nothing else."""

ALIKE_PARTS = ("--only", "pages,listings,feed")


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


def like_for_like(root: Path, folder: Path) -> Contender:
    """Build the papers of `root` into what the others make too: no more files, and no more on each page.

    folder: for the site, which has a theme with the elements of the others' templates.
    """
    shutil.copytree(root / "content", folder / "content", ignore=shutil.ignore_patterns("dumps"))
    shutil.copytree(ALIKE, folder / "themes" / ALIKE.name)
    config = folder / "content" / "site.yaml"
    kept = [line for line in config.read_text(encoding="utf-8").splitlines() if not line.startswith("theme:")]
    config.write_text("\n".join([*kept, f"theme: {ALIKE.name}", ""]), encoding="utf-8")
    return sitegen(folder, *ALIKE_PARTS)
