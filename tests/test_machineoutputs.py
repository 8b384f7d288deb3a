"""Feeds, data and languages in a build: what one edit changes, and what pages say of other languages."""

from pathlib import Path

import html5lib
import pytest

from sitegen.build import BuildOptions, build
from sitegen.options import PARTS
from sitegen.output import Action

XHTML = "{http://www.w3.org/1999/xhtml}"


def put(root: Path, name: str, text: str) -> None:
    file = root / "content" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def paper(root: Path, slug: str, topic: str, words: str = "Words.") -> None:
    text = f"---\ntitle: {slug}\ndate: 2024-05-06\ntopics: [{topic}]\n---\n\n{words}\n"
    put(root, f"papers/2024/{slug}.md", text)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(tmp_path, "site.yaml", "title: Small\nbase_url: https://example.org/en/\n")
    paper(tmp_path, "one", "nlp")
    paper(tmp_path, "two", "vision")
    return tmp_path


def changed(root: Path, *endings: str, only: str = "") -> set[str]:
    parts = frozenset(only.split()) or PARTS
    report = build(root, BuildOptions(root / "site", workers=1, only=parts))
    return {step.path for step in report.steps if step.action is not Action.KEEP and step.path.endswith(endings)}


def test_a_paper_changes_the_feeds_that_tell_of_it(root: Path) -> None:
    changed(root)
    paper(root, "two", "vision", "Other words.")
    assert changed(root, "atom.xml", "feed.json") == {
        "atom.xml", "feed.json", "topics/vision/atom.xml", "topics/vision/feed.json"
    }  # fmt: skip


def test_the_data_change_with_the_facts_of_a_paper(root: Path) -> None:
    changed(root)
    put(root, "pages/about.md", "---\ntitle: About\n---\n\nOther words.\n")
    data = "catalogue.json", "catalogue/index.json", "changes.json"
    assert changed(root, *data) == set()
    paper(root, "three", "nlp")
    assert changed(root, *data) == {*data}


def test_feeds_of_groups_are_a_part_of_their_own(root: Path) -> None:
    assert changed(root, "atom.xml", "feed.json", only="feed") == {"atom.xml", "feed.json"}
    assert "topics/nlp/feed.json" in changed(root, "atom.xml", "feed.json", only="feeds")
    assert not (root / "site" / "atom.xml").exists()


def alternates(root: Path, page: str) -> dict[str, str]:
    tree = html5lib.parse((root / "site" / page / "index.html").read_text(encoding="utf-8"))
    links = [link for link in tree.iter(f"{XHTML}link") if link.get("hreflang")]
    return {str(link.get("hreflang")): str(link.get("href")) for link in links}


def test_a_page_names_itself_in_every_language_of_the_site(root: Path) -> None:
    changed(root)
    assert alternates(root, "topics/nlp") == {}
    put(root, "site.yaml", "base_url: https://example.org/en/\ntranslations: {de: https://example.org/de}\n")
    changed(root)
    assert alternates(root, "topics/nlp") == {
        "en": "https://example.org/en/topics/nlp/",
        "de": "https://example.org/de/topics/nlp/",
    }
