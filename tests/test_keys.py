"""A key changes with all that it is made of, and with nothing else, in any process."""

import datetime as dt
import enum
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.keys import key_of


class Kind(enum.StrEnum):
    ONE = "one"


@dataclass(frozen=True, slots=True)
class Shown:
    title: str
    date: dt.date | None
    rows: tuple["Shown", ...] = ()
    facts: MappingProxyType[str, float] | None = None
    kind: Kind = Kind.ONE


TITLE = "A title"
SHOWN = Shown(TITLE, dt.date(2024, 12, 5), (Shown("inner", None),), MappingProxyType({"a": 1.5}))


def test_it_is_24_hex_digits_and_the_same_for_equal_values() -> None:
    same = Shown("".join(TITLE), dt.date(2024, 12, 5), (Shown("inner", None),), MappingProxyType({"a": 1.5}))
    assert key_of("x", SHOWN) == key_of("x", same)
    assert len(bytes.fromhex(key_of("x", SHOWN))) == 12


@pytest.mark.parametrize(
    "other",
    [
        Shown("B title", dt.date(2024, 12, 5), SHOWN.rows, SHOWN.facts),
        Shown(TITLE, None, SHOWN.rows, SHOWN.facts),
        Shown(TITLE, SHOWN.date, (), SHOWN.facts),
        Shown(TITLE, SHOWN.date, (Shown("outer", None),), SHOWN.facts),
        Shown(TITLE, SHOWN.date, SHOWN.rows, MappingProxyType({"a": 2.5})),
        Shown(TITLE, SHOWN.date, SHOWN.rows, MappingProxyType({"b": 1.5})),
    ],
)
def test_every_field_at_any_depth_counts(other: Shown) -> None:
    assert key_of(other) != key_of(SHOWN)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 300) | st.text(max_size=3) | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
)


@given(one=st.lists(VALUES, max_size=3), other=st.lists(VALUES, max_size=3))
def test_different_values_have_different_keys(one: list[object], other: list[object]) -> None:
    assert (key_of(*one) == key_of(*other)) == (typed(one) == typed(other))


def typed(value: object) -> str:
    """Tell 1 from True as well, which are equal."""
    return repr(value)


@pytest.mark.parametrize(("one", "other"), [(("ab", "c"), ("a", "bc")), ((("a",), "b"), ("a", ("b",))), ((1,), ("1",))])
def test_where_one_value_ends_counts(one: tuple[object, ...], other: tuple[object, ...]) -> None:
    assert key_of(*one) != key_of(*other)


def test_mappings_count_in_their_order() -> None:
    assert key_of({"a": 1, "b": 2}) != key_of({"b": 2, "a": 1})
    assert key_of(MappingProxyType({"a": 1})) == key_of({"a": 1})


@pytest.mark.parametrize("odd", [object(), print, Path()])
def test_what_has_no_value_has_no_key(odd: object) -> None:
    with pytest.raises(NotImplementedError, match=f"no key can be made of {type(odd).__name__}"):
        key_of(odd)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_makes_the_same_key(seed: str) -> None:
    program = "from tests.test_keys import SHOWN; from sitegen.keys import key_of; print(key_of(SHOWN, 'x'))"
    environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True, env=environment)
    assert done.stdout.strip() == key_of(SHOWN, "x")
