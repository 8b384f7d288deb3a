"""content/removed.yaml: papers that curators took out, so that import leaves them out and old addresses lead on."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sitegen import urls
from sitegen.fields import Fields
from sitegen.frontmatter import field_lines
from sitegen.problems import Problem
from sitegen.yamlsource import Value, decode, parse_mapping

FILE = "content/removed.yaml"


@dataclass(frozen=True, slots=True)
class RemovedPaper:
    """A paper that was taken out. address: its old path. keys: its title keys. to: the path it leads to, or ""."""

    address: str
    keys: tuple[str, ...]
    to: str = ""


def read_removed(content: Path) -> tuple[tuple[RemovedPaper, ...], list[Problem]]:
    """Read the list of removed papers; a catalogue without one has removed none."""
    file = content / "removed.yaml"
    if not file.is_file():
        return (), []
    text = decode(file.read_bytes(), FILE)
    return ((), [text]) if isinstance(text, Problem) else parse_removed(text, FILE)


def parse_removed(text: str, path: str) -> tuple[tuple[RemovedPaper, ...], list[Problem]]:
    """Read `removed:`, a list of {address, keys, to}."""
    entries = parse_mapping(text, path)
    if isinstance(entries, Problem):
        return (), [entries]
    fields = Fields(entries, path)
    fields.check_known(["removed"])
    found = []
    for number, row in enumerate(fields.rows("removed"), start=1):
        address, keys, to = row.get("address"), row.get("keys", []), row.get("to", "")
        if isinstance(address, str) and isinstance(keys, list) and isinstance(to, str) and _is_path(address):
            found.append(RemovedPaper(address.strip("/") + "/", tuple(map(str, keys)), to and to.strip("/") + "/"))
        else:
            fields.refuse("removed", f"entry {number} needs `address: papers/YYYY/slug/` and `keys: [...]`")
    return tuple(found), fields.problems


def write_removed(content: Path, removed: Iterable[RemovedPaper]) -> None:
    """Write the list anew."""
    rows: list[Value] = [
        {"address": r.address, "keys": list(r.keys), **({"to": r.to} if r.to else {})} for r in removed
    ]
    lines = [
        "# Papers taken out by `sitegen remove`: import leaves them out, their addresses lead on.",
        *field_lines("removed", rows),
    ]
    (content / "removed.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _is_path(address: str) -> bool:
    return all(urls.is_slug(part) for part in address.strip("/").split("/"))
