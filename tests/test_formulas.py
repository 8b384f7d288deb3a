"""TeX to MathML: formulas and nothing else."""

from html import escape

import pytest

from sitegen.formulas import mathml


@pytest.mark.parametrize("tex", ["$x^2$", r"\(\frac{a}{b}\)", r"$\mathcal{O}(n \log n)$", "$50%$"])
def test_math_becomes_mathml(tex: str) -> None:
    assert mathml(tex).startswith("<math ")


@pytest.mark.parametrize("tex", [r"$\frac{a$", r"$\left($", r"$\begin{matrix}$", "$" + "{" * 300 + "$"])
def test_math_that_cannot_be_read_is_shown_as_written(tex: str) -> None:
    made = mathml(tex)
    assert made.startswith(("<math ", '<code class="math">'))
    assert "Traceback" not in made


@pytest.mark.parametrize(
    "tex",
    [
        r"$\text{<img src=x />}$",
        r"$\text{<?x ><img src=x ?>}$",
        r"$\text{<![CDATA[<img src=x>]]>}$",
        r"$\text{<!-- x -->}$",
        r"$\href{javascript:ran()}{x}$",
        r"$\style{color:red}{x}$",
        r"$\class{header}{x}$",
    ],
)
def test_formulas_bring_no_html_and_no_addresses(tex: str) -> None:
    assert mathml(tex) == f'<code class="math">{escape(tex)}</code>'
