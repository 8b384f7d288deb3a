from hypothesis import given
from hypothesis import strategies as st

from sitegen.citing import Title, parse_title


def test_a_plain_title_is_all_there_is() -> None:
    assert parse_title("R&D: 50% of {all}") == Title("R&D: 50% of {all}")


def test_formulas_are_tex_for_tex_and_plain_for_the_others() -> None:
    assert parse_title(r"H$^2$GFM & $\beta_p$-norms") == Title("H²GFM & β_p-norms", r"H$^2$GFM \& $\beta_p$-norms")


def test_prices_are_no_formulas() -> None:
    assert parse_title("From $15 or $20 models") == Title("From $15 or $20 models")


def test_a_formula_that_tex_cannot_hold_is_text() -> None:
    assert parse_title("A $50%$ gain") == Title("A $50%$ gain")


def test_letters_with_accents_need_no_tex_of_their_own() -> None:
    assert parse_title(r"Gr\"obner bases") == Title("Gröbner bases")


@given(st.text())
def test_any_title_fits_on_a_line_and_into_a_file(title: str) -> None:
    made = parse_title(title)
    assert made.plain.isprintable() or not {*"\r\n\t\0"} & {*made.plain}
    (made.plain + made.tex).encode()
