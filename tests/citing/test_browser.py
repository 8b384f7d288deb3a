"""What the browser makes of citation.json is what sitegen writes, byte for byte; and the panel on a paper's page."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from sitegen.citing import Format, citation_of, joined, write
from tests.citing.pages import PAGES
from tests.papers import WORDS
from tests.serving import Server, serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAPER = "papers/2024/densing-law-of-llms/"
BASE = "https://example.org/catalogue/"

MADE = """
async ({script, files}) => {
    const {bibtex, ris, csl} = await import(script)
    return files.map(JSON.parse).map((items) => [bibtex(items), ris(items), csl(items)])
}
"""


@pytest.fixture(scope="module")
def server(built: Path) -> Iterator[Server]:
    with serving(built / "site") as served:
        yield served


@pytest.fixture(scope="module")
def tab(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    opened.goto(server.root + PAPER)
    yield opened
    context.close()


def made(tab: Page, files: list[str]) -> list[list[str]]:
    """Let citing.js write the items of some citation.json."""
    there = tab.evaluate("document.querySelector('script[src$=\"/cite.js\"]').src").replace("/cite.js", "/citing.js")
    texts: list[list[str]] = tab.evaluate(MADE, {"script": there, "files": files})
    return texts


def test_the_browser_writes_the_sample_as_sitegen_does(tab: Page, built: Path) -> None:
    folders = [file.parent for file in sorted((built / "site" / "papers").rglob("citation.json"))]
    texts = made(tab, [(folder / "citation.json").read_text(encoding="utf-8") for folder in folders])
    assert len(folders) == 126
    for folder, forms in zip(folders, texts, strict=True):
        for form, text in zip(Format, forms, strict=True):
            assert text.encode() == (folder / f"citation.{form}").read_bytes()


@settings(max_examples=30)
@given(data=st.data())
def test_the_browser_writes_whatever_papers_there_are(tab: Page, data: st.DataObject) -> None:
    pages = data.draw(st.lists(PAGES, min_size=1, max_size=5))
    citations = [citation_of(page, BASE, WORDS) for page in pages]
    files = [joined([write(citation, form) for citation in citations], form).decode() for form in Format]
    assert made(tab, [files[list(Format).index(Format.CSL)]]) == [files]


@pytest.mark.parametrize("form", Format)
def test_a_citation_is_copied(form: Format, tab: Page, built: Path) -> None:
    name = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}[form]
    tab.get_by_role("button", name=f"Copy {name}").click()
    expect(tab.locator(".cite-status")).to_have_text(f"{name} copied")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert copied.encode() == (built / "site" / PAPER / f"citation.{form}").read_bytes()


def test_a_citation_that_does_not_come_is_told(tab: Page, server: Server) -> None:
    server.broken.add("citation.ris")
    tab.get_by_role("button", name="Copy RIS").click()
    expect(tab.locator(".cite-status")).to_contain_text("RIS could not be had")
    server.broken.clear()


def test_a_file_is_saved_under_the_papers_name(tab: Page) -> None:
    with tab.expect_download() as saved:
        tab.locator(".cite").get_by_role("link", name="RIS").click()
    assert saved.value.suggested_filename == "densing-law-of-llms.ris"


def test_without_script_there_are_files_and_the_text(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.root + PAPER)
    links = page.locator(".cite a")
    assert [link.get_attribute("href") for link in links.all()] == [f"citation.{form}" for form in Format]
    expect(page.locator(".cite").get_by_role("button")).to_have_count(0)
    page.get_by_text("Show as BibTeX").click()
    expect(page.locator(".cite pre")).to_contain_text("@misc{densing-law-of-llms,")
    context.close()


@pytest.fixture
def large(built: Path, tmp_path: Path) -> Iterator[Server]:
    """Serve a paper's page as it is in a catalogue where only citation.json lies beside it."""
    site = tmp_path / "site"
    (site / PAPER).mkdir(parents=True)
    (site / "assets").symlink_to(built / "site" / "assets")
    item = built / "site" / PAPER / "citation.json"
    (site / PAPER / "citation.json").write_bytes(item.read_bytes())
    html = (built / "site" / PAPER / "index.html").read_text(encoding="utf-8")
    for form in ("bib", "ris"):
        html = html.replace(
            f'<li><a data-format="{form}" href="citation.{form}" download>', f'<li hidden><a data-format="{form}">'
        )
    assert html.count("<li hidden>") == 2
    (site / PAPER / "index.html").write_text(html, encoding="utf-8")
    with serving(site) as served:
        yield served


def test_in_a_large_catalogue_the_browser_makes_the_files(large: Server, page: Page, built: Path) -> None:
    page.goto(large.root + PAPER)
    for form, name in (("bib", "BibTeX"), ("ris", "RIS")):
        with page.expect_download() as saved:
            page.locator(".cite").get_by_role("link", name=name).click()
        assert saved.value.suggested_filename == f"densing-law-of-llms.{form}"
        assert Path(saved.value.path()).read_bytes() == (built / "site" / PAPER / f"citation.{form}").read_bytes()


def test_a_listing_leads_to_its_citations(server: Server, page: Page, built: Path) -> None:
    page.goto(server.root + "topics/diffusion-models/")
    with page.expect_download() as saved:
        page.get_by_role("region", name="Cite these papers").get_by_role("link", name="CSL-JSON").click()
    file = built / "site" / "topics" / "diffusion-models" / "citations.json"
    assert json.loads(Path(saved.value.path()).read_bytes()) == json.loads(file.read_bytes())
