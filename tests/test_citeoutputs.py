from dataclasses import replace

from sitegen.catalogue import Entry, build_catalogue
from sitegen.citeoutputs import citation_bundles
from sitegen.config import Config
from sitegen.output import Output
from sitegen.render import Site
from sitegen.topics import Topic
from tests.papers import WORDS, entry

A = entry("a", "2024-05-06", ("nlp",), title="First Law")
B = entry("b", "2024-05-07")


def outputs(*papers: Entry, **facts: object) -> dict[str, Output]:
    catalogue = build_catalogue(papers, [Topic("nlp", "NLP"), Topic("empty", "Empty")])
    config = replace(Config(base_url="https://example.org/"), **facts)  # type: ignore[arg-type]
    site = Site(catalogue, config, [()] * len(papers), (), WORDS)
    return {output.path: output for bundle in citation_bundles(site, "engine") for output in bundle.make()}


def test_a_listing_holds_the_files_of_its_papers_newest_first() -> None:
    files = outputs(A, B)
    a, b = (files[f"papers/2024/{slug}/citation.bib"].make() for slug in "ab")
    assert files["catalogue.bib"].make() == files["2024/citations.bib"].make() == b + b"\n" + a
    assert files["topics/nlp/citations.bib"].make() == a
    assert "topics/empty/citations.bib" not in files


def test_only_what_a_citation_says_changes_its_files() -> None:
    before = outputs(A, B)
    for other, changes in (
        (replace(A, page=replace(A.page, comments=9), html="<p>Other.</p>", digest="other"), set()),
        (
            entry("a", "2024-05-06", ("nlp",), title="Other Law"),
            {p for p in before if "/b/" not in p and "07" not in p},
        ),
    ):
        after = outputs(other, B)
        assert {path for path in before if before[path].key != after[path].key} == changes


def test_a_new_paper_leaves_the_files_of_others_alone() -> None:
    before, after = outputs(A), outputs(A, B)
    assert {path for path in before if before[path].key == after[path].key} == {
        *(f"papers/2024/a/citation.{form}" for form in ("bib", "ris", "json")),
        *(f"topics/nlp/citations.{form}" for form in ("bib", "ris", "json")),
        "2024/05/06/citations.bib",
    }


def test_another_address_of_the_site_changes_all_files() -> None:
    before, after = outputs(A, B), outputs(A, B, base_url="https://other.example/")
    assert all(before[path].key != after[path].key for path in before)
    assert b"https://other.example/papers/2024/a/" in after["catalogue.bib"].make()
