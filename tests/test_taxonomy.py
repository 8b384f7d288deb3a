from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.problems import Severity
from sitegen.taxonomy import Rule, Thresholds, Topic, parse_taxonomy

DATA = Path(__file__).parent / "data" / "topics"


def test_the_file_becomes_topics_with_their_rules() -> None:
    taxonomy, problems = parse_taxonomy((DATA / "small.yaml").read_text("utf-8"), "topics.yaml")
    assert problems == []
    assert taxonomy.thresholds == Thresholds(title=2, enough=4, share=0.5, plenty=12, trace=1)
    assert taxonomy.fallback == "rest"
    assert [topic.slug for topic in taxonomy.topics] == ["birds", "songs", "rest"]
    assert taxonomy.get("songs") == Topic(
        "songs", "Songs", "What is sung.", (Rule("song", 6, 3), Rule("melody", 6, 3), Rule("sing", 2, 1))
    )
    assert taxonomy.topics[0].implies == ("songs",)
    assert taxonomy.get("fish") is None


def test_a_title_word_and_an_exclusion_are_rules_too() -> None:
    taxonomy, _ = parse_taxonomy((DATA / "small.yaml").read_text("utf-8"), "topics.yaml")
    rules = {rule.phrase: rule for rule in taxonomy.topics[0].rules}
    assert rules["wing"] == Rule("wing", in_title=6, in_abstract=2)
    assert rules["aeroplane"] == Rule("aeroplane", in_title=-6, in_abstract=-3)
    assert rules["bird flu"] == Rule("bird flu", in_title=0, in_abstract=0)


def test_every_mistake_is_named_with_its_line() -> None:
    taxonomy, problems = parse_taxonomy((DATA / "mistakes.yaml").read_text("utf-8"), "content/topics.yaml")
    assert [str(problem) for problem in problems] == (DATA / "mistakes.txt").read_text("utf-8").splitlines()
    assert [topic.slug for topic in taxonomy.topics] == ["birds", "songs"]
    assert Rule("nest", 5.0, 2.0) in taxonomy.topics[0].rules


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("fallback: x\ntopics: [", 2),
        ("fallback: x\ntopics: " + "[" * 100_000, 2),
        ("topics:\n- slug: *nowhere", 2),
        ("a: 1\n---\nb: 2", 2),
        ("topics: \x00", 1),
        ("topics: \ud800", 1),
    ],
)
def test_what_is_not_yaml_is_one_problem_with_its_line(text: str, line: int) -> None:
    taxonomy, problems = parse_taxonomy(text, "topics.yaml")
    assert taxonomy.topics == ()
    assert [(p.path, p.line, p.severity) for p in problems] == [("topics.yaml", line, Severity.ERROR)]


@given(st.text(alphabet="topics:- slug\nwrdne[]{}'\"*&x04,#", max_size=200))
def test_no_text_makes_the_reader_raise(text: str) -> None:
    taxonomy, problems = parse_taxonomy(text, "topics.yaml")
    assert problems or taxonomy.topics
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)


def test_capitals_do_not_make_another_phrase() -> None:
    text = "fallback: a\ntopics:\n- slug: a\n  title: A\n  words: {2: [GAN]}\n  title_words: {3: [gan]}\n"
    taxonomy, problems = parse_taxonomy(text, "topics.yaml")
    assert problems == []
    assert taxonomy.topics[0].rules == (Rule("GAN", 7.5, 2.0),)
