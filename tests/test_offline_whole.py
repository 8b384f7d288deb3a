"""The whole catalogue kept in a real browser: what is fetched, what can be read then, what a deploy changes."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sitegen.build import BuildOptions, build
from sitegen.options import PARTS
from tests.serving import Server
from tests.test_offline import ADDRESSES, CONTROLLED, OTHER, PAPER, deploy, rename, wait

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def shown(site: Path) -> Path:
    return site / "site"


@pytest.fixture
def tab(browser: Browser, server: Server) -> Iterator[Page]:
    """Open the page about offline reading, its worker there; nothing may be thrown in it."""
    faults: list[str] = []
    context = browser.new_context()
    context.set_default_timeout(15_000)
    tab = context.new_page()
    tab.on("pageerror", lambda fault: faults.append(str(fault)))
    tab.goto(f"{server.root}offline/")
    tab.wait_for_function(CONTROLLED)
    yield tab
    context.close()
    assert faults == []


def packs(site: Path) -> dict[str, int]:
    """Give the packs of a site, names and bytes."""
    listed = json.loads((site / "site" / "offline" / "packs.json").read_text(encoding="utf-8"))
    return {name: size for _, name, size in listed["packs"]}


def fetched(server: Server) -> list[str]:
    """Name the packs that were asked for, and forget it."""
    names = [Path(path).stem for path in server.requested if path.endswith(".pack")]
    server.requested.clear()
    return names


def keep(tab: Page) -> None:
    tab.locator("#offline-keep").click()
    expect(tab.locator("#offline-whole-status")).to_have_text("The whole catalogue is kept.")


def kept(tab: Page) -> set[str]:
    return {Path(address).stem for address in tab.evaluate(ADDRESSES, "kept") if address.endswith(".pack")}


class TestKeeping:
    def test_its_size_is_known_before(self, tab: Page, server: Server, site: Path) -> None:
        size = -(-sum(packs(site).values()) // 100_000) / 10
        expect(tab.locator("#offline-keep")).to_have_text(f"Keep the whole catalogue ({size} MB)")
        assert fetched(server) == []

    def test_every_pack_is_fetched_once(self, tab: Page, server: Server, site: Path) -> None:
        keep(tab)
        assert sorted(fetched(server)) == sorted(packs(site))
        assert kept(tab) == set(packs(site))
        expect(tab.locator("#offline-keep")).to_be_hidden()
        expect(tab.locator("#offline-kept-whole")).to_contain_text("All of it is kept, as it was on")
        tab.reload()
        expect(tab.locator("#offline-kept-whole")).to_contain_text("All of it is kept")
        assert fetched(server) == []

    def test_what_is_there_after_a_pause_is_not_fetched_again(self, tab: Page, server: Server, site: Path) -> None:
        first, others = list(packs(site))[:4], list(packs(site))[4:]  # four are fetched at once
        server.broken |= {f"{name}.pack" for name in others}
        tab.locator("#offline-keep").click()
        expect(tab.locator("#offline-whole-status")).to_contain_text("Interrupted.")
        expect(tab.locator("#offline-keep")).to_contain_text("Go on (")
        assert kept(tab) == set(first)
        server.broken.clear()
        fetched(server)
        tab.reload()
        keep(tab)
        assert sorted(fetched(server)) == sorted(others)

    def test_it_can_be_paused(self, tab: Page) -> None:
        tab.evaluate("""() => {
          const fetchNow = fetch;
          globalThis.fetch = (...asked) => new Promise((answer, fail) => {
            asked[1]?.signal?.addEventListener("abort", () => fail(new DOMException("", "AbortError")));
            if (!String(asked[0]).endsWith(".pack")) answer(fetchNow(...asked));
          });
        }""")
        button = tab.locator("#offline-keep")
        button.click()
        expect(button).to_have_text("Pause")
        expect(tab.locator("#offline-progress")).to_be_visible()
        expect(tab.locator("#offline-amount")).to_contain_text(" of ")
        button.click()
        expect(tab.locator("#offline-whole-status")).to_have_text("Paused. What is there stays.")
        expect(button).to_contain_text("Keep the whole catalogue")

    def test_a_browser_that_runs_out_of_room_says_so(self, tab: Page) -> None:
        devtools = tab.context.new_cdp_session(tab)
        used = tab.evaluate("async () => (await navigator.storage.estimate()).usage")
        room = {"origin": tab.evaluate("location.origin"), "quotaSize": used + 1000}
        devtools.send("Storage.overrideQuotaForOrigin", room)
        tab.locator("#offline-keep").click()
        expect(tab.locator("#offline-whole-status")).to_contain_text("There is no room left for this site")

    def test_too_little_room_is_told_before_anything_is_fetched(self, tab: Page, server: Server) -> None:
        tab.evaluate("() => { navigator.storage.estimate = async () => ({ quota: 500_000, usage: 0 }); }")
        tab.locator("#offline-keep").click()
        expect(tab.locator("#offline-whole-status")).to_contain_text("your browser has room for 0.5 MB")
        assert fetched(server) == []

    def test_it_is_forgotten_with_the_rest(self, tab: Page) -> None:
        keep(tab)
        tab.locator("#offline-forget").click()
        expect(tab.locator("#offline-keep")).to_contain_text("Keep the whole catalogue")
        assert tab.evaluate(ADDRESSES, "kept") == []

    def test_a_site_without_packs_offers_nothing(self, tab: Page, site: Path) -> None:
        only = PARTS - {"packs"}
        build(site, BuildOptions(site / "site", "https://example.org/under/a/path/", only=only))
        tab.reload()
        expect(tab.locator("#offline-pages")).to_contain_text("page")
        expect(tab.locator("#offline-catalogue")).to_be_hidden()


class TestReading:
    def test_pages_that_were_never_opened(self, tab: Page, server: Server) -> None:
        keep(tab)
        tab.context.set_offline(True)
        answer = tab.goto(server.root + OTHER)
        assert answer
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        expect(tab.locator("h1")).to_have_text("Scaling Diffusion Transformers to 16 Billion Parameters")
        tab.goto(server.root)
        expect(tab.locator("h1")).to_be_visible()
        tab.goto(f"{server.root}papers/page/2/")
        expect(tab.locator("article.paper").first).to_be_visible()

    def test_words_that_were_never_searched_for(self, tab: Page, server: Server) -> None:
        keep(tab)
        tab.context.set_offline(True)
        tab.goto(f"{server.root}search/?q=densing")
        expect(tab.locator("#search-results")).to_have_attribute("data-state", "ready")
        expect(tab.locator("article.paper").first).to_contain_text("Densing Law of LLMs")

    def test_a_citation(self, tab: Page, server: Server) -> None:
        keep(tab)
        tab.context.set_offline(True)
        tab.goto(server.root + PAPER)
        found = tab.evaluate("async () => (await (await fetch('citation.json')).json())[0].title")
        assert found == "Densing Law of LLMs"

    def test_the_map(self, tab: Page, server: Server) -> None:
        keep(tab)
        tab.context.set_offline(True)
        tab.goto(f"{server.root}map/")
        points = tab.locator("#map-stage").get_attribute("data-points")
        assert tab.evaluate("async (points) => (await fetch(points)).status", points) == 200

    def test_a_page_that_the_site_does_not_have(self, tab: Page, server: Server) -> None:
        keep(tab)
        tab.context.set_offline(True)
        tab.goto(f"{server.root}papers/2024/no-such-paper/")
        expect(tab.locator("#offline-missing")).to_be_visible()


class TestADeploy:
    def test_the_network_still_comes_first(self, tab: Page, server: Server, site: Path) -> None:
        keep(tab)
        rename(site, "title: Densing Law of LLMs", "title: Densing Law, Second Edition")
        deploy(site)
        tab.goto(server.root + PAPER)
        expect(tab.locator("h1")).to_have_text("Densing Law, Second Edition")

    def test_only_what_changed_is_fetched(self, tab: Page, server: Server, site: Path) -> None:
        keep(tab)
        before = set(packs(site))
        rename(site, "title: Densing Law of LLMs", "title: Densing Law, Second Edition")
        deploy(site)
        fetched(server)
        tab.reload()
        expect(tab.locator("#offline-kept-whole")).to_contain_text("some of it has changed since")
        expect(tab.locator("#offline-keep")).to_contain_text("Bring up to date (")
        keep(tab)
        assert set(fetched(server)) == set(packs(site)) - before
        assert kept(tab) == set(packs(site))
        tab.context.set_offline(True)
        tab.goto(server.root + PAPER)
        expect(tab.locator("h1")).to_have_text("Densing Law, Second Edition")

    def test_one_while_the_packs_are_fetched(self, tab: Page, site: Path) -> None:
        rename(site, "title: Densing Law of LLMs", "title: Densing Law, Second Edition")
        deploy(site)
        keep(tab)
        assert kept(tab) == set(packs(site))

    def test_of_a_page_that_was_opened_and_kept_the_newer_is_read(self, tab: Page, server: Server, site: Path) -> None:
        keep(tab)
        tab.wait_for_timeout(1100)  # the host tells the time in seconds
        rename(site, "title: Densing Law of LLMs", "title: Densing Law, Second Edition")
        deploy(site)
        tab.goto(server.root + PAPER)
        wait(tab, "async (address) => (await caches.match(address)) !== undefined", arg=server.root + PAPER)
        tab.context.set_offline(True)
        tab.reload()
        expect(tab.locator("h1")).to_have_text("Densing Law, Second Edition")

    def test_a_page_that_is_gone_stays_gone(self, tab: Page, server: Server, site: Path) -> None:
        keep(tab)
        tab.wait_for_timeout(1100)  # the same
        shutil.rmtree(site / "site" / PAPER)
        tab.goto(server.root + PAPER)
        wait(tab, "async (address) => (await caches.match(address))?.status === 404", arg=server.root + PAPER)
        tab.context.set_offline(True)
        answer = tab.reload()
        assert answer
        assert answer.status == 404
        tab.goto(f"{server.root}offline/")
        expect(tab.locator("#offline-pages")).to_contain_text("page")
        expect(tab.locator("#offline-list a", has_text="Error")).to_have_count(0)
