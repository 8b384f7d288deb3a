"""The sample catalogue: five dumps of content/dumps/, whatever else has landed there since."""

import shutil
from pathlib import Path

from sitegen.importing import apply_import, find_dumps, plan_import

REPOSITORY = Path(__file__).resolve().parent.parent
DAYS = ("2025-10-28", "2025-11-20", "2025-12-10", "2025-12-11", "2026-01-05")
DUMPS = tuple(REPOSITORY / "content" / "dumps" / f"daily-papers-{day}.txt" for day in DAYS)


def copy_sample(root: Path) -> None:
    """Make a site of the sample: the settings and topics of the repository, the five dumps, their pages."""
    content = root / "content"
    copy_dumps(root)
    for name in ("site.yaml", "topics.yaml"):
        shutil.copy(REPOSITORY / "content" / name, content / name)
    shutil.copytree(REPOSITORY / "content" / "pages", content / "pages")
    apply_import(root, plan_import(root, find_dumps(root)))


def copy_dumps(root: Path) -> None:
    """Copy the five dumps into a site's content/dumps/."""
    (root / "content" / "dumps").mkdir(parents=True, exist_ok=True)
    for dump in DUMPS:
        shutil.copy(dump, root / "content" / "dumps" / dump.name)
