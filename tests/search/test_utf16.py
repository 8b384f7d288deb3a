"""Text as JavaScript counts it."""

from hypothesis import given
from hypothesis import strategies as st

from sitegen.search import utf16


@given(st.text())
def test_round_trip(text: str) -> None:
    assert utf16.joined(utf16.units(text)) == text


@given(st.text(), st.text())
def test_units_sort_as_utf_16_does(one: str, other: str) -> None:
    by_bytes = one.encode("utf-16-be", "surrogatepass") < other.encode("utf-16-be", "surrogatepass")
    assert (utf16.units(one) < utf16.units(other)) == by_bytes


def test_full_width_letter_sorts_after_a_mathematical_one() -> None:
    full_width, mathematical = "\uff57", "\U0001d4b3"
    assert full_width < mathematical
    assert utf16.units(full_width) > utf16.units(mathematical)
