"""Similar papers, and the words that say so: terms that two papers share and few others have.

`terms` reads a paper's terms, `telling` weighs them, `nearest` scores what papers share, `finding` puts it together. An
inverted index over each paper's most telling terms keeps the work linear in the number of papers: a term that is common
says little and is left out, so that no list is long. Rarity counts in coarse steps, so that one new paper does not
reorder the neighbours of all the others. Weights are whole numbers, so that a score is the same in whatever order it
was summed.
"""

from collections.abc import Iterable

from sitegen.related.memory import RelatedMemory
from sitegen.related.neighbour import Neighbour
from sitegen.related.terms import Terms, terms_of

__all__ = ["Neighbour", "RelatedMemory", "Terms", "similar", "terms_of"]


def similar(texts: Iterable[tuple[str, str]]) -> tuple[tuple[Neighbour, ...], ...]:
    """Find for each paper, given as (title, abstract), up to five similar ones, best first; ties by place."""
    from sitegen.related.finding import find_related  # noqa: PLC0415  # numpy loads slowly, and is not always needed

    return find_related([terms_of(title, abstract) for title, abstract in texts]).neighbours
