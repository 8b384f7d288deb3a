"""Typed reading of a mapping: the value, or its default and a problem at the key's line."""

import datetime as dt
import re
from typing import Any

import pytest

from sitegen.fields import Fields, close_to, is_address, nearest
from sitegen.yamlsource import parse_mapping


def fields(text: str) -> Fields:
    entries = parse_mapping(text, "f.md", 2)
    assert isinstance(entries, dict)
    return Fields(entries, "f.md")


def told(read: Fields) -> list[str]:
    return [str(problem) for problem in read.problems]


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ("k: ' a b '", "a b", ""),
        ("other: 1", "default", ""),
        ("k: 1", "default", "must be text, not a number; put it in quotes if it is meant as text"),
        ("k: 1.5", "default", "must be text, not a decimal number; put it in quotes if it is meant as text"),
        ("k: 2024-01-02", "default", "must be text, not a date; put it in quotes if it is meant as text"),
        ("k: {a: b}", "default", "must be text, not a mapping; put it in quotes if it is meant as text"),
        ("k:", "default", "has no value; write a text after the colon, or remove the line"),
        ("k: ''", "default", "is empty; write a text"),
    ],
)
def test_text(text: str, value: str, problem: str) -> None:
    read = fields(text)
    assert read.text("k", "default") == value
    assert told(read) == ([f"f.md:2: error: k: {problem}"] if problem else [])


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ("k: 5", 5, ""),
        ("other: 5", 7, ""),
        ("k: 0", 7, "must be a whole number from 1 to 1,000"),
        ("k: 1001", 7, "must be a whole number from 1 to 1,000"),
        ("k: 5.0", 7, "must be a whole number from 1 to 1,000, not a decimal number"),
        ("k: '5'", 7, "must be a whole number from 1 to 1,000, not text"),
        ("k: yes", 7, "must be a whole number from 1 to 1,000, not true or false"),
    ],
)
def test_whole_numbers(text: str, value: int, problem: str) -> None:
    read = fields(text)
    assert read.integer("k", 7, 1, 1000) == value
    assert told(read) == ([f"f.md:2: error: k: {problem}"] if problem else [])


@pytest.mark.parametrize(
    ("reader", "text", "value", "problem"),
    [
        ("flag", "k: true", True, ""),
        ("flag", "k: 'false'", False, "must be true or false without quotes, not text"),
        ("day", "k: 2024-02-29", dt.date(2024, 2, 29), ""),
        ("day", "k: 0999-01-01", None, "must be in a year from 1000 to 9998"),
        ("day", "k: today", None, "must be a date such as 2024-12-05, without quotes, not text"),
        ("texts", "k: [a, ' b ']", ("a", "b"), ""),
        ("texts", "k: a", None, "must be a list of texts such as [a, b], not text"),
        ("texts", "k: [a, 1]", None, "must hold texts only, not a number; put it in quotes"),
        ("texts", "k: [a, '']", None, "must hold texts only, not an empty one; remove it"),
        ("mapping", "k: {a: 1}", {"a": 1}, ""),
        ("mapping", "k: [a]", {}, "must be a mapping such as {a: b}, not a list"),
        ("rows", "k: [{a: 1}]", ({"a": 1},), ""),
        ("rows", "k: [a]", (), "must be a list of mappings, lines of `- {a: b}`"),
        ("address", "k: https://a.org/", "https://a.org/", ""),
        ("address", "k: a.org", "", "must be an address such as https://example.org/, not 'a.org'"),
    ],
)
def test_other_kinds(reader: str, text: str, value: Any, problem: str) -> None:
    read = fields(text)
    assert getattr(read, reader)("k") == value
    assert told(read) == ([f"f.md:2: error: k: {problem}"] if problem else [])


def test_text_of_a_form() -> None:
    read = fields("k: abc\nm: x\n")
    assert read.matching("k", re.compile("[a-c]+$"), "letters a to c") == "abc"
    assert read.matching("m", re.compile("[a-c]+$"), "letters a to c") == ""
    assert told(read) == ["f.md:3: error: m: must be letters a to c, not 'x'"]


def test_unknown_keys_that_look_like_slips_are_warned_of_the_others_are_remarked_on() -> None:
    read = fields("title: a\ntitel: b\nour_note: c\n")
    read.check_known(["title", "date"])
    assert told(read) == [
        "f.md:3: warning: unknown key 'titel'; did you mean 'title'?",
        "f.md:4: note: unknown key 'our_note'; it is kept, nothing shows it",
    ]


def test_the_nearest_name() -> None:
    assert close_to("Autors", ["authors", "title"]) == "did you mean 'authors'?"
    assert nearest("zzz", ["b", "a"]) == "; known are a, b"
    assert nearest("zzz", map(str, range(1000))) == ""


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("https://a.org", True),
        ("http://a.org:8000/x?y#z", True),
        ("https://[::1]/", True),
        ("https:///x", False),
        ("//a.org/", False),
        ("/x", False),
        ("javascript:x()", False),
        ("ftp://a.org/", False),
        ("https://me@a.org/", False),
        ("https://a.org/a b", False),
        ("https://a.org:99999/", False),
        ("https://[::1", False),
        ("", False),
    ],
)
def test_addresses_that_a_page_may_link_to(text: str, good: bool) -> None:
    assert is_address(text) == good
