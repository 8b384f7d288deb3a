from pathlib import Path

import pytest

from sitegen.build import BuildOptions, build
from sitegen.check import check_site
from sitegen.problems import SitegenError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    page = tmp_path / "content" / "papers" / "2024" / "one.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: One\ndate: 2024-05-06\ntopics: [nlp]\n---\n\nText.\n")
    build(tmp_path, BuildOptions(tmp_path / "site", "https://example.org/papers/"))
    return tmp_path


def found(root: Path) -> list[str]:
    return [str(problem) for problem in check_site(root, root / "site").problems]


def change(root: Path, name: str, old: str, new: str) -> None:
    file = root / "site" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_fresh_site_has_nothing_wrong(root: Path) -> None:
    assert found(root) == []


PAPER = "papers/2024/one/index.html"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            PAPER,
            'href="../../../topics/"',
            'href="../../../topic/"',
            "<a> leads to /topic/index.html, which is not there",
        ),
        (PAPER, 'href="#content"', 'href="#elsewhere"', "<a> leads to #elsewhere, which is not in /papers/2024/one/"),
        (PAPER, "<main", "<img src='../../../assets/no.png' alt=''><main", "<img> leads to /assets/no.png"),
        (PAPER, "<main", "<img src='data:,'><main", "an image has no alt text"),
        (PAPER, "<main", "<p id=twice></p><p id=twice></p><main", "the id 'twice' stands more than once"),
        (PAPER, "</h1>", "</h3>", "HTML: "),
        (PAPER, "<!doctype html>", "", "HTML: "),
        ("404.html", 'href="/papers/topics/"', 'href="/papers/nowhere/"', "<a> leads to /nowhere/index.html"),
        ("atom.xml", "<updated>", "<updatd>", "not well-formed XML"),
        ("atom.xml", "<id>tag:", "<name>x</name><!-- <id>tag:", "not well-formed XML"),
        ("catalogue.json", '"count"', "count", "not JSON"),
        ("catalogue.json", "/papers/2024/one/", "/papers/2024/uno/", "/papers/2024/uno/ does not answer"),
        ("catalogue/index.json", '"parts"', '"files"', "has no list of parts"),
        ("topics/nlp/feed.json", '"items"', '"entries"', "has no list of items"),
        ("sitemap.xml", "<urlset", "<urlset <", "not well-formed XML"),
    ],
)
def test_each_kind_of_fault_is_found_and_placed(root: Path, name: str, old: str, new: str, message: str) -> None:
    change(root, name, old, new)
    [first, *_] = [line for line in found(root) if message in line]
    assert first.startswith(f"site/{name}:")
    assert ": error: " in first


def test_data_that_the_index_does_not_name_are_found(root: Path) -> None:
    change(root, "catalogue.json", "One", "Won")
    assert found(root) == [
        "site/catalogue/index.json:1: error: /catalogue.json is not the file that it names; build again"
    ]


def test_a_page_that_nothing_leads_to_is_an_orphan(root: Path) -> None:
    (root / "site" / "lonely").mkdir()
    (root / "site" / "lonely" / "index.html").write_text("<!doctype html><title>Lonely</title><p>Nobody comes.")
    assert found(root) == ["site/lonely/index.html:1: warning: no page leads here; link to it or remove it"]


def test_an_element_of_a_feed_that_the_standard_requires(root: Path) -> None:
    feed = root / "site" / "atom.xml"
    text = feed.read_text()
    start = text.index("<title>", text.index("<entry>"))
    feed.write_text(text[:start] + text[text.index("</title>", start) + len("</title>") :])
    assert found(root) == ["site/atom.xml:1: error: an element of the feed lacks title (RFC 4287); build again"]


def test_problems_of_the_content_are_told_too(root: Path) -> None:
    (root / "content" / "papers" / "2024" / "two.md").write_text("---\ntitle: Two\nauhtors: 1\n---\n")
    assert any(line.startswith("content/papers/2024/two.md:3: warning: unknown key 'auhtors'") for line in found(root))


def test_without_a_built_site_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SitegenError, match="run `sitegen build` first"):
        check_site(tmp_path, tmp_path / "site")
