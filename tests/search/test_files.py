"""Every file of the search, as docs/search-format.md describes them."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sitegen.search import SearchDocument, build_files, number_documents
from sitegen.search.documents import letter_hash, shard_name, short_hash
from sitegen.search.files import FULL_INDEX, FULL_INDEX_PAPERS, MANIFEST
from sitegen.search.rows import PER_FOLDER, row_file
from sitegen.search.values import whole

from .catalogue import BOOSTS, paper

YEARS = [date(2023, 5, 1), date(2024, 1, 1), date(2024, 2, 2)]
DATED = [paper(f"Paper {day}", "Its abstract", date=day, topic_titles=("Big Models",)) for day in YEARS]
UNDATED = paper("Undated - such", "Another abstract")


def built(*documents: SearchDocument) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the manifest, and every file by its name without folder and ending."""
    files = {path: json.loads(data) for path, data in build_files(documents, BOOSTS).items()}
    return files[MANIFEST], {path.removeprefix("search/").removesuffix(".json"): data for path, data in files.items()}


def test_manifest_tells_what_lunr_needs() -> None:
    manifest, _ = built(paper("Deep nets", "Deep", slug="a"), paper("Nets", "", slug="b", organization="Org"))
    assert (manifest["version"], manifest["lunr"]) == (3, "2.3.9")
    assert manifest["pipeline"] == ["normalizer", "stopWordFilter", "stemmer"]
    assert manifest["fields"] == ["title", "abstract", "topics", "organization"]
    assert manifest["boosts"] == [3.0, 1, 2.0, 1]
    assert (manifest["k1"], manifest["b"], manifest["count"], manifest["lengths"]) == (1.2, 0.75, 2, [3, 1, 0, 1])


def test_borders_and_names_of_shards_belong_together(documents: list[SearchDocument]) -> None:
    manifest, files = built(*documents)
    digests = [manifest["terms"][start : start + 5] for start in range(0, len(manifest["terms"]), 5)]
    names = [shard_name(first, digest) for first, digest in zip(manifest["first"].split("\n"), digests, strict=True)]
    assert all(
        files[f"terms/{n}"][0][0].startswith(first)
        for n, first in zip(names, manifest["first"].split("\n"), strict=True)
    )
    assert {path for path in files if path.startswith("terms/")} == {f"terms/{name}" for name in names}


def test_lengths_of_abstracts_and_folders_of_rows() -> None:
    papers = [paper(f"P{number:02}", "word " * number, slug=f"p{number:02}") for number in range(70)]
    manifest, files = built(*papers)
    (name,) = manifest["documents"]
    chunk = files[f"documents/{name}"]
    assert whole(chunk["high"], chunk["low"]) == list(range(70))
    folders = [f"rows/{number}-{chunk['rows'][5 * number : 5 * number + 5]}" for number in range(3)]
    assert [files[f"{folders[n // 32]}/{n % 32}"][0] for n in range(70)] == [p.path for p in papers]


def test_row_shows_a_paper() -> None:
    given = replace(DATED[0], organization="Org", organization_path="organizations/org/", comments=2, has_code=True)
    manifest, files = built(given)
    assert files[f"rows/0-{files['documents/' + manifest['documents'][0]]['rows']}/0"] == [
        *(given.path, given.title, "2023-05-01", "", "Org", "organizations/org/", 2),
        *(["big-models"], 1, "Its abstract"),
    ]


def test_years_are_ranges_after_the_undated() -> None:
    assert built(*DATED, UNDATED)[0]["years"] == [[2023, 1, 1], [2024, 2, 2]]


def facet(files: dict[str, Any], name: str) -> Any:
    return files[f"facets/{name}"]


def test_facets_list_the_documents_of_a_topic_and_those_with_code() -> None:
    manifest, files = built(UNDATED, *DATED[:2], replace(DATED[2], has_code=True))
    ((slug, title, count, name),) = manifest["topics"]
    assert (slug, title, count, facet(files, name)) == ("big-models", "Big Models", 3, "111")
    count, name = manifest["code"]
    assert (count, facet(files, name)) == (1, "3")


def test_only_organizations_with_more_than_one_paper_have_a_facet() -> None:
    at = {"large": 3, "small": 1, "medium": 2}
    documents = [
        replace(paper(f"{name} {n}"), organization=name.title(), organization_path=f"organizations/{name}/")
        for name, count in at.items()
        for n in range(count)
    ]
    manifest, files = built(*documents)
    found = [(slug, name, count, facet(files, file)) for slug, name, count, file in manifest["organizations"]]
    assert found == [("large", "Large", 3, "011"), ("medium", "Medium", 2, "31")]


def test_only_titles_that_lunr_reads_in_another_way_are_listed() -> None:
    manifest, files = built(UNDATED, paper("Self-Tuning Networks: A Study"), paper("Plain words"))
    assert files[f"titles/{manifest['titles']}"] == ["undated - such"]


def test_names_hold_the_hash_of_the_bytes(documents: list[SearchDocument]) -> None:
    for path, data in build_files(documents, BOOSTS).items():
        folder, _, name = path.removeprefix("search/").removesuffix(".json").partition("/")
        if folder in {"documents", "vocabulary", "titles", "facets"}:
            assert name == short_hash(data)
        elif folder == "terms":
            assert name.endswith(f"-{letter_hash(data)}")


def row_folders(documents: list[SearchDocument]) -> set[str]:
    return {path.split("/")[2] for path in build_files(documents, BOOSTS) if path.startswith("search/rows/")}


def test_name_of_a_folder_of_rows_holds_the_hash_of_them_all() -> None:
    (name,) = row_folders(DATED)
    digest = letter_hash(b"\n".join(row_file(paper) for paper in DATED))
    assert name == f"0-{digest}"
    assert name not in row_folders([replace(DATED[0], comments=7), *DATED[1:]])


def test_full_index_is_written_for_small_catalogues_only() -> None:
    many = [paper(f"P{number}") for number in range(FULL_INDEX_PAPERS + 1)]
    assert FULL_INDEX in build_files(many[1:], {})
    assert FULL_INDEX not in build_files(many, {})


def test_unknown_boost_is_a_bug() -> None:
    with pytest.raises(ValueError, match="no such search field: headline"):
        build_files([], {"headline": 2})


def test_empty_catalogue_has_every_name() -> None:
    manifest, files = built()
    assert (manifest["count"], manifest["first"], manifest["terms"], manifest["documents"]) == (0, "", "", [])
    assert files[f"vocabulary/{manifest['vocabulary']}"] == {"shared": "", "rest": [], "papers": ""}
    assert files[f"titles/{manifest['titles']}"] == []
    assert facet(files, manifest["code"][1]) == ""


def test_order_of_input_makes_no_difference(documents: list[SearchDocument]) -> None:
    assert build_files(documents[::-1], BOOSTS) == build_files(documents, BOOSTS)


def changed(before: dict[str, bytes], after: dict[str, bytes], kind: str) -> int:
    """Count the files of a kind that are new or have other bytes."""
    return sum(before.get(path) != data for path, data in after.items() if path.startswith(f"search/{kind}"))


def test_a_new_newest_paper_touches_the_shards_of_its_words_only(documents: list[SearchDocument]) -> None:
    before = build_files(documents, BOOSTS)
    newest = max(d.date for d in documents if d.date)
    added = paper("Diffusion", "Video", slug="zz", date=newest.replace(year=newest.year + 1))
    after = build_files([*documents, added], BOOSTS)
    assert changed(before, after, "terms/") <= 2
    assert changed(before, after, "rows/") <= PER_FOLDER
    assert changed(before, after, "documents/") == 1


def test_a_changed_abstract_touches_the_shards_of_its_words_only(documents: list[SearchDocument]) -> None:
    numbered = number_documents(documents)
    before = build_files(numbered, BOOSTS)
    edited = replace(numbered[50], abstract=f"{numbered[50].abstract} diffusion")
    after = build_files([*numbered[:50], edited, *numbered[51:]], BOOSTS)
    assert changed(before, after, "terms/") == 1
    assert changed(before, after, "rows/") <= PER_FOLDER
