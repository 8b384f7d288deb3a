from sitegen.catalogue import build_catalogue
from sitegen.citefiles import MOST_WITH_FILES, PART, cite_lists, listings_of, paper_formats
from sitegen.citing import Format
from sitegen.topics import Topic
from tests.papers import entry


def test_papers_of_a_large_catalogue_have_one_file_each() -> None:
    assert paper_formats(0) == ()
    assert paper_formats(MOST_WITH_FILES) == tuple(Format)
    assert paper_formats(MOST_WITH_FILES + 1) == (Format.CSL,)


def test_a_listing_has_a_file_in_each_format_and_a_day_in_one() -> None:
    files = [file.path for file in cite_lists("topic", "topics/nlp/", 3)]
    assert files == [f"topics/nlp/citations.{form}" for form in ("bib", "ris", "json")]
    assert [file.path for file in cite_lists("day", "2024/12/05/", 3)] == ["2024/12/05/citations.bib"]
    assert [file.path for file in cite_lists("week", "2024/W19/", 3)] == ["2024/W19/citations.bib"]
    assert list(cite_lists("topic", "topics/nlp/", 0)) == []
    assert list(cite_lists("trending", "papers/trending/", 3)) == []


def test_all_papers_are_in_one_file_under_the_root_or_in_parts() -> None:
    assert [file.path for file in cite_lists("papers", "papers/", 1)] == [
        "catalogue.bib", "papers/citations.ris", "papers/citations.json",
    ]  # fmt: skip
    many = [(file.path, file.papers.start) for file in cite_lists("papers", "papers/", PART + 1)]
    assert many[:3] == [("catalogue.bib", 0), ("catalogue/2.bib", PART), ("papers/citations.ris", 0)]
    assert many[3] == ("papers/citations-2.ris", PART)


def test_every_listing_is_among_them() -> None:
    papers = [entry("a", "2024-05-06", ("nlp",)), entry("b")]
    found = {path: len(papers) for _, path, papers in listings_of(build_catalogue(papers, [Topic("nlp", "NLP")]))}
    assert found == {
        "papers/": 2, "papers/undated/": 1, "topics/nlp/": 1, "2024/": 1, "2024/05/": 1, "2024/05/06/": 1,
        "2024/W19/": 1,
    }  # fmt: skip
