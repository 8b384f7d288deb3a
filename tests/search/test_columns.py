"""Columns are written as lists of values are."""

import json

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sitegen.search.columns import Column
from sitegen.search.documents import json_bytes
from sitegen.search.values import LIMIT, decode, encode

NUMBERS = st.lists(st.one_of(st.integers(0, 99), st.integers(LIMIT - 9, LIMIT + 9)), max_size=12)


@given(NUMBERS, st.integers(0, 12), st.integers(0, 12))
def test_a_slice_is_written_as_a_list_is(numbers: list[int], start: int, end: int) -> None:
    column = Column(np.array(numbers, np.int64))
    assert column.json(start, end).encode() == json_bytes(encode(numbers[start:end]))


def test_what_is_written_is_read() -> None:
    numbers = [0, 44, LIMIT - 1]
    assert decode(json.loads(Column(np.array(numbers, np.int32)).json())) == numbers
