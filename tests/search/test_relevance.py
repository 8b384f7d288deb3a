"""What a reader half remembers of a paper finds it: each of the sample's papers, in the site as it is built."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from sitegen.assemble import ContentMemory, assemble, read_content
from sitegen.catalogue import Entry
from sitegen.search import SearchIndex, pipeline, quoting, read_index

PAPERS = 126


@pytest.fixture(scope="module")
def index(built: Path) -> SearchIndex:
    return read_index(built / "site")


@pytest.fixture(scope="module")
def papers(built: Path) -> Sequence[Entry]:
    memory = ContentMemory(built, "engine")
    return assemble(read_content(built, memory), memory).catalogue.papers


@pytest.fixture(scope="module")
def rarity(papers: Sequence[Entry]) -> Counter[str]:
    """Count the papers that hold each term."""
    return Counter(term for paper in papers for term in set(terms_of(f"{paper.page.title} {paper.abstract}")))


def terms_of(text: str) -> Iterator[str]:
    return (term for word in quoting.words_of(text) for term in pipeline.terms(word))


def rare_words(text: str, rarity: Counter[str], least: int) -> list[str]:
    """Give the three words of a text that the fewest papers hold, but at least so many; ties by the alphabet."""
    words = {term: word for word in quoting.words_of(text) for term in pipeline.terms(word)}
    return [words[term] for term in sorted(words, key=lambda t: (rarity[t], t)) if rarity[term] >= least][:3]


def found(index: SearchIndex, words: Sequence[str], limit: int) -> list[str]:
    return [hit.slug for hit in index.search(" ".join(words), limit).hits]


def test_a_title_without_its_stop_words_finds_its_paper_first(papers: Sequence[Entry], index: SearchIndex) -> None:
    words = {p.page.slug: [w for w in quoting.words_of(p.page.title) if pipeline.terms(w)] for p in papers}
    missed = {slug: asked for slug, asked in words.items() if found(index, asked, 1) != [slug]}
    assert (len(words), missed) == (PAPERS, {})


@pytest.mark.parametrize("least", [1, 2], ids=["the rarest words", "words of other papers too"])
def test_three_rare_words_of_an_abstract_find_its_paper_among_the_first_three(
    papers: Sequence[Entry], rarity: Counter[str], index: SearchIndex, least: int
) -> None:
    words = {p.page.slug: rare_words(p.abstract, rarity, least) for p in papers}
    missed = {slug: asked for slug, asked in words.items() if slug not in found(index, asked, 3)}
    assert (len(words), missed) == (PAPERS, {})
