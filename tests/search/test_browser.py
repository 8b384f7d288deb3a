"""The search page in a real browser, under a path, with the headers of the hosted site."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from sitegen.search import SearchDocument, SearchIndex
from tests.serving import Server

from .browsing import ask, refs, rows, script, shown, visit

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
WORDS: dict[str, list[str]] = json.loads((HERE / "words.json").read_text(encoding="utf-8"))
QUERIES: list[str] = json.loads((HERE / "queries.json").read_text(encoding="utf-8"))
HOSTILE: list[str] = json.loads((HERE / "hostile.json").read_text(encoding="utf-8"))

TERMS = """
async ({scripts, words}) => {
  const {default: lunr} = await import(scripts + "search-lunr.js");
  const pipeline = lunr.Pipeline.load(["normalizer", "stopWordFilter", "stemmer"]);
  return words.map((word) => pipeline.runString(word));
}
"""


@pytest.fixture
def queries(documents: list[SearchDocument]) -> list[str]:
    return [d.title for d in documents] + QUERIES


def test_there_are_two_hundred_queries(queries: list[str]) -> None:
    assert (len(queries), len(set(queries))) == (205, 205)


def test_page_shows_what_python_finds(page: Page, server: Server, index: SearchIndex, queries: list[str]) -> None:
    visit(page, server)
    wrong: dict[str, Any] = {}
    for query in queries:
        found = ask(page, query)
        answer = index.search(query)
        status = page.locator("#search-status").inner_text()
        if found != [hit.slug for hit in answer.hits] or rows(page) != found[:10] or answer.note not in status:
            wrong[query] = found, answer
    assert wrong == {}


def test_required_stop_word_does_not_empty_the_result(page: Page, server: Server) -> None:
    visit(page, server)  # the one query that genuine lunr.js throws at
    without = ask(page, "+models")
    assert ask(page, "+the +models") == without != []


def test_words_are_those_of_python(page: Page, server: Server) -> None:
    visit(page, server)
    terms = page.evaluate(TERMS, {"scripts": script(page, ""), "words": list(WORDS)})
    assert dict(zip(WORDS, terms, strict=True)) == WORDS


LOST = """
async ({scripts, terms}) => {
  const {default: lunr} = await import(scripts + "lunr.js");
  const lost = () => {
    const kept = new Set(lunr.TokenSet.fromArray(terms).toArray());
    return terms.filter((term) => !kept.has(term)).length;
  };
  const before = lost();
  await import(scripts + "search-lunr.js");
  return [before, lost()];
}
"""


def test_terms_with_digits_are_lost_in_genuine_lunr_and_kept_in_ours(page: Page, server: Server) -> None:
    visit(page, server)
    terms = sorted(str(number * number) for number in range(4000))
    before, after = page.evaluate(LOST, {"scripts": script(page, ""), "terms": terms})
    assert before > 0
    assert after == 0


REACH = """
async ({scripts, shards}) => {
  const {read} = await import(scripts + "search-query.js");
  const {withinReach} = await import(scripts + "search-revising.js");
  const shardsOf = async (term) => Array.from({length: shards}, (_, number) => term[0] + number);
  const {clauses, notes} = await withinReach(read("a* b* a* word", new Set()), {shardsOf});
  return [clauses.map(({usePipeline}) => usePipeline), notes];
}
"""


def test_patterns_that_touch_too_many_shards_are_read_as_words(page: Page, server: Server) -> None:
    visit(page, server)
    given = {"scripts": script(page, "")}
    assert page.evaluate(REACH, given | {"shards": 128}) == [[False, False, False, True], []]
    note = "“b*” stands for too many words and was read as one word."
    assert page.evaluate(REACH, given | {"shards": 129}) == [[False, True, False, True], [note]]


def test_hostile_queries_are_answered_and_nothing_runs(page: Page, server: Server, index: SearchIndex) -> None:
    visit(page, server)
    for query in HOSTILE:
        page.evaluate(
            "q => { const box = document.getElementById('search-query'); box.value = q;"
            " box.dispatchEvent(new Event('input', {bubbles: true})) }",
            query,
        )
        typed = page.locator("#search-query").input_value()
        shown(page, typed if typed.strip() else "")
        if typed.strip():
            assert refs(page) == [hit.slug for hit in index.search(typed).hits], query
    assert page.evaluate("'broken' in globalThis") is False
