"""Unified diffs: `git apply`, and `patch` where there is one, take them and give the new text, byte for byte."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.patches import unified_diff

TOOLS = {"git": ["git", "apply", "--whitespace=nowarn"]}
if shutil.which("patch"):
    TOOLS["patch"] = ["patch", "-p1", "--binary", "--silent"]
TEXTS = st.text(st.sampled_from("ab\n\r \x0c\x85\u2028é"), max_size=40)


def applied(before: str, after: str, path: str, tool: str) -> str:
    with TemporaryDirectory() as folder:
        file = Path(folder, path)
        file.parent.mkdir(parents=True)
        if before:
            file.write_bytes(before.encode())
        diff = unified_diff(before, after, path).encode()
        subprocess.run(TOOLS[tool], cwd=folder, input=diff, check=True)
        return file.read_bytes().decode()


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one\ntwo\n", "one\nthree\n"),
        ("one\r\ntwo\r\n", "one\r\nthree\r\n"),
        ("one\ntwo", "one\nthree"),
        ("one\ntwo", "one\ntwo\n"),
        ("one\ntwo\n", "one\ntwo"),
        ("", "a new file\n"),
        ("a\x0cb\u2028c\n", "a\x0cb\u2028d\x85e\n"),
    ],
)
def test_a_diff_applies(before: str, after: str, tool: str) -> None:
    assert applied(before, after, "content/papers/2024/a.md", tool) == after


@pytest.mark.parametrize("tool", TOOLS)
def test_a_name_with_blanks_is_not_cut(tool: str) -> None:
    assert applied("one\n", "two\n", "content/papers/2024/my page.md", tool) == "two\n"


def test_nothing_changed_is_no_diff() -> None:
    assert unified_diff("same\n", "same\n", "a.md") == ""


@settings(max_examples=60, deadline=None)
@given(TEXTS.filter(bool), TEXTS.filter(bool))
def test_any_change_applies(before: str, after: str) -> None:
    if before != after:
        assert applied(before, after, "content/a.md", "git") == after
