"""Answers from a built site."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sitegen.problems import SitegenError
from sitegen.search import SearchDocument, SearchIndex, read_index

from .catalogue import paper, write_search_files

HOSTILE = json.loads(Path(__file__).with_name("hostile.json").read_text(encoding="utf-8"))


def small(tmp_path: Path, *documents: SearchDocument) -> SearchIndex:
    write_search_files(tmp_path, list(documents))
    return read_index(tmp_path)


def slugs(index: SearchIndex, query: str) -> list[str]:
    return [hit.slug for hit in index.search(query).hits]


def test_every_title_finds_its_paper_first(index: SearchIndex, documents: list[SearchDocument]) -> None:
    assert len(documents) == 126
    assert [slugs(index, d.title)[0] for d in documents] == [d.slug for d in documents]


def test_title_that_holds_operators_finds_its_paper(tmp_path: Path) -> None:
    title = "From Slow to Fast - Without Tears"
    index = small(tmp_path, paper(title, slug="s"), paper("From Slow to Slower", slug="o"))
    assert slugs(index, title) == ["s", "o"]


@pytest.mark.parametrize("query", ["survey", "key", "diffusion,", "(diffusion)", "Diffusion:", "MODELS", "3.5"])
def test_word_finds_every_paper_that_has_it(index: SearchIndex, documents: list[SearchDocument], query: str) -> None:
    word = query.strip("(),:").lower()
    having = {d.slug for d in documents if word in f" {d.title} {d.abstract} ".lower().replace("(", " ").split()}
    assert having <= set(slugs(index, query))


def test_accents_make_no_difference(tmp_path: Path) -> None:
    index = small(tmp_path, paper("Schrödinger Bridges", slug="s"), paper("Other", slug="o"))
    assert slugs(index, "Schrodinger") == slugs(index, "SCHRÖDINGER") == ["s"]


def test_han_finds_parts_of_longer_runs(tmp_path: Path) -> None:
    index = small(tmp_path, paper("大语言模型", slug="s"), paper("Other", slug="o"))
    assert slugs(index, "模型") == ["s"]


def test_papers_that_hold_a_phrase_are_left_out(tmp_path: Path) -> None:
    index = small(
        tmp_path,
        paper("Video generation", slug="held"),
        paper("Generation of video", slug="apart"),
        paper("Video", slug="one"),
        paper("Other", slug="none"),
    )
    assert slugs(index, 'video -"video generation"') == ["one", "apart"]
    assert slugs(index, '-"video generation" -"other"') == ["one", "apart"]
    assert slugs(index, '"video generation" -"video generation"') == []
    assert slugs(index, '-"of"') == ["one", "none", "held"]
    assert index.search('video -"video generation"').note.endswith("left out (2 were looked through).")


def test_equal_scores_are_newest_first(tmp_path: Path) -> None:
    days = [date(2020, 1, 1), date(2024, 1, 1), date(2022, 1, 1)]
    index = small(
        tmp_path, *(paper("Same words", slug=f"y{d.year}", date=d) for d in days), paper("Same words", slug="u")
    )
    assert slugs(index, "words") == ["y2024", "y2022", "y2020", "u"]


def test_required_stop_word_does_not_empty_the_result(index: SearchIndex) -> None:
    assert slugs(index, "+the +diffusion") == slugs(index, "+diffusion") != []


def test_only_prohibited_words_leave_the_rest(index: SearchIndex, documents: list[SearchDocument]) -> None:
    with_word = set(slugs(index, "diffusion"))
    assert set(slugs(index, "-diffusion")) == {d.slug for d in documents} - with_word


@pytest.mark.parametrize("query", ["", "   ", "-", "the", "( ) ,"])
def test_query_without_words_finds_nothing(tmp_path: Path, query: str) -> None:
    assert slugs(small(tmp_path, paper("Words")), query) == []


def test_half_typed_word_says_how_it_was_read(index: SearchIndex) -> None:
    answer = index.search("diffusi")
    assert answer.read_as == "prefix"
    assert answer.note.startswith("No paper has “diffusi” as a whole word.")
    assert set(slugs(index, "diffusion")) <= {hit.slug for hit in answer.hits}


def test_limit(index: SearchIndex) -> None:
    assert index.search("diffusion", limit=3).hits == index.search("diffusion").hits[:3]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda q: ascii(q)[:40])
def test_hostile_query_is_answered(index: SearchIndex, query: str) -> None:
    assert index.search(query).read_as in {"lunr", "words", "prefix", "fuzzy"}


def test_empty_catalogue(tmp_path: Path) -> None:
    assert slugs(small(tmp_path), "anything") == []


def refusal(site: Path) -> str:
    with pytest.raises(SitegenError) as refused:
        read_index(site)
    return str(refused.value)


PAPERS = [paper("Video words", "An abstract"), paper("From Slow to Fast - Without Tears", "Other")]


def search_all(site: Path) -> None:
    """Ask what needs every kind of file."""
    index = read_index(site)
    for query in ("video", '"an abstract"', "vidoe~1", "nothing - such"):
        index.search(query)


@pytest.mark.parametrize("kind", ["manifest", "documents", "terms", "rows", "vocabulary", "titles"])
@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (None, "is missing"),
        *((data, "is damaged or of another version") for data in ("", "{", "3", "null", "[3]", "[" * 99999, "\x00")),
    ],
)
def test_missing_or_damaged_file_says_to_build(tmp_path: Path, kind: str, data: str | None, fault: str) -> None:
    site = tmp_path / "site"
    write_search_files(site, PAPERS)
    search_all(site)
    for file in (site / "search").rglob("*.json"):
        if kind in {file.stem, file.relative_to(site / "search").parts[0]}:
            file.unlink()
            if data is not None:
                file.write_text(data, encoding="utf-8")
    with pytest.raises(SitegenError) as refused:
        search_all(site)
    assert str(refused.value).startswith(f"site/search/{kind}")
    assert str(refused.value).endswith(f":1: error: the search file {fault}; run `sitegen build`")


def test_manifest_of_another_version_says_to_build(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_search_files(site, PAPERS)
    manifest = json.loads((site / "search" / "manifest.json").read_bytes())
    (site / "search" / "manifest.json").write_text(json.dumps(manifest | {"version": 1}), encoding="utf-8")
    with pytest.raises(SitegenError, match="of another version"):
        read_index(site)


def test_reading_needs_no_numpy() -> None:
    program = "import sys, sitegen.search.reading; print('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "False"
