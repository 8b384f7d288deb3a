import hashlib
import json
from typing import Any

import pytest

from sitegen import dataset
from sitegen.catalogue import build_catalogue
from sitegen.dataset import Dataset, Part
from sitegen.paper import Organization
from tests.papers import entry

YEARS = {2023: 3, 2024: 7}


def made(*slugs_and_dates: tuple[str, str | None]) -> Dataset:
    return Dataset(build_catalogue([entry(slug, date) for slug, date in slugs_and_dates], ()).papers)


def of_two_years() -> Dataset:
    dated = [(f"p{year}{day}", f"{year}-05-{day:02}") for year, count in YEARS.items() for day in range(1, count + 1)]
    return made(*dated, ("undated", None))


def read(data: Dataset, part: Part) -> Any:
    return json.loads(data.json(part))


def slugs(data: Dataset, part: Part) -> list[str]:
    return [paper["slug"] for paper in read(data, part)["papers"]]


def test_the_catalogue_as_json_has_the_agreed_form() -> None:
    papers = [
        entry("a", "2024-05-06", ("nlp",), authors=5, comments=2, organization=Organization("acme", "Acme")),
        entry("b", None, authors=("Ada",), title="Ünïcode </script>"),
    ]
    data = Dataset(papers)
    assert read(data, data.whole) == {
        "version": 1,
        "count": 2,
        "papers": [
            {
                "slug": "a",
                "title": "Title of a",
                "url": "/papers/2024/a/",
                "date": "2024-05-06",
                "authors": 5,
                "organization": {"handle": "acme", "name": "Acme"},
                "comments": 2,
                "topics": ["nlp"],
            },
            {
                "slug": "b",
                "title": "Ünïcode </script>",
                "url": "/papers/undated/b/",
                "date": None,
                "authors": ["Ada"],
                "organization": None,
                "comments": 0,
                "topics": [],
            },
        ],
    }


def test_an_empty_catalogue_is_data_too() -> None:
    data = Dataset(())
    assert read(data, data.whole) == {"version": 1, "count": 0, "papers": []}
    assert json.loads(data.index())["parts"][0]["first"] is None


def test_a_small_catalogue_is_one_part() -> None:
    data = made(("a", "2024-05-06"), ("b", "2024-05-07"))
    assert data.parts == (data.whole,)
    index = json.loads(data.index())
    assert index["parts"] == [index["whole"]]


def test_parts_are_cut_by_year_and_from_the_oldest_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset, "PART_SIZE", 4)
    data = of_two_years()
    assert {part.path: slugs(data, part) for part in data.parts} == {
        "catalogue/2024-1.json": ["p20244", "p20243", "p20242", "p20241"],
        "catalogue/2024-2.json": ["p20247", "p20246", "p20245"],
        "catalogue/2023-1.json": ["p20233", "p20232", "p20231"],
        "catalogue/undated-1.json": ["undated"],
    }


def test_a_new_paper_changes_the_last_part_of_its_year_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset, "PART_SIZE", 4)
    before = of_two_years()
    after = Dataset(build_catalogue([*before.papers, entry("new", "2024-12-31")], ()).papers)
    files = [{part.path: data.json(part) for part in data.parts} for data in (before, after)]
    assert [path for path in files[1] if files[1][path] != files[0].get(path)] == ["catalogue/2024-2.json"]


def test_the_index_tells_what_each_file_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset, "PART_SIZE", 4)
    data = of_two_years()
    index = json.loads(data.index())
    assert (index["version"], index["count"]) == (1, 11)
    for part, told in zip((data.whole, *data.parts), (index["whole"], *index["parts"]), strict=True):
        text = data.json(part)
        assert told["url"] == f"/{part.path}"
        assert (told["bytes"], told["sha256"]) == (len(text), hashlib.sha256(text).hexdigest())
        assert told["count"] == len(part.papers)
    assert (index["parts"][0]["first"], index["parts"][0]["last"]) == ("2024-05-01", "2024-05-04")
    assert sum(part["count"] for part in index["parts"]) == index["count"]
