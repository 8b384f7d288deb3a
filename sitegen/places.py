"""Where things are, beside the site's own folder."""

from pathlib import Path


def theme_places(root: Path) -> tuple[Path, ...]:
    """Give the folders where themes are looked up: the site's own, the installed package's, a checkout's."""
    package = Path(__file__).resolve().parent
    return (root / "themes", package / "themes", package.parent / "themes")
