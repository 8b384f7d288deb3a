"""Every citation of the sample is read by libraries that know nothing of sitegen, and their numbers add up."""

from pathlib import Path

from tests.citing.reading import bibliography, read_bibtex, read_csl, read_ris

PAPERS = 126


def test_each_paper_has_a_citation_in_each_format(built: Path) -> None:
    folders = [file.parent for file in (built / "site" / "papers").rglob("citation.bib")]
    assert len(folders) == PAPERS
    for folder in folders:
        [entry] = read_bibtex((folder / "citation.bib").read_bytes())
        [record] = read_ris((folder / "citation.ris").read_bytes())
        [item] = read_csl((folder / "citation.json").read_bytes())
        assert entry["id"] == record["id"] == item["id"] == folder.name
        assert entry["url"] == record["urls"][0] == item["URL"]
        assert item["URL"].startswith("https://example.org/under/a/path/papers/")


def test_the_whole_catalogue_is_in_one_file_of_each_format(built: Path) -> None:
    site = built / "site"
    entries = read_bibtex((site / "catalogue.bib").read_bytes())
    items = read_csl((site / "papers" / "citations.json").read_bytes())
    records = read_ris((site / "papers" / "citations.ris").read_bytes())
    keys = [item["id"] for item in items]
    assert len(set(keys)) == PAPERS
    assert [entry["id"] for entry in entries] == [record["id"] for record in records] == keys
    assert len(bibliography((site / "papers" / "citations.json").read_bytes())) == PAPERS


def test_the_days_of_a_month_add_up_to_it(built: Path) -> None:
    folder = built / "site" / "2024" / "12"
    days = [entry["id"] for file in folder.glob("*/citations.bib") for entry in read_bibtex(file.read_bytes())]
    assert sorted(days) == sorted(entry["id"] for entry in read_bibtex((folder / "citations.bib").read_bytes()))
