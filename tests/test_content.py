"""Pages are read whole, or refused with the file and line of everything that is wrong."""

import datetime as dt
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.content import MAX_BODY, MAX_PAGE, Page, parse_page, read_pages, write_page
from sitegen.paper import Organization, Source, YearOrigin
from sitegen.problems import errors

DATA = Path(__file__).parent / "data" / "pages"
PATH = "content/papers/2024/a-page.md"


def read(text: str, path: str = PATH) -> Page:
    file, problems = parse_page(text.encode(), path)
    assert file is not None, [str(p) for p in problems]
    assert problems == []
    return file.page


def message(text: str) -> str:
    file, problems = parse_page(text.encode(), PATH)
    assert file is None
    return "\n".join(map(str, problems))


@pytest.mark.parametrize("name", sorted(p.stem for p in DATA.glob("*.md")))
def test_mistakes_are_told_with_their_lines(name: str) -> None:
    """Reading NAME.md gives the messages of NAME.expected."""
    file, problems = parse_page((DATA / f"{name}.md").read_bytes(), f"content/papers/2024/{name}.md")
    assert "".join(f"{p}\n" for p in problems) == (DATA / f"{name}.expected").read_text("utf-8")
    assert (file is None) == bool(errors(problems))


def test_a_page_with_everything() -> None:
    page = read((DATA.parent / "whole-page.md").read_text("utf-8"))
    assert page == Page(
        path=PATH, folder="2024", slug="short", title="A title: on two lines", date=dt.date(2024, 12, 5),
        authors=("Ann A", "Bo B"), organization=Organization("acme.ai", "Acme"), comments=2, topics=("vision",),
        links=(("code", "https://a.org/x"),), keys=("atitle",),
        sources=(Source("d.txt", 58, dt.date(2025, 12, 11), 2, YearOrigin.EXPLICIT, ("title",)),),
        imported={"title": "3f9a"}, contested={"date": dt.date(2024, 12, 6)}, aliases=("papers/2023/old/",), draft=True,
        arxiv="2412.04315", doi="10.1000/x", pdf="https://a.org/x.pdf", updated=dt.date(2024, 12, 24),
        description="About it.", body="\nText.\n", body_line=24, lines=page.lines,
    )  # fmt: skip
    assert (page.lines["title"], page.lines["sources"], page.lines["description"]) == (2, 11, 22)
    assert page.address == "papers/2024/short/"


def test_a_page_read_in_another_process_is_the_same() -> None:
    file, _ = parse_page((DATA.parent / "whole-page.md").read_bytes(), PATH)
    assert pickle.loads(pickle.dumps(file)) == file  # noqa: S301  # it was pickled just now


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("content/papers/2024/a-page.md", "papers/2024/a-page/"),
        ("content/papers/undated/a-page.md", "papers/undated/a-page/"),
        ("content/papers/deeper/2023/a-page.md", "papers/2023/a-page/"),
        ("content/papers/a-page.md", "papers/undated/a-page/"),
        ("content/papers/2024/Über Größe.MD", "papers/2024/uber-groe/"),
        ("content/papers/2024/u\u0308ber.md", "papers/2024/uber/"),
        ("content/papers/2024/\u00fcber.md", "papers/2024/uber/"),
        ("content/papers/2024/con.md", "papers/2024/con-paper/"),
    ],
)
def test_a_page_has_the_address_of_its_file(path: str, address: str) -> None:
    assert read("---\ntitle: A\n---\n", path).address == address


@pytest.mark.parametrize("written", ["2024-07-16T23:30:00-11:00", "2024-07-16 00:10:00Z", "2024-07-16"])
def test_a_date_is_the_day_as_written(written: str) -> None:
    assert read(f"---\ntitle: A\ndate: {written}\n---\n").date == dt.date(2024, 7, 16)


@pytest.mark.parametrize("authors", ["3", "[Ann, Bo]"])
def test_authors_are_a_count_or_names(authors: str) -> None:
    assert read(f"---\ntitle: A\nauthors: {authors}\n---\n").authors == (3 if authors == "3" else ("Ann", "Bo"))


def test_empty_topics_are_not_missing_topics() -> None:
    assert read("---\ntitle: A\ntopics: []\n---\n").topics == ()
    assert read("---\ntitle: A\n---\n").topics is None


def test_huge_pages_are_refused() -> None:
    assert message("---\ntitle: A\n---\n" + "x" * (MAX_BODY + 1)) == (
        f"{PATH}:4: error: the text has more than 200,000 characters; shorten it"
    )
    assert message("x" * (MAX_PAGE + 1)) == f"{PATH}:1: error: the page has more than 1,000,000 bytes; shorten it"
    assert (
        message(f"---\ntitle: {'x' * 1001}\n---\n")
        == f"{PATH}:2: error: title: has 1001 characters; shorten it to 1000"
    )


@settings(deadline=None)
@given(st.binary(max_size=200) | st.binary(max_size=100).map(lambda b: b"---\ntitle: A\n" + b + b"\n---\nx"))
def test_any_bytes_are_a_page_or_problems(data: bytes) -> None:
    file, problems = parse_page(data, PATH)
    assert (file is None) == bool(errors(problems))
    assert all(1 <= p.line <= data.count(b"\n") + 2 for p in problems)


# --- the files of content/papers


def write(file: Path, text: str = "---\ntitle: A\n---\n") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_a_bad_page_does_not_stop_the_others(tmp_path: Path) -> None:
    content = tmp_path / "content"
    write(content / "papers" / "2024" / "a.md", "no front matter")
    write(content / "papers" / "2024" / "b.md")
    write(content / "papers" / "2024" / "folder.md" / "c.md")
    pages, problems = read_pages(content)
    assert [file.page.slug for file in pages] == ["b", "c"]
    assert [(p.path, p.line, p.severity) for p in problems] == [
        ("content/papers/2024/a.md", 1, "error"),
        ("content/papers/2024/folder.md", 1, "warning"),
    ]


def test_a_catalogue_without_papers_is_empty(tmp_path: Path) -> None:
    assert read_pages(tmp_path / "content") == ([], [])


def test_pages_are_written_whole_and_leave_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "2024" / "a.md"
    write_page(file, "one\r\n")
    write_page(file, "two\r\n")
    assert file.read_bytes() == b"two\r\n"
    assert list(file.parent.iterdir()) == [file]
