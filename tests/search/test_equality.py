"""The sharded index against the full one in genuine lunr.js, and against Python: papers, order and scores."""

from typing import Any

import pytest
from playwright.sync_api import Page

from sitegen.search import SearchDocument, SearchIndex, number_documents
from tests.serving import Server

from . import classes
from .browsing import script, visit

pytestmark = pytest.mark.browser

PRECISION = 1e-6

# Gives for each query what our engine finds and what genuine lunr.js finds: [number, score] in order. Where our rules
# read a word in another way (read_as "prefix" or "fuzzy"), genuine lunr.js is given our clauses.
ENGINES = """
async ({scripts, root, queries}) => {
  const {default: lunr} = await import(scripts + "lunr.js");
  const {words} = await import(scripts + "search-text.js");
  const split = (token) => words(token.toString()).map((word) => token.clone(() => word));
  lunr.Pipeline.registerFunction(split, "normalizer");
  const full = await (await fetch(`${root}search/index.json`)).json();
  const genuine = lunr.Index.load(full); // before our corrections reach the automaton
  delete lunr.Pipeline.registeredFunctions.normalizer; // ours is registered next
  const slugs = full.fieldVectors.map(([key]) => key).filter((key) => key.startsWith("title/"));
  const number = new Map(slugs.map((key, place) => [key.slice(6), place]));
  const { Engine } = await import(scripts + "search-engine.js");
  const { NOTHING } = await import(scripts + "search-state.js");
  const engine = await Engine.load(root);
  const plain = (text) => genuine.query((query) => query.term(lunr.tokenizer(text)));
  const searched = (text, { readAs, clauses }) => {
    if (readAs === "prefix" || readAs === "fuzzy") {
      return genuine.query((query) => clauses.forEach((clause) => query.clause({ ...clause })));
    }
    try {
      return genuine.search(text);
    } catch (mistake) {
      if (!(mistake instanceof lunr.QueryParseError)) throw mistake;
      return plain(text);
    }
  };
  const both = async (text) => {
    const answer = await engine.answer({ ...NOTHING, query: text });
    const results = searched(text, answer);
    results.sort((a, b) => b.score - a.score || number.get(b.ref) - number.get(a.ref));
    return {
      readAs: answer.readAs,
      ours: Array.from(answer.numbers, (found, place) => [found, answer.scores[place]]),
      genuine: results.map(({ref, score}) => [number.get(ref), score]),
    };
  };
  const answers = [];
  for (const text of queries) answers.push(await both(text));
  return answers;
}
"""


def same(found: list[Any], expected: list[Any]) -> bool:
    """Whether the same papers were found in the same order with the same scores."""
    numbers = [number for number, _ in found] == [number for number, _ in expected]
    return numbers and all(abs(a - b) < PRECISION for (_, a), (_, b) in zip(found, expected, strict=True))


def test_queries_are_a_thousand_of_many_classes(documents: list[SearchDocument]) -> None:
    made = classes.queries(documents)
    assert len(made) > 20
    assert sum(len(set(queries)) for queries in made.values()) > 1000
    assert made == classes.queries(documents)


def test_papers_order_and_scores_are_those_of_genuine_lunr_and_of_python(
    page: Page, server: Server, index: SearchIndex, documents: list[SearchDocument]
) -> None:
    visit(page, server)
    queries = [query for made in classes.queries(documents).values() for query in made]
    answers = page.evaluate(ENGINES, {"scripts": script(page, ""), "root": server.root, "queries": queries})
    numbers = {d.slug: number for number, d in enumerate(number_documents(documents))}
    wrong: dict[str, Any] = {}
    for query, given in zip(queries, answers, strict=True):
        answer = index.search(query)
        in_python = [[numbers[hit.slug], hit.score] for hit in answer.hits]
        if not same(given["ours"], given["genuine"]) or not same(given["ours"], in_python):
            wrong[query] = given, in_python
        if given["readAs"] != answer.read_as:
            wrong[query] = given["readAs"], answer.read_as
    assert wrong == {}


def test_every_way_of_reading_is_among_the_queries(index: SearchIndex, documents: list[SearchDocument]) -> None:
    queries = [query for made in classes.queries(documents).values() for query in made]
    assert {index.search(query).read_as for query in queries} == {"lunr", "words", "prefix", "fuzzy"}
