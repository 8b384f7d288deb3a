"""The reading list in a real browser: saving, the list's own page, the ways in and out, and what is new."""

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.serving import PREFIX, Server, serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KEY = f"sitegen:reading-list:1:{PREFIX}/"
LIST = "reading-list/"
DENSING = "papers/2024/densing-law-of-llms/"
OTHER = "papers/2024/scaling-diffusion-transformers-to-16-billion-parameters/"
THEN = "2025-12-11T10:00:00.000Z"


@pytest.fixture(scope="module")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the site, so that a test may change what is new in it."""
    copy = tmp_path_factory.mktemp("reading") / "site"
    shutil.copytree(built / "site", copy)
    return copy


@pytest.fixture
def server(site: Path) -> Iterator[Server]:
    with serving(site) as served:
        yield served


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Open a browser that has saved nothing yet."""
    opened = browser.new_context()
    opened.set_default_timeout(15_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    faults: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    assert [fault for fault in faults if "404" not in fault] == []


def paper(path: str, **facts: Any) -> dict[str, Any]:  # whatever storage may hold
    """Make a paper as it is stored."""
    slug = path.split("/")[2]
    plain = {"slug": slug, "path": path, "title": slug, "date": "2024-12-05", "organization": "", "added": THEN}
    return {**plain, "read": "", "important": False, "note": "", **facts}


def store(page: Page, server: Server, *papers: dict[str, Any]) -> None:
    keep(page, server, json.dumps({"version": 1, "papers": papers}))


def keep(page: Page, server: Server, text: str) -> None:
    page.goto(f"{server.root}404.html")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])


def stored(page: Page) -> dict[str, dict[str, Any]]:
    text = page.evaluate("key => localStorage.getItem(key)", KEY)
    return {paper["slug"]: paper for paper in json.loads(text)["papers"]} if text else {}


def shown(page: Page) -> list[str]:
    return [str(row.get_attribute("data-slug")) for row in page.locator("#list > article.paper").all()]


class TestSaving:
    def test_a_row_and_the_papers_own_page_save_the_same(self, page: Page, server: Server) -> None:
        saved = []
        for path, where in (("2024/12/05/", "article.paper[data-slug=densing-law-of-llms]"), (DENSING, ".sheet-head")):
            page.goto(server.root + path)
            page.locator(where).locator("> .save").click()
            expect(page.locator(where).locator("> .save")).to_have_attribute("aria-pressed", "true")
            saved.append(stored(page)["densing-law-of-llms"])
            page.locator(where).locator("> .save").click()
            assert stored(page) == {}
        assert [{**one, "added": THEN} for one in saved] == [
            paper(DENSING, title="Densing Law of LLMs", organization="OpenBMB")
        ] * 2

    def test_results_of_the_search_can_be_saved(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}search/?q=densing")
        page.get_by_role("button", name="Save: Densing Law of LLMs").click()
        expect(page.locator(".saved-count")).to_be_visible()
        assert stored(page)["densing-law-of-llms"]["title"] == "Densing Law of LLMs"
        page.locator("#search-query").fill("densing law")
        expect(page.get_by_role("button", name="Save: Densing Law of LLMs")).to_have_attribute("aria-pressed", "true")

    def test_the_navigation_counts_what_is_saved(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}papers/")
        link = page.locator(".site-nav").get_by_role("link", name="Reading list")
        expect(link).to_have_text("Reading list")
        for button in page.locator(".save").all()[:2]:
            button.click()
        expect(page.locator(".site-nav").get_by_role("link", name="Reading list 2 papers")).to_be_visible()
        expect(page.get_by_role("status").last).to_have_text("Saved to the reading list.")

    def test_the_key_s_saves_the_paper_that_has_the_focus(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}papers/")
        page.keyboard.press("j")
        page.keyboard.press("s")
        expect(page.locator(".saved-count")).to_be_visible()
        slug = page.locator("article.paper").first.get_attribute("data-slug")
        assert set(stored(page)) == {slug}
        page.keyboard.press("s")
        assert stored(page) == {}

    def test_what_is_taken_off_comes_back_with_its_note(self, page: Page, server: Server) -> None:
        store(page, server, paper(DENSING, note="Mine."))
        page.goto(server.root + DENSING)
        button = page.locator(".sheet-head > .save")
        button.click()
        expect(page.locator(".toast")).to_contain_text("brings both back")
        assert stored(page) == {}
        button.click()
        assert stored(page)["densing-law-of-llms"]["note"] == "Mine."

    def test_two_tabs_are_in_step(self, page: Page, context: BrowserContext, server: Server) -> None:
        page.goto(server.root + LIST)
        other = context.new_page()
        other.goto(server.root + DENSING)
        other.locator(".sheet-head > .save").click()
        expect(page.locator("#list > article")).to_have_attribute("data-slug", "densing-law-of-llms")
        page.get_by_role("button", name="Remove").click()
        expect(other.locator(".sheet-head > .save")).to_have_attribute("aria-pressed", "false")
        expect(other.locator(".saved-count")).to_have_count(0)

    def test_nothing_is_offered_without_a_script(self, browser: Browser, server: Server) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{server.root}papers/")
        assert page.locator(".save, .reading-bar *").count() == 0
        page.goto(server.root + LIST)
        expect(page.locator("main")).to_contain_text("needs JavaScript")
        expect(page.locator("#export")).to_be_hidden()
        context.close()

    def test_a_browser_that_keeps_nothing_says_so(self, page: Page, server: Server) -> None:
        page.add_init_script("""
            Object.defineProperty(window, "localStorage", {get() { throw new DOMException("", "SecurityError") }})
        """)
        page.goto(f"{server.root}papers/")
        page.locator(".save").first.click()
        expect(page.locator(".toast")).to_contain_text("keeps nothing for this site")
        page.goto(server.root + LIST)
        expect(page.locator("#list-empty")).to_be_visible()

    def test_a_full_storage_says_so_and_loses_nothing(self, page: Page, server: Server) -> None:
        store(page, server, paper(OTHER))
        page.evaluate("""
            for (let size = 1 << 22; size >= 1; size >>= 1)
                try { for (let n = 0; ; n++) localStorage.setItem(`filler-${size}-${n}`, "x".repeat(size)) } catch {}
        """)
        page.goto(server.root + DENSING)
        page.locator(".sheet-head > .save").click()
        expect(page.locator(".toast")).to_contain_text("no room left")
        assert list(stored(page)) == [OTHER.split("/")[2]]

    def test_papers_that_are_read_can_be_left_out_of_listings(self, page: Page, server: Server) -> None:
        store(page, server, paper(DENSING, read=THEN))
        page.goto(f"{server.root}2024/12/05/")
        row = page.locator("article[data-slug=densing-law-of-llms]")
        box = page.get_by_label("Hide what I have read (1)")
        expect(row).to_be_visible()
        box.check()
        expect(row).to_be_hidden()
        page.reload()
        expect(row).to_be_hidden()
        box.uncheck()
        expect(row).to_be_visible()


class TestList:
    def test_the_keyboard_does_it_all(self, page: Page, server: Server) -> None:
        store(page, server, paper(DENSING, title="First"), paper(OTHER, title="Second", added="2020-01-01T00:00:00Z"))
        page.goto(server.root + LIST)
        tab_to(page, "First")
        for name in ("Read: First", "Important: First"):
            tab_to(page, name)
            page.keyboard.press("Space")
        tab_to(page, "Note: First")
        page.keyboard.press("Enter")
        page.keyboard.type("A note.")
        tab_to(page, "Remove: First")
        marked = stored(page)["densing-law-of-llms"]
        assert (bool(marked["read"]), marked["important"], marked["note"]) == (True, True, "A note.")
        page.keyboard.press("Enter")
        assert shown(page) == [OTHER.split("/")[2]]
        expect(page.locator("#list a:focus")).to_have_text("Second")
        page.keyboard.press("Shift+Tab")
        expect(page.locator(":focus")).to_have_text("Undo")
        page.keyboard.press("Enter")
        assert stored(page)["densing-law-of-llms"] == marked
        expect(page.locator(":focus")).to_have_text("First")

    def test_a_listing_and_a_search_lead_to_it_without_a_mouse(self, page: Page, server: Server) -> None:
        page.goto(f"{server.root}topics/diffusion-models/")
        tab_to(page, "Sort and filter this page")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("survey")
        tab_to(page, "Clear")
        page.keyboard.press("j")
        filtered = page.locator("article.paper:visible").first.get_attribute("data-slug")
        page.keyboard.press("s")
        expect(page.locator(".saved-count")).to_be_visible()
        page.keyboard.press("/")
        page.keyboard.type("densing law")
        page.keyboard.press("Enter")
        expect(page.locator("#search-results")).to_have_attribute("data-state", "ready")
        page.keyboard.press("/")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("s")
        expect(page.locator(".saved-count")).to_contain_text("2")
        tab_to(page, "Reading list22 papers", "Shift+Tab")  # the count, and the same as it is spoken
        page.keyboard.press("Enter")
        expect(page.locator("#list article")).to_have_count(2)
        assert shown(page) == ["densing-law-of-llms", filtered]

    def test_papers_are_filtered_and_sorted(self, page: Page, server: Server) -> None:
        one = paper("papers/2024/one/", title="B", read=THEN, date="2024-01-02")
        two = paper("papers/2024/two/", title="A", important=True, date="2024-01-03", added="2025-12-12T00:00:00Z")
        store(page, server, one, two)
        page.goto(server.root + LIST)
        assert shown(page) == ["two", "one"]
        page.get_by_label("Sort by").select_option("Title")
        assert shown(page) == ["two", "one"]
        for name, slugs in (("Unread 1", ["two"]), ("Read 1", ["one"]), ("Important 1", ["two"])):
            page.get_by_label(name, exact=True).check()
            assert shown(page) == slugs
        page.get_by_role("button", name="Important: A").click()
        assert shown(page) == []
        expect(page.locator("#list-none")).to_be_visible()

    def test_a_long_list_comes_in_parts(self, page: Page, server: Server) -> None:
        store(page, server, *(paper(f"papers/2024/p{number}/") for number in range(201)))
        page.goto(server.root + LIST)
        more = page.get_by_role("button", name="Show more")
        assert len(shown(page)) == 100
        more.click()
        more.click()
        assert len(shown(page)) == 201
        expect(more).to_be_hidden()

    def test_all_can_be_removed_and_brought_back(self, page: Page, server: Server) -> None:
        store(page, server, paper(DENSING), paper(OTHER))
        page.goto(server.root + LIST)
        before = stored(page)
        page.get_by_role("button", name="Empty the list").click()
        expect(page.locator("#list-empty")).to_be_visible()
        page.get_by_role("button", name="Undo").click()
        assert stored(page) == before

    def test_notes_of_two_tabs_are_both_kept(self, page: Page, context: BrowserContext, server: Server) -> None:
        store(page, server, paper(DENSING, note="Before."))
        page.goto(server.root + LIST)
        other = context.new_page()
        other.goto(server.root + LIST)
        page.locator("textarea").press_sequentially("Here. ")
        other.locator("textarea").fill("There.")
        other.locator("textarea").blur()
        page.locator("textarea").blur()
        expect(other.locator("textarea")).to_have_value(re.compile("Here"))
        note = stored(page)["densing-law-of-llms"]["note"]
        assert ("Here." in note, "There." in note) == (True, True)

    @pytest.mark.parametrize(
        "text",
        [
            "{",
            "null",
            "[]",
            '"text"',
            '{"version": 2, "papers": []}',
            '{"version": 1, "papers": {"length": 1e9}}',
            '{"version": 1, "papers": [null, 1, [], {"slug": "__proto__", "path": "papers/2024/__proto__/"}]}',
            '{"version": 1, "papers": [{"slug": "a", "path": "javascript:alert(1)"}]}',
            '{"version": 1, "papers": [{"slug": "a", "path": "papers/2024/../../../a/"}]}',
        ],
    )
    def test_what_cannot_be_read_breaks_nothing_and_is_kept_aside(self, text: str, page: Page, server: Server) -> None:
        keep(page, server, text)
        page.goto(server.root + DENSING)
        page.locator(".sheet-head > .save").click()
        expect(page.locator(".sheet-head > .save")).to_have_attribute("aria-pressed", "true")
        page.goto(server.root + LIST)
        assert shown(page) == ["densing-law-of-llms"]
        with page.expect_download() as got:
            page.get_by_role("button", name="Save it as a file").click()
        assert Path(got.value.path()).read_text() == text
        page.get_by_role("button", name="Forget it").click()
        expect(page.locator("#list-damaged")).to_be_hidden()
        assert shown(page) == ["densing-law-of-llms"]

    def test_what_is_stored_is_only_ever_text(self, page: Page, server: Server) -> None:
        markup = "<img src=x onerror=alert(1)>"
        odd = paper(
            "papers/2024/constructor/", title=markup, organization=markup, note=markup * 1000, date="2024-99-99"
        )
        store(page, server, {**odd, "added": "x", "read": 7, "important": "yes"})
        page.goto(server.root + LIST)
        expect(page.locator("#list h2")).to_have_text(markup)
        assert page.locator("#list img").count() == 0
        assert page.locator("textarea").input_value() == (markup * 1000)[:20_000]

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing(self, scheme: Any, page: Page, server: Server) -> None:  # a literal
        page.emulate_media(color_scheme=scheme)
        store(page, server, paper(DENSING, read=THEN, important=True, note="A note."), paper(OTHER))
        page.goto(server.root + LIST)
        address = share(page)
        page.goto("about:blank")
        page.goto(address)
        for menu in ("#share", "#export"):
            expect(page.locator("#shared-papers li")).to_have_count(2)
            page.locator(menu).locator("summary").click()
            found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
            assert [(v["id"], [node["html"][:100] for node in v["nodes"]][:3]) for v in found] == []

    @pytest.mark.parametrize("width", [320, 360, 768, 1440])
    def test_nothing_sticks_out(self, width: int, page: Page, server: Server) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        store(page, server, paper(DENSING, title="Pneumono" * 40, note="x" * 300), paper(OTHER, title="عنوان " * 30))
        page.goto(server.root + LIST)
        for menu in ("#share", "#export"):
            page.locator(menu).locator("summary").click()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            box = page.locator(menu).locator(".menu-body").bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Press the tabulator until something with this text or label has the focus."""
    for _ in range(60):
        page.keyboard.press(key)
        if page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent.trim()") == name:
            return
    pytest.fail(f"the keyboard does not reach {name!r}")


def share(page: Page) -> str:
    page.locator("#share summary").click()
    field = page.get_by_label("Address of the list")
    expect(field).to_have_value(re.compile("#list="))
    return field.input_value()


class TestFiles:
    def test_markdown_ticks_what_is_read_and_quotes_notes(self, page: Page, server: Server) -> None:
        noted = paper(DENSING, title="A *law* [of] `LLMs`", organization="OpenBMB", read=THEN, note="One.\nTwo.")
        store(page, server, noted, paper(OTHER, title="Plain", date="", important=True, added="2020-01-01T00:00:00Z"))
        assert exported(page, server, "Markdown") == (
            "# Reading list\n\n"
            rf"- [x] [A \*law\* \[of\] \`LLMs\`]({server.root}{DENSING}), OpenBMB, 5 December 2024"
            "\n  > One.\n  > Two.\n"
            f"- [ ] [Plain]({server.root}{OTHER}), **Important**\n"
        )

    def test_citations_are_those_of_the_papers_own_pages(self, page: Page, server: Server, site: Path) -> None:
        store(page, server, paper(DENSING), paper(OTHER, added="2020-01-01T00:00:00Z"))
        files = [(site / path / "citation.bib").read_text(encoding="utf-8") for path in (DENSING, OTHER)]
        assert exported(page, server, "BibTeX") == "\n".join(files)
        expect(page.locator("#list-message")).to_have_text("2 citations written.")
        items = json.loads(exported(page, server, "CSL-JSON"))
        assert [item["id"] for item in items] == [path.split("/")[2] for path in (DENSING, OTHER)]

    def test_a_citation_that_cannot_be_had_is_named(self, page: Page, server: Server) -> None:
        store(page, server, paper(DENSING), paper("papers/2024/gone/", title="Gone"))
        assert exported(page, server, "RIS").count("TY  - ") == 1
        expect(page.locator("#list-message")).to_have_text("1 citation written. “Gone” could not be fetched.")

    def test_a_list_goes_to_another_browser_and_joins_the_one_there(self, page: Page, server: Server) -> None:
        store(page, server, paper(DENSING, note="Sent.", important=True), paper(OTHER, read=THEN))
        sent = exported(page, server, "List as a file")
        store(page, server, paper(DENSING, note="Mine.", read="2025-01-01T00:00:00.000Z"))
        page.goto(server.root + LIST)
        take(page, sent)
        expect(page.locator("#list-message")).to_have_text("Added 1 paper. 1 was on the list already.")
        both = stored(page)["densing-law-of-llms"]
        assert (both["note"], both["important"], both["read"]) == (
            "Mine.\n\n---\n\nSent.",
            True,
            "2025-01-01T00:00:00.000Z",
        )
        after = stored(page)
        take(page, sent)
        assert stored(page) == after

    @pytest.mark.parametrize(
        "text", ["", "{}", "[1]", '{"version": 9, "papers": []}', '{"version": 1, "papers": [{}]}']
    )
    def test_a_file_that_is_no_list_is_refused(self, text: str, page: Page, server: Server) -> None:
        store(page, server, paper(DENSING))
        page.goto(server.root + LIST)
        before = stored(page)
        take(page, text)
        expect(page.locator("#list-message")).to_have_text("This file holds no list that can be read.")
        assert stored(page) == before


def exported(page: Page, server: Server, name: str) -> str:
    page.goto(server.root + LIST)
    page.locator("#export summary").click()
    with page.expect_download() as got:
        page.get_by_role("button", name=name).click()
    return Path(got.value.path()).read_text(encoding="utf-8")


def take(page: Page, text: str) -> None:
    page.locator("#import-file").set_input_files(
        [FilePayload(name="list.json", mimeType="application/json", buffer=text.encode())]
    )


class TestSharing:
    def test_an_address_holds_a_list_that_joins_another_only_when_asked(
        self, page: Page, browser: Browser, server: Server
    ) -> None:
        store(page, server, paper(DENSING, note="Secret.", read=THEN), paper(OTHER))
        page.goto(server.root + LIST)
        address = share(page)
        assert len(address) < 250
        elsewhere = browser.new_context()
        other = elsewhere.new_page()
        store(other, server, paper(DENSING, note="Mine."))
        other.goto(address)
        expect(other.locator("#shared-papers li")).to_have_count(2)
        expect(other.locator("#shared-papers")).to_contain_text("Densing Law of LLMs 5 December 2024 on your list")
        assert set(stored(other)) == {"densing-law-of-llms"}
        other.get_by_role("button", name="Add to my list").click()
        expect(other.locator("#shared")).to_be_hidden()
        assert set(stored(other)) == {"densing-law-of-llms", OTHER.split("/")[2]}
        assert stored(other)["densing-law-of-llms"]["note"] == "Mine."
        assert stored(other)[OTHER.split("/")[2]]["title"].startswith("Scaling Diffusion Transformers")
        assert other.url == server.root + LIST
        elsewhere.close()

    def test_an_address_holds_so_many_papers_and_says_so(self, page: Page, server: Server) -> None:
        store(page, server, *(paper(f"papers/2024/p{number}/") for number in range(230)))
        page.goto(server.root + LIST)
        share(page)
        expect(page.locator("#list-message")).to_contain_text("holds 200 of 230 papers")

    @pytest.mark.parametrize("fragment", ["", "1.", "1.%%", "1.AAAA", "2.AAAA", "x" * 50_000])
    def test_an_address_that_holds_no_list_says_so(self, fragment: str, page: Page, server: Server) -> None:
        store(page, server, paper(DENSING))
        page.goto(f"{server.root}{LIST}#list={fragment}")
        expect(page.locator("#shared-about")).to_have_text("This address holds no list that can be read.")
        expect(page.get_by_role("button", name="Add to my list")).to_be_disabled()
        page.get_by_role("button", name="Close").click()
        assert set(stored(page)) == {"densing-law-of-llms"}

    def test_a_short_address_cannot_unpack_to_something_huge(self, page: Page, server: Server) -> None:
        page.goto(server.root + LIST)
        bomb = page.evaluate("""async () => {
            const zeros = new Blob([new Uint8Array(2e7)]).stream().pipeThrough(new CompressionStream("deflate-raw"))
            const packed = new Uint8Array(await new Response(zeros).arrayBuffer())
            const text = btoa(Array.from(packed, byte => String.fromCharCode(byte)).join(""))
            return text.replace(/\\+/g, "-").replace(/\\//g, "_").replace(/=+$/, "")
        }""")
        page.goto(f"{server.root}{LIST}#list=1.{bomb}")
        expect(page.locator("#shared-about")).to_have_text("This address holds no list that can be read.")


INSTANTS = st.sampled_from(["", "2024-01-01T00:00:00.000Z", "2025-01-01T00:00:00.000Z"])
NOTES = st.lists(st.sampled_from(["one", "two", "a\nb", "---x"]), max_size=3, unique=True).map("\n\n---\n\n".join)
PAPERS = st.builds(
    lambda slug, added, read, important, note: paper(
        f"papers/2024/{slug}/", added=added or THEN, read=read, important=important, note=note
    ),
    st.sampled_from(["a", "b", "constructor"]),
    INSTANTS,
    INSTANTS,
    st.booleans(),
    NOTES,
)
LISTS = st.lists(PAPERS, max_size=3, unique_by=lambda one: one["slug"])
MERGE = """
    async ([script, pairs]) => {
        const { mergeLists, readList, writeList } = await import(script)
        const list = (papers) => readList(JSON.stringify({version: 1, papers})).papers
        return pairs.map(([one, other]) => JSON.parse(writeList(mergeLists(list(one), list(other)).papers)).papers)
    }
"""


@pytest.fixture(scope="module")
def merge(browser: Browser, built: Path) -> Iterator[Any]:
    """Open a page whose script joins lists; gives a function for several pairs of them."""
    (script,) = (built / "site" / "assets").rglob("reading-items.js")
    page = browser.new_page()
    with serving(built / "site") as server:
        page.goto(f"{server.root}404.html")
        address = server.root + script.relative_to(built / "site").as_posix()
        yield lambda *pairs: page.evaluate(MERGE, [address, pairs])
    page.close()


class TestMerging:
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(one=LISTS, other=LISTS, third=LISTS)
    def test_lists_join_as_sets_do(self, merge: Any, one: Any, other: Any, third: Any) -> None:  # JSON
        both, turned, same = merge((one, other), (other, one), (one, one))
        assert same == one  # nothing changes
        assert facts(both) == facts(turned)  # the order of lists makes no difference
        again, late, early = merge((both, other), (both, third), (other, third))
        assert again == both
        assert facts(late) == facts(merge((one, early))[0])
        for slug, (_, read, important, notes) in facts(both).items():
            sides = [known for known in (facts(one).get(slug), facts(other).get(slug)) if known]
            assert bool(read) == any(side[1] for side in sides)  # no mark is lost
            assert important == any(side[2] for side in sides)
            assert notes == frozenset().union(*(side[3] for side in sides))


def facts(papers: Sequence[dict[str, Any]]) -> dict[str, tuple[str, str, bool, frozenset[str]]]:
    return {
        one["slug"]: (one["added"], one["read"], one["important"], frozenset(one["note"].split("\n\n---\n\n")) - {""})
        for one in papers
    }


class TestNews:
    """Days go by as the page's clock says."""

    def visit(self, page: Page, server: Server, time: str, path: str = "") -> None:
        page.clock.set_fixed_time(f"2026-01-{time}:00")
        page.goto(server.root + path)
        page.wait_for_load_state("networkidle")

    def test_a_paper_is_new_until_the_visit_after_it_was_seen(self, page: Page, server: Server, site: Path) -> None:
        file = site / "changes.json"
        whole = json.loads(file.read_text(encoding="utf-8"))
        earlier = {**whole, "papers": whole["papers"][3:]}
        file.write_text(json.dumps(earlier), encoding="utf-8")
        self.visit(page, server, "10T10:00")
        assert page.locator(".news").count() == 0  # nothing is new at the first visit
        file.write_text(json.dumps(whole), encoding="utf-8")
        self.visit(page, server, "10T10:20")
        assert page.locator(".news").count() == 0  # the visit goes on
        file.write_text(json.dumps(earlier), encoding="utf-8")
        self.visit(page, server, "12T10:00")
        file.write_text(json.dumps(whole), encoding="utf-8")
        self.visit(page, server, "14T10:00")
        news = page.locator(".news")
        expect(news.get_by_role("heading")).to_have_text("3 new since your last visit")
        news.locator("summary").click()
        expect(news).to_contain_text("12 January 2026")
        assert news.locator("ol a").all_inner_texts() == [one["title"] for one in whole["papers"][:3]]
        self.visit(page, server, "14T10:25", DENSING)
        self.visit(page, server, "14T10:50")  # it stays for the whole visit
        expect(page.locator(".news").get_by_role("heading")).to_have_text("3 new since your last visit")
        self.visit(page, server, "14T11:30")
        assert page.locator(".news").count() == 0

    def test_more_than_the_file_holds_is_said_to_be_more(self, page: Page, server: Server, site: Path) -> None:
        file = site / "changes.json"
        whole = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**whole, "papers": whole["papers"][-1:]}), encoding="utf-8")
        self.visit(page, server, "10T10:00")
        file.write_text(json.dumps({**whole, "more": True, "papers": whole["papers"][:12]}), encoding="utf-8")
        self.visit(page, server, "12T10:00")
        file.write_text(json.dumps(whole), encoding="utf-8")
        news = page.locator(".news")
        expect(news.get_by_role("heading")).to_have_text("More than 12 new since your last visit")
        news.locator("summary").click()
        assert news.locator("ol a").count() == 10
        news.get_by_role("button", name="Show all 12").click()
        assert news.locator("ol a").count() == 12
        assert news.locator(".chips a").count() > 0

    def test_older_papers_that_come_into_the_file_are_not_new(self, page: Page, server: Server, site: Path) -> None:
        file = site / "changes.json"
        whole = json.loads(file.read_text(encoding="utf-8"))
        file.write_text(json.dumps({**whole, "more": True, "papers": whole["papers"][:5]}), encoding="utf-8")
        self.visit(page, server, "10T10:00")
        file.write_text(json.dumps({**whole, "more": True, "papers": whole["papers"][1:6]}), encoding="utf-8")
        self.visit(page, server, "12T10:00")
        file.write_text(json.dumps(whole), encoding="utf-8")
        assert page.locator(".news").count() == 0

    @pytest.mark.parametrize(
        "text", ["{", "null", '{"at": "x", "before": {"at": 1, "seen": 1}}', '{"before": {"at": 9e99, "seen": []}}']
    )
    def test_hostile_memories_of_visits_break_nothing(self, text: str, page: Page, server: Server) -> None:
        page.goto(f"{server.root}404.html")
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [f"sitegen:visits:1:{PREFIX}/", text])
        self.visit(page, server, "10T10:00")
        assert page.locator(".news").count() == 0

    @pytest.mark.parametrize("width", [360, 1440])
    def test_nothing_moves_when_it_appears(self, width: int, page: Page, server: Server, site: Path) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        file = site / "changes.json"
        whole = file.read_text(encoding="utf-8")
        fewer = {**json.loads(whole), "papers": json.loads(whole)["papers"][1:]}
        file.write_text(json.dumps(fewer), encoding="utf-8")
        self.visit(page, server, "10T10:00", "404.html")
        self.visit(page, server, "10T10:00")
        file.write_text(whole, encoding="utf-8")
        before = page.locator("#newest").bounding_box()
        self.visit(page, server, "12T10:00")
        expect(page.locator(".news")).to_be_visible()
        assert page.locator("#newest").bounding_box() == before
