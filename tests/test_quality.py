"""What a curator could better, by small pages."""

import datetime as dt

import pytest

from sitegen.paper import Source, YearOrigin
from sitegen.quality import Flaw, FlawKind, find_flaws
from sitegen.topics import Assignment
from tests.papers import page

FILED = (Assignment("nlp", 1.0, "rules"),)


def flaws_of(text: str = "", **facts: object) -> list[tuple[str, str]]:
    return [(flaw.kind, flaw.detail) for flaw in find_flaws(page("a", "2024-05-06", **facts), text, FILED)]


def test_a_page_without_a_flaw_has_none() -> None:
    source = Source("a.txt", 3, dt.date(2024, 5, 7), 1, YearOrigin.EXPLICIT, ("date",))
    assert flaws_of("A text of $n$ words, see example.com and model.py.", sources=(source,)) == []


def test_what_the_fields_say_is_found_with_its_line() -> None:
    sources = tuple(Source("a.txt", line, None, None, YearOrigin.INFERRED, ("date",)) for line in (3, 40))
    lines = {"date": 2, "sources": 5, "contested": 9}
    contested = {"title": "Another  title"}
    shown = page("a", "2024-05-06", sources=sources, contested=contested, lines=lines)
    assert find_flaws(shown, "", FILED) == (
        Flaw(FlawKind.CONTESTED, "title: Another title", 9),
        Flaw(FlawKind.INFERRED, "2024-05-06", 2),
        Flaw(FlawKind.REPEATED, "a.txt: 3, 40", 5),
    )


def test_a_missing_date_and_a_missing_topic_are_found() -> None:
    assert [flaw.kind for flaw in find_flaws(page("a"), "", ())] == [FlawKind.UNDATED, FlawKind.TOPICS]
    weak = Assignment("nlp", 0.1, "weak")
    assert find_flaws(page("a", "2024-05-06"), "", (weak,)) == (Flaw(FlawKind.TOPICS, "nlp"),)


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        (r"Code at \href{https://example.org}{here}.", r"Code at \href{https://exa"),
        (r"see~\cite{Afek2011a}.", r"see~\cite{Afek2011a}."),
        (r"a density {\gamma}(x)", r"a density {\gamma}(x)"),
        ("an open $O(n log n) sum", "an open $O(n log n) s"),
    ],
)
def test_what_is_left_of_latex_is_found(text: str, detail: str) -> None:
    assert flaws_of(text) == [(FlawKind.LATEX, detail)]


@pytest.mark.parametrize("text", [r"in $O(\log n)$ time and $$\int_a^b$$", "costs $5 and $6", "{a, b}", "a_1 and b^2"])
def test_formulas_and_prices_are_no_flaw(text: str) -> None:
    assert flaws_of(text) == []


@pytest.mark.parametrize(
    ("text", "detail"), [("robust.We compare", "robust.We"), ("limits,particularly so", "limits,particularly")]
)
def test_lost_spaces_are_found(text: str, detail: str) -> None:
    assert flaws_of(text) == [(FlawKind.SPACES, detail)]


@pytest.mark.parametrize("text", ["train.py runs", "see example.org for it", "e.g.this", "1.5x", "U.S.A", "Node.js is"])
def test_names_with_full_stops_are_no_flaw(text: str) -> None:
    assert flaws_of(text) == []
