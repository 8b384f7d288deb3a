import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.citing import Name, parse_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Lovelace", Name("Lovelace", "Ada")),
        ("Lovelace, Ada", Name("Lovelace", "Ada")),
        ("Ludwig van Beethoven", Name("van Beethoven", "Ludwig")),
        ("Maria de la Cruz", Name("de la Cruz", "Maria")),
        ("García Márquez, Gabriel", Name("García Márquez", "Gabriel")),
        ("bell hooks", Name("hooks", "bell")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", "Jr.")),
        ("Martin Luther King, Jr.", Name("King", "Martin Luther", "Jr.")),
        ("King, Jr., Martin Luther", Name("King", "Martin Luther", "Jr.")),
        (r"Erwin Schr\"odinger", Name("Schrödinger", "Erwin")),
        ("Plato", Name("Plato")),
        ("The ATLAS Collaboration", Name("The ATLAS Collaboration")),
        ("Qwen Team", Name("Qwen Team")),
        ("Ada Lovelace and Charles Babbage", Name("Ada Lovelace and Charles Babbage")),
        ("a, b, c, d", Name("a, b, c, d")),
        ("King, Jr.", Name("King Jr.")),
    ],
)
def test_names_are_cut_as_bibliographies_sort_them(text: str, name: Name) -> None:
    assert parse_name(text) == name


@given(st.text())
def test_any_name_gives_one(text: str) -> None:
    name = parse_name(text)
    assert name.given or not name.suffix
