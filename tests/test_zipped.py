"""The zip of the site: what is in it, that it is always the same, and that a browser reads it from a folder."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from sitegen.build import BuildOptions, build
from sitegen.options import PARTS
from sitegen.output import Action
from sitegen.zipped import in_folder
from tests.sample import copy_sample
from tests.serving import running

ADDRESS = "https://example.org/under/a/path/"
PAPER = "papers/2024/densing-law-of-llms/"


def make(root: Path, **options: object) -> list[str]:
    """Build; gives the files that were written."""
    report = build(root, BuildOptions(root / "site", ADDRESS, **options))  # type: ignore[arg-type]
    return [step.path for step in report.steps if step.action is Action.WRITE]


def ask_for_zip(root: Path) -> None:
    settings = root / "content" / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "download: true\n", encoding="utf-8")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sample with a zip; gives its root."""
    root = tmp_path_factory.mktemp("zipped")
    copy_sample(root)
    ask_for_zip(root)
    make(root)
    return root


@pytest.fixture(scope="module")
def folder(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the zip; gives the one folder that is in it."""
    unpacked = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(site / "site" / "site.zip") as zipped:
        zipped.extractall(unpacked)
    [only] = unpacked.iterdir()
    return only


class TestLinks:
    @pytest.mark.parametrize(
        ("tag", "read_from_a_folder"),
        [
            ('<a href="../topics/nlp/">', '<a href="../topics/nlp/index.html">'),
            ('<a href="./">', '<a href="./index.html">'),
            ('<a href="..">', '<a href="../index.html">'),
            ('<a class="x" href="papers/#newest">', '<a class="x" href="papers/index.html#newest">'),
            ('<a href="../search/?q=a/b/">', '<a href="../search/index.html?q=a/b/">'),
            ('<a title="a > b" href="x/">', '<a title="a > b" href="x/index.html">'),
            ('<form action="../search/" method="get">', '<form action="../search/index.html" method="get">'),
            ('<meta content="0; url=../x/">', '<meta content="0; url=../x/index.html">'),
            ('<a href="../../site.zip">', f'<a href="{ADDRESS}site.zip">'),
            ('<p class="empty" data-needs-server hidden>', '<p class="empty" data-needs-server>'),
        ],
    )  # fmt: skip
    def test_a_folder_is_led_to_by_its_page(self, tag: str, read_from_a_folder: str) -> None:
        assert in_folder(tag.encode(), ADDRESS).decode() == read_from_a_folder

    @pytest.mark.parametrize(
        "tag",
        [
            '<a href="https://example.org/papers/">',
            '<a href="//example.org/papers/">',
            '<a href="mailto:a/">',
            '<a href="#x/">',
            '<a href="?page=2/">',
            '<a href="citation.bib">',
            '<link rel="stylesheet" href="../assets/css/style.css">',
            '<meta name="description" content="see papers/">',
            '<html data-root="../../">',
            '<code>&lt;a href="x/"&gt;</code>',
        ],
    )
    def test_other_addresses_stay(self, tag: str) -> None:
        assert in_folder(tag.encode(), ADDRESS).decode() == tag

    @given(st.text(alphabet='<>/."=# ahrefinputx?&;', max_size=80))
    def test_nothing_else_of_a_page_changes(self, text: str) -> None:
        rewritten = in_folder(text.encode(), ADDRESS).decode()
        assert rewritten.replace("/index.html", "").replace("index.html", "").replace("/", "") == text.replace("/", "")


class TestTheFile:
    def test_it_has_all_that_is_of_use_in_a_folder(self, site: Path, folder: Path) -> None:
        there = {file.relative_to(site / "site").as_posix() for file in (site / "site").rglob("*") if file.is_file()}
        there = {path for path in there if not path.startswith((".sitegen/", "offline/packs", "sitemap"))}
        without = {"site.zip", "sw.js", "404.html", "robots.txt", "_redirects"}
        found = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
        assert found - {"README.txt"} == there - without
        assert (folder / "README.txt").read_text(encoding="utf-8").count("\n") == 2

    def test_the_same_site_gives_the_same_bytes(self, site: Path, tmp_path: Path) -> None:
        shutil.copytree(site / "content", tmp_path / "content")
        build(tmp_path, BuildOptions(tmp_path / "site", ADDRESS, workers=1))
        assert (tmp_path / "site" / "site.zip").read_bytes() == (site / "site" / "site.zip").read_bytes()

    def test_it_is_made_anew_only_where_something_in_it_changed(self, site: Path, tmp_path: Path) -> None:
        root = Path(shutil.copytree(site, tmp_path / "site"))
        (root / "content" / "site.yaml").touch()
        assert make(root, steps=True) == []
        paper = root / "content" / "papers" / "2024" / "densing-law-of-llms.md"
        paper.write_text(paper.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
        assert "site.zip" in make(root)

    def test_it_goes_where_it_is_not_asked_for(self, site: Path, tmp_path: Path) -> None:
        root = Path(shutil.copytree(site, tmp_path / "site"))
        assert 'href="./site.zip"' in (root / "site" / "index.html").read_text(encoding="utf-8")
        make(root, only=PARTS - {"zip"})
        assert not (root / "site" / "site.zip").exists()
        assert "site.zip" not in (root / "site" / "index.html").read_text(encoding="utf-8")

    def test_no_site_has_one_unasked(self, built: Path) -> None:
        assert not (built / "site" / "site.zip").exists()


def test_every_link_of_every_page_leads_to_a_file(folder: Path) -> None:
    for page in folder.rglob("*.html"):
        for address in re.findall(r'<a\s[^>]*href="([^"]*)"', page.read_text(encoding="utf-8")):
            path = re.split("[?#]", address)[0]
            if path and ":" not in path:
                assert (page.parent / path).is_file(), f"{page.relative_to(folder)} leads to {address}"


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
class TestInABrowser:
    @pytest.fixture
    def reader(self, browser: Browser) -> Iterator[Page]:
        tab = browser.new_page()
        tab.set_default_timeout(15_000)
        yield tab
        tab.close()

    def test_from_the_home_page_to_a_listing_a_paper_and_a_topic(self, reader: Page, folder: Path) -> None:
        reader.goto((folder / "index.html").as_uri())
        assert reader.evaluate("getComputedStyle(document.querySelector('.skip-link')).position") == "absolute"
        reader.locator("nav a", has_text="Papers").first.click()
        assert reader.url == (folder / "papers" / "index.html").as_uri()
        reader.locator("article.paper a").first.click()
        expect(reader.locator("h1")).to_be_visible()
        assert "/papers/2" in reader.url
        reader.locator('a[href*="topics/"][href$="/index.html"]').nth(1).click()
        assert "/topics/" in reader.url
        expect(reader.locator("article.paper").first).to_be_visible()

    def test_the_search_says_that_it_needs_a_server(self, reader: Page, folder: Path) -> None:
        reader.goto((folder / "index.html").as_uri())
        box = reader.locator("input[type=search]")
        box.fill("diffusion")
        box.press("Enter")
        expect(reader.locator("[data-needs-server]")).to_be_visible()
        expect(reader.locator("[data-needs-server]")).to_contain_text("python3 -m http.server")
        assert reader.url == (folder / "search" / "index.html").as_uri() + "?q=diffusion"

    @pytest.mark.parametrize("page", ["reading-list", "offline"])
    def test_so_does_every_page_that_is_nothing_without_scripts(self, reader: Page, folder: Path, page: str) -> None:
        reader.goto((folder / page / "index.html").as_uri())
        expect(reader.locator("[data-needs-server]")).to_be_visible()

    def test_with_a_server_everything_works(self, reader: Page, folder: Path) -> None:
        handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
        with running(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as server:
            root = f"http://127.0.0.1:{server.server_port}/"
            reader.goto(f"{root}search/index.html?q=densing")
            expect(reader.locator("article.paper").first).to_contain_text("Densing Law of LLMs")
            expect(reader.locator("[data-needs-server]")).to_be_hidden()
            reader.goto(f"{root}offline/index.html")
            expect(reader.locator("#offline-missing")).to_be_hidden()
