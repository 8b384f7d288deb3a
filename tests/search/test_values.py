"""Integers as text."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.search.documents import json_bytes
from sitegen.search.values import LIMIT, decode, deltas, encode, halves, sums, whole

NUMBERS = st.lists(st.integers(0, 2 * LIMIT), max_size=20)


def test_small_numbers_are_one_unit_each() -> None:
    assert encode([1, 2, 0, 62]) == "120n"


@pytest.mark.parametrize("number", [LIMIT, 10**9])
def test_a_number_that_no_unit_stands_for_makes_an_array(number: int) -> None:
    assert encode([1, number]) == [1, number]


def test_the_greatest_unit_is_no_surrogate() -> None:
    assert str(encode([LIMIT - 1])) < "\ud800"


@given(NUMBERS)
def test_what_is_written_is_read(numbers: list[int]) -> None:
    assert decode(json.loads(json_bytes(encode(numbers)))) == numbers


@given(NUMBERS)
def test_halves_are_whole_again(numbers: list[int]) -> None:
    assert whole(*halves(numbers)) == numbers


@given(st.lists(st.integers(0, 10**6), unique=True).map(sorted))
def test_differences_add_up_again(numbers: list[int]) -> None:
    assert sums(deltas(numbers)) == numbers


@pytest.mark.parametrize("damaged", [None, 3, {}, " ", [-1], ["x"], [None]])
def test_damaged_values_are_refused(damaged: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        decode(damaged)
