"""removed.yaml is read as it was written, and by people."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.frontmatter import field_lines
from sitegen.removed import RemovedPaper, parse_removed, read_removed, write_removed

ADDRESSES = st.sampled_from(["papers/2024/a/", "papers/undated/b-c/", "papers/2023/v1.5/"])
REMOVED = st.builds(
    RemovedPaper, ADDRESSES, st.lists(st.text("abc é:#'\"{}[],", min_size=1)).map(tuple), ADDRESSES | st.just("")
)


def test_nothing_removed(tmp_path: Path) -> None:
    assert read_removed(tmp_path) == ((), [])


@settings(deadline=None)
@given(removed=st.lists(REMOVED, max_size=4).map(tuple))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, removed: tuple[RemovedPaper, ...]) -> None:
    content = tmp_path_factory.mktemp("content")
    write_removed(content, removed)
    assert read_removed(content) == (removed, [])


def test_addresses_may_be_written_with_or_without_slashes() -> None:
    found, problems = parse_removed("removed:\n- {address: /papers/2024/a, keys: [a], to: papers/2024/b}\n", "r.yaml")
    assert (found, problems) == ((RemovedPaper("papers/2024/a/", ("a",), "papers/2024/b/"),), [])


@pytest.mark.parametrize("row", ["{keys: [a]}", "{address: ../x, keys: []}", "{address: papers/2024/a/, keys: a}",
                                 "{address: papers/2024/a/, to: 3}"])  # fmt: skip
def test_a_bad_row_is_told_and_the_others_are_read(row: str) -> None:
    found, problems = parse_removed(f"# note\nremoved:\n- {{address: papers/2024/b/}}\n- {row}\n", "r.yaml")
    assert [paper.address for paper in found] == ["papers/2024/b/"]
    assert [str(p) for p in problems] == [
        "r.yaml:2: error: removed: entry 2 needs `address: papers/YYYY/slug/` and `keys: [...]`"
    ]


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "removed.yaml").write_bytes(b"# \xe9\n")
    found, (problem,) = read_removed(tmp_path)
    assert (found, str(problem)) == (
        (),
        "content/removed.yaml:1:3: error: not UTF-8 (byte 0xe9); save the file as UTF-8",
    )


def test_rows_are_lines_that_a_person_can_edit() -> None:
    assert list(field_lines("removed", [{"address": "papers/2024/a/", "keys": ["a"]}])) == [
        "removed:",
        "- {address: papers/2024/a/, keys: [a]}",
    ]
