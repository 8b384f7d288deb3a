"""YAML within limits, with the lines of the user's file."""

import datetime as dt
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.problems import Problem
from sitegen.yamlsource import MAX_BYTES, MAX_DEPTH, Entry, decode, parse_mapping


def entries(text: str, first_line: int = 1) -> dict[str, Entry]:
    read = parse_mapping(text, "f.yaml", first_line)
    assert not isinstance(read, Problem), str(read)
    return read


def values(text: str) -> dict[str, Any]:
    return {key: entry.value for key, entry in entries(text).items()}


def refused(text: str, first_line: int = 1) -> str:
    read = parse_mapping(text, "f.yaml", first_line)
    assert isinstance(read, Problem)
    return str(read)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("text", "text"),
        ("'2024-12-05'", "2024-12-05"),
        ("2024-12-05", dt.date(2024, 12, 5)),
        ("2024-12-05T10:00:00Z", dt.datetime(2024, 12, 5, 10, tzinfo=dt.UTC)),
        ("12", 12),
        ("1.5", 1.5),
        ("true", True),
        ("no", False),
        ("~", None),
        ("", None),
        ("=", "="),
        ("<<", "<<"),
        ("! 12", "12"),
        ("[a, [b], {c: 1}]", ["a", ["b"], {"c": 1}]),
        ("{a: {b: []}}", {"a": {"b": []}}),
        ('"a\\tb\\u00e9"', "a\tbé"),
        ("two\n  lines", "two lines"),
        ("|\n  two\n  lines\n", "two\nlines\n"),
        ("\n- a\n- b: 1\n  c: 2\n", ["a", {"b": 1, "c": 2}]),
    ],
)
def test_values(written: str, value: object) -> None:
    assert values(f"key: {written}\n") == {"key": value}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_an_empty_file_is_an_empty_mapping(text: str) -> None:
    assert entries(text) == {}


def test_each_entry_knows_its_lines_in_the_users_file() -> None:
    text = "a: 1\n\n# note\nb: [\n  x,\n  y\n] # end\nc:\n- p\n- q: |\n    block\n\nd: 'two\n  lines'\ne: {\n}\n"
    places = {key: (entry.line, entry.last) for key, entry in entries(text, first_line=2).items()}
    assert places == {"a": (2, 2), "b": (5, 8), "c": (9, 13), "d": (14, 15), "e": (16, 17)}


def test_a_value_that_is_missing_ends_with_its_key() -> None:
    places = {key: (e.value, e.line, e.last) for key, e in entries("? a\n? b\n: c\nd:\n\n\ne: # none\n").items()}
    assert places == {"a": (None, 1, 1), "b": ("c", 2, 3), "d": (None, 4, 4), "e": (None, 7, 7)}


@pytest.mark.parametrize("sign", ["\r", "\x85", "\u2028", "\u2029"])
def test_line_ends_that_editors_do_not_count_are_not_counted(sign: str) -> None:
    read = entries(f"a: 'one{sign}two'\nb: 1\n")
    assert (read["a"].value, read["b"].line) == ("one two", 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: &x 1\n", "f.yaml:1: error: anchors and aliases (& and *) are not read; write the value out"),
        ("a: 1\nb: *x\n", "f.yaml:2: error: anchors and aliases (& and *) are not read; write the value out"),
        ("a: 1\nb: 2\na: 3\n", "f.yaml:3: error: the key 'a' stands twice, in lines 1 and 3; keep one"),
        ("a: {b: 1,\n b: 2}\n", "f.yaml:2: error: the key 'b' stands twice, in lines 1 and 2; keep one"),
        (
            "a: !!python/name:os.system x\n",
            "f.yaml:1: error: the tag tag:yaml.org,2002:python/name:os.system is not read",
        ),
        ("a: !own [x]\n", "f.yaml:1: error: the tag !own is not read; remove it"),
        ("a: !!binary aGk=\n", "f.yaml:1: error: the tag tag:yaml.org,2002:binary is not read"),
        ("a: 2024-02-30\n", "f.yaml:1: error: '2024-02-30' is not a valid date; mend it"),
        ("a: 0b\n0: x\n", "f.yaml:2: error: a key must be text; put it in quotes"),
        ("? [a]\n: b\n", "f.yaml:1: error: a key must be text; put it in quotes"),
        ("- a\n", "f.yaml:1: error: this must be a mapping, lines of `key: value`"),
        ("just text\n", "f.yaml:1: error: this must be a mapping, lines of `key: value`"),
        ("!!map\na: 1\n", "f.yaml:1: error: this must be a mapping, lines of `key: value`"),
        ("a: 1\n---\nb: 2\n", "f.yaml:2: error: a second YAML document begins here; remove it"),
        (
            "a: 1\n\tb: 2\n",
            "f.yaml:2:1: error: YAML: found a tab character that violates indentation; indent with spaces",
        ),
        ("a: @b\n", "f.yaml:1:4: error: YAML: found character that cannot start any token; put the value in quotes"),
        (
            "a: b: c\n",
            "f.yaml:1:5: error: YAML: mapping values are not allowed in this context; put a value that holds",
        ),
        ("a: 1\nb: 'c\nd: e\n", "f.yaml:2:4: error: YAML: found unexpected end of stream; close the quotation mark"),
        ("a: 1\nb: \x1b\n", "f.yaml:2:4: error: the character U+001B cannot stand in YAML; remove it"),
        ("a: \ufffe\n", "f.yaml:1:4: error: the character U+FFFE cannot stand in YAML; remove it"),
    ],
)
def test_what_is_refused_and_where(text: str, message: str) -> None:
    assert refused(text).startswith(message)


def test_lines_of_messages_are_those_of_the_file() -> None:
    assert refused("a: 1\nb: @\n", first_line=2).startswith("f.yaml:3:4: error: ")
    assert refused("a: 1\na: 2\n", first_line=2).endswith("in lines 2 and 3; keep one")


@pytest.mark.parametrize("number", ["9" * 19, "9" * 5000, "-" + "9" * 30, "0x" + "f" * 40, "1:" * 40 + "0"])
def test_numbers_of_many_digits_are_refused(number: str) -> None:
    assert refused(f"a: {number}\n") == "f.yaml:1: error: a number with too many digits; put it in quotes if it is text"


@pytest.mark.parametrize("nest", ["[", "{a: "])
def test_depth_is_limited(nest: str) -> None:
    close = {"[": "]", "{a: ": "}"}[nest]
    assert values(f"k: {nest * (MAX_DEPTH - 1)}1{close * (MAX_DEPTH - 1)}\n")
    assert "nested deeper than 16 levels" in refused(f"k: {nest * 900}1{close * 900}\n")
    assert "nested deeper than 16 levels" in refused(f"k: {nest * (60_000 // len(nest))}\n")


def test_size_is_limited() -> None:
    assert values(f"k: {'x' * (MAX_BYTES - 4)}\n")
    assert "more than 64 KiB" in refused(f"k: {'é' * (MAX_BYTES // 2)}\n")


@pytest.mark.parametrize("escape", [r"\0", r"\x00", r"\u0000", r"\U00000000"])
def test_an_escaped_nul_is_refused_as_a_plain_one_is(escape: str) -> None:
    assert refused(f'a: 1\nb: "x{escape}"\n') == "f.yaml:2: error: an escape gives a NUL character; remove it"


@pytest.mark.parametrize("escape", [r"\ud800", r"\udfff", r"\ud83d\ude80"])
def test_halves_of_surrogate_pairs_are_refused(escape: str) -> None:
    assert refused(f'a: "{escape}"\n').startswith("f.yaml:1")


_PLAIN = st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=["Cs", "Cc", "Zl", "Zp"])
_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**16), 10**16)
    | st.dates(min_value=dt.date(1000, 1, 1))
    | st.text(_PLAIN),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(_PLAIN, min_size=1), inner, max_size=4),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.dictionaries(st.text(_PLAIN, min_size=1), _VALUES, min_size=1, max_size=5))
def test_what_yaml_writes_is_read_back(mapping: dict[str, Any]) -> None:
    read = parse_mapping(yaml.safe_dump(mapping, default_flow_style=False, allow_unicode=True), "f.yaml")
    assert isinstance(read, dict)
    assert {key: entry.value for key, entry in read.items()} == mapping


@settings(deadline=None)
@given(st.text(alphabet="ab: -[]{},'\"\\#&*!|>%@?\n\r\t.0123\x85\u2028\ud800é~=<", max_size=80))
def test_no_text_is_too_much(text: str) -> None:
    read = parse_mapping(text, "f.yaml")
    lines = text.count("\n") + 1
    if isinstance(read, Problem):
        assert 1 <= read.line <= lines + 1
    else:
        assert all(1 <= entry.line <= entry.last <= lines for entry in read.values())


def test_bytes_are_decoded_strictly() -> None:
    assert decode("naïve\r\n\ufeff".encode(), "f") == "naïve\r\n\ufeff"
    assert str(decode(b"a\nb\xe9", "f")) == "f:2:2: error: not UTF-8 (byte 0xe9); save the file as UTF-8"
    assert str(decode(b"\xed\xa0\x80", "f")) == "f:1:1: error: not UTF-8 (byte 0xed); save the file as UTF-8"
    assert str(decode(b"a\n\n\0", "f")) == "f:3: error: a NUL character; remove it"
