"""LaTeX habits of plain text, told apart from math, prices and addresses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.typeset import Run, runs, typeset


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"up by 3.32\%", "up by 3.32%"),
        (r"R\&D, \$5, \#1, a\_b, \{x\}", "R&D, $5, #1, a_b, {x}"),
        ("``deep'' nets and ``wide''", "“deep” nets and “wide”"),
        ("``not closed", "``not closed"),
        ("a '' alone", "a '' alone"),
        (r"\textit{E. coli} and \emph{x}", "E. coli and x"),
        (r"\texttt{code}, \textbf{bold}, \textsc{Name}", "code, bold, Name"),
        (r"\textit{}", ""),
        (r"et al.\ 2024", "et al. 2024"),
        (r"\cite{x} stays", r"\cite{x} stays"),
        (r"a \\ b", r"a \\ b"),
        ("512times512 pixels", "512times512 pixels"),
        ("<sks> and *emphasis*", "<sks> and *emphasis*"),
        ("$15 per paper", "$15 per paper"),
        ("$5 or $10 each", "$5 or $10 each"),
        ("from $5k to $10k", "from $5k to $10k"),
        (r"$x_1 = 50\%$", r"$x_1 = 50\%$"),
        (r"\(a\_b\)", r"\(a\_b\)"),
    ],
)
def test_what_the_reader_sees(text: str, shown: str) -> None:
    assert typeset(text) == shown


@pytest.mark.parametrize(
    ("text", "math"),
    [
        ("of $O(n^2)$ steps", ["$O(n^2)$"]),
        ("$a$ and $b$", ["$a$", "$b$"]),
        (r"of \(x\) and \(y(z)\)", [r"\(x\)", r"\(y(z)\)"]),
        ("$15 and $20", []),
        ("costs $3 million and $4 million", []),
        ("$ a $", []),
        (r"\$a\$", []),
        (r"\\(a\\)", []),
        ("$$a$$", []),
        ("$" + "x" * 500 + "$", []),
        ("$20$", ["$20$"]),
        ("a $x$-axis, $k$.", ["$x$", "$k$"]),
    ],
)
def test_math_and_prices(text: str, math: list[str]) -> None:
    assert [run.text for run in runs(text) if run.style == "math"] == math


def test_runs_keep_their_styles_in_order() -> None:
    assert list(runs(r"An \emph{old} $x$ at https://a.org/y_z.")) == [
        Run("An "),
        Run("old", "em"),
        Run(" "),
        Run("$x$", "math"),
        Run(" at "),
        Run("https://a.org/y_z", "address"),
        Run("."),
    ]


def test_habits_inside_an_address_are_left_alone() -> None:
    assert typeset("https://a.org/50%25_x") == "https://a.org/50%25_x"


@settings(deadline=None)
@given(st.text(st.characters(exclude_characters="\\$`'")))
def test_text_without_habits_stays_letter_for_letter(text: str) -> None:
    assert typeset(text) == text
