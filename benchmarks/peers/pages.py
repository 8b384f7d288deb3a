"""Pages with front matter, as every one of the others reads them."""

import json
from collections.abc import Mapping
from pathlib import Path


def write_page(file: Path, fields: Mapping[str, object], body: str = "") -> None:
    """Write a page; JSON values are YAML too."""
    lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())
    write(file, f"---\n{lines}---\n\n{body}\n")


def write(file: Path, text: str) -> None:
    """Write a file and the folders that lead to it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
