"""The sharded index against the full one in genuine lunr.js, and against Python: papers, order and scores."""

from typing import Any

import pytest
from playwright.sync_api import Page

from sitegen.search import SearchDocument, SearchIndex, number_documents
from tests.serving import Server

from . import classes
from .browsing import script, visit
from .reference import ENGINES, same

pytestmark = pytest.mark.browser


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
