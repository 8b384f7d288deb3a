"""What a build is asked for."""

from dataclasses import dataclass
from pathlib import Path

PARTS = frozenset(
    "pages listings feed feeds cards offline packs zip related search stats map data citations robots".split()
)
"""The parts of a site: pages of papers and by hand; listings; the feed of everything; the feeds of topics and
organisations; pictures of pages; what makes the site readable offline; the packs by which a browser keeps all of it;
the zip of the site, where site.yaml asks for one; similar papers on the pages; the search; the pages of statistics and
of the map; the catalogue as data; files of citations; sitemap and robots.txt. Assets are made in any case."""

PREVIEWED = PARTS - {"packs", "zip"}
"""The parts that a preview makes: not those that hold all the others."""


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What the command line asks for. site: the output folder. base_url: None for the one in site.yaml.

    steps: whether the report is to name the files that stay too. workers: processes, None for one for each core.
    cluster: address of a Dask scheduler, "" for this machine. only: the parts to make; the others are left out.
    """

    site: Path
    base_url: str | None = None
    drafts: bool = False
    strict: bool = False
    noindex: bool = False
    force: bool = False
    steps: bool = False
    workers: int | None = None
    cluster: str = ""
    only: frozenset[str] = PARTS

    @property
    def facts(self) -> tuple[object, ...]:
        """What of it makes a difference to the files of the site."""
        return (self.base_url, self.drafts, self.noindex, sorted(self.only))
