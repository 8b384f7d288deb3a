"""The sample catalogue from end to end: what the five dumps say is what the site shows."""

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import feedparser
import html5lib
import pytest

from sitegen.check import check_site
from sitegen.dump import Record, parse_dump
from sitegen.paper import title_key
from tests.sample import DUMPS

XHTML = "{http://www.w3.org/1999/xhtml}"


def records() -> Iterator[Record]:
    for file in DUMPS:
        dump, _ = parse_dump(file.read_text(encoding="utf-8"), file.name, f"content/dumps/{file.name}")
        yield from dump.records


RECORDS = list(records())


@pytest.fixture(scope="module")
def catalogue(built: Path) -> list[dict[str, object]]:
    return json.loads((built / "site" / "catalogue.json").read_bytes())["papers"]  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def by_key(catalogue: list[dict[str, object]]) -> dict[str, dict[str, object]]:
    return {title_key(str(paper["title"])): paper for paper in catalogue}


def typeset(text: str) -> str:
    """Undo the LaTeX habits that the dumps have, independently of how sitegen does it."""
    text = re.sub(r"``(.*?)''", "\N{LEFT DOUBLE QUOTATION MARK}\\1\N{RIGHT DOUBLE QUOTATION MARK}", text)
    text = re.sub(r"\\textit\{(.*?)\}", r"\1", text)
    return text.replace(r"\%", "%").replace(r"\&", "&").replace("\\ ", " ")


def abstract_shown(built: Path, url: object) -> str:
    tree = html5lib.parse((built / "site" / f"{str(url).lstrip('/')}index.html").read_text(encoding="utf-8"))
    [section] = [e for e in tree.iter(f"{XHTML}section") if e.get("class") == "abstract"]
    [prose] = [e for e in section.iter(f"{XHTML}div") if e.get("class") == "prose"]
    return " ".join("".join(prose.itertext()).split())


def test_there_are_129_records_of_126_papers(catalogue: list[dict[str, object]]) -> None:
    assert len(RECORDS) == 129
    assert len(catalogue) == 126
    assert len({title_key(record.title) for record in RECORDS}) == 126


@pytest.mark.parametrize("record", [pytest.param(r, id=f"{r.dump}:{r.line}") for r in RECORDS])
def test_each_abstract_stands_on_its_page_as_the_dump_has_it(
    record: Record, built: Path, by_key: dict[str, dict[str, object]]
) -> None:
    paper = by_key[title_key(record.title)]
    assert abstract_shown(built, paper["url"]) == typeset(record.abstract)


@pytest.mark.parametrize("record", [pytest.param(r, id=f"{r.dump}:{r.line}") for r in RECORDS])
def test_each_fact_of_a_record_is_in_the_catalogue(record: Record, by_key: dict[str, dict[str, object]]) -> None:
    paper = by_key[title_key(record.title)]
    assert paper["title"] == typeset(record.title)
    assert paper["authors"] == record.authors
    assert paper["organization"] == (
        {"handle": record.organization.handle, "name": record.organization.name} if record.organization else None
    )
    assert isinstance(paper["comments"], int)
    assert paper["comments"] >= (record.comments or 0)
    captured = int(record.dump[13:17])
    date = record.date and dt.date(record.date.year or captured, record.date.month, record.date.day).isoformat()
    assert paper["date"] == date


def test_every_address_of_the_catalogue_answers(built: Path, catalogue: list[dict[str, object]]) -> None:
    for paper in catalogue:
        assert (built / "site" / str(paper["url"]).lstrip("/") / "index.html").is_file()


def test_every_paper_has_one_to_three_topics_that_exist(built: Path, catalogue: list[dict[str, object]]) -> None:
    for paper in catalogue:
        topics = paper["topics"]
        assert isinstance(topics, list)
        assert 1 <= len(topics) <= 3
        assert all((built / "site" / "topics" / topic / "index.html").is_file() for topic in topics)


def test_the_paper_without_a_date_is_kept_undated(catalogue: list[dict[str, object]]) -> None:
    [undated] = [paper for paper in catalogue if paper["date"] is None]
    assert undated["url"] == "/papers/undated/self-forcing-towards-minute-scale-high-quality-video-generation/"
    assert undated["authors"] is None


def test_listings_hold_every_paper_once_in_pages_of_25(built: Path, catalogue: list[dict[str, object]]) -> None:
    listed: list[str] = []
    for number in range(1, 7):
        path = "papers/index.html" if number == 1 else f"papers/page/{number}/index.html"
        tree = html5lib.parse((built / "site" / path).read_text(encoding="utf-8"))
        rows = [e for e in tree.iter(f"{XHTML}article") if e.get("class") == "paper"]
        assert len(rows) == (25 if number < 6 else 1)
        listed += [str(row.get("data-slug")) for row in rows]
    assert listed == [paper["slug"] for paper in catalogue]
    assert not (built / "site" / "papers" / "page" / "7").exists()


def test_the_sample_builds_without_a_warning_and_passes_its_check(built: Path) -> None:
    assert [p for p in check_site(built, built / "site").problems if p.severity != "note"] == []


def test_the_feed_is_read_by_an_independent_parser(built: Path, catalogue: list[dict[str, object]]) -> None:
    feed = feedparser.parse((built / "site" / "atom.xml").read_bytes())
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == [paper["title"] for paper in catalogue[:50]]
    assert len({entry.id for entry in feed.entries}) == 50
    assert all(entry.link.startswith("https://example.org/under/a/path/papers/") for entry in feed.entries)


def test_the_sitemap_names_every_page_that_may_be_indexed(built: Path) -> None:
    tree = ET.fromstring((built / "site" / "sitemap.xml").read_bytes())  # noqa: S314  # our own output
    named = {str(loc.text).removeprefix("https://example.org/under/a/path/") for loc in tree.iter() if loc.text}
    pages = {p.relative_to(built / "site").as_posix().removesuffix("index.html") for p in built.rglob("site/**/*.html")}
    assert {path for path in named if not path[:4].isdigit() or path.endswith("/")} >= pages - {"404.html", "search/"}
    assert "search/" not in named
