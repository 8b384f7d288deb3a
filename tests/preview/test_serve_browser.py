"""The preview in a real browser: reloads, mistakes over the page, many tabs."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sitegen.preview.serve import BuildResult
from tests.preview.previews import DEADLINE, Preview, build, previewing
from tests.test_offline import wait

expect.set_options(timeout=DEADLINE * 1000)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "x.md").write_text("first")
    with previewing(tmp_path) as running:
        yield running


@pytest.mark.browser
def test_a_saved_change_appears_and_the_reader_stays_where_they_are(preview: Preview, page: Page) -> None:
    page.goto(f"{preview.url}x/")
    page.evaluate("() => { globalThis.isBefore = true; scrollTo(0, 1234) }")
    preview.save("x.md", "second")
    expect(page.locator("#text")).to_have_text("second")
    # The text is put in at once, and the page is loaded anew behind it.
    page.wait_for_function("() => !globalThis.isBefore && scrollY === 1234 && sessionStorage.length === 0")


@dataclass
class Slow:
    """A preview of which a part of each build comes only when the gate is open."""

    preview: Preview
    gate: threading.Event


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[Slow]:
    gate = threading.Event()
    gate.set()

    def builder(_changed: frozenset[Path], _opened: frozenset[str]) -> Iterator[BuildResult]:
        result = build(tmp_path / "content", tmp_path / "site")
        yield replace(result, more=True)
        gate.wait(DEADLINE)
        yield replace(result, changed=frozenset())

    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "x.md").write_text("first")
    with previewing(tmp_path, builder) as running:
        gate.clear()
        yield Slow(running, gate)
        gate.set()


def _marked(page: Page, slow: Slow) -> None:
    page.goto(f"{slow.preview.url}x/")
    page.evaluate("window.mark = 1")


@pytest.mark.browser
def test_the_new_text_is_shown_before_the_page_is_loaded_anew(slow: Slow, page: Page) -> None:
    _marked(page, slow)
    page.evaluate("scrollTo(0, 1234)")
    slow.preview.save("x.md", "second")
    expect(page.locator("#text")).to_have_text("second")
    assert page.evaluate("[window.mark, scrollY]") == [1, 1234]
    slow.gate.set()
    page.wait_for_function("() => window.mark === undefined && scrollY === 1234")
    expect(page.locator("#text")).to_have_text("second")


@pytest.mark.browser
def test_a_page_that_changes_around_its_text_is_loaded_anew_at_once(slow: Slow, page: Page) -> None:
    _marked(page, slow)
    slow.preview.save("x.md", "second</main><footer>new</footer><main>")
    page.wait_for_function("() => window.mark === undefined")
    expect(page.locator("footer")).to_have_text("new")


@pytest.mark.browser
def test_what_scripts_have_made_is_not_taken_away(slow: Slow, page: Page) -> None:
    _marked(page, slow)
    page.evaluate("document.querySelector('main').append('made by a script '.repeat(1000))")
    slow.preview.save("x.md", "second")
    page.wait_for_function("() => window.mark === undefined")
    expect(page.locator("#text")).to_have_text("second")


@pytest.mark.browser
def test_a_mistake_appears_over_the_page_and_goes_when_it_is_mended(preview: Preview, page: Page) -> None:
    page.goto(f"{preview.url}x/")
    preview.save("x.md", "BROKEN")
    box = page.get_by_role("alertdialog", name="The site could not be built")
    expect(box).to_contain_text("content/x.md:1: error: this page is <b>broken</b>; mend it")
    expect(box).to_have_css("border-top-width", "6px")
    expect(box.get_by_role("button", name="Close")).to_be_focused()
    expect(page.locator("#text")).to_have_text("first")
    preview.save("x.md", "mended")
    expect(page.locator("#text")).to_have_text("mended")
    expect(box).to_have_count(0)


@pytest.mark.browser
def test_a_mistake_taken_back_goes_without_a_reload(preview: Preview, page: Page) -> None:
    page.goto(f"{preview.url}x/")
    page.evaluate("window.mark = 1")
    preview.save("x.md", "BROKEN")
    box = page.get_by_role("alertdialog")
    expect(box).to_be_visible()
    (preview.content / "x.md").write_text("first")
    expect(box).to_be_hidden()
    assert page.evaluate("window.mark") == 1


@pytest.mark.browser
def test_escape_puts_a_mistake_away_until_the_next_one(preview: Preview, page: Page) -> None:
    page.goto(f"{preview.url}x/")
    preview.save("x.md", "BROKEN")
    box = page.get_by_role("alertdialog")
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    preview.save("x.md", "one\nBROKEN")
    expect(box).to_contain_text("content/x.md:2:")


@pytest.mark.browser
def test_the_error_page_of_a_first_build_mends_itself(tmp_path: Path, page: Page) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "x.md").write_text("BROKEN")
    with previewing(tmp_path) as preview:
        page.goto(f"{preview.url}x/")
        expect(page.get_by_role("listitem")).to_contain_text("content/x.md:1:")
        preview.save("x.md", "one\nBROKEN")
        expect(page.get_by_role("listitem")).to_contain_text("content/x.md:2:")
        preview.save("x.md", "mended")
        expect(page.locator("#text")).to_have_text("mended")
        page.goto("about:blank")


@pytest.mark.browser
def test_more_tabs_than_a_browser_has_connections_all_follow(preview: Preview, browser: Browser) -> None:
    with browser.new_context() as context:
        tabs = [context.new_page() for _ in range(9)]
        for tab in tabs:
            tab.goto(f"{preview.url}x/")
        preview.save("x.md", "second")
        for tab in tabs:
            expect(tab.locator("#text")).to_have_text("second")
        tabs[0].close()
        preview.save("x.md", "third")
        for tab in tabs[1:]:
            expect(tab.locator("#text")).to_have_text("third")


@pytest.mark.browser
def test_a_worker_of_an_earlier_visit_removes_itself(preview: Preview, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{preview.url}x/")
    page.evaluate(
        """async () => {
            await caches.open("an earlier visit");
            const policy = trustedTypes.createPolicy("sitegen", { createScriptURL: (url) => url });
            await navigator.serviceWorker.register(policy.createScriptURL("/sw.js"));
        }"""
    )
    wait(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0")
    wait(page, "async () => (await caches.keys()).length === 0")
    page.close()
