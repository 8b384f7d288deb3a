import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen import directories
from sitegen.catalogue import build_catalogue
from sitegen.config import Config
from sitegen.directories import DirectoryView, directory_jobs, letter_of
from sitegen.frame import Frame
from sitegen.paper import Organization
from tests.papers import WORDS, entry


def directory(names: list[str]) -> dict[str, DirectoryView]:
    """Give the pages of a directory by their paths."""
    papers = [entry(f"p{n}", "2024-05-06", organization=Organization(f"o{n}", name)) for n, name in enumerate(names)]
    frame = Frame(build_catalogue(papers, []), Config(), WORDS)
    views = {job.path: job.view() for job in directory_jobs(frame)}
    return {path: view for path, view in views.items() if isinstance(view, DirectoryView)}


@pytest.mark.parametrize(
    ("name", "letter"),
    [("OpenBMB", "O"), ("apple", "A"), ("École", "E"), ("01-ai", "0"), ("(x)", "0"), ("Яндекс", "∞"), ("", "0")],
)
def test_names_stand_under_letters(name: str, letter: str) -> None:
    assert letter_of(name) == letter


def test_organisations_stand_in_the_order_of_their_names_whatever_their_case_and_accents() -> None:
    [page] = directory(["beta", "Étude", "eta", "Яндекс", "Alpha", "01-ai"]).values()
    assert [(section.letter, [entry.label for entry in section.entries]) for section in page.sections] == [
        ("0–9", ["01-ai"]),  # noqa: RUF001  # as it is shown
        ("A", ["Alpha"]),
        ("B", ["beta"]),
        ("E", ["eta", "Étude"]),
        ("Other", ["Яндекс"]),
    ]
    assert [link.path for link in page.letters][:2] == ["organizations/#letter-signs", "organizations/#letter-a"]


def test_a_letter_leads_to_the_page_where_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directories, "PAGE_SIZE", 2)
    pages = directory(["Ada", "Alan", "Alonzo", "Barbara", "Claude"])
    assert list(pages) == ["organizations/", "organizations/page/2/", "organizations/page/3/"]
    assert [(link.label, link.path) for link in pages["organizations/"].letters] == [
        ("A", "organizations/#letter-a"),
        ("B", "organizations/page/2/#letter-b"),
        ("C", "organizations/page/3/#letter-c"),
    ]
    assert [section.letter for section in pages["organizations/page/2/"].sections] == ["A", "B"]


def test_no_organisation_makes_an_empty_page() -> None:
    [page] = directory([]).values()
    assert (page.sections, page.letters) == ((), ())


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=3), max_size=12))
def test_every_organisation_stands_once_and_every_letter_leads_to_its_heading(names: list[str]) -> None:
    pages = directory(names)
    shown = [entry.label for page in pages.values() for section in page.sections for entry in section.entries]
    assert sorted(shown) == sorted(names)
    headings = {f"{path}#{section.id}" for path, page in pages.items() for section in page.sections}
    assert {link.path for page in pages.values() for link in page.letters} == headings
