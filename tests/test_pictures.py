from dataclasses import replace

import pytest

from sitegen import pictures
from sitegen.catalogue import Entry, build_catalogue
from sitegen.config import Config
from sitegen.paper import Organization
from sitegen.pictures import Pictures
from sitegen.topics import Topic
from tests.papers import WORDS, entry

CONFIG = Config(title="Papers", tagline="Of all kinds", cards=True)
CHINESE = "\N{CJK UNIFIED IDEOGRAPH-4E2D}"


def of(*papers: Entry, config: Config = CONFIG) -> Pictures:
    return Pictures(build_catalogue(papers, [Topic("nlp", "Language", "On words.")]), config, WORDS)


def test_a_picture_shows_what_its_page_is_about() -> None:
    paper = entry("a", "2024-05-06", ("nlp",), organization=Organization("acme", "Acme"))
    made = of(paper)
    assert list(made.cards) == ["card.png", "topics/nlp/card.png", "papers/2024/a/card.png"]
    card = made.cards[made.of_paper(paper)]
    assert (card.title, card.label, card.site) == ("Title of a", "Language", "Papers")
    assert card.detail == "6 May 2024 \N{MIDDLE DOT} Acme"
    assert made.cards[made.of_listing("topics/nlp/")].detail == "On words."
    assert made.of_listing("2024/") == made.of_site == "card.png"


def test_older_papers_have_the_picture_of_their_topic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "NEWEST", 1)
    old, odd = entry("old", "2024-05-06", ("nlp",)), entry("odd", "2024-05-05")
    made = of(entry("new", "2024-05-07", ("nlp",)), old, odd)
    assert made.of_paper(old) == "topics/nlp/card.png"
    assert made.of_paper(odd) == "card.png"


def test_what_the_font_cannot_write_has_no_picture_of_its_own() -> None:
    paper = entry("a", "2024-05-06", ("nlp",), title=CHINESE)
    assert of(paper).of_paper(paper) == "topics/nlp/card.png"
    here = of(entry("b", "2024-05-06", authors=(CHINESE,)), config=replace(CONFIG, title=CHINESE))
    assert here.of_site == ""
    assert here.cards["papers/2024/b/card.png"].detail == "6 May 2024"
    assert here.cards["papers/2024/b/card.png"].site == ""


def test_a_site_that_asks_for_none_has_none() -> None:
    paper = entry("a", "2024-05-06")
    made = of(paper, config=Config())
    assert (made.cards, made.of_paper(paper), made.of_site) == ({}, "", "")


def test_without_what_draws_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "can_draw", lambda: False)
    assert of(entry("a", "2024-05-06")).cards == {}
