"""Front matter: any field may be set and read back; everything else stays byte for byte."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.frontmatter import FIRST_LINE, Document, document_of, field_lines, split, with_fields
from sitegen.problems import Problem
from sitegen.yamlsource import Entry, Value, parse_mapping

DATA = Path(__file__).parent / "data" / "frontmatter"


def document(text: str) -> Document:
    made = split(text, "p.md")
    assert isinstance(made, Document), str(made)
    return made


def entries(made: Document) -> dict[str, Entry]:
    read = parse_mapping(made.head, "p.md", FIRST_LINE)
    assert isinstance(read, dict), str(read)
    return read


def values(made: Document) -> dict[str, Value]:
    return {key: entry.value for key, entry in entries(made).items()}


def changed(text: str, changes: dict[str, Value]) -> str:
    made = document(text)
    return with_fields(made, entries(made), changes).text()


@pytest.mark.parametrize(
    ("text", "head", "body", "line"),
    [
        ("---\ntitle: A\n---\nBody\n", "title: A\n", "Body\n", 4),
        ("\ufeff---\r\ntitle: A\r\n---\r\nBody", "title: A\r\n", "Body", 4),
        ("--- \n--- \t\n\nBody", "", "\nBody", 3),
        ("---\n---", "", "", 3),
        ("---\na: |\n  x\n  ---\n---\nBody\n---\n", "a: |\n  x\n  ---\n", "Body\n---\n", 6),
        ("---\na: x\u2028---\n---\nBody", "a: x\u2028---\n", "Body", 4),
        ("---\na: x\x0c\n---\nBody", "a: x\x0c\n", "Body", 4),
    ],
)
def test_a_page_is_split_at_its_fences(text: str, head: str, body: str, line: int) -> None:
    made = document(text)
    assert (made.head, made.body, made.body_line) == (head, body, line)
    assert made.text() == text


@settings(deadline=None)
@given(st.text(alphabet="-ab: \n\r\t\ufeff\x85<=>", max_size=60))
def test_the_parts_joined_are_the_page(text: str) -> None:
    made = split(text, "p.md")
    if isinstance(made, Document):
        assert made.text() == text
        assert text[: len(text) - len(made.body)].count("\n") + 1 == made.body_line or made.body == ""
    else:
        assert 1 <= made.line <= text.count("\n") + 1


@pytest.mark.parametrize("name", sorted(p.name.removesuffix(".before") for p in DATA.glob("*.before")))
def test_changed_fields_take_their_places_and_the_rest_stays(name: str) -> None:
    """Each NAME.before becomes NAME.after when `title`, `date` and `topics` are set and `draft` is removed."""
    changes: dict[str, Value] = {
        "title": "New: title",
        "date": dt.date(2025, 1, 2),
        "topics": ["b", "c"],
        "draft": None,
    }
    before = (DATA / f"{name}.before").read_bytes().decode("utf-8")
    assert changed(before, changes) == (DATA / f"{name}.after").read_bytes().decode("utf-8")


def test_no_change_is_no_change() -> None:
    for file in DATA.glob("*.before"):
        text = file.read_bytes().decode("utf-8")
        assert changed(text, {}) == text


def test_a_new_page() -> None:
    fields: dict[str, Value] = {
        "title": "A: b",
        "date": None,
        "sources": [{"dump": "a.txt", "line": 3}],
        "keys": ["ab"],
    }
    assert document_of(fields, "Text.").text() == (
        "---\ntitle: 'A: b'\nsources:\n- {dump: a.txt, line: 3}\nkeys: [ab]\n---\n\nText.\n"
    )


_PLAIN = st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], include_characters="\n\u2028\x85\r\t")
_SCALARS: st.SearchStrategy[Any] = (
    st.booleans() | st.integers(-(10**16), 10**16) | st.dates(min_value=dt.date(1000, 1, 1)) | st.text(_PLAIN)
)
_VALUES: st.SearchStrategy[Any] = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(_PLAIN, min_size=1, max_size=9), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(_VALUES)
def test_every_value_is_written_so_that_it_is_read_back(value: Any) -> None:
    lines = list(field_lines("key", value))
    assert all("\n" not in line for line in lines)
    assert values(document("---\n" + "\n".join(lines) + "\n---\n")) == {"key": value}


def test_a_value_that_stands_twice_is_written_out_twice() -> None:
    """A YAML library gives it a name and refers to it, which no page may hold."""
    day = dt.date(2024, 12, 5)
    assert list(field_lines("key", [day, None, day])) == ["key: [2024-12-05, null, 2024-12-05]"]


_KEYS = ("title", "authors", "topics", "sources", "own_note")


@st.composite
def heads(draw: st.DrawFn) -> str:
    """Write a front matter as people do: comments, blank lines, lists in either form, blocks of text."""
    written = {
        "title": ["title: A  # why\n", "title: 'A\n  b'\n", "title: |\n  A\n  # no comment\n", "title: >-\n  A\n\n"],
        "authors": ["authors: 3\n", "authors: # none\n", "authors: [Ann,\n  Bo]\n", "authors:\n- Ann\n# and\n- Bo\n"],
        "topics": ["topics: []\n", "topics: [\n  a, # first\n  b\n]\n", "topics:\n  - a\n  - b\n"],
        "sources": ["sources:\n- {dump: a}\n- {dump: b,\n   line: 2} # two\n", "sources:\n- dump: a\n  line: 1\n"],
        "own_note": ["own_note: {deep: [1, {er: 2}]}\n", '"own_note": "x # y"\n', "own_note: ''\n"],
    }  # fmt: skip
    parts = []
    for key in draw(st.permutations(_KEYS)):
        parts += [draw(st.sampled_from(["", "", "# a remark\n", "\n"])), draw(st.sampled_from(["", *written[key]]))]
    return "".join(parts)


@settings(deadline=None)
@given(heads(), st.dictionaries(st.sampled_from(_KEYS), st.none() | _VALUES), st.booleans())
def test_any_fields_set_are_read_back_and_the_others_are_as_before(
    head: str, changes: dict[str, Any], crlf: bool
) -> None:
    text = f"---\n{head}---\nBody: 1\n---\n"
    made = document(text.replace("\n", "\r\n") if crlf else text)
    before = entries(made)
    after = with_fields(made, before, changes)
    kept = {key: entry.value for key, entry in before.items() if key not in changes}
    assert values(after) == {**kept, **{key: value for key, value in changes.items() if value is not None}}
    assert (after.opening, after.closing, after.body) == (made.opening, made.closing, made.body)
    assert after.head.count("# a remark") == head.count("# a remark")
    assert not crlf or after.head.count("\n") == after.head.count("\r\n")
    for key in kept:
        span = made.head.split("\n")[before[key].line - FIRST_LINE : before[key].last - FIRST_LINE + 1]
        assert "\n".join(span) in after.head
    assert with_fields(after, entries(after), {k: v for k, v in changes.items() if v is not None}) == after


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_conflicts_and_missing_fences_are_problems_not_exceptions(data: bytes) -> None:
    made = split(data.decode("latin-1"), "p.md")
    assert isinstance(made, Document | Problem)
