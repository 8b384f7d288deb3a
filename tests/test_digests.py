import datetime as dt

import pytest

from sitegen.digests import body_digest, digest, find_abstract

ABSTRACT = "One sentence. And a second one."
MARK = body_digest(ABSTRACT)


def test_a_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest({"handle": "a", "name": "b"}) == digest({"name": "b", "handle": "a"})


@pytest.mark.parametrize(
    ("one", "other"), [(2, "2"), (True, 1), ("", None), (dt.date(2024, 3, 4), dt.date(2024, 3, 5)), ([1, 2], [2, 1])]
)
def test_different_values_have_different_digests(one: object, other: object) -> None:
    assert digest(one) != digest(other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "body", [f"\n{ABSTRACT}\n", ABSTRACT, f"\r\n\r\n{ABSTRACT}\r\n", f"{ABSTRACT}\n\nMore.\n", f"\n{ABSTRACT}  \n"]
)
def test_an_abstract_is_found_whatever_stands_below_it(body: str) -> None:
    span = find_abstract(body, MARK)
    assert span is not None
    assert body[slice(*span)] == ABSTRACT


@pytest.mark.parametrize(
    "body", ["", f"\n{ABSTRACT[:-1]}\n", f"\n{ABSTRACT} Added.\n", f"\nAbove.\n\n{ABSTRACT}\n", f"\n {ABSTRACT}\n"]
)
def test_an_edited_abstract_is_not_found(body: str) -> None:
    assert find_abstract(body, MARK) is None


@pytest.mark.parametrize("recorded", ["", "-", "x-12345678", "31", "-31-12345678", "9" * 5000 + "-12345678", "²-1"])
def test_a_digest_that_import_did_not_write_finds_nothing(recorded: str) -> None:
    assert find_abstract(f"\n{ABSTRACT}\n", recorded) is None


def test_an_empty_abstract_is_found_in_an_empty_body_only() -> None:
    assert find_abstract("", body_digest("")) == (0, 0)
    assert find_abstract("\nBy hand.\n", body_digest("")) is None
