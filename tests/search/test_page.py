"""The search page: loading, results, filters, the address, and what goes wrong."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sitegen import urls
from sitegen.search import SearchDocument, SearchIndex, number_documents
from sitegen.theme import load_theme
from sitegen.views import Link, Row
from tests.scripts import imported
from tests.serving import Server, serving

from .browsing import answered, ask, hold, refs, rows, settled, shown, visit
from .catalogue import ROOT, paper, write_site

pytestmark = pytest.mark.browser


PRELOADED = re.compile(r'rel="modulepreload" href="([^"]+)"')


def long(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else "Undated"


def listing_row(known: SearchDocument, excerpt: str) -> Row:
    """Give the view that a listing has of a paper."""
    topics = zip(known.topics, known.topic_titles, strict=True)
    return Row(
        known.slug,
        known.title,
        known.path,
        known.date,
        urls.day(known.date) if known.date else "",
        known.authors,
        Link(known.organization, known.organization_path) if known.organization else None,
        known.comments,
        tuple(Link(title, urls.topic(slug)) for slug, title in topics),
        excerpt,
        known.has_code,
    )


def without_space(html: str) -> str:
    return re.sub(r"\s+(?=<)|(?<=>)\s+", "", html).strip()


def fetched(server: Server) -> list[str]:
    """Give the kinds of search files that were fetched: the folder, or the name of what is in none."""
    paths = [path.partition("/search/")[2] for path in server.requested if path.endswith(".json")]
    return [path.partition("/")[0] for path in paths]


# ---- Loading ----


def test_index_loads_when_the_box_is_first_used(page: Page, server: Server) -> None:
    visit(page, server)
    expect(page.locator("#search-keys")).to_be_visible()
    assert fetched(server) == []
    with page.expect_response(re.compile("/search/documents/")):
        page.locator("#search-query").focus()
    assert fetched(server) == ["manifest.json", "documents"]


def test_scripts_of_the_page_are_named_to_be_asked_for_at_once(site: Path) -> None:
    page = site / "search" / "index.html"
    named = {(page.parent / path).resolve() for path in PRELOADED.findall(page.read_text(encoding="utf-8"))}
    [script] = site.glob("assets/*/search.js")
    assert named == imported(script)


def test_query_fetches_the_lists_of_its_words_and_the_rows_that_are_shown(page: Page, server: Server) -> None:
    visit(page, server)
    page.locator("#search-query").focus()
    page.locator("#search-query").fill("diffusion")
    settled(page, "diffusion")
    kinds = fetched(server)
    assert set(kinds) == {"manifest.json", "documents", "terms", "rows"}
    assert kinds.count("terms") == 1
    assert kinds.count("rows") == 10


@pytest.mark.parametrize("address", ["", "?q=model&sort=date"])
def test_what_is_typed_before_the_script_is_there_counts(page: Page, server: Server, address: str) -> None:
    held = hold(page, "**/search.js")
    with page.expect_request("**/search.js"):
        page.goto(f"{server.root}search/{address}", wait_until="commit")
    page.get_by_label("Topic", exact=True).select_option("video")
    box = page.locator("#search-query")
    box.fill("diffusion")
    expect(page.locator("#search-results")).to_have_attribute("data-state", "empty")
    held[0].continue_()
    settled(page, "diffusion")
    expect(box).to_have_value("diffusion")
    expect(page.get_by_label("Topic", exact=True)).to_have_value("video")
    expect(page).to_have_url(re.compile(rf"\?q=diffusion&topic=video{'&sort=date' if address else ''}$"))


def test_only_words_that_are_not_known_need_the_vocabulary(page: Page, server: Server) -> None:
    visit(page, server)
    page.locator("#search-query").fill("video diffus*")
    settled(page, "video diffus*")
    assert "vocabulary" not in fetched(server)
    page.locator("#search-query").fill("transfromer")
    settled(page, "transfromer")
    assert fetched(server).count("vocabulary") == 1


def test_address_with_a_query_is_answered_at_once(page: Page, server: Server, index: SearchIndex) -> None:
    visit(page, server, "?q=diffusion")
    settled(page, "diffusion")
    assert refs(page) == [hit.slug for hit in index.search("diffusion").hits]
    expect(page.locator("#search-query")).to_have_value("diffusion")


ROWS_AT_FIRST = """
addEventListener("DOMContentLoaded", () => {
  const results = document.getElementById("search-results");
  const seen = () => (globalThis.rowsAtFirst ??= results.querySelectorAll(".paper").length);
  new MutationObserver(() => results.dataset.state === "ready" && seen()).observe(results, {attributes: true});
});
"""


def test_rows_in_sight_are_shown_before_those_below_the_window(page: Page, server: Server) -> None:
    page.add_init_script(ROWS_AT_FIRST)
    visit(page, server, "?q=diffusion")
    settled(page, "diffusion")
    assert 0 < page.evaluate("rowsAtFirst") < len(rows(page)) == 10


def names(site: Path, kind: str) -> set[str]:
    return {file.name for file in (site / "search" / kind).rglob("*.json")}


@pytest.mark.parametrize("kind", ["manifest.json", "documents", "terms", "rows"])
def test_failed_load_says_so_and_can_be_tried_again(page: Page, server: Server, site: Path, kind: str) -> None:
    server.broken |= {kind} if kind.endswith(".json") else names(site, kind)
    visit(page, server, "?q=diffusion")
    retry = page.get_by_role("button", name="Try again")
    expect(retry).to_be_visible()
    expect(page.locator("#search-results")).to_have_attribute("data-state", "error")
    expect(page.get_by_text("A part of the index could not be loaded")).to_be_visible()
    server.broken.clear()
    retry.click()
    settled(page, "diffusion")
    expect(page.locator("#search-list article").first).to_be_visible()
    expect(retry).to_be_hidden()


def test_reader_without_network_is_told_so(page: Page, server: Server) -> None:
    visit(page, server)
    ask(page, "diffusion")
    page.context.set_offline(True)
    page.locator("#search-query").fill("zebra")
    expect(page.get_by_text("You are offline.")).to_be_visible()
    assert ask(page, "diffusion") != []  # what was fetched before is still there
    page.context.set_offline(False)
    page.locator("#search-query").fill("zebra")
    settled(page, "zebra")


def test_site_that_was_built_anew_is_read_again(page: Page, tmp_path: Path) -> None:
    write_site(tmp_path, [paper("First words", "Abstract one", slug="one")])
    with serving(tmp_path) as server:
        visit(page, server)
        assert ask(page, "first") == ["one"]
        shutil.rmtree(tmp_path / "search")
        shutil.rmtree(tmp_path / "papers")
        write_site(tmp_path, [paper("Second zebra words", "Abstract two", slug="two")])
        page.locator("#search-query").fill("zebra")
        settled(page, "zebra")
        expect(page.locator(".paper-title")).to_have_text("Second zebra words")


def test_worker_that_does_not_start_is_a_failure_too(page: Page, server: Server) -> None:
    server.broken.add("search-engine.js")
    visit(page, server, "?q=diffusion")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_worker_that_does_not_start_is_nobodys_concern_before_something_is_asked(page: Page, server: Server) -> None:
    server.broken.add("search-engine.js")
    visit(page, server)
    with page.expect_response("**/search-engine.js"):
        page.locator("#search-query").focus()
    page.wait_for_timeout(300)
    expect(page.locator("#search-results")).to_have_attribute("data-state", "empty")
    page.locator("#search-query").fill("model")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_loading_is_shown_until_the_index_is_there(page: Page, server: Server) -> None:
    server.index_gate.clear()
    visit(page, server, "?q=diffusion")
    expect(page.get_by_text("Loading the index")).to_be_visible()
    expect(page.locator("#search-list")).to_have_attribute("aria-busy", "true")
    server.index_gate.set()
    settled(page, "diffusion")
    expect(page.get_by_text("Loading the index")).to_be_hidden()


# ---- Results ----


def test_row_is_that_of_a_listing(page: Page, server: Server, documents: list[SearchDocument]) -> None:
    visit(page, server)
    of_organization = next(d for d in documents if d.organization)
    discussed = next(d for d in documents if d.comments > 1 and d.authors)
    for wanted in (of_organization, discussed):
        ask(page, wanted.title)
        row = page.locator(f'article.paper[data-slug="{wanted.slug}"]')
        expect(row.locator("h2.paper-title > a")).to_have_text(wanted.title)
        expect(row.locator("h2.paper-title > a")).to_have_attribute("href", f"../{wanted.path}")
        expect(row.locator(".paper-meta > span > a > time")).to_have_attribute("datetime", str(wanted.date))
        facts = [long(wanted.date), wanted.authors, wanted.organization]
        facts += [f"{wanted.comments} comments"] if wanted.comments else []
        expect(row.locator(".paper-meta > span")).to_have_text([fact for fact in facts if fact])
        expect(row.locator("ul.paper-topics > li > a")).to_have_text(list(wanted.topic_titles))


def test_markup_of_a_row_is_that_of_the_listings(page: Page, server: Server, documents: list[SearchDocument]) -> None:
    visit(page, server, "?topic=video")
    row = page.locator("#search-list > article").first
    row.wait_for()
    known = next(d for d in documents if d.slug == row.get_attribute("data-slug"))
    template = load_theme("default", (ROOT / "themes",), ROOT).environment.get_template("_row.html")
    shown = listing_row(known, row.locator(".paper-excerpt").inner_text())
    expected = template.render(root="../", level=2, row=shown)
    row.locator("button").evaluate("button => button.remove()")  # it saves the paper, and comes by script everywhere
    assert without_space(row.evaluate("row => row.outerHTML")) == without_space(expected)


def test_hits_are_marked_in_title_and_snippet(page: Page, server: Server) -> None:
    visit(page, server)
    ask(page, "distilled")
    marked = {text.lower() for text in page.locator("#search-list mark").all_inner_texts()}
    assert "distillation" in marked
    assert all(text.startswith("distil") for text in marked)
    assert page.locator("#search-list .paper-title mark").count() > 0
    assert page.locator("#search-list .paper-excerpt mark").count() > 0


def test_text_of_a_row_is_the_text_of_the_paper(page: Page, server: Server, documents: list[SearchDocument]) -> None:
    visit(page, server)
    ask(page, "diffusion")
    by_slug = {d.slug: d for d in documents}
    for slug in rows(page):
        row = page.locator(f'article.paper[data-slug="{slug}"]')
        assert row.locator(".paper-title").inner_text() == by_slug[slug].title
        assert row.locator(".paper-excerpt").inner_text().strip("… ") in by_slug[slug].abstract


def test_count_and_note_are_announced(page: Page, server: Server) -> None:
    visit(page, server)
    status = page.locator("main").get_by_role("status")
    found = len(ask(page, "diffusi"))
    expect(status).to_have_text(f"{found} papers. No paper has “diffusi” as a whole word. Showing words that begin so.")
    ask(page, "zzzzqqq")
    expect(status).to_have_text("0 papers")
    expect(page.get_by_text("No paper matches.")).to_be_visible()


def test_ten_are_shown_and_then_more(page: Page, server: Server) -> None:
    visit(page, server)
    found = ask(page, "model")
    assert len(found) > 20
    assert rows(page) == found[:10]
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("#search-list article")).to_have_count(20)
    assert rows(page) == found[:20]
    expect(page.locator(".paper-title a").nth(10)).to_be_focused()
    expect(page).to_have_url(f"{server.root}search/?q=model&page=2")


def test_only_the_newest_question_is_answered(page: Page, server: Server, index: SearchIndex) -> None:
    visit(page, server)
    page.locator("#search-query").press_sequentially("video generation")
    settled(page, "video generation")
    assert refs(page) == [hit.slug for hit in index.search("video generation").hits]


def test_text_of_papers_is_never_markup(page: Page, tmp_path: Path) -> None:
    hostile = '<img src=x onerror="globalThis.broken=1"><b>bold</b> "quoted" & plain'
    given = paper(hostile, f"{hostile} again", slug="x", topic_titles=("<i>topic</i>",), organization="<u>org</u>")
    write_site(tmp_path, [given])
    with serving(tmp_path) as server:
        visit(page, server, "?q=bold")
        settled(page, "bold")
    expect(page.locator(".paper-title")).to_have_text(hostile)
    expect(page.locator(".paper-title mark")).to_have_text("bold")
    expect(page.locator(".paper-topics")).to_have_text("<i>topic</i>")
    assert page.evaluate("'broken' in globalThis") is False


# ---- While typing ----

EDGES = """
row => {
  const {top, bottom} = row.getBoundingClientRect();
  return [top / innerHeight, bottom / innerHeight];
}
"""


def type_on(page: Page, server: Server, query: str) -> None:
    """Type a query on a page whose clock stands still, so that typing never rests by itself."""
    page.clock.install(time=0)
    visit(page, server)
    page.clock.pause_at(60_000)
    page.locator("#search-query").fill(query)
    shown(page, query)


def test_rows_below_the_window_wait_until_typing_rests(page: Page, server: Server) -> None:
    type_on(page, server, "model")
    found = refs(page)
    sooner = rows(page)
    assert 0 < len(sooner) < 10
    assert sooner == found[: len(sooner)]
    assert fetched(server).count("rows") == len(sooner)
    # How high rows are is guessed, rather too low: the last one may begin where the window ends.
    assert page.locator("#search-list article").nth(len(sooner) - 2).evaluate(EDGES)[0] < 1
    assert page.locator("#search-list article").last.evaluate(EDGES)[1] >= 1
    expect(page.locator("main").get_by_role("status")).to_have_text(f"{len(found)} papers")
    expect(page.locator("#search-list")).to_have_attribute("aria-busy", "true")
    page.clock.run_for(600)
    answered(page)
    assert rows(page) == found[:10]
    expect(page.get_by_role("button", name="Show more")).to_be_visible()


def test_rows_below_the_window_are_there_when_somebody_scrolls(page: Page, server: Server) -> None:
    type_on(page, server, "model")
    page.mouse.wheel(0, 100)
    answered(page)
    assert rows(page) == refs(page)[:10]


def test_rows_in_sight_stay_where_those_below_cannot_be_had(page: Page, server: Server, site: Path) -> None:
    type_on(page, server, "model")
    sooner = rows(page)
    server.broken |= names(site, "rows")
    page.mouse.wheel(0, 100)
    answered(page)
    assert rows(page) == sooner
    server.broken.clear()
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("#search-list article")).to_have_count(10)
    assert rows(page) == refs(page)[:10]
    expect(page.locator(".paper-title a").nth(len(sooner))).to_be_focused()
    expect(page).to_have_url(f"{server.root}search/?q=model")


def test_rows_in_sight_stay_when_enter_asks_for_what_cannot_be_had(page: Page, server: Server, site: Path) -> None:
    type_on(page, server, "model")
    sooner = rows(page)
    server.broken |= names(site, "rows")
    page.locator("#search-query").press("Enter")
    expect(page.locator("main").get_by_role("status")).to_contain_text("More of them could not be loaded.")
    assert rows(page) == sooner


def test_rows_in_sight_are_whole_while_others_are_on_their_way(page: Page, server: Server) -> None:
    type_on(page, server, "model")
    sooner = rows(page)
    held = hold(page, "**/search/rows/**")
    page.clock.run_for(600)
    expect(page.locator("#search-list .save")).to_have_count(len(sooner))
    for _ in range(len(sooner) + 1):
        page.keyboard.press("ArrowDown")
    expect(page.locator(".paper-title a").last).to_be_focused()
    for route in held:
        route.continue_()
    expect(page.locator(".paper-title a").nth(len(sooner))).to_be_focused()


def test_room_is_measured_again_when_somebody_types(page: Page, server: Server) -> None:
    type_on(page, server, "model")
    before = len(rows(page))
    page.locator("#search-query").fill("")
    page.clock.run_for(600)
    page.set_viewport_size({"width": 1280, "height": 720 + 3 * 144})
    page.locator("#search-query").fill("model")
    shown(page, "model")
    assert len(rows(page)) == before + 3


def test_more_that_cannot_be_had_leaves_what_is_shown(page: Page, server: Server, site: Path) -> None:
    visit(page, server)
    found = ask(page, "model")
    server.broken |= names(site, "rows")
    more = page.get_by_role("button", name="Show more")
    more.click()
    expect(page.locator("main").get_by_role("status")).to_contain_text("More of them could not be loaded.")
    assert rows(page) == found[:10]
    expect(more).to_be_focused()


def test_more_that_could_not_be_had_takes_no_focus_later(page: Page, server: Server, site: Path) -> None:
    type_on(page, server, "model")
    server.broken |= names(site, "rows")
    page.clock.run_for(600)
    page.get_by_role("button", name="Show more").click()
    answered(page)
    server.broken.clear()
    ask(page, "diffusion")
    assert len(rows(page)) == 10
    expect(page.locator("#search-query")).to_be_focused()


def test_rows_below_are_read_again_where_the_site_was_built_anew(page: Page, tmp_path: Path) -> None:
    words = ["one", "two", "three", "four", "five", "six", "seven"]
    write_site(tmp_path, [paper(f"Zebra {word}", "Abstract", slug=word) for word in words])
    with serving(tmp_path) as server:
        type_on(page, server, "zebra")
        assert len(rows(page)) < len(words)
        shutil.rmtree(tmp_path / "search")
        shutil.rmtree(tmp_path / "papers")
        write_site(tmp_path, [paper(f"Zebra new {word}", "Abstract", slug=f"new-{word}") for word in words])
        page.clock.run_for(600)
        answered(page)
    assert sorted(rows(page)) == sorted(f"new-{word}" for word in words)


def test_paper_is_saved_by_a_key_before_it_has_its_button(page: Page, server: Server) -> None:
    type_on(page, server, "model")
    expect(page.locator("#search-list .save")).to_have_count(0)
    held = hold(page, "**/search/rows/**")
    page.locator(".paper-title a").first.focus()
    page.keyboard.press("s")
    expect(page.locator("#search-list .save")).to_have_attribute("aria-pressed", "true")
    for route in held:
        route.continue_()
    expect(page.locator("#search-list .save")).to_have_count(10)


def test_address_is_written_when_nobody_types_any_more(page: Page, server: Server) -> None:
    type_on(page, server, "model")
    page.clock.run_for(999)
    expect(page).to_have_url(f"{server.root}search/")
    page.clock.run_for(1)
    expect(page).to_have_url(f"{server.root}search/?q=model")


def test_address_is_written_when_the_reader_leaves_the_box(page: Page, server: Server) -> None:
    type_on(page, server, "model")
    page.locator("#search-query").press("Tab")
    expect(page).to_have_url(f"{server.root}search/?q=model")


def test_key_that_leads_into_the_results_finds_them_all(page: Page, server: Server) -> None:
    type_on(page, server, "model")
    page.locator("#search-query").press("ArrowDown")
    expect(page.locator(".paper-title a").first).to_be_focused()
    answered(page)
    assert rows(page) == refs(page)[:10]


def test_row_that_says_the_same_keeps_the_focus(page: Page, server: Server) -> None:
    type_on(page, server, "model")
    page.locator(".paper-title a").first.focus()
    page.clock.run_for(600)
    answered(page)
    expect(page.locator(".paper-title a").first).to_be_focused()


def test_row_that_says_the_same_elsewhere_stays_the_same_element(page: Page, server: Server) -> None:
    visit(page, server, "?q=diffusion&sort=date")
    settled(page, "diffusion")
    by_date = rows(page)
    page.evaluate("globalThis.before = new Map([...document.querySelectorAll('.paper')].map(r => [r.dataset.slug, r]))")
    page.get_by_label("Sort by").select_option("relevance")
    answered(page)
    both = set(by_date) & set(rows(page))
    assert both
    assert rows(page) != by_date
    kept = page.evaluate("[...before].filter(([, row]) => row.isConnected).map(([slug]) => slug)")
    assert set(kept) == both


def test_results_get_their_buttons_when_typing_rests(page: Page, server: Server) -> None:
    type_on(page, server, "model")
    expect(page.locator("#search-list .save")).to_have_count(0)
    page.clock.run_for(600)
    expect(page.locator("#search-list .save")).to_have_count(10)


# ---- Filters and order ----


def test_filters_combine(page: Page, server: Server, index: SearchIndex, documents: list[SearchDocument]) -> None:
    visit(page, server, "?q=model")
    settled(page, "model")
    page.get_by_label("Topic", exact=True).select_option("diffusion")
    page.get_by_label("From", exact=True).select_option("2024")
    page.get_by_label("To", exact=True).select_option("2024")
    fitting = {d.slug for d in documents if "diffusion" in d.topics and d.date and d.date.year == 2024}
    expected = [hit.slug for hit in index.search("model").hits if hit.slug in fitting]
    answered(page)
    expect(page.locator("#search-list article")).to_have_count(min(10, len(expected)))
    assert refs(page) == expected != []
    expect(page).to_have_url(f"{server.root}search/?q=model&topic=diffusion&year=2024")


def test_filters_tell_how_many_they_leave(page: Page, server: Server, documents: list[SearchDocument]) -> None:
    visit(page, server, "?topic=video")
    expect(page.locator("#search-list article").first).to_be_visible()
    page.get_by_label("From", exact=True).focus()
    of_year = sum(1 for d in documents if "video" in d.topics and d.date and d.date.year == 2024)
    expect(page.locator('#search-from option[value="2024"]')).to_have_text(f"2024 ({of_year})")


def test_filter_alone_lists_its_papers_newest_first(
    page: Page, server: Server, documents: list[SearchDocument]
) -> None:
    visit(page, server, "?topic=video")
    expect(page.locator("#search-list article").first).to_be_visible()
    days = [str(d.date or "") for slug in refs(page) for d in documents if d.slug == slug]
    assert days == sorted((str(d.date or "") for d in documents if "video" in d.topics), reverse=True)


def test_order_by_date(page: Page, server: Server, index: SearchIndex, documents: list[SearchDocument]) -> None:
    visit(page, server, "?q=diffusion&sort=date")
    settled(page, "diffusion")
    slugs = [d.slug for d in number_documents(documents)]
    numbers = [slugs.index(slug) for slug in refs(page)]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == len(index.search("diffusion").hits)


def test_filters_that_leave_nothing_can_be_dropped(page: Page, server: Server) -> None:
    visit(page, server, "?q=survey&topic=language&year=2021")
    settled(page, "survey")
    page.get_by_role("button", name="Search without filters").click()
    expect(page.locator("#search-list article").first).to_be_visible()
    expect(page).to_have_url(f"{server.root}search/?q=survey")
    expect(page.locator("#search-query")).to_be_focused()


def test_unknown_values_in_an_address_are_ignored(page: Page, server: Server) -> None:
    visit(page, server, "?q=diffusion&topic=gone&year=1066&sort=price&page=-3")
    settled(page, "diffusion")
    assert len(rows(page)) == 10


@pytest.mark.parametrize(("address", "state"), [("?org=gone", "empty"), ("?q=diffusion&org=gone", "ready")])
def test_unknown_organisation_in_an_address_is_ignored(page: Page, server: Server, address: str, state: str) -> None:
    visit(page, server, address)
    expect(page.locator("#search-org option")).not_to_have_count(1)
    expect(page.locator("#search-results")).to_have_attribute("data-state", state)
    answered(page)
    expect(page.get_by_label("Organisation", exact=True)).to_have_value("")
    assert len(rows(page)) == (10 if state == "ready" else 0)


def test_filter_that_no_paper_has_any_more_leaves_none(page: Page, tmp_path: Path) -> None:
    write_site(tmp_path, [paper("Word one", slug="one", topic_titles=("Video",))])
    with serving(tmp_path) as server:
        visit(page, server, "?q=word")
        settled(page, "word")
        page.get_by_label("Topic", exact=True).select_option("video")
        answered(page)
        assert rows(page) == ["one"]
        shutil.rmtree(tmp_path / "search")
        shutil.rmtree(tmp_path / "papers")
        write_site(tmp_path, [paper("Zebra two", slug="two", topic_titles=("Audio",))])
        page.locator("#search-query").fill("zebra")
        settled(page, "zebra")
        expect(page.get_by_role("button", name="Search without filters")).to_be_visible()
        assert rows(page) == []


def test_years_are_a_range(page: Page, server: Server, index: SearchIndex, documents: list[SearchDocument]) -> None:
    fitting = {d.slug for d in documents if d.date and d.date.year >= 2024}
    visit(page, server, "?q=model&year=2024-")
    settled(page, "model")
    assert refs(page) == [hit.slug for hit in index.search("model").hits if hit.slug in fitting]
    page.get_by_label("To", exact=True).select_option("2025")
    expect(page).to_have_url(f"{server.root}search/?q=model&year=2024-2025")


def test_organisations_are_offered_by_number_of_papers(page: Page, tmp_path: Path) -> None:
    sizes = {"Small": 2, "Large": 3, "Single": 1}
    given = [
        replace(paper(f"Word {name} {n}", slug=f"{name}-{n}".lower(), organization=name), organization_path=path)
        for name, size in sizes.items()
        for path in [urls.organization(name.lower())]
        for n in range(size)
    ]
    write_site(tmp_path, given)
    with serving(tmp_path) as server:
        visit(page, server, "?q=word&org=small")
        settled(page, "word")
        expect(page.locator("#search-org option")).to_have_text(["Any", "Large (3)", "Small (2)"])
        expect(page.get_by_label("Organisation", exact=True)).to_have_value("small")
        assert sorted(refs(page)) == ["small-0", "small-1"]
        page.get_by_label("Organisation", exact=True).select_option("large")
        expect(page).to_have_url(f"{server.root}search/?q=word&org=large")
        expect(page.locator("#search-list article")).to_have_count(3)


def test_papers_with_code_can_be_asked_for(page: Page, tmp_path: Path) -> None:
    write_site(tmp_path, [replace(paper("Word a", slug="a"), has_code=True), paper("Word b", slug="b")])
    with serving(tmp_path) as server:
        visit(page, server, "?q=word")
        settled(page, "word")
        page.get_by_label("Has code", exact=True).check()
        expect(page.locator("#search-list article")).to_have_count(1)
        expect(page).to_have_url(f"{server.root}search/?q=word&code=1")
        assert refs(page) == ["a"]
        page.go_back()
        expect(page.locator("#search-list article")).to_have_count(2)
        expect(page.get_by_label("Has code", exact=True)).not_to_be_checked()


# ---- Phrases and words that are not known ----


def test_phrase_finds_the_papers_that_hold_it(page: Page, server: Server, documents: list[SearchDocument]) -> None:
    visit(page, server)
    found = ask(page, '"video generation"')
    plain = {d.slug for d in documents if "video generation" in f"{d.title}\n{d.abstract}".lower()}
    assert set(found) >= plain > set()
    assert set(found) < set(ask(page, "+video +generation"))
    ask(page, '"video generation"')
    expect(page.locator("main").get_by_role("status")).to_contain_text(
        "Phrases were looked for in all papers that have their words"
    )


def test_misspelt_word_is_searched_as_its_neighbours(page: Page, server: Server) -> None:
    visit(page, server)
    meant = ask(page, "transformer")
    assert ask(page, "transfromer") == meant != []
    expect(page.locator("main").get_by_role("status")).to_contain_text(
        "No paper has “transfromer”. Showing results for “transformer”."
    )


def test_title_that_does_not_parse_is_answered_without_a_remark(
    page: Page, server: Server, documents: list[SearchDocument]
) -> None:
    visit(page, server)
    title = next(d.title for d in documents if ": " in d.title)
    found = ask(page, title)
    expect(page.locator("main").get_by_role("status")).to_have_text(f"{len(found)} papers")


# ---- The address ----


def test_back_and_forward_lead_through_the_questions(page: Page, server: Server) -> None:
    visit(page, server)
    box = page.locator("#search-query")
    for query in ("diffusion", "video"):
        box.fill(query)
        box.press("Enter")
        expect(page).to_have_url(f"{server.root}search/?q={query}")
    page.go_back()
    settled(page, "diffusion")
    expect(box).to_have_value("diffusion")
    page.go_forward()
    settled(page, "video")
    expect(box).to_have_value("video")


def test_typing_reaches_the_address_without_a_key(page: Page, server: Server) -> None:
    visit(page, server)
    before = page.evaluate("history.length")
    page.locator("#search-query").press_sequentially("c# & more")
    expect(page).to_have_url(f"{server.root}search/?q=c%23+%26+more")
    assert page.evaluate("history.length") == before


def test_back_leads_to_the_last_question_as_soon_as_another_is_begun(page: Page, server: Server) -> None:
    visit(page, server)
    ask(page, "diffusion")
    ask(page, "video")
    page.locator("#search-query").press_sequentially(" gen")
    page.go_back()
    settled(page, "video")
    page.go_forward()
    expect(page.locator("#search-query")).not_to_have_value("video")


def test_address_that_is_spelt_in_another_way_is_the_same_question(page: Page, server: Server) -> None:
    visit(page, server, "?page=1&q=video%20model&by=mail")
    settled(page, "video model")
    before = page.evaluate("history.length")
    page.locator("#search-list .save").first.click()
    expect(page.locator("#search-list .save").first).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("history.length") == before


def test_spaces_before_a_query_are_not_part_of_it(page: Page, server: Server, index: SearchIndex) -> None:
    visit(page, server, f"?q={'+' * 600}video")
    answered(page)
    expect(page.locator("#search-results")).to_have_attribute("data-state", "ready")
    assert refs(page) == [hit.slug for hit in index.search("video").hits]


def test_back_from_a_paper_finds_the_results_again(page: Page, server: Server) -> None:
    visit(page, server)
    found = ask(page, "diffusion")
    page.locator(".paper-title a").first.click()
    page.wait_for_url("**/papers/**")
    page.go_back()
    settled(page, "diffusion")
    assert rows(page) == found[:10]
