"""What a paper's page shows of a similar paper."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A similar paper, by its place in the sequence that was asked about. shared: the most telling terms of both."""

    index: int
    shared: tuple[str, ...]
