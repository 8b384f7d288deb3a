"""The search page for everyone: by keyboard, without script, in any width and colour."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.serving import Server

from .browsing import ask, settled, visit

pytestmark = pytest.mark.browser


def test_arrows_enter_and_escape(page: Page, server: Server) -> None:
    visit(page, server)
    ask(page, "diffusion")
    links = page.locator(".paper-title a")
    box = page.locator("#search-query")
    box.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    box.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    expect(box).to_have_value("diffusion")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    expect(page.locator("#search-keys")).to_be_visible()


def test_enter_on_a_title_opens_it(page: Page, server: Server) -> None:
    visit(page, server)
    first = ask(page, "diffusion")[0]
    page.locator("#search-query").press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{first}/")


def test_slash_leads_to_the_box(page: Page, server: Server) -> None:
    visit(page, server)
    page.keyboard.press("/")
    expect(page.locator("#search-query")).to_be_focused()
    expect(page.locator("#search-query")).to_have_value("")


def test_listings_are_offered_without_script(browser_without_script: Page, server: Server) -> None:
    visit(browser_without_script, server)
    main = browser_without_script.locator("main")
    expect(main.get_by_role("link", name="All papers")).to_be_visible()
    expect(main.get_by_role("link", name="Dates")).to_be_visible()
    expect(main.locator("#search-form")).to_be_hidden()


@pytest.mark.parametrize(
    ("scheme", "query"), [("light", "diffusi"), ("dark", "diffusi"), ("light", "zzzzqqq"), ("dark", "")]
)
def test_axe_finds_nothing(page: Page, server: Server, scheme: str, query: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    visit(page, server, f"?q={query}")
    settled(page, query)
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_is_wider_than_the_page(page: Page, server: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, server, "?q=diffusion")
    settled(page, "diffusion")
    assert page.evaluate("document.documentElement.scrollWidth") == width
