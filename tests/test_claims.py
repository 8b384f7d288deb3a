"""Claims as pairs of a text and what is picked out of it; what is not sure is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.claims import MOST, Claim, ClaimKind, find_claims

SURE = [
    ("Our sampler reaches an FID of 1.20 on ImageNet-64.", "FID of 1.20 on ImageNet-64"),
    ("The model attains 92.0 F1 on CoNLL-2003, a new record.", "92.0 F1 on CoNLL-2003"),
    ("It achieves a top-1 accuracy of 86.5% on ImageNet without more data.", "top-1 accuracy of 86.5% on ImageNet"),
    ("Decoding runs up to 4.5x faster.", "up to 4.5x faster"),
    ("The student is 12 times smaller and loses nothing.", "12 times smaller"),
    ("We introduce a diverse dataset of 3,710 flood images, labelled twice.", "dataset of 3,710 flood images"),
    ("We release a benchmark comprising 210K questions from exams.", "benchmark comprising 210K questions"),
]

RELEASED = [
    ("Code is available at https://example.org/x.", "code"),
    ("Our source code and pretrained models are publicly available.", "code, models"),
    ("We release all code, weights and data.", "code, models, data"),
    ("The dataset has been released.", "data"),
]

UNSURE = [
    "Compared to an FID of 1.20 on ImageNet-64, this is slow.",
    "Recent works reach an accuracy of 86.5% on ImageNet.",
    "Existing systems are 10x faster.",
    "It would be 10x faster.",
    "It is between 3 and 5 times faster.",
    "It is 14-49 times faster.",
    "It is 8times smaller.",
    "Accuracy drops, with an accuracy of 30% on MNIST.",
    "Code will be made available.",
    "Code is available upon request.",
    "Our code is not available.",
    "Only 14 studies made their code available.",
    "A dataset of 3,710 flood images was used.",
    "We present an approach using a dataset of 2200 incidents.",
    "In 2024 we met 3 times.",
    "",
]


@pytest.mark.parametrize(("text", "claim"), SURE)
def test_what_is_sure_is_picked_out(text: str, claim: str) -> None:
    assert [found.text for found in find_claims(text)] == [claim]


@pytest.mark.parametrize(("text", "things"), RELEASED)
def test_releases_are_named(text: str, things: str) -> None:
    assert find_claims(text) == (Claim(ClaimKind.RELEASED, things),)


@pytest.mark.parametrize("text", UNSURE)
def test_what_is_not_sure_is_left_alone(text: str) -> None:
    assert find_claims(text) == ()


def test_a_claim_stands_once_and_only_a_few_stand_at_all() -> None:
    factors = " ".join(f"Ours is {n}x faster." for n in (2, 2, 3, 4, 5, 6))
    assert [claim.text for claim in find_claims(factors)] == [f"{n}x faster" for n in (2, 3, 4, 5)]
    assert MOST == 4


WORDS = st.sampled_from(
    "We our reaches FID of 1.20 86.5% on ImageNet 4x faster. code is available up to 10 and .".split()
)


@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text())
def test_figures_are_the_abstracts_own_words(text: str) -> None:
    joined = " ".join(text.split())
    assert all(claim.text in joined for claim in find_claims(text) if claim.kind is not ClaimKind.RELEASED)
