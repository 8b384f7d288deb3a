"""Where a listing can be followed, as its pages say it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedLinks:
    """Where the newest papers of a listing can be followed. label: of the listing. atom, json: paths of the feeds."""

    label: str
    atom: str
    json: str
