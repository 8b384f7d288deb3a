"""The files of content/papers/: which of them are pages, and in what order they are read."""

import os
from collections.abc import Iterator
from pathlib import Path

from sitegen.problems import Problem, warning


def page_files(content: Path) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Yield the files of content/papers/ and the paths that messages show, in a fixed order.

    The files as the system lists them: a catalogue has many, and to make a Path of each takes as long as to look at it.

    What editors leave behind (names that begin with a dot or end with a tilde), folders and links out are passed over.
    """
    shown = {_shown(entry, content): entry for entry in _entries(content / "papers") if is_page_file(entry, content)}
    for path in sorted(shown):
        yield shown[path], path


def is_page_file(file: Path | os.DirEntry[str], content: Path) -> bool:
    """Tell whether a file of content/ is a page: named so, by no editor's habit, and not a link that leads out."""
    named = file.name.lower().endswith(".md") and not file.name.startswith((".", "~", "#"))
    return named and file.is_file() and (not file.is_symlink() or _leads_into(content, Path(file)))


def odd_folders(content: Path) -> list[Problem]:
    """Warn of folders that are named like pages."""
    entries = _entries(content / "papers")
    odd = sorted(_shown(entry, content) for entry in entries if entry.name.endswith(".md") and entry.is_dir())
    return [warning(path, 1, "a folder named like a page; rename it") for path in odd]


def _leads_into(content: Path, link: Path) -> bool:
    return link.resolve().is_relative_to(content.resolve())


def _shown(entry: os.DirEntry[str], content: Path) -> str:
    return "content/" + entry.path.removeprefix(f"{content}{os.sep}").replace(os.sep, "/")


def _entries(folder: Path | os.DirEntry[str]) -> Iterator[os.DirEntry[str]]:
    """Walk through a folder, not through links, at a system call a folder: a catalogue has many thousand files."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as found:
        entries = list(found)
    for entry in entries:
        yield entry
        if not entry.is_symlink():
            yield from _entries(entry)
