"""What a paper's page shows of its citation."""

from dataclasses import dataclass

from sitegen.citing.formats import Format


@dataclass(frozen=True, slots=True)
class CitePanel:
    """A citation to be read and taken along. bibtex: its text.

    files: the formats that have a file beside the page; the browser makes the others of citation.json.
    """

    bibtex: str
    files: tuple[Format, ...]
