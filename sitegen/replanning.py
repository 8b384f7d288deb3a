"""Planning by bundles where the last build was another process: what it planned is kept, by what that was made of.

It is believed only of a site that looks as that build left it; everywhere else every file is planned, and looked at.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sitegen.bundles import Bundle
from sitegen.fingerprints import Fingerprints
from sitegen.output import Output
from sitegen.shelf import read_record, write_record


class Row(NamedTuple):
    """A bundle of which all files are in place.

    fingerprint: of what it is made of. files: their paths, and those that search engines are to find, NUL between them.
    """

    fingerprint: str
    files: str
    indexed: str


Rows = Mapping[str, Row]
"""Bundles by their names."""


@dataclass(slots=True)
class Plan:
    """What a site is made of. outputs: the files that must be looked at. standing: paths of those that must not.

    indexed: paths of all pages that search engines are to find, in order. rows: of all bundles.
    """

    outputs: list[Output] = field(default_factory=list)
    standing: list[str] = field(default_factory=list)
    indexed: list[str] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)


class PlanMemory:
    """What the last build planned.

    file: where that is kept. engine: hash of the program. left, in its methods: digest of how a build left the site.
    """

    def __init__(self, file: Path, engine: str) -> None:
        self._file = file
        self._engine = engine

    def recall(self, left: str) -> Rows:
        """Give the bundles of the build that left the site as it is; none where that is not known."""
        kept = read_record(self._file, self._engine, tuple[str, dict[str, Row]]) if left else None
        return kept[1] if kept and kept[0] == left else {}

    def keep(self, left: str, rows: Rows) -> None:
        """Keep the bundles of this build."""
        if left:
            write_record(self._file, self._engine, (left, rows))


def plan_bundles(bundles: Iterable[Bundle[Output]], known: Rows) -> Plan:
    """Plan the bundles that are made of something else than before. known: those that are in place."""
    plan, fingerprints = Plan(), Fingerprints()
    for bundle in bundles:
        row = known.get(bundle.name)
        fingerprint = fingerprints.of(bundle.made_of)
        if row and row.fingerprint == fingerprint:
            plan.standing += _apart(row.files)
        else:
            outputs = tuple(bundle.make())
            indexed = "\0".join([output.path for output in outputs if output.indexed])
            row = Row(fingerprint, "\0".join([output.path for output in outputs]), indexed)
            plan.outputs += outputs
        plan.indexed += _apart(row.indexed)
        plan.rows[bundle.name] = row
    return plan


def _apart(paths: str) -> list[str]:
    return paths.split("\0") if paths else []
