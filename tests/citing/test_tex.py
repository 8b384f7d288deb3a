import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.citing.tex import accented, escape, escape_signs, plain_formula, tex_formula
from tests.citing.reading import latex_to_text

TEXTS = st.text(st.sampled_from("ab Z09é\\{}$&#%_^~<>|=[]()@,.;:/*+"))


@given(TEXTS)
def test_what_is_escaped_shows_as_it_was(text: str) -> None:
    assert latex_to_text(escape(text)) == text


@given(TEXTS)
def test_braces_of_what_is_escaped_are_balanced_as_bibtex_counts_them(text: str) -> None:
    depths = [escape(text)[:end].count("{") - escape(text)[:end].count("}") for end in range(len(escape(text)) + 1)]
    assert min(depths) == depths[-1] == 0


def test_greek_letters_and_signs_become_commands_and_other_letters_stay() -> None:
    assert escape_signs("Hölder & β ≤ 2±") == "Hölder \\& \\ensuremath{\\beta} \\ensuremath{\\leq} 2±"


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"O(n\log n)", "O(n log n)"),
        (r"H_2^{-1}(\mathbb{R}^3)", "H₂⁻¹(R³)"),
        (r"L^\infty", "L^∞"),
        (r"\beta_{2,p}", "β_(2,p)"),
        (r"\frac{1}{2}", "1/2"),
        (r"\{a, b\}", "{a, b}"),
        (r"N \ge 3,\, 50\%", "N ≥3, 50%"),
        (r"\mathrm{SL}(2, \dots)", "SL(2, …)"),
        (r"\unknown", "unknown"),
        ("x^", "x^"),
    ],
)
def test_a_formula_in_plain_text(tex: str, plain: str) -> None:
    assert plain_formula(tex) == plain


def test_a_formula_stays_as_it_is_but_for_letters_that_tex_does_not_read() -> None:
    assert tex_formula(r"\mathbb{R}^n") == r"$\mathbb{R}^n$"
    assert tex_formula("\N{GREEK CAPITAL LETTER GAMMA}x") == r"$\Gamma x$"


@pytest.mark.parametrize("tex", ["50%", "a{b", "}{", "a # b", "a & b", "a\\", r"a\{b"])
def test_a_formula_that_tex_would_stumble_over_is_none(tex: str) -> None:
    assert tex_formula(tex) is None


@pytest.mark.parametrize(
    ("tex", "letters"),
    [
        (r"Schr\"odinger and Schr{\"o}dinger and Schr\" odinger", "Schrödinger and Schrödinger and Schrödinger"),
        (r"Poincar\'{e}, An\'alise, Seguran\c{c}a, Szeg\H{o}", "Poincaré, Análise, Segurança, Szegő"),
        (r"Haj{\l}asz, Erd\H os, na\"{\i}ve, 360{\deg}", "Hajłasz, Erdős, naïve, 360°"),
        (r"C:\users and \omega", r"C:\users and \omega"),
    ],
)
def test_accents_become_letters(tex: str, letters: str) -> None:
    assert accented(tex) == letters
