"""Planning by bundles, for a process that builds again and again: what stands is not planned anew.

What was made first must be what is looked at first: a plan comes in portions, each of which is put in place by itself.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.bundles import Bundle, Turn
from sitegen.journal import recover
from sitegen.looks import Looks, looks_of
from sitegen.output import MANIFEST, Manifest, Output, additions, read_manifest

PORTION = 150
"""Files that are made at one go, after those that are looked at."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A bundle whose files are all in place. files: their paths. indexed: those that search engines are to find."""

    made_of: tuple[object, ...]
    files: tuple[str, ...]
    indexed: tuple[str, ...]


@dataclass(slots=True)
class Portion:
    """What is made at one go. outputs: the files to make. settled: by name, the bundles that are in place then.

    is_looked_at: whether it holds what is looked at just now, and nothing else.
    """

    outputs: list[Output] = field(default_factory=list)
    settled: dict[str, Settled] = field(default_factory=dict)
    is_looked_at: bool = False

    def take(self, other: "Portion") -> tuple[()]:
        """Take in another portion; gives nothing to be told of."""
        self.outputs += other.outputs
        self.settled |= other.settled
        return ()


class Standing:
    """What stands in the folder of a site, as long as nobody else writes there.

    manifest: its files. settled: the bundles that are all in place, by name. is_known: whether this process has made
    the site; until then its files must be looked at.
    """

    def __init__(self) -> None:
        self.manifest: Manifest = {}
        self.settled: dict[str, Settled] = {}
        self._owners: dict[str, str] = {}
        self._waves: dict[str, set[str]] = {}
        self._looks: Sequence[Looks] = ()

    @property
    def is_known(self) -> bool:
        """Tell whether this process has made the site, and nobody else since."""
        return bool(self._looks)

    def look(self, site: Path) -> None:
        """Look whether the folder is as it was left; if not, what is known of it is forgotten."""
        recover(site)
        if not self._looks or self._looks != _looks_of_manifest(site):
            self.manifest, self.settled, self._looks = read_manifest(site), {}, ()

    def note(self, site: Path, manifest: Manifest, settled: dict[str, Settled]) -> None:
        """Note what was put in place. manifest: of the whole site. settled: the bundles that are in place now."""
        self.manifest, self._looks = manifest, _looks_of_manifest(site)
        self.settled |= settled
        self._owners |= {path: name for name, bundle in settled.items() for path in bundle.files}

    def fresh(self, wave: str, bundles: Sequence[Bundle[Output]]) -> list[Bundle[Output]]:
        """Give the bundles that are not settled, and forget all that was settled otherwise.

        What is begun may not be ended, so from here on a fresh bundle is no longer what it was. wave: a name of the
        bundles together; those of other waves are left alone.
        """
        known, names = self.settled, self._waves.get(wave, set())
        stays = {b.name for b in bundles if (settled := known.get(b.name)) and settled.made_of == b.made_of}
        self.settled = {name: settled for name, settled in known.items() if name in stays or name not in names}
        self._waves[wave] = {bundle.name for bundle in bundles}
        return [bundle for bundle in bundles if bundle.name not in stays]

    def owners(self, files: Collection[str]) -> set[str]:
        """Name the bundles that some files belonged to when they were last made."""
        return {self._owners[file] for file in files if file in self._owners}

    def wanted(self, outputs: Iterable[Output]) -> list[Output]:
        """Give the outputs whose files are not in place: all, where the files must be looked at."""
        if not self.is_known:
            return list(outputs)
        known = self.manifest
        return [output for output in outputs if output.path not in known or known[output.path].key != output.key]


def _looks_of_manifest(site: Path) -> list[Looks]:
    return [looks_of((site / name).stat()) for name in (MANIFEST, *additions(site)) if (site / name).exists()]


def portions(fresh: Sequence[Bundle[Output]], standing: Standing, opened: Collection[str]) -> Iterator[Portion]:
    """Cut what is fresh, but for what comes last, into portions. opened: files that are looked at just now."""
    usual = sorted((bundle for bundle in fresh if bundle.turn is not Turn.LAST), key=lambda bundle: bundle.turn)
    if standing.is_known and opened:
        yield _opened(usual, standing, opened)
    portion = Portion()
    for bundle in usual:
        add(portion, bundle, standing)
        if standing.is_known and len(portion.outputs) >= PORTION:
            yield portion
            portion = Portion()
    yield portion


def _opened(usual: Sequence[Bundle[Output]], standing: Standing, opened: Collection[str]) -> Portion:
    """Give what is looked at, and what no page can be shown without. Its bundles are not settled by that."""
    owners = standing.owners(opened)
    near = [bundle for bundle in usual if bundle.turn is Turn.FIRST or bundle.name in owners]
    outputs = [o for bundle in near for o in bundle.make() if bundle.turn is Turn.FIRST or o.path in opened]
    return Portion(standing.wanted(outputs), is_looked_at=True)


def add(portion: Portion, bundle: Bundle[Output], standing: Standing) -> None:
    """Plan a bundle as part of a portion."""
    outputs = tuple(bundle.make())
    portion.outputs += standing.wanted(outputs)
    files = tuple(output.path for output in outputs)
    portion.settled[bundle.name] = Settled(bundle.made_of, files, tuple(o.path for o in outputs if o.indexed))
