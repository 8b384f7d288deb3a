"""Slugs are always legal, addresses are spelled in one place."""

import datetime as dt
from pathlib import PurePosixPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sitegen import urls


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Attention Is All You Need", "attention-is-all-you-need"),
        ("Self-Forcing++: Towards Minute-Scale", "self-forcing-towards-minute-scale"),
        ("It's the bird\u2019s eye", "its-the-birds-eye"),
        ("Über naïve Ärzte", "uber-naive-arzte"),
        ("π₀.₅ at 3.5 GHz", "0-5-at-3-5-ghz"),
        ("CON", "con-paper"),
        ("../../etc/passwd", "etc-passwd"),
        ("<script>", "script"),
    ],
)
def test_slugs_of_titles(title: str, slug: str) -> None:
    assert urls.slugify(title) == slug


@pytest.mark.parametrize(
    ("day", "path"),
    [
        ("2024-12-05", "2024/W49/"),
        ("2024-12-30", "2025/W01/"),
        ("2021-01-03", "2020/W53/"),
        ("1000-01-01", "1000/W01/"),
    ],
)
def test_a_week_has_a_year_of_its_own(day: str, path: str) -> None:
    assert urls.week(dt.date.fromisoformat(day)) == path


def test_a_title_without_a_latin_letter_has_a_slug_of_its_own() -> None:
    assert urls.slugify("漢字") != urls.slugify("🚀")
    assert urls.slugify("漢字").startswith("paper-")


def test_a_long_title_is_cut_at_a_word() -> None:
    assert urls.slugify("word " * 40) == "-".join(["word"] * 16)
    assert urls.slugify("x" * 300) == "x" * urls.SLUG_LENGTH


@settings(deadline=None)
@given(st.text())
@example("aux")
@example("COM1")
@example("a" * 79 + " b")
@example("\ud800")
def test_every_text_has_a_legal_slug(text: str) -> None:
    slug = urls.slugify(text)
    assert urls.is_slug(slug)
    assert urls.slugify(slug) == slug


@pytest.mark.parametrize(
    "text",
    [".", "..", "a/b", "a\\b", ".git", "a.", "-a", "a-", "a--b", "A", "a b", "a\nb", "a\n", "con", "é", "", "x" * 81],
)
def test_what_is_no_slug(text: str) -> None:
    assert not urls.is_slug(text)


@pytest.mark.parametrize("text", ["a", "0", "gpt-4", "v1.5", "x" * 80])
def test_what_is_a_slug(text: str) -> None:
    assert urls.is_slug(text)


def test_the_sites_own_folders_and_the_years_are_reserved() -> None:
    assert all(map(urls.is_reserved, ["papers", "search", "2024", "assets", "404"]))
    assert not any(map(urls.is_reserved, ["about", "20245", "history"]))


def test_addresses() -> None:
    day = dt.date(2024, 2, 3)
    assert urls.paper(urls.year_folder(day), "x") == "papers/2024/x/"
    assert urls.paper(urls.year_folder(None), "x") == "papers/undated/x/"
    assert (urls.year(2024), urls.month(2024, 2), urls.day(day)) == ("2024/", "2024/02/", "2024/02/03/")
    assert (urls.topic("nlp"), urls.organization("OpenBMB")) == ("topics/nlp/", "organizations/openbmb/")
    assert [urls.listing_page("topics/nlp/", n) for n in (1, 2)] == ["topics/nlp/", "topics/nlp/page/2/"]


@settings(deadline=None)
@given(st.text("aZ09._-", min_size=1, max_size=96))
def test_every_handle_has_a_legal_folder(handle: str) -> None:
    assert urls.is_slug(urls.organization_slug(handle))


@pytest.mark.parametrize(
    ("path", "file"),
    [("", "index.html"), ("topics/", "topics/index.html"), ("atom.xml", "atom.xml"), ("404.html", "404.html")],
)
def test_the_file_that_answers_an_address(path: str, file: str) -> None:
    assert urls.output_file(path) == file


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a", "b1", "2024"]), max_size=5))
def test_the_way_to_the_root_leads_to_the_root(parts: list[str]) -> None:
    path = "".join(f"{part}/" for part in parts)
    steps = urls.to_root(path)
    here = [p for p in PurePosixPath(path).parts if p != "."]
    assert steps.count("../") == len(here)
