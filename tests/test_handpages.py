"""Pages by hand: read like papers' pages, at addresses that are not the site's own."""

from pathlib import Path

import pytest

from sitegen.handpages import HandPage, parse_hand_page, read_hand_pages


def told(text: str, path: str = "content/pages/about.md") -> list[str]:
    page, problems = parse_hand_page(text.encode(), path)
    assert page is None
    return [str(problem) for problem in problems]


def test_a_page_by_hand() -> None:
    text = "---\ntitle: About us\ndescription: Who we are\ndraft: true\nnavigation: true\n---\n\nText.\n"
    page, problems = parse_hand_page(text.encode(), "content/pages/about.md")
    assert problems == []
    assert page == HandPage("content/pages/about.md", "about", "About us", "Who we are", "\nText.\n", 7, True, True)


CANNOT = (
    "cannot be a page's; it is reserved or not lower-case letters, digits and hyphens; "
    "rename the file or set another slug"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Text", ":1: error: front matter is missing; begin the page with a line ---, then `title: ...`, then ---"),
        ("---\n---\n", ":1: error: title is missing; add a line `title: ...`"),
        ("---\ntitle: ''\n---\n", ":2: error: title: is empty; write the title"),
        (
            "---\ntitle: [a]\n---\n",
            ":2: error: title: must be text, not a list; put it in quotes if it is meant as text",
        ),
        ("---\ntitle: A\nslug: a/b\n---\n", f":3: error: the address /a/b/ {CANNOT}"),
        ("---\ntitle: A\nslug: '2024'\n---\n", f":3: error: the address /2024/ {CANNOT}"),
        ("---\ntitle: A\n---\n" + "x" * 200_001, ":4: error: the text has more than 200,000 characters; shorten it"),
    ],
)
def test_mistakes(text: str, message: str) -> None:
    assert told(text) == [f"content/pages/about.md{message}"]


def test_a_file_may_not_take_an_address_of_the_site() -> None:
    (message,) = told("---\ntitle: A\n---\n", "content/pages/search.md")
    assert message.startswith("content/pages/search.md:1: error: the address /search/ cannot be a page's")


def test_two_files_with_one_address(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("b.md", "a.MD", ".hidden.md", "notes.txt"):
        (folder / name).write_text("---\ntitle: A\nslug: same\n---\n")
    pages, problems = read_hand_pages(tmp_path)
    assert [page.path for page in pages] == ["content/pages/a.MD", "content/pages/b.md"]
    assert [str(p) for p in problems] == [
        "content/pages/b.md:1: error: the slug 'same' is also that of content/pages/a.MD; rename one of the files"
    ]


def test_a_site_without_pages_by_hand(tmp_path: Path) -> None:
    assert read_hand_pages(tmp_path) == ([], [])
