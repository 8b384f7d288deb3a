from hypothesis import given
from hypothesis import strategies as st

from sitegen.related import similar

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


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=120)), max_size=12))
def test_any_texts_have_at_most_five_neighbours_each_with_words_of_both(texts: list[tuple[str, str]]) -> None:
    found = similar(texts)
    assert len(found) == len(texts)
    assert all(len(neighbours) <= 5 and all(n.shared for n in neighbours) for neighbours in found)
