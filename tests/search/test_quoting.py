"""Phrases in quotes, and the texts that hold them."""

import pytest

from sitegen.search import quoting


@pytest.mark.parametrize(
    ("query", "rest", "phrases"),
    [
        ('"video generation"', "", [("video", "generation")]),
        ('fast +"video generation" -image', "fast -image", [("video", "generation")]),
        ("\u201cthe image/video\u201d", "", [("the", "image", "video")]),
        ('"Schrödinger\u2019s" "cat"', "", [("schrodinger",), ("cat",)]),
        ('"one" two "three four"', "two", [("one",), ("three", "four")]),
        ('"()" x', "x", []),
        ('a"b c"d', 'a"b c"d', []),
        ('"open', '"open', []),
        ('""', '""', []),
    ],
)
def test_phrases_are_taken_out(query: str, rest: str, phrases: list[tuple[str, ...]]) -> None:
    assert quoting.take_phrases(query) == quoting.Quoted(rest, tuple(phrases))


def test_phrases_that_no_paper_may_hold_are_taken_apart() -> None:
    taken = quoting.take_phrases('-"no such thing" fast "video generation" -"()" -"one"')
    assert taken == quoting.Quoted("fast", (("video", "generation"),), (("no", "such", "thing"), ("one",)))
    many = " ".join(f'-"w{number}"' for number in range(20))
    assert len(quoting.take_phrases(many).absent) == quoting.MAX_ABSENT


@pytest.mark.parametrize(
    ("phrase", "text", "holds"),
    [
        ("video generation", "On Video Generation.", True),
        ("video generation", "video-generation", True),
        ("video generation", "video (text) generation", False),
        ("video generation", "video generations", False),
        ("deo gen", "video generation", False),
        ("to be or not", "to be, or not to be", True),
        ("模型", "大语言模型", True),
    ],
)
def test_words_stand_side_by_side(phrase: str, text: str, holds: bool) -> None:
    asked = [tuple(quoting.words_of(phrase))]
    assert quoting.holds_phrases(asked, ["Another text", text]) is holds


def test_phrase_does_not_run_from_one_text_into_the_next() -> None:
    assert not quoting.holds_phrases([("video", "generation")], ["video", "generation"])


def test_all_phrases_are_needed() -> None:
    assert quoting.holds_phrases([("a", "b"), ("c",)], ["a b", "c"])
    assert not quoting.holds_phrases([("a", "b"), ("d",)], ["a b", "c"])


def test_reader_is_told_where_phrases_were_looked_for() -> None:
    assert quoting.note_on_phrases(7) == "Phrases were looked for in all papers that have their words (7)."
    assert "in the best 100 of 1,240 papers" in quoting.note_on_phrases(1240)


def test_reader_is_told_what_was_left_out() -> None:
    assert quoting.note_on_absent(0) == ""
    assert quoting.note_on_absent(7) == "Papers that hold the phrase were left out (7 were looked through)."
    assert "out of the best 100 of 1,240 that have its words." in quoting.note_on_absent(1240)
