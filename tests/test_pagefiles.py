"""Which files of content/papers/ are pages."""

from pathlib import Path

from sitegen.pagefiles import odd_folders, page_files


def write(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("---\ntitle: A\n---\n", encoding="utf-8")


def test_pages_are_found_in_a_fixed_order_without_what_editors_leave(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for name in ["2024/b.md", "2023/c.MD", "2024/a.md", "2024/.a.md.swp", "2024/.a.md", "2024/#a.md", "2024/~a.md",
                 "2024/a.md~", "2024/a.txt", "2024/deep/d.md"]:  # fmt: skip
        write(content / "papers" / name)
    assert [path for _, path in page_files(content)] == [
        f"content/papers/{name}" for name in ("2023/c.MD", "2024/a.md", "2024/b.md", "2024/deep/d.md")
    ]


def test_links_that_lead_out_are_passed_over(tmp_path: Path) -> None:
    content = tmp_path / "content"
    write(tmp_path / "secret.md")
    write(content / "papers" / "2024" / "a.md")
    (content / "papers" / "2024" / "out.md").symlink_to(tmp_path / "secret.md")
    (content / "papers" / "2024" / "in.md").symlink_to(content / "papers" / "2024" / "a.md")
    (content / "papers" / "2025").symlink_to(tmp_path)
    assert [path for _, path in page_files(content)] == ["content/papers/2024/a.md", "content/papers/2024/in.md"]


def test_files_stand_in_the_order_of_their_paths(tmp_path: Path) -> None:
    content = tmp_path / "content"
    for name in ["2024/a.md", "2024-old/a.md", "2024.md", "10000/a.md"]:
        write(content / "papers" / name)
    assert [Path(file).relative_to(content).as_posix() for file, _ in page_files(content)] == [
        "papers/10000/a.md",
        "papers/2024-old/a.md",
        "papers/2024.md",
        "papers/2024/a.md",
    ]


def test_folders_named_like_pages_are_warned_of(tmp_path: Path) -> None:
    content = tmp_path / "content"
    write(content / "papers" / "2024" / "b.md" / "a.md")
    assert [str(p) for p in odd_folders(content)] == [
        "content/papers/2024/b.md:1: warning: a folder named like a page; rename it"
    ]


def test_without_papers_there_is_nothing_to_find(tmp_path: Path) -> None:
    assert (list(page_files(tmp_path)), odd_folders(tmp_path)) == ([], [])
