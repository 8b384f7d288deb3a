import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.citing import Format, citation_of, joined, write
from sitegen.content import Page
from sitegen.paper import Organization
from tests.citing.pages import PAGES
from tests.citing.reading import bibliography, latex_to_text, read_bibtex, read_csl, read_ris
from tests.papers import WORDS, page

BASE = "https://example.org/catalogue/"
DENSING = page("densing-law-of-llms", "2024-12-05", title="Densing Law of LLMs", authors=5)
ADA = ("Ada Lovelace", "Ludwig van Beethoven", "Qwen Team")


def file_of(form: Format, *pages: Page) -> bytes:
    return joined([write(citation_of(page, BASE, WORDS), form) for page in pages], form)


def one(form: Format, cited: Page) -> str:
    return file_of(form, cited).decode()


def test_a_paper_of_which_only_the_number_of_authors_is_known() -> None:
    assert one(Format.BIBTEX, DENSING) == (
        "@misc{densing-law-of-llms,\n"
        "  key = {densing law of llms},\n"
        "  title = {{Densing Law of LLMs}},\n"
        "  year = {2024},\n"
        "  month = dec,\n"
        "  note = {5 authors},\n"
        "  url = {https://example.org/catalogue/papers/2024/densing-law-of-llms/},\n"
        "}\n"
    )
    assert one(Format.RIS, DENSING) == (
        "TY  - GEN\r\n"
        "ID  - densing-law-of-llms\r\n"
        "TI  - Densing Law of LLMs\r\n"
        "PY  - 2024\r\n"
        "DA  - 2024/12/05/\r\n"
        "N1  - 5 authors\r\n"
        "UR  - https://example.org/catalogue/papers/2024/densing-law-of-llms/\r\n"
        "ER  - \r\n"
    )
    assert one(Format.CSL, DENSING) == (
        '[\n{"id":"densing-law-of-llms","type":"article","title":"Densing Law of LLMs",'
        '"issued":{"date-parts":[[2024,12,5]]},"note":"5 authors",'
        '"URL":"https://example.org/catalogue/papers/2024/densing-law-of-llms/"}\n]\n'
    )


def test_an_organisation_is_an_author_in_one_piece() -> None:
    cited = page("a", organization=Organization("acme", "Research and Development, Inc."), authors=5)
    assert "  author = {{Research and Development, Inc.}},\n" in one(Format.BIBTEX, cited)
    assert "AU  - Research and Development Inc.\r\n" in one(Format.RIS, cited)
    assert read_csl(file_of(Format.CSL, cited))[0]["author"] == [{"literal": "Research and Development, Inc."}]
    assert "authors" not in one(Format.BIBTEX, cited) + one(Format.RIS, cited)


def test_names_of_authors_go_before_the_organisation() -> None:
    cited = page("a", organization=Organization("acme", "Acme"), authors=ADA)
    [entry] = read_bibtex(file_of(Format.BIBTEX, cited))
    assert [(name.first, name.von, name.last) for name in entry["author"]] == [
        (["Ada"], [], ["Lovelace"]),
        (["Ludwig"], ["van"], ["Beethoven"]),
        ([], [], ["{Qwen Team}"]),
    ]
    [record] = read_ris(file_of(Format.RIS, cited))
    assert record["authors"] == ["Lovelace, Ada", "van Beethoven, Ludwig", "Qwen Team"]
    assert bibliography(file_of(Format.CSL, cited))[0].startswith("Lovelace, A., van Beethoven, L. and Qwen Team")


def test_preprints_and_articles_lead_where_they_are() -> None:
    preprint = page("a", arxiv="2412.04315")
    [entry] = read_bibtex(file_of(Format.BIBTEX, preprint))
    assert (entry["eprint"], entry["archivePrefix"]) == ("2412.04315", "arXiv")
    assert entry["url"] == "https://arxiv.org/abs/2412.04315"
    assert "AN  - arXiv:2412.04315\r\n" in one(Format.RIS, preprint)
    article = page("b", doi="10.1000/a_b(1)", arxiv="2412.04315")
    [entry] = read_bibtex(file_of(Format.BIBTEX, article))
    assert (entry["doi"], entry["url"]) == ("10.1000/a_b(1)", "https://doi.org/10.1000/a_b%281%29")
    assert read_csl(file_of(Format.CSL, article))[0]["DOI"] == "10.1000/a_b(1)"


def test_a_doi_that_bibtex_cannot_hold_stays_in_the_address() -> None:
    [entry] = read_bibtex(file_of(Format.BIBTEX, page("a", doi="10.1000/a{b")))
    assert ("doi" in entry, entry["url"]) == (False, "https://doi.org/10.1000/a%7Bb")


@pytest.mark.parametrize(("title", "field"), [("Some law", "{Some law}"), ("Some Law", "{{Some Law}}"), ("A", "{A}")])
def test_capitals_after_the_first_letter_are_kept_by_braces(title: str, field: str) -> None:
    assert f"  title = {field},\n" in one(Format.BIBTEX, page("a", title=title))


def test_a_formula_is_tex_in_bibtex_and_plain_elsewhere() -> None:
    cited = page("a", title="Faster $O(n^2)$ Search")
    assert "{{Faster $O(n^2)$ Search}}" in one(Format.BIBTEX, cited)
    assert "TI  - Faster O(n²) Search\r\n" in one(Format.RIS, cited)
    assert read_csl(file_of(Format.CSL, cited))[0]["title"] == "Faster O(n²) Search"


def test_a_paper_without_authors_is_sorted_by_its_first_words() -> None:
    assert "  key = {principles of diffusion models},\n" in one(
        Format.BIBTEX, page("the-principles-of-diffusion-models")
    )
    assert "  key = {the},\n" in one(Format.BIBTEX, page("the"))


def test_a_citation_does_not_hang_on_other_papers() -> None:
    alone, among = one(Format.BIBTEX, DENSING), file_of(Format.BIBTEX, page("a"), DENSING, page("z"))
    assert alone.encode() in among


@settings(max_examples=50)
@given(st.lists(PAGES, min_size=1, max_size=4, unique_by=lambda page: page.slug))
def test_every_citation_is_read_as_it_was_meant(pages: list[Page]) -> None:
    facts = [citation_of(page, BASE, WORDS) for page in pages]
    entries = read_bibtex(file_of(Format.BIBTEX, *pages), cut=False)
    assert [entry["id"] for entry in entries] == [page.slug for page in pages]
    items = read_csl(file_of(Format.CSL, *pages))
    assert [item["title"] for item in items] == [fact.title.plain for fact in facts]
    assert [len(item.get("author", ())) for item in items] == [len(fact.authors) for fact in facts]
    records = read_ris(file_of(Format.RIS, *pages))
    assert [record["id"] for record in records] == [page.slug for page in pages]
    assert [record.get("title", "").strip() for record in records] == [fact.title.plain.strip() for fact in facts]
    assert [len(entry.get("author", ())) for entry in entries] == [len(fact.authors) for fact in facts]


def test_what_tex_shows_of_a_title_is_the_title() -> None:
    title = r"100% of <all> R&D_1 ~ #2 {3} ^4 | 5\6"
    [entry] = read_bibtex(file_of(Format.BIBTEX, page("a", title=title)))
    assert latex_to_text(entry["title"]) == title


def test_dates_have_a_year_of_four_digits() -> None:
    cited = page("a", date=dt.date(800, 1, 2).isoformat())
    assert "PY  - 0800\r\nDA  - 0800/01/02/\r\n" in one(Format.RIS, cited)
