"""The yardstick: invented papers, what is counted as whose, and how a table is judged and written."""

import sys
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.catalogues import read_papers, write_dumps
from benchmarks.contenders import Contender, like_for_like
from benchmarks.invented import PER_DUMP, invented_dumps
from benchmarks.likeness import Written, written
from benchmarks.measuring import Figures, Run, alternated, figures_of, measured, p95
from benchmarks.peers.hugo import front_matter
from benchmarks.peers.pages import write_page
from benchmarks.report import (
    DOCUMENT,
    Result,
    line_of,
    memory_goal,
    results_table,
    rival_line,
    seconds,
    seconds_goal,
    with_table,
)
from sitegen.cli import build
from sitegen.content import read_pages
from sitegen.dump import Record, parse_dump
from tests.sample import DUMPS

PYTHON = sys.executable


def figures(wall: float, cpu: float = 1.0, peak: float = 100.0) -> Figures:
    return Figures(wall, cpu, peak, wall, wall)


# ---- Catalogues ----


def records(papers: int, seed: str = "catalogue") -> list[Record]:
    found: list[Record] = []
    for name, text in invented_dumps(papers, seed):
        dump, problems = parse_dump(text, name, name)
        assert problems == []
        found += dump.records
    return found


@given(st.text(max_size=5), st.integers(min_value=1, max_value=3 * PER_DUMP))
def test_invented_dumps_read_without_a_doubt(seed: str, papers: int) -> None:
    found = records(papers, seed)
    assert len(found) == papers
    assert len({record.title for record in found}) == papers
    assert all(record.date and record.abstract for record in found)


def test_a_larger_catalogue_begins_with_the_smaller_one() -> None:
    few, many = records(2 * PER_DUMP), records(4 * PER_DUMP)
    assert many[: len(few)] == few


def test_invented_papers_are_as_varied_as_real_ones() -> None:
    found = records(400)
    assert 10 < sum("$" in record.abstract for record in found) < 150
    assert 60 < sum(record.comments is not None for record in found) < 200
    assert 1 < sum(record.organization is not None for record in found) < 40
    assert all(300 < len(record.abstract) < 2500 for record in found)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Make a corpus that has its set as an archive."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    with tarfile.open(folder / "dumps-10k.tar.xz", "w:xz") as archive:
        for dump in DUMPS:
            archive.add(dump, f"dumps-10k/{dump.name}")
    return folder


def test_a_corpus_gives_whole_dumps_until_there_are_enough_papers(corpus: Path, tmp_path: Path) -> None:
    assert write_dumps(tmp_path / "site", 5, corpus) == "from real listings"
    taken = {file.name: file.read_bytes() for file in (tmp_path / "site" / "content" / "dumps").iterdir()}
    assert taken == {dump.name: dump.read_bytes() for dump in DUMPS[:2]}  # the first has four papers


def test_a_folder_of_dumps_is_a_corpus_too(tmp_path: Path) -> None:
    assert write_dumps(tmp_path / "site", 20, DUMPS[0].parent) == "from real listings"


def test_papers_are_invented_where_the_corpus_has_too_few(corpus: Path, tmp_path: Path) -> None:
    assert write_dumps(tmp_path / "site", 1000, corpus) == "invented"
    assert len(list((tmp_path / "site" / "content" / "dumps").iterdir())) == 1000 / PER_DUMP


def test_the_others_are_given_what_the_site_publishes(built: Path) -> None:
    papers = {f"content/{paper.path}.md": paper for paper in read_papers(built)}
    files, _ = read_pages(built / "content")
    assert len(papers) == len(files)
    for file in files:
        paper = papers[file.page.path]
        assert (paper.title, paper.date, paper.abstract) == (file.page.title, file.page.date, file.page.body.strip())
        assert paper.topics


def test_hugo_files_a_paper_by_topic_day_month_and_year(built: Path, tmp_path: Path) -> None:
    paper = next(paper for paper in read_papers(built) if paper.path.endswith("/densing-law-of-llms"))
    write_page(tmp_path / "page.md", front_matter(paper), "Its abstract.")
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == (
        "---\n"
        'title: "Densing Law of LLMs"\n'
        "authors: 0\n"
        "comments: 2\n"
        'topics: ["large-language-models"]\n'
        'organizations: ["openbmb"]\n'
        'date: "2024-12-05"\n'
        'years: ["2024"]\n'
        'months: ["2024-12"]\n'
        'days: ["2024-12-05"]\n'
        "---\n\n"
        "Its abstract.\n"
    )


# ---- Contenders ----


def contender(name: str, folder: Path, *commands: tuple[str, ...]) -> Contender:
    return Contender(name, commands, (folder / "made",), folder / "made", folder / "page.md")


def test_a_cold_build_finds_nothing_of_the_last_one(tmp_path: Path) -> None:
    its = contender("a", tmp_path)
    (tmp_path / "made" / "deep").mkdir(parents=True)
    its.forget()
    its.forget()
    assert list(tmp_path.iterdir()) == []


def test_an_edit_adds_a_word_to_the_abstract(tmp_path: Path) -> None:
    its = contender("a", tmp_path)
    its.page.write_text("---\ntitle: A\n---\n\nIts abstract.\n", encoding="utf-8")
    its.edit("edited0")
    assert its.page.read_text(encoding="utf-8") == "---\ntitle: A\n---\n\nIts abstract. edited0\n"


def test_like_for_like_is_the_same_papers_with_no_more_than_the_others_show(built: Path, tmp_path: Path) -> None:
    its = like_for_like(built, tmp_path / "alike")
    (command,) = its.commands
    build.main(list(command[command.index("build") + 1 :]), standalone_mode=False)
    name = "papers/2024/densing-law-of-llms/index.html"
    ours, full = ((site / name).read_text(encoding="utf-8") for site in (its.site, built / "site"))
    assert all("Densing Law of LLMs" in page and "citation_abstract" in page for page in (ours, full))
    assert [("application/ld+json" in page, "paper-origin" in page) for page in (ours, full)] == [
        (False,) * 2,
        (True,) * 2,
    ]


def test_what_a_site_holds_is_counted(tmp_path: Path) -> None:
    row = '<article class="paper" data-slug="a">'
    for name, text in {"index.html": row * 2, "deep/index.html": row, "feed.xml": row}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert written(tmp_path) == Written(pages=2, rows=3, size=3 * len(row))


# ---- Measuring ----


def test_contenders_take_turns(tmp_path: Path) -> None:
    diary = tmp_path / "diary"

    def noting(name: str) -> Contender:
        return contender(name, tmp_path, (PYTHON, "-c", f"open({str(diary)!r}, 'a').write({name!r})"))

    def ready(_: Contender, number: int) -> None:
        with diary.open("a") as file:
            file.write(str(number))

    found = alternated((noting("a"), noting("b")), 3, ready)
    assert diary.read_text() == "0a0b1a1b2a2b"
    assert len(found) == 2


def test_memory_is_that_of_the_program_and_not_of_who_started_it() -> None:
    held = b"x" * 200_000_000
    assert measured((PYTHON, "-c", "pass")).peak < len(held) / 2**20
    assert measured((PYTHON, "-c", "b'x' * 200_000_000")).peak > len(held) / 2**20


def test_a_program_that_fails_ends_the_benchmark_with_its_words() -> None:
    with pytest.raises(SystemExit, match="no such theme"):
        measured((PYTHON, "-c", "raise SystemExit('no such theme')"))


def test_figures_are_medians_each_for_itself() -> None:
    runs = [Run(1.0, 5.0, 30.0), Run(2.0, 4.0, 10.0), Run(9.0, 3.0, 20.0)]
    assert figures_of(runs) == Figures(wall=2.0, cpu=4.0, peak=20.0, least=1.0, most=9.0)
    assert figures_of(runs).per(2) == Figures(wall=1.0, cpu=2.0, peak=20.0, least=0.5, most=4.5)


def test_one_build_of_two_programs_takes_as_long_as_both_and_as_much_as_the_larger() -> None:
    assert Run(1.0, 5.0, 30.0).then(Run(2.0, 4.0, 10.0)) == Run(3.0, 9.0, 30.0)


def test_p95_leaves_out_the_slowest_of_twenty_saves() -> None:
    assert p95([1.0] * 38 + [9.0] * 2) < 9
    assert p95([1.0, 9.0]) == 9


# ---- The report ----


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.00048, "0.48 ms"),
        (0.0123, "12.3 ms"),
        (0.999, "999 ms"),
        (1.234, "1.23 s"),
        (12.34, "12.3 s"),
        (1234, "1234 s"),
    ],
)
def test_times_have_three_digits_and_their_unit(value: float, text: str) -> None:
    assert seconds(value) == text


def test_a_goal_against_a_rival_is_for_wall_and_processor_time() -> None:
    within = rival_line("Hugo", figures(10, 10), figures(2, 2), most=0.3)
    slow = rival_line("Hugo", figures(10, 10), figures(2, 4), most=0.3)
    assert (within.wall_share, within.cpu_share) == ("0.20", "0.20")
    assert [goal.met for goal in (*within.goals, *slow.goals)] == [True, False]


def test_a_line_misses_its_goal_when_one_of_them_is_missed() -> None:
    ours = figures(50, peak=3000)
    result = Result("cold", (line_of("sitegen", ours, seconds_goal(ours, 60), memory_goal(ours, 2000)),))
    assert results_table([result]).splitlines()[-1].split(" | ")[-2:] == ["60 s, 2,000 MB", "missed |"]


def test_a_table_takes_the_place_of_the_last_one() -> None:
    document = "before\n<!-- table -->\n\n| old |\n\n<!-- end of table -->\nafter\n"
    once = with_table(document, "| new \\1 |")
    assert once == "before\n<!-- table -->\n\n| new \\1 |\n\n<!-- end of table -->\nafter\n"
    assert with_table(once, "| new \\1 |") == once


def test_a_document_without_a_place_for_the_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no place for the table"):
        with_table("nothing here", "| new |")


def test_the_documentation_has_a_place_for_the_table() -> None:
    assert "| new |" in with_table(DOCUMENT.read_text(encoding="utf-8"), "| new |")
