"""Similar papers: who they are, by which words, and the same again after any change."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from sitegen.related import Neighbour, similar, terms_of
from sitegen.related.finding import find_related

TEXTS = [
    ("Distilling diffusion models", "Diffusion distillation makes sampling fast; one step is enough."),
    ("One-step diffusion", "Diffusion sampling in one step through distillation of a teacher."),
    ("Galaxy morphology", "Galaxies are classified by their morphology in telescope surveys."),
    ("Spiral galaxies", "The morphology of spiral galaxies, seen through a telescope."),
    ("Nothing alike", "Entirely separate vocabulary appears here."),
]


def test_papers_that_share_rare_words_are_similar_and_the_words_are_named() -> None:
    found = similar(TEXTS)
    assert [n.index for n in found[0]] == [1]
    assert set(found[0][0].shared) == {"diffusion", "distillation", "sampling", "step"}
    assert [n.index for n in found[2]] == [3]
    assert set(found[2][0].shared) == {"galaxy", "morphology", "telescope"}
    assert found[4] == ()


def test_a_paper_is_never_similar_to_itself() -> None:
    assert all(index not in [n.index for n in found] for index, found in enumerate(similar(TEXTS * 2)))


def test_a_new_unrelated_paper_changes_no_ones_neighbours() -> None:
    before = similar(TEXTS)
    after = similar([*TEXTS, ("Cooking rice", "Water, rice and patience.")])
    assert [[n.index for n in found] for found in after[:5]] == [[n.index for n in found] for found in before]


def test_of_equals_the_first_papers_are_taken() -> None:
    found = similar([("Spiral galaxies", "")] * 8)
    assert [n.index for n in found[0]] == [1, 2, 3, 4, 5]
    assert [n.index for n in found[7]] == [0, 1, 2, 3, 4]


def test_no_papers_no_neighbours() -> None:
    assert similar([]) == ()


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=120)), max_size=12))
def test_any_texts_have_at_most_five_neighbours_each_with_words_of_both(texts: list[tuple[str, str]]) -> None:
    found = similar(texts)
    assert len(found) == len(texts)
    assert all(len(neighbours) <= 5 and all(n.shared for n in neighbours) for neighbours in found)


WORDS = st.sampled_from("atom boson comet delta enzyme fractal galaxy helix isotope jet kernel lepton".split())
PAPERS = st.lists(st.tuples(WORDS, st.lists(WORDS, max_size=8).map(" ".join)), min_size=1, max_size=14)


@given(PAPERS, st.data())
def test_after_a_change_the_neighbours_are_those_of_a_fresh_look(
    texts: list[tuple[str, str]], data: st.DataObject
) -> None:
    papers = [terms_of(*text) for text in texts]
    related = find_related(papers)
    for _ in range(3):
        place = data.draw(st.integers(0, len(papers) - 1))
        papers[place] = terms_of(data.draw(WORDS), " ".join(data.draw(st.lists(WORDS | st.just("quasar"), max_size=8))))
        related = find_related(papers, related)
        assert related.neighbours == find_related(papers).neighbours


@given(PAPERS, st.integers(0, 3))
def test_papers_that_come_or_go_are_a_fresh_look(texts: list[tuple[str, str]], fewer: int) -> None:
    papers = [terms_of(*text) for text in texts]
    related = find_related(papers[fewer:], find_related(papers))
    assert related.neighbours == find_related(papers[fewer:]).neighbours


def test_what_was_found_can_be_sent_to_another_process() -> None:
    related = find_related([terms_of(*text) for text in TEXTS])
    again = pickle.loads(pickle.dumps(related))  # noqa: S301  # our own bytes
    assert again.neighbours == related.neighbours
    assert isinstance(again.neighbours[0][0], Neighbour)
