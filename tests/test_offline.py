"""Reading without the network, in a real browser: what is kept, that nothing is ever stale, that old versions go."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from sitegen.build import BuildOptions, build
from sitegen.preview.reload import with_script
from tests.serving import PREFIX, Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAPER = "papers/2024/densing-law-of-llms/"
OTHER = "papers/2024/scaling-diffusion-transformers-to-16-billion-parameters/"
KEPT = """async ([name, part]) => {
  const found = (await caches.keys()).filter((key) => key.includes(` ${name}`));
  const held = await Promise.all(found.map(async (key) => (await (await caches.open(key)).keys()).map(({url}) => url)));
  return held.flat().some((url) => url.includes(part));
}"""
ADDRESSES = """async (name) => {
  const found = (await caches.keys()).filter((key) => key.endsWith(` ${name}`));
  const held = await Promise.all(found.map(async (key) => (await (await caches.open(key)).keys()).map(({url}) => url)));
  return held.flat();
}"""
SHELLS = "async () => (await caches.keys()).filter((name) => name.includes(' shell '))"
CONTROLLED = "() => navigator.serviceWorker.controller !== null"


@pytest.fixture
def shown(site: Path) -> Path:
    return site / "site"


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def tab(reader: BrowserContext, server: Server) -> Page:
    """Open the home page and wait until its worker is there."""
    tab = reader.new_page()
    tab.goto(server.root)
    tab.wait_for_function(CONTROLLED)
    wait(tab, KEPT, arg=["pages", server.root])
    return tab


def wait(tab: Page, condition: str, arg: object = None) -> None:
    """Wait until an asynchronous function says so; Playwright's own wait takes its promise for a yes."""
    for _ in range(300):
        if tab.evaluate(condition, arg):
            return
        tab.wait_for_timeout(50)
    raise AssertionError(condition)


def read(tab: Page, server: Server, path: str) -> None:
    """Open a page and wait until it is kept."""
    tab.goto(server.root + path)
    wait(tab, KEPT, arg=["pages", server.root + path])


def deploy(site: Path) -> None:
    build(site, BuildOptions(site / "site", "https://example.org/under/a/path/"))


def rename(site: Path, before: str, after: str) -> None:
    file = site / "content" / "papers" / "2024" / "densing-law-of-llms.md"
    file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


class TestWithoutTheNetwork:
    def test_a_page_that_was_read_can_be_read_again(self, tab: Page, server: Server) -> None:
        read(tab, server, PAPER)
        tab.context.set_offline(True)
        server.requested.clear()
        tab.reload()
        expect(tab.locator("h1")).to_have_text("Densing Law of LLMs")
        assert tab.evaluate("getComputedStyle(document.querySelector('.skip-link')).position") == "absolute"
        expect(tab.locator(".sheet-head .save")).to_be_visible()  # the scripts are there too
        assert server.requested == []

    def test_the_very_first_page_is_kept_too(self, reader: BrowserContext, server: Server) -> None:
        tab = reader.new_page()
        tab.goto(server.root + PAPER)
        wait(tab, KEPT, arg=["pages", PAPER])
        reader.set_offline(True)
        tab.reload()
        expect(tab.locator("h1")).to_have_text("Densing Law of LLMs")

    def test_a_page_that_breaks_off_does_not_take_the_place_of_a_whole_one(self, tab: Page, server: Server) -> None:
        read(tab, server, PAPER)
        server.cut.add(f"{PREFIX}/{PAPER}")
        server.requested.clear()
        tab.goto(server.root + PAPER, wait_until="commit")
        assert server.requested[0] == f"{PREFIX}/{PAPER}"
        read(tab, server, OTHER)  # kept after what came before
        tab.context.set_offline(True)
        tab.goto(server.root + PAPER)
        expect(tab.locator("h1")).to_have_text("Densing Law of LLMs")

    def test_a_page_that_is_not_kept_says_so_and_what_is(self, tab: Page, server: Server) -> None:
        read(tab, server, PAPER)
        tab.context.set_offline(True)
        tab.goto(server.root + OTHER)
        expect(tab.locator("#offline-missing")).to_be_visible()
        assert tab.url == server.root + OTHER
        kept = tab.locator("#offline-list a", has_text="Densing Law of LLMs")
        kept.click()
        expect(tab.locator("h1")).to_have_text("Densing Law of LLMs")

    def test_a_browser_that_is_wrong_about_the_network_takes_no_page_away(self, tab: Page, server: Server) -> None:
        tab.context.set_offline(True)
        tab.goto(server.root + PAPER)
        expect(tab.locator("#offline-missing")).to_be_visible()
        with pytest.raises(PlaywrightTimeout), tab.expect_navigation(timeout=1500):
            tab.evaluate("dispatchEvent(new Event('online'))")

    def test_it_comes_as_soon_as_the_network_is_back(self, tab: Page, server: Server) -> None:
        tab.context.set_offline(True)
        tab.goto(server.root + PAPER)
        expect(tab.locator("#offline-missing")).to_be_visible()
        tab.context.set_offline(False)
        expect(tab.locator("h1")).to_have_text("Densing Law of LLMs")

    def test_words_that_were_searched_can_be_searched_again(self, tab: Page, server: Server) -> None:
        results = tab.locator("#search-results")
        tab.goto(f"{server.root}search/?q=densing")
        expect(results).to_have_attribute("data-state", "ready")
        expect(tab.locator("#search-list")).to_have_attribute("aria-busy", "false")
        first = results.locator("article.paper").first.get_attribute("data-slug")
        wait(tab, KEPT, arg=["parts", "search/rows/"])
        wait(tab, KEPT, arg=["pages", "search/"])
        tab.context.set_offline(True)
        tab.goto(f"{server.root}search/?q=densing")
        expect(results).to_have_attribute("data-state", "ready")
        assert results.locator("article.paper").first.get_attribute("data-slug") == first

    def test_a_page_of_an_older_theme_is_shown_in_the_present_one(self, tab: Page, server: Server, site: Path) -> None:
        read(tab, server, PAPER)
        style = site / "themes" / "default" / "static" / "css" / "style.css"
        style.parent.mkdir(parents=True)
        (site / "themes" / "default" / "theme.yaml").write_text("")
        style.write_text("h1 { color: rgb(1, 2, 3) }")
        before = tab.evaluate(SHELLS)
        deploy(site)
        tab.goto(server.root)
        wait(tab, f"async (old) => String(await ({SHELLS})()) !== String(old)", arg=before)
        wait(tab, f"async () => (await ({SHELLS})()).length === 1")
        tab.context.set_offline(True)
        tab.goto(server.root + PAPER)
        expect(tab.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")


class TestADeploy:
    def test_the_next_page_is_the_new_one(self, tab: Page, server: Server, site: Path) -> None:
        read(tab, server, PAPER)
        worker = (site / "site" / "sw.js").read_bytes()
        rename(site, "title: Densing Law of LLMs", "title: Densing Law, Second Edition")
        deploy(site)
        tab.goto(server.root + PAPER)
        expect(tab.locator("h1")).to_have_text("Densing Law, Second Edition")
        wait(
            tab,
            "async (address) => (await (await caches.match(address))?.text())?.includes('Second Edition')",
            arg=server.root + PAPER,
        )
        tab.context.set_offline(True)
        tab.reload()
        expect(tab.locator("h1")).to_have_text("Densing Law, Second Edition")
        assert (site / "site" / "sw.js").read_bytes() == worker  # one paper is no new version

    def test_only_one_version_of_the_shell_is_kept(self, tab: Page, server: Server, site: Path) -> None:
        [before] = tab.evaluate(SHELLS)
        settings = site / "content" / "site.yaml"
        settings.write_text(re.sub(r"(?m)^title:.*", "title: Another name", settings.read_text()))
        deploy(site)
        tab.goto(server.root)
        expect(tab).to_have_title("Another name")
        wait(
            tab,
            f"async (old) => {{ const all = await ({SHELLS})(); return all.length === 1 && all[0] !== old; }}",
            arg=before,
        )
        tab.context.set_offline(True)
        tab.goto(server.root + OTHER)
        expect(tab.locator("#offline-missing")).to_be_visible()
        expect(tab.locator(".site-foot")).to_contain_text("Another name")

    def test_files_of_the_search_that_are_gone_are_dropped(self, tab: Page, server: Server, site: Path) -> None:
        results = tab.locator("#search-results")
        tab.goto(f"{server.root}search/?q=densing")
        expect(results).to_have_attribute("data-state", "ready")
        wait(tab, KEPT, arg=["parts", "search/rows/"])
        before = set(tab.evaluate(ADDRESSES, "parts"))
        rename(site, "title: Densing Law of LLMs", "title: Densing Law, Second Edition")
        deploy(site)
        tab.goto(f"{server.root}search/?q=densing")
        expect(results.locator("article.paper").first).to_contain_text("Second Edition")
        expect(tab.locator("#search-list")).to_have_attribute("aria-busy", "false")
        there = {server.root + f.relative_to(site / "site").as_posix() for f in (site / "site").rglob("*.json")}
        assert before - there
        wait(
            tab,
            f"async (there) => (await ({ADDRESSES})('parts')).every((url) => there.includes(url))",
            arg=sorted(there),
        )
        rows = f"(await ({ADDRESSES})('parts')).filter((url) => url.includes('/search/rows/'))"
        wait(tab, f"async (count) => {rows}.length >= count", arg=results.locator("article.paper").count())
        tab.context.set_offline(True)
        tab.reload()
        expect(results.locator("article.paper").first).to_contain_text("Second Edition")

    def test_a_page_that_is_taken_back_is_forgotten(self, tab: Page, server: Server, site: Path) -> None:
        read(tab, server, PAPER)
        shutil.rmtree(site / "site" / PAPER)
        answer = tab.goto(server.root + PAPER)
        assert answer
        assert answer.status == 404
        wait(tab, f"async (part) => !(await ({KEPT})(['pages', part]))", arg=PAPER)


class TestWhatIsKept:
    def test_neither_errors_nor_redirects_are_pages(self, tab: Page, server: Server) -> None:
        tab.goto(server.root + "nowhere/")
        tab.goto(server.root + PAPER.rstrip("/"))  # leads to the folder
        assert tab.url == server.root + PAPER
        wait(tab, KEPT, arg=["pages", PAPER])
        assert set(tab.evaluate(ADDRESSES, "pages")) == {server.root, server.root + PAPER}

    def test_an_error_of_the_host_is_shown_and_not_hidden_by_a_kept_page(self, tab: Page, server: Server) -> None:
        read(tab, server, PAPER)
        server.broken.add("")
        answer = tab.goto(server.root + PAPER)
        assert answer
        assert answer.status == 503

    def test_the_page_tells_what_is_kept_and_forgets_it(self, tab: Page, server: Server, site: Path) -> None:
        read(tab, server, PAPER)
        tab.goto(f"{server.root}offline/")
        expect(tab.locator("#offline-pages")).to_have_text("2 pages")
        expect(tab.locator("#offline-space")).to_contain_text("MB")
        worker = (site / "site" / "sw.js").read_text(encoding="utf-8")
        version = json.loads(worker.removeprefix("const SITE=").partition(";\n")[0])["version"]
        expect(tab.locator("#offline-version")).to_have_text(version)
        expect(tab.locator("#offline-missing")).to_be_hidden()
        tab.locator("#offline-forget").click()
        expect(tab.locator("#offline-pages")).to_have_text("0 pages")
        assert tab.evaluate(ADDRESSES, "pages") == []

    def test_another_site_of_the_same_host_is_left_alone(self, tab: Page, site: Path) -> None:
        tab.evaluate("async () => { await caches.open('sitegen /under/ shell 1'); await caches.open('else'); }")
        (site / "site" / "sw.js").write_bytes((site / "site" / "sw.js").read_bytes() + b"// other\n")
        tab.evaluate("async () => { await (await navigator.serviceWorker.ready).update(); }")
        wait(tab, "async () => !(await navigator.serviceWorker.ready).installing")
        assert {"sitegen /under/ shell 1", "else"} <= set(tab.evaluate("caches.keys()"))


def test_a_preview_is_never_kept(tab: Page, server: Server, site: Path) -> None:
    home = site / "site" / "index.html"
    home.write_bytes(with_script(home.read_bytes(), b'<script src="/_sitegen/reload.js" defer></script>'))
    tab.goto(server.root)
    wait(tab, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0")


def test_the_browser_offers_to_install_the_site(tab: Page) -> None:
    devtools = tab.context.new_cdp_session(tab)
    assert devtools.send("Page.getAppManifest")["errors"] == []
    found = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in found if error["errorId"] != "in-incognito"] == []


def test_the_shell_is_made_of_files_that_are_there(built: Path) -> None:
    """A worker whose shell lacks a file is never installed."""
    worker = (built / "site" / "sw.js").read_text(encoding="utf-8")
    facts = json.loads(worker.removeprefix("const SITE=").partition(";\n")[0])
    assert [path for path in facts["shell"] if not (built / "site" / path).exists()] == []
    assert facts["shell"][0] == "offline/"
