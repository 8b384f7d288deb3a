"""Ways through the papers in a real browser: sorting and filtering a page, keys, calendars, the directory."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SAVES = """
    window.saved = [];
    document.addEventListener("sitegen:save", (event) => saved.push(event.target.dataset.slug));
"""


def slugs(page: Page) -> list[str]:
    """Give the papers that are shown, in their order."""
    return [str(row.get_attribute("data-slug")) for row in page.locator("article.paper:visible").all()]


def focused(page: Page) -> str | None:
    """Give the paper that has the focus."""
    return page.evaluate("document.activeElement.closest('article.paper')?.dataset.slug ?? null")  # type: ignore[no-any-return]


def open_tools(page: Page) -> None:
    page.get_by_text("Sort and filter this page").click()


class TestSortAndFilter:
    def test_rows_are_sorted_and_back_again(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}papers/")
        listed = slugs(page)
        open_tools(page)
        sort = page.get_by_label("Sort", exact=True)
        sort.select_option("oldest")
        days = [str(day.get_attribute("datetime")) for day in page.locator("article.paper time").all()]
        assert days == sorted(days)
        sort.select_option("comments")
        counts = [int(row.get_attribute("data-comments") or 0) for row in page.locator("article.paper").all()]
        assert counts == sorted(counts, reverse=True)
        assert counts[0] > counts[-1]
        sort.select_option("title")
        titles = page.locator(".paper-title").all_inner_texts()
        assert [title[0].casefold() for title in titles] == sorted(title[0].casefold() for title in titles)
        sort.select_option("")
        assert slugs(page) == listed

    def test_undated_papers_are_the_oldest(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}papers/page/6/?sort=newest")
        newest = slugs(page)
        page.goto(f"{server.root}papers/page/6/?sort=oldest")
        undated = page.locator("article.paper:not(:has(time))")
        assert undated.count() > 0
        assert slugs(page)[-undated.count() :] == newest[-undated.count() :]

    def test_words_topic_and_code_narrow_the_page(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}papers/")
        every = slugs(page)
        open_tools(page)
        page.get_by_label("Words", exact=True).fill("diffusion MODELS")
        expect(page.locator("#tools-status")).to_have_text(re.compile(r"^\d+ of 25 papers shown$"))
        with_words = slugs(page)
        assert 0 < len(with_words) < len(every)
        page.get_by_label("Topic", exact=True).select_option("image-generation")
        assert 0 < len(slugs(page)) < len(with_words)
        assert page.locator('article.paper:visible .paper-topics a[href$="/topics/image-generation/"]').count() == len(
            slugs(page)
        )
        page.get_by_label("Has code", exact=True).check()
        assert all("data-code" in str(row.evaluate("e => e.outerHTML")) for row in page.locator(".paper:visible").all())
        page.get_by_role("button", name="Clear").click()
        assert slugs(page) == every
        expect(page.get_by_label("Words", exact=True)).to_be_focused()

    def test_nothing_found_says_so(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}papers/?words=xyzzy")
        expect(page.get_by_text("No paper of this page matches.")).to_be_visible()
        expect(page.locator("#tools-status")).to_have_text("0 of 25 papers shown")

    def test_the_address_holds_what_is_chosen_and_other_pages_get_it(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}papers/")
        open_tools(page)
        page.get_by_label("Words", exact=True).fill("model")
        page.get_by_label("Sort", exact=True).select_option("title")
        expect(page.locator("a[rel=next]")).to_have_attribute(
            "href", re.compile(r"\?words=model&sort=title$"), timeout=100
        )
        page.wait_for_url("**/papers/?words=model&sort=title")
        shown = slugs(page)
        page.reload()
        expect(page.get_by_label("Words", exact=True)).to_have_value("model")
        assert slugs(page) == shown
        page.locator("a[rel=next]").click()
        page.wait_for_url("**/papers/page/2/?words=model&sort=title")
        expect(page.get_by_label("Words", exact=True)).to_have_value("model")

    def test_an_address_that_asks_for_what_is_not_there_shows_all(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}papers/?sort=__proto__&topic=%22%3E&code=2")
        assert len(slugs(page)) == 25
        expect(page.get_by_label("Sort", exact=True)).to_be_hidden()

    def test_without_a_script_there_is_nothing_to_sort_with(self, browser: Browser, server: Server) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{server.root}papers/")
        expect(page.get_by_text("Sort and filter this page")).to_be_hidden()
        context.close()

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing_in_a_filtered_page(self, scheme: str, browser: Browser, server: Server) -> None:
        context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two
        page = context.new_page()
        page.goto(f"{server.root}papers/?words=model&sort=title")
        page.keyboard.press("?")
        expect(page.get_by_role("dialog")).to_be_visible()
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(v["id"], [node["html"][:100] for node in v["nodes"]][:3]) for v in found] == []
        context.close()


class TestKeys:
    def test_j_and_k_lead_from_paper_to_paper_and_o_opens_one(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}papers/")
        papers = slugs(page)
        for expected in (papers[0], papers[1], papers[2]):
            page.keyboard.press("j")
            assert focused(page) == expected
        page.keyboard.press("k")
        assert focused(page) == papers[1]
        outline = page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle")
        assert outline == "solid"
        page.keyboard.press("o")
        page.wait_for_url(f"**/{papers[1]}/")

    def test_they_leave_out_what_is_filtered_away_and_go_on_behind_the_last_paper(
        self, page: Page, server: Server
    ) -> None:
        page.goto(f"{server.root}papers/?words=diffusion&sort=title")
        papers = slugs(page)
        for expected in papers:
            page.keyboard.press("j")
            assert focused(page) == expected
        page.keyboard.press("j")
        expect(page.locator(":focus")).to_have_attribute("rel", "next")
        page.keyboard.press("o")
        page.wait_for_url("**/papers/page/2/?words=diffusion&sort=title")

    def test_they_begin_where_the_reader_is(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}papers/")
        page.locator("article.paper").nth(10).evaluate("row => window.scrollTo(0, row.offsetTop - 5)")
        page.keyboard.press("j")
        assert focused(page) == slugs(page)[10]
        expect(page.locator(":focus")).to_be_in_viewport()
        page.locator("article.paper").nth(4).locator("a").last.focus()
        page.keyboard.press("j")
        assert focused(page) == slugs(page)[5]

    def test_s_asks_to_save_the_paper(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}papers/")
        page.evaluate(SAVES)
        page.keyboard.press("s")
        page.keyboard.press("j")
        page.keyboard.press("s")
        assert page.evaluate("saved") == slugs(page)[:1]
        page.goto(f"{server.root}papers/2024/densing-law-of-llms/")
        page.evaluate(SAVES)
        page.keyboard.press("s")
        assert page.evaluate("saved") == ["densing-law-of-llms"]

    def test_results_of_a_search_have_them_too_but_not_its_box(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}search/?q=diffusion")
        expect(page.locator("#search-results")).to_have_attribute("data-state", "ready")
        page.locator("#search-query").press_sequentially("jkos?")
        expect(page.locator("#search-query")).to_have_value("jkos?diffusion")
        page.goto(f"{server.root}search/?q=diffusion")
        expect(page.locator("#search-results")).to_have_attribute("data-state", "ready")
        page.locator("#search-query").evaluate("box => box.blur()")
        page.keyboard.press("j")
        assert focused(page) == slugs(page)[0]

    @pytest.mark.parametrize("keys", ["Control+k", "Alt+s", "Meta+j"])
    def test_keys_of_the_browser_stay_its_own(self, keys: str, page: Page, server: Server) -> None:
        page.goto(f"{server.root}papers/")
        page.evaluate(SAVES)
        page.keyboard.press(keys)
        assert (focused(page), page.evaluate("saved")) == (None, [])


class TestHelp:
    def test_a_question_mark_shows_the_keys_and_escape_leads_back(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}papers/")
        page.keyboard.press("j")
        page.keyboard.press("?")
        panel = page.get_by_role("dialog", name="Keyboard")
        expect(panel).to_be_visible()
        expect(panel.locator("kbd")).to_have_text(["j", "k", "o", "s", "/", "?"])
        expect(panel.get_by_role("button", name="Close")).to_be_focused()
        page.keyboard.press("j")  # the page behind it stays as it is
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        assert focused(page) == slugs(page)[0]

    def test_the_keys_can_be_switched_off_for_good(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}papers/")
        page.keyboard.press("?")
        page.get_by_label("Use these keys").uncheck()
        page.get_by_role("button", name="Close").click()
        page.reload()
        page.keyboard.press("j")
        page.keyboard.press("?")
        assert focused(page) is None
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.get_by_role("link", name="Keyboard").click()
        page.get_by_label("Use these keys").check()
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        assert focused(page) in slugs(page)

    def test_a_browser_that_keeps_nothing_has_the_keys(self, page: Page, server: Server) -> None:
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused') } })")
        page.goto(f"{server.root}papers/")
        page.keyboard.press("j")
        assert focused(page) == slugs(page)[0]

    @pytest.mark.parametrize("path", ["", "papers/2024/densing-law-of-llms/"])
    def test_the_foot_of_every_page_opens_the_panel(self, path: str, page: Page, server: Server) -> None:
        page.goto(server.root + path)
        page.get_by_role("link", name="Keyboard").click()
        expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
        assert page.url == server.root + path

    def test_without_a_script_the_link_leads_to_a_page(self, browser: Browser, server: Server) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(server.root)
        page.get_by_role("link", name="Keyboard").click()
        expect(page.locator("main kbd")).to_have_text(["j", "k", "o", "s", "/", "?"])
        context.close()


class TestDates:
    def test_a_month_is_a_table_that_leads_to_its_days_and_weeks(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}2024/10/")
        table = page.get_by_role("table", name="October 2024")
        assert table.get_by_role("columnheader").all_inner_texts()[1:] != []
        expect(table.get_by_role("row")).to_have_count(6)
        expect(table.get_by_role("rowheader", name="Week 44")).to_be_visible()
        table.get_by_role("link", name="30 2 papers").click()
        expect(page.locator("h1")).to_have_text("30 October 2024")
        page.get_by_role("navigation", name="Week").get_by_role("link").click()
        expect(page.locator("h1")).to_have_text("Week 44 of 2024")
        page.get_by_role("navigation", name="Days").get_by_role("link", name="30 October").click()
        expect(page.locator("h1")).to_have_text("30 October 2024")

    @pytest.mark.parametrize("path", ["2023/", "2024/10/", "2024/W44/", "2024/10/30/"])
    def test_periods_lead_to_the_next_and_back(self, path: str, page: Page, server: Server) -> None:
        page.goto(server.root + path)
        heading = page.locator("h1").inner_text()
        page.locator("nav.neighbours a[rel=next]").click()
        expect(page.locator("h1")).not_to_have_text(heading)
        page.locator("nav.neighbours a[rel=prev]").click()
        expect(page.locator("h1")).to_have_text(heading)

    def test_a_year_and_the_page_of_dates_have_calendars(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}2024/")
        expect(page.locator(".calendar table")).to_have_count(11)
        page.goto(f"{server.root}dates/")
        expect(page.locator(".calendar table")).to_have_count(6)
        expect(page.locator(".calendar caption").first).to_contain_text("November 2025")


def test_orders_lead_to_each_other(page: Page, server: Server) -> None:
    page.goto(server.root)
    page.get_by_role("link", name="All discussed papers").click()
    counts = [int(row.get_attribute("data-comments") or 0) for row in page.locator("article.paper").all()]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] > 0
    orders = page.get_by_role("navigation", name="Orders")
    expect(orders.locator("[aria-current]")).to_have_text("Most discussed")
    orders.get_by_role("link", name="Trending").click()
    expect(page.locator("h1")).to_have_text("Trending")
    expect(page.locator("article.paper").first).to_be_visible()
    orders.get_by_role("link", name="Newest").click()
    expect(page.locator("h1")).to_have_text("All papers")


def test_a_topics_bars_lead_to_the_page_where_a_year_begins(page: Page, server: Server) -> None:
    page.goto(f"{server.root}topics/diffusion-models/")
    bars = page.get_by_role("region", name="Papers by year").get_by_role("listitem")
    assert sum(int(bar.locator(".count").inner_text()) for bar in bars.all()) == 35
    bars.filter(has_text="2022").get_by_role("link").click()
    page.wait_for_url("**/topics/diffusion-models/page/2/")
    assert "2022" in page.locator("article.paper time").last.inner_text()


def test_an_organisation_names_its_topics(page: Page, server: Server) -> None:
    page.goto(f"{server.root}organizations/")
    page.get_by_role("link", name="OpenBMB").click()
    topics = page.get_by_role("region", name="Topics").get_by_role("link")
    expect(topics.first).to_have_text("Large language models")
