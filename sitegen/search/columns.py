"""Columns of numbers, written slice by slice as `values.encode` writes a list, but all at once."""

from json.encoder import encode_basestring

import numpy as np

from sitegen.search.analysis import Integers, Wide
from sitegen.search.values import LIMIT, OFFSET


class Column:
    """Numbers from 0 whose slices can be had as JSON. numbers: shape (n,)."""

    def __init__(self, numbers: Integers | Wide) -> None:
        self._numbers = numbers
        self._text = (np.minimum(numbers, LIMIT) + OFFSET).astype("<u2").tobytes().decode("utf-16-le")
        self._is_small = bool((numbers < LIMIT).all())

    def json(self, start: int = 0, end: int | None = None) -> str:
        """Write the numbers from one place up to another: a string, or an array where one is too large for that."""
        if self._is_small or bool((self._numbers[start:end] < LIMIT).all()):
            return encode_basestring(self._text[start:end])
        return f"[{','.join(map(str, self._numbers[start:end].tolist()))}]"
