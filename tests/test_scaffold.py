"""What curators ask for by name. Nothing that is there is ever overwritten or lost."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.config import read_config
from sitegen.content import MAX_TITLE, read_pages
from sitegen.problems import SitegenError
from sitegen.removed import RemovedPaper, read_removed
from sitegen.scaffold import create_page, create_site, move_page, remove_page

TIDES = "---\ntitle: Tides  # as in the dump\nkeys: [tides]\n---\nAbout tides.\n"
LAMPS = "---\ntitle: Lamps\n---\nAbout lamps.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {"tides": TIDES, "lamps": LAMPS}.items():
        file = tmp_path / "content" / "papers" / "2024" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


def texts(root: Path) -> Mapping[str, str]:
    folder = root / "content" / "papers"
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in sorted(folder.rglob("*.md"))}


def addresses(root: Path) -> Mapping[str, tuple[str, ...]]:
    return {file.page.address: file.page.aliases for file in read_pages(root / "content")[0]}


def removed(root: Path) -> list[RemovedPaper]:
    found, problems = read_removed(root / "content")
    assert problems == []
    return list(found)


# --- init


@pytest.mark.parametrize(
    ("folder", "title"), [("my-papers", "My papers"), ("a: b", "A: b"), ("#1", "#1"), ("2025", "2025"), ("no", "No")]
)
def test_a_new_site_can_be_read(tmp_path: Path, folder: str, title: str) -> None:
    create_site(tmp_path / folder)
    config, problems = read_config(tmp_path / folder / "content" / "site.yaml", "content/site.yaml")
    assert problems == []
    assert config.title == title


def test_a_site_that_is_there_is_left_alone(root: Path) -> None:
    with pytest.raises(SitegenError, match="a site here already"):
        create_site(root)


def test_files_that_are_there_are_kept(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n", encoding="utf-8")
    create_site(tmp_path)
    assert (tmp_path / ".gitignore").read_text("utf-8") == "mine\n"


# --- new


def test_a_new_page_has_its_title_and_date(root: Path) -> None:
    path = create_page(root, "  A Law:  of\nTides ", dt.date(2025, 3, 4))
    assert path == "content/papers/2025/a-law-of-tides.md"
    (page,) = [f.page for f in read_pages(root / "content")[0] if f.page.slug == "a-law-of-tides"]
    assert (page.title, page.date, page.imported) == ("A Law: of Tides", dt.date(2025, 3, 4), {})


def test_a_new_page_without_a_date_is_undated(root: Path) -> None:
    assert create_page(root, "Oil", None) == "content/papers/undated/oil.md"


@pytest.mark.parametrize("title", ["", " \n", "x" * (MAX_TITLE + 1), "half a \udcff"])
def test_a_title_that_no_page_can_have_is_refused(root: Path, title: str) -> None:
    with pytest.raises(SitegenError, match="the title must be"):
        create_page(root, title, None)


@pytest.mark.parametrize("text", [TIDES, "---\ntitle: Other\nslug: other\n---\n", "no front matter"])
def test_a_new_page_never_takes_the_place_of_a_file(root: Path, text: str) -> None:
    (root / "content/papers/2024/tides.md").write_text(text, encoding="utf-8")
    before = texts(root)
    with pytest.raises(SitegenError, match=r"'tides' is taken by content/papers/2024/tides\.md"):
        create_page(root, "Tides", dt.date(2024, 5, 6))
    assert texts(root) == before


# --- move


def test_a_moved_page_keeps_its_bytes_and_its_old_address(root: Path) -> None:
    assert move_page(root, "tides", "low-tides") == "content/papers/2024/low-tides.md"
    assert texts(root)["2024/low-tides.md"] == TIDES.replace(
        "\n---\nAbout", "\naliases: [/papers/2024/tides/]\n---\nAbout"
    )
    assert "2024/tides.md" not in texts(root)


def test_a_page_moved_there_and_back_has_one_alias(root: Path) -> None:
    move_page(root, "tides", "low-tides")
    move_page(root, "low-tides", "tides")
    assert addresses(root)["papers/2024/tides/"] == ("papers/2024/low-tides/",)


def test_a_page_with_a_slug_of_its_own_may_move_to_the_name_of_its_file(root: Path) -> None:
    (root / "content/papers/2024/tides.md").write_text("---\ntitle: T\nslug: high\n---\nText.\n", encoding="utf-8")
    move_page(root, "high", "tides")
    assert addresses(root)["papers/2024/tides/"] == ("papers/2024/high/",)
    assert texts(root)["2024/tides.md"].endswith("---\nText.\n")


def test_what_led_to_a_page_leads_to_where_it_moved(root: Path) -> None:
    remove_page(root, "lamps", "tides")
    move_page(root, "tides", "low-tides")
    assert [r.to for r in removed(root)] == ["papers/2024/low-tides/"]


@pytest.mark.parametrize(
    ("slug", "new_slug", "message"),
    [
        ("tides", "lamps", "'lamps' is taken"),
        ("tides", "tides", "'tides' is taken"),
        ("tides", "Low Tides", "is no slug"),
        ("tides", "../out", "is no slug"),
        ("tide", "low", "did you mean 'tides'"),
    ],
)
def test_a_move_that_cannot_be_changes_nothing(root: Path, slug: str, new_slug: str, message: str) -> None:
    before = texts(root)
    with pytest.raises(SitegenError, match=message):
        move_page(root, slug, new_slug)
    assert texts(root) == before


# --- remove


def test_a_removed_page_is_noted_with_its_keys(root: Path) -> None:
    assert remove_page(root, "tides") == "content/papers/2024/tides.md"
    assert list(texts(root)) == ["2024/lamps.md"]
    assert removed(root) == [RemovedPaper("papers/2024/tides/", ("tides",))]


def test_a_page_without_keys_is_noted_by_its_title(root: Path) -> None:
    remove_page(root, "lamps", "tides")
    assert removed(root) == [RemovedPaper("papers/2024/lamps/", ("lamps",), "papers/2024/tides/")]


def test_all_addresses_that_a_removed_page_had_lead_on(root: Path) -> None:
    create_page(root, "Oil", dt.date(2024, 1, 2))
    move_page(root, "tides", "low-tides")
    remove_page(root, "oil", "low-tides")
    remove_page(root, "low-tides", "lamps")
    assert {(r.address, r.to) for r in removed(root)} == {
        (f"papers/2024/{slug}/", "papers/2024/lamps/") for slug in ("oil", "low-tides", "tides")
    }


@pytest.mark.parametrize(
    ("slug", "to", "message"),
    [("tide", "", "did you mean 'tides'"), ("tides", "lamp", "did you mean 'lamps'"), ("tides", "tides", "to itself")],
)
def test_a_removal_that_cannot_be_changes_nothing(root: Path, slug: str, to: str, message: str) -> None:
    before = texts(root)
    with pytest.raises(SitegenError, match=message):
        remove_page(root, slug, to)
    assert (texts(root), removed(root)) == (before, [])


def test_a_list_of_removed_papers_that_cannot_be_read_stops_it(root: Path) -> None:
    (root / "content" / "removed.yaml").write_text("removed: {\n", encoding="utf-8")
    with pytest.raises(SitegenError, match=r"content/removed\.yaml:2"):
        remove_page(root, "tides")
    assert "2024/tides.md" in texts(root)


def test_a_slug_of_two_pages_names_neither(root: Path) -> None:
    twin = root / "content" / "papers" / "2023" / "tides.md"
    twin.parent.mkdir()
    twin.write_text(TIDES, encoding="utf-8")
    with pytest.raises(SitegenError, match=r"several pages have the slug 'tides'.*2023.*2024"):
        remove_page(root, "tides")
    assert len(texts(root)) == 3
