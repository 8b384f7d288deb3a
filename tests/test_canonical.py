"""The canonical form, read and written without the library: always what the library would say."""

import datetime as dt
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.canonical import canonical_text, parse_canonical
from sitegen.yamlsource import parse_mapping

HEAD = """\
title: 'Lamps: a study'
date: 2024-12-05
authors: 5
organization: {handle: light-lab, name: Light Lab}
comments: 2
links: {code: 'https://example.org/lamps', project: 'https://example.org/'}
draft: false
keys: [lampsastudy]
topics: []
sources:
- {dump: papers-2025-12-11.txt, line: 58, captured: 2025-12-11, year: explicit, gave: [title, abstract, date]}
- {dump: papers-2025-12-12.txt, line: 3}
imported: {title: 3f9a1c2e, date: 4e074085, authors: '01234567', body: 1859-43f335ea}
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_page_as_import_writes_it(newline: str) -> None:
    entries = parse_canonical(HEAD.replace("\n", newline), first_line=2)
    assert entries is not None
    assert {key: entry.value for key, entry in entries.items()} == yaml.safe_load(HEAD)
    places = [(entry.line, entry.last, entry.column) for entry in entries.values()]
    assert places[:3] == [(2, 2, 23), (3, 3, 16), (4, 4, 10)]
    assert places[-2:] == [(11, 13, 40), (14, 14, 85)]


@pytest.mark.parametrize(
    "line",
    [
        "key:",
        "key: # a remark",
        "key: a # a remark",
        "key: a: b",
        "key: - a",
        'key: "a"',
        "key: |",
        "key: &a b",
        "key: ~",
        "key: 1.5",
        "key: 017",
        "key: 1:30",
        "key: yes",
        "key: <<",
        "key: 2024-02-30",
        "key: 2024-12-05 10:00:00",
        "key: 'a' b",
        "key: [a, [b]]",
        "key: [a,b]",
        "key: {a: {b: c}}",
        "key: {a: b, a: c}",
        "key: {a: b#c}",
        "key: {no: b}",
        "key: a\tb",
        "key: a\u2028b",
        "key: 1234567890123456789",
        "on: a",
        " key: a",
        "key : a",
        "key: a\n  b",
        "key: a\n- b",
        "key: a\nkey: b",
        "---",
        "",
    ],
)
def test_whatever_is_odd_is_left_to_the_library(line: str) -> None:
    assert parse_canonical(f"{line}\n", 1) is None


def test_a_last_line_without_its_end_is_left_to_the_library() -> None:
    assert parse_canonical("key: a", 1) is None


def read(text: str) -> str:
    return repr(parse_mapping(text, "p.md", 2))


def by_the_library(text: str) -> str:
    """Read a text the long way: a remark on a line of its own is not canonical, and changes nothing else."""
    return repr(parse_mapping(f"# a remark\n{text}", "p.md", 1))


@st.composite
def mutated_heads(draw: st.DrawFn) -> str:
    """Give a head as import writes it, with some of its characters replaced, or lines taken from elsewhere."""
    head = draw(st.permutations(HEAD.splitlines(keepends=True)).map("".join) | st.just(HEAD))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(head)))
        put = draw(st.text("ab: -[]{},'\"\\#&*!|>%@?\n\r\t.0123\x85\u2028\xa0é~=<", max_size=3))
        head = head[:at] + put + head[at + draw(st.integers(0, 3)) :]
    return head


@settings(deadline=None, max_examples=500)
@given(mutated_heads())
def test_what_is_read_directly_is_what_the_library_reads(head: str) -> None:
    assert read(head) == by_the_library(head)


_SIGNS = st.text("ab: -[]{},'\"\\#&*!|>%@?.0123\xa0é~=<eEyno+_", max_size=8)


@settings(deadline=None, max_examples=500)
@given(st.lists(st.one_of(_SIGNS, _SIGNS.map("[{}]".format), _SIGNS.map("{{a: {}}}".format)), max_size=3))
def test_short_values_of_all_signs_are_what_the_library_reads(values: list[str]) -> None:
    fields = "".join(f"k{n}: {value}\n" for n, value in enumerate(values))
    rows = "key:\n" + "".join(f"- {value}\n" for value in values)
    for text in (fields, rows):
        assert read(text) == by_the_library(text)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # the library asks for each value
        return True


def dumped(value: object) -> str:
    """Write a value on one line with the library."""
    text = yaml.dump(
        value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, width=float("inf"), sort_keys=False
    )
    return text.removesuffix("\n").removesuffix("\n...")


_TEXTS = _SIGNS | st.text(max_size=20) | st.sampled_from(["", "no", "null", "1e3", "0x1F", "12:30", "2024-01-02", ". "])
_SCALARS: st.SearchStrategy[Any] = _TEXTS | st.booleans() | st.integers() | st.dates() | st.datetimes() | st.floats()
_KEYS = st.sampled_from(["code", "project-2", "no", "Null", "a b"]) | _SIGNS
_VALUES = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4), max_leaves=6
)


@settings(deadline=None, max_examples=500)
@given(_VALUES)
def test_what_is_written_directly_is_what_the_library_writes(value: Any) -> None:
    for place in (value, [value], {"key": value}):
        written = canonical_text(place)
        assert written is None or written == dumped(place)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("Lamps", "Lamps"),
        ("Lamps, oil: [a study]?", "'Lamps, oil: [a study]?'"),
        ("Lamps, [a study]?", "Lamps, [a study]?"),
        (["Lamps, oil", "it's", "no"], "['Lamps, oil', it's, 'no']"),
        (["a#b", "a #b"], "[a#b, 'a #b']"),
        ({"a": "", "b": {"c": [True, 12]}}, "{a: '', b: {c: [true, 12]}}"),
        (dt.date(2024, 12, 5), "2024-12-05"),
        ("two\nlines", None),
        ("-1", None),
        (1.5, None),
        (None, None),
        ({"a b": 1}, None),
    ],
)
def test_what_is_written(value: Any, written: str | None) -> None:
    assert canonical_text(value) == written
