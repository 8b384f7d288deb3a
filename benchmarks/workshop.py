"""What the cases share: catalogues, and every contender's site of them, each made when first asked for."""

import functools
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.catalogues import Facts, read_papers, write_dumps
from benchmarks.contenders import ALIKE_PARTS, SITEGEN, Contender, like_for_like, sitegen
from benchmarks.measuring import built, measured
from benchmarks.peers.hugo import hugo
from benchmarks.peers.mkdocs import mkdocs
from benchmarks.peers.pagefind import with_pagefind
from benchmarks.peers.pelican import pelican


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is measured. papers, large: sizes of the catalogues; few: for programs that would take too long."""

    papers: int = 10_000
    large: int = 100_000
    few: int = 1_000
    runs: int = 5
    saves: int = 50


QUICK = Scale(papers=500, large=2_000, few=100, runs=1, saves=5)


class Workshop:
    """Sites of one catalogue, in a folder of their own. corpus: real dumps, None for invented ones."""

    def __init__(self, folder: Path, papers: int, corpus: Path | None) -> None:
        self.folder = folder
        self._papers = papers
        self._corpus = corpus

    @functools.cached_property
    def root(self) -> Path:
        """Write the dumps, import them and build once; gives the folder of sitegen's site."""
        root = self.folder / "sitegen"
        origin = write_dumps(root, self._papers, self._corpus)
        print(f"making a catalogue of {self._papers:,} papers, {origin}", file=sys.stderr)
        measured([*SITEGEN, "import", "--root", str(root)])
        built(sitegen(root))
        return root

    @functools.cached_property
    def papers(self) -> tuple[Facts, ...]:
        """Give what sitegen's site publishes of its papers, newest first: the others are to show the same."""
        return read_papers(self.root)

    @functools.cached_property
    def sitegen(self) -> Contender:
        """Give sitegen with all it does."""
        return sitegen(self.root)

    @functools.cached_property
    def like_for_like(self) -> Contender:
        """Give sitegen with only what the others make too."""
        return like_for_like(self.root, self.folder / "alike")

    @functools.cached_property
    def default_theme(self) -> Contender:
        """Give sitegen with the same files, each showing all that the default theme shows."""
        return replace(sitegen(self.root, *ALIKE_PARTS), name="sitegen, default theme")

    @functools.cached_property
    def hugo(self) -> Contender:
        """Give Hugo's site of the same papers."""
        return hugo(self.folder / "hugo", self.papers)

    @functools.cached_property
    def hugo_with_pagefind(self) -> Contender:
        """Give another one, with a search."""
        return with_pagefind(hugo(self.folder / "hugo-pagefind", self.papers))

    @functools.cached_property
    def pelican(self) -> Contender:
        """Give Pelican's site."""
        return pelican(self.folder / "pelican", self.papers)

    @functools.cached_property
    def mkdocs(self) -> Contender:
        """Give MkDocs' site."""
        return mkdocs(self.folder / "mkdocs", self.papers)


class Bench:
    """What a case is given: the scale, and a workshop for any number of papers."""

    def __init__(self, folder: Path, scale: Scale, corpus: Path | None) -> None:
        self.folder = folder
        self.scale = scale
        self.corpus = corpus

    @functools.cached_property
    def usual(self) -> Workshop:
        """Give the catalogue that most cases are about."""
        return Workshop(self.folder / "usual", self.scale.papers, self.corpus)

    @functools.cached_property
    def large(self) -> Workshop:
        """Give ten times as many papers."""
        return Workshop(self.folder / "large", self.scale.large, self.corpus)

    @functools.cached_property
    def few(self) -> Workshop:
        """Give a tenth of them."""
        return Workshop(self.folder / "few", self.scale.few, self.corpus)
