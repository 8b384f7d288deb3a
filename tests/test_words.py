import datetime as dt
from pathlib import Path

import pytest

from sitegen.problems import SitegenError
from sitegen.words import Words, read_words


def words_of(folder: Path, language: str, **files: str) -> Words:
    for tag, text in files.items():
        (folder / f"{tag.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return read_words(language, [folder])


def test_values_are_put_in_as_the_language_writes_them(tmp_path: Path) -> None:
    words = words_of(tmp_path, "de", de="a: {b: '{n} Stimmen am {day} von {name}'}")
    assert words("a.b", n=12345, day=dt.date(2024, 12, 5), name="X") == "12.345 Stimmen am 5. Dezember 2024 von X"


def test_a_count_chooses_its_form(tmp_path: Path) -> None:
    words = words_of(tmp_path, "pl", en="a: {b: {one: '{n} paper', few: '{n} few', many: '{n} many', other: '{n}'}}")
    assert [words("a.b", n=n) for n in (1, 3, 5)] == ["1 paper", "3 few", "5 many"]


def test_what_a_language_lacks_is_said_in_the_wider_one_and_in_english(tmp_path: Path) -> None:
    words = words_of(tmp_path, "pt-BR", pt_BR="a: {b: brasil}", pt="a: {b: pt, c: pt}", en="a: {b: en, c: en, d: en}")
    assert [words(f"a.{name}") for name in "bcd"] == ["brasil", "pt", "en"]


def test_a_layer_says_some_words_anew(tmp_path: Path) -> None:
    for layer, text in (("mine", "a: {b: mine}"), ("default", "a: {b: theirs, c: theirs}")):
        (tmp_path / layer).mkdir()
        (tmp_path / layer / "en.yaml").write_text(text)
    words = read_words("en", [tmp_path / "mine", tmp_path / "default"])
    assert (words("a.b"), words("a.c")) == ("mine", "theirs")


def test_words_that_are_not_there_are_a_mistake(tmp_path: Path) -> None:
    words = words_of(tmp_path, "en", en="a: {b: '{n} of {m}'}")
    with pytest.raises(LookupError, match=r"no words called 'a\.x'; add them to words/en\.yaml"):
        words("a.x")
    with pytest.raises(LookupError, match="m"):
        words("a.b", n=1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: text", "words/en.yaml:1: error: a: must be a section"),
        ("b: {x: y}\na: {b: [1]}", "words/en.yaml:2: error: a text must be one line, or its plural forms"),
        ("a: {b: {one: x}}", "words/en.yaml:1: error: a text must be"),
        ("a: {", "words/en.yaml:2:1: error: YAML"),
    ],
)
def test_a_file_that_makes_no_sense_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SitegenError) as told:
        words_of(tmp_path, "en", en=text)
    assert str(told.value.problems[0]).startswith(message)


@pytest.mark.parametrize(
    ("language", "day", "month", "direction"),
    [
        ("en", "5 December 2024", "December 2024", "ltr"),
        ("en-US", "December 5, 2024", "December 2024", "ltr"),
        ("ar", "5 \u062f\u064a\u0633\u0645\u0628\u0631 2024", "\u062f\u064a\u0633\u0645\u0628\u0631 2024", "rtl"),
        ("x-klingon", "5 December 2024", "December 2024", "ltr"),
    ],
)
def test_dates_are_written_as_the_language_does(language: str, day: str, month: str, direction: str) -> None:
    words = Words(language, {})
    date = dt.date(2024, 12, 5)
    assert (words.date(date), words.month(date), words.direction) == (day, month, direction)


@pytest.mark.parametrize(
    ("language", "week", "weekday", "short"),
    [
        ("en", "2\u20138 Dec 2024", "Monday", "Mo"),
        ("de", "2.\u20138. Dez. 2024", "Montag", "Mo."),
        ("ja", "2024\u5e7412\u67082\u65e5\uff5e8\u65e5", "\u6708\u66dc\u65e5", "\u6708"),
    ],
)
def test_weeks_are_written_as_the_language_does(language: str, week: str, weekday: str, short: str) -> None:
    words = Words(language, {})
    assert words.week(dt.date(2024, 12, 2)).replace("\u2009", "") == week
    assert (words.weekday(0), words.weekday(0, "short")) == (weekday, short)
