"""What is marked in a shown text, and which part of an abstract is shown."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from sitegen.search import SearchDocument
from tests.serving import serving

from .browsing import script, visit

pytestmark = pytest.mark.browser

MARK = """
async ({script, part, text, terms}) => {
  const module = await import(script);
  const lunr = (await import(script.replace("search-highlight", "search-lunr"))).default;
  const pipeline = lunr.Pipeline.load(["normalizer", "stopWordFilter", "stemmer"]);
  return module[part](text, {terms: (word) => pipeline.runString(word)}, terms);
}
"""


@pytest.fixture(scope="module")
def here(browser: Browser, site: Path) -> Iterator[Page]:
    with serving(site) as server:
        page = browser.new_page()
        visit(page, server)
        yield page
        page.close()


def pieces(page: Page, part: str, text: str, terms: list[str]) -> list[tuple[str, bool]]:
    address = script(page, "search-highlight.js")
    found: list[Any] = page.evaluate(MARK, {"script": address, "part": part, "text": text, "terms": terms})
    assert part != "highlighted" or "".join(piece for piece, _ in found) == text
    return [(piece, marked) for piece, marked in found]


def marked(page: Page, text: str, *terms: str) -> list[str]:
    return [piece for piece, is_hit in pieces(page, "highlighted", text, list(terms)) if is_hit]


@pytest.mark.parametrize(
    ("text", "terms", "expected"),
    [
        ("Diffusion models diffuse.", ["diffus"], ["Diffusion", "diffuse"]),
        ("Émile\u2019s (émile)", ["emil"], ["Émile\u2019s", "émile"]),
        ("self-attention/attention", ["attent"], ["attention", "attention"]),
        ("18.73%. and 18.7", ["18.73"], ["18.73"]),
        ("大语言模型 and 模型", ["模型"], ["模型", "模型"]),
        ("大模型", ["大模", "模型"], ["大模", "型"]),
        ("\U0001d4b3-ray \U0001f44d rays", ["rai", "ray"], ["ray", "rays"]),
        ("I\u2019ve o\u0301 Óia", ["o", "oia"], ["o\u0301", "Óia"]),
        ("nothing here", [], []),
        ("", ["x"], []),
    ],
)
def test_words_of_matched_terms_are_marked(here: Page, text: str, terms: list[str], expected: list[str]) -> None:
    assert marked(here, text, *terms) == expected


def test_snippet_is_the_part_with_most_different_terms(here: Page) -> None:
    text = "word " * 100 + "alpha " + "word " * 100 + "alpha and beta " + "word " * 100
    shown = pieces(here, "snippet", text, ["alpha", "beta"])
    assert [piece for piece, is_hit in shown if is_hit] == ["alpha", "beta"]
    assert (shown[0], shown[-1]) == (("… ", False), (" …", False))
    assert sum(len(piece) for piece, _ in shown) < 260


def test_snippet_near_the_end_is_as_long_as_any_other(here: Page) -> None:
    shown = pieces(here, "snippet", "word " * 100 + "alpha", ["alpha"])
    assert shown[-1] == ("alpha", True)
    assert sum(len(piece) for piece, _ in shown) > 200


def test_snippet_without_hits_is_the_beginning(here: Page) -> None:
    shown = pieces(here, "snippet", "First sentence. " + "word " * 100, ["absent"])
    assert shown[0][0].startswith("First sentence. word")


def test_short_text_is_shown_whole(here: Page) -> None:
    assert pieces(here, "snippet", "Short.", []) == [("Short.", False)]


def test_snippet_of_one_endless_word_is_cut(here: Page) -> None:
    shown = pieces(here, "snippet", "x" * 5000, [])
    assert sum(len(piece) for piece, _ in shown) < 260


EVERY_WORD = """
async ({script, texts}) => {
  const { highlighted } = await import(script);
  const { pieces } = await import(script.replace("search-highlight", "search-text"));
  const { termsOf } = await import(script.replace("search-highlight", "search-query"));
  const words = new Set(texts.flatMap((text) => Array.from(pieces(text), ([, piece]) => piece)));
  const missed = (word) => termsOf(word).some((term) => !highlighted(word, { terms: termsOf }, [term])[0][1]);
  return { words: words.size, missed: [...words].filter(missed) };
}
"""


def test_every_word_is_marked_by_each_of_its_terms(here: Page, documents: list[SearchDocument]) -> None:
    known = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
    texts = [*known, *(f"{paper.title} {paper.abstract}" for paper in documents)]
    address = script(here, "search-highlight.js")
    found = here.evaluate(EVERY_WORD, {"script": address, "texts": texts})
    assert found["words"] > 4000
    assert found["missed"] == []
