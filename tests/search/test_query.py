"""How a query is read."""

from typing import Any

import pytest
from lunr.query import QueryPresence as Presence

from sitegen.search import query
from sitegen.search.query import Clause

TITLES = frozenset({"from slow to fast - without tears", "one model: all tasks"})


def read(text: str) -> query.Reading:
    return query.read(query.tidy(text), TITLES)


def words(reading: query.Reading) -> list[str]:
    return [clause.term for clause in reading.clauses]


def only(text: str, **known: Any) -> None:
    assert read(text) == query.Reading((Clause(**known),))


def test_lunr_syntax() -> None:
    only("title:video^3", term="video", fields=("title",), boost=3)
    only("-video", term="video", presence=Presence.PROHIBITED)
    only("vid*", term="vid*", raw=True)
    only("video~1", term="video", distance=1)


@pytest.mark.parametrize("text", ["Paper: a study", "a ~ b", "x^y", "video -", "^", "nofield:word", "a:b:c", "+ +"])
def test_what_does_not_parse_is_read_as_plain_words(text: str) -> None:
    reading = read(text)
    assert (reading.read_as, reading.notes) == ("words", (query.PLAIN_NOTE,))
    assert all(c == Clause(c.term) for c in reading.clauses)


def test_title_typed_as_it_stands_is_plain_words_though_it_parses() -> None:
    reading = read("  From Slow to Fast - without  Tears ")
    assert (reading.read_as, reading.notes) == ("words", ())
    assert words(reading) == ["From", "Slow", "to", "Fast", "without", "Tears"]


def test_required_stop_word_is_dropped() -> None:
    assert words(read("+the +video +(")) == ["video"]


def test_required_wildcard_stays_though_it_looks_like_a_stop_word() -> None:
    assert words(read("+the*")) == ["the*"]


def test_length_is_capped() -> None:
    assert query.tidy("word " * 1000) == ("word " * 100).strip()
    assert query.tidy(" " * 1000 + "word") == "word"


def test_number_of_words_is_capped() -> None:
    assert len(read(" ".join(map(str, range(100)))).clauses) == query.MAX_CLAUSES
    assert len(read("a: " + " ".join(map(str, range(100)))).clauses) == query.MAX_CLAUSES


def test_distance_and_boost_are_capped() -> None:
    only("video~99999", term="video", distance=2)
    only("video^99999999999999999999", term="video", boost=1000)


@pytest.mark.parametrize("text", ["*a*b*c*", "a" * 41 + "*", "a" * 41 + "~2", "a*b*c*d*e*~2"])
def test_word_that_would_cost_too_much_loses_its_operators(text: str) -> None:
    (clause,) = read(text).clauses
    assert not clause.is_pattern


def test_ninth_pattern_loses_its_operator() -> None:
    patterns = [c.is_pattern for c in read(" ".join(f"w{n}*" for n in range(10))).clauses]
    assert patterns == [True] * query.MAX_PATTERNS + [False] * 2


def test_quoted_words_are_required_and_kept_as_phrases() -> None:
    reading = read('title:image "Video, of the Generation" -"single" +"image/video"')
    assert [(c.term, c.presence) for c in reading.clauses[-4:]] == [
        (word, Presence.REQUIRED) for word in ("video", "generation", "image", "video")
    ]
    assert reading.phrases == (("video", "of", "the", "generation"), ("image", "video"))
    assert reading.absent == (("single",),)


def test_quotes_that_do_not_close_are_marks() -> None:
    assert read('"video generation').phrases == ()
    assert words(read('"video generation')) == ['"video', "generation"]


@pytest.mark.parametrize("title", ["A - B", "-x", "a *b", "title: words", "On \u201cDeep Nets\u201d", "C\\D", "x^2 y"])
def test_title_with_operators_would_be_misread(title: str) -> None:
    assert query.is_misread(title)


@pytest.mark.parametrize("title", ["Self-Tuning Networks", "Networks: a Study", "A, B, (C)", "", "What is a ~ b?"])
def test_title_that_is_plain_words_anyway_is_not(title: str) -> None:
    assert not query.is_misread(title)
