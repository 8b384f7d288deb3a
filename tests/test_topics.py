import json
import pickle
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.dump import parse_dump
from sitegen.phrases import spellings, words_of
from sitegen.taxonomy import Rule, Taxonomy, Topic, build_taxonomy, parse_taxonomy
from sitegen.topics import Assignment, Evidence, assign, check_chosen, explain
from tests.sample import DUMPS

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data" / "topics"
SITE_TOPICS = ROOT / "content" / "topics.yaml"


def read_taxonomy(file: Path) -> Taxonomy:
    taxonomy, problems = parse_taxonomy(file.read_text("utf-8"), file.name)
    assert problems == []
    return taxonomy


def sample_papers() -> Iterator[tuple[str, str]]:
    for file in DUMPS:
        dump, _ = parse_dump(file.read_text("utf-8"), file.name, file.name)
        for record in dump.records:
            yield record.title, record.abstract


@pytest.fixture(scope="module")
def small() -> Taxonomy:
    """Three topics with round numbers: a title counts twice, a topic needs 4 and half of the best."""
    return read_taxonomy(DATA / "small.yaml")


@pytest.fixture(scope="module")
def site() -> Taxonomy:
    return read_taxonomy(SITE_TOPICS)


@pytest.fixture(scope="module")
def papers() -> dict[str, str]:
    return dict(sample_papers())


def filed(title: str, abstract: str, taxonomy: Taxonomy) -> list[tuple[str, float, str]]:
    return [(a.slug, a.score, a.origin) for a in assign(title, abstract, taxonomy)]


# How a paper is filed


def test_a_title_counts_more_than_an_abstract(small: Taxonomy) -> None:
    assert filed("A bird", "", small) == [("birds", 8.0, "rules")]
    assert filed("", "A bird", small) == [("birds", 4.0, "rules")]


def test_plural_capitals_and_hyphens_do_not_matter(small: Taxonomy) -> None:
    for abstract in ("Bird song", "bird-song", "BIRDSONG", "birdsongs", "bird-songs"):
        assert assign("", abstract, small)[0].evidence == (Evidence("bird-song", "abstract", 4.0),)


def test_a_word_is_found_whole_and_a_star_stands_for_any_ending(small: Taxonomy) -> None:
    assert filed("", "blackbird birdie", small) == [("rest", 0.0, "weak")]
    assert filed("", "feathered feathers feather", small) == [("birds", 4.0, "rules")]


def test_repeats_count_half_and_at_most_twice(small: Taxonomy) -> None:
    scores = [filed("", "bird " * times, small)[0][1] for times in (1, 2, 3, 4, 50)]
    assert scores == [4.0, 6.0, 8.0, 8.0, 8.0]


def test_a_title_word_has_its_own_weight(small: Taxonomy) -> None:
    assert filed("Wings", "", small) == [("birds", 6.0, "rules")]
    assert filed("", "wings", small) == [("birds", 2.0, "weak")]


def test_a_word_inside_an_excluded_phrase_does_not_count(small: Taxonomy) -> None:
    assert filed("Bird flu in a wing chair", "", small) == [("rest", 0.0, "weak")]
    assert filed("Bird flu in a bird", "", small) == [("birds", 8.0, "rules")]


def test_a_negative_weight_speaks_against_a_topic_and_is_no_evidence_for_it(small: Taxonomy) -> None:
    assert filed("The aeroplane's wings", "", small) == [("rest", 0.0, "weak")]
    (assignment,) = assign("Bird meets aeroplane", "a wing", small)
    assert assignment.score == 4.0
    assert [e.words for e in assignment.evidence] == ["bird", "wing"]


def test_a_second_topic_needs_its_share_of_the_best_score(small: Taxonomy) -> None:
    assert filed("A bird", "song and melody", small) == [("birds", 8.0, "rules"), ("songs", 6.0, "rules")]
    assert filed("Song, melody", "song, melody, sing", small)[0] == ("songs", 19.0, "rules")
    assert filed("Song, melody", "song, melody, sing. A bird", small)[1:] == []


def test_plenty_is_enough_beside_any_score(small: Taxonomy) -> None:
    slugs = [a.slug for a in assign("Birds of prey, bird-song", "bird birds bird; song melody", small)]
    assert slugs == ["birds", "songs"]
    many = build_taxonomy(
        (Topic("a", "A", rules=(Rule("x", 0, 90),)), Topic("b", "B", rules=(Rule("y", 0, 13),))),
        small.thresholds,
        "a",
    )
    assert filed("", "x y", many) == [("a", 90.0, "rules"), ("b", 13.0, "rules")]


def test_an_implied_topic_needs_only_a_trace(small: Taxonomy) -> None:
    assert filed("A bird", "may sing", small) == [("birds", 8.0, "rules"), ("songs", 1.0, "implied")]
    assert filed("A bird", "", small) == [("birds", 8.0, "rules")]
    assert filed("", "may sing", small) == [("songs", 1.0, "weak")]


def test_three_topics_at_most_and_ties_in_the_files_order(small: Taxonomy) -> None:
    topics = tuple(Topic(name, name, rules=(Rule(name, 10, 5),)) for name in "abcd")
    taxonomy = build_taxonomy(topics, small.thresholds, "a")
    assert [a.slug for a in assign("d c b a", "", taxonomy)] == ["a", "b", "c"]


def test_the_order_of_topics_decides_nothing_but_ties(site: Taxonomy, papers: dict[str, str]) -> None:
    backwards = build_taxonomy(site.topics[::-1], site.thresholds, site.fallback)
    for title, abstract in papers.items():
        here, there = assign(title, abstract, site), assign(title, abstract, backwards)
        assert [a.score for a in here] == [a.score for a in there]
        scores = Counter(a.score for a in here)
        untied = {a.slug for a in here if scores[a.score] == 1 and a.score > here[-1].score}
        assert untied <= {a.slug for a in there}


def test_no_topics_no_assignment() -> None:
    empty, problems = parse_taxonomy("", "topics.yaml")
    assert problems
    assert assign("A bird", "", empty) == ()


def test_the_evidence_is_in_the_text(site: Taxonomy, papers: dict[str, str]) -> None:
    for title, abstract in papers.items():
        texts = {"title": " ".join(words_of(title)), "abstract": " ".join(words_of(abstract))}
        for assignment in assign(title, abstract, site):
            for evidence in assignment.evidence:
                rows = [r"\w* ".join(word.rstrip("*y") for word in row) for row in spellings(evidence.words)]
                assert any(re.search(rf"\b{row}", texts[evidence.where]) for row in rows), (title, evidence)


@given(st.text(max_size=80), st.text(max_size=400))
def test_any_text_gets_one_to_three_known_topics(title: str, abstract: str) -> None:
    assignments = assign(title, abstract, _SITE)
    assert 1 <= len(assignments) <= 3
    assert len({a.slug for a in assignments}) == len(assignments)
    assert all(_SITE.get(a.slug) for a in assignments)


@given(st.data())
def test_the_words_of_the_rules_in_any_order_keep_every_promise(data: st.DataObject) -> None:
    phrases = st.sampled_from([rule.phrase.replace("*", "") for _, rule in _SITE.owners])
    title = " ".join(data.draw(st.lists(phrases, max_size=5)))
    abstract = " ".join(data.draw(st.lists(phrases, max_size=40)))
    assignments = assign(title, abstract, _SITE)
    assert 1 <= len(assignments) <= 3
    assert [a.score for a in assignments if a.origin == "rules"] == sorted(
        (a.score for a in assignments if a.origin == "rules"), reverse=True
    )
    assert all(e.weight > 0 for a in assignments for e in a.evidence)
    assert assignments == assign(title, abstract, _SITE)


_SITE = read_taxonomy(SITE_TOPICS)


# The topics of this catalogue


def test_hand_labels_are_met(site: Taxonomy, papers: dict[str, str]) -> None:
    """Micro-F1 against the papers that people have filed by hand."""
    labels: dict[str, list[str]] = json.loads((DATA / "labels.json").read_text("utf-8"))
    assert labels.keys() <= papers.keys()
    hit = given_ = wanted = 0
    for title, slugs in labels.items():
        found = {a.slug for a in assign(title, papers[title], site)}
        hit += len(found & set(slugs))
        given_ += len(found)
        wanted += len(slugs)
    assert 2 * hit / (given_ + wanted) >= 0.85


def test_every_sample_paper_is_filed_with_evidence(site: Taxonomy, papers: dict[str, str]) -> None:
    assert len(papers) == 126
    for title, abstract in papers.items():
        assignments = assign(title, abstract, site)
        assert 1 <= len(assignments) <= 3
        assert all(a.evidence and a.origin != "weak" for a in assignments), title


def test_no_rule_names_a_single_papers_coinage(site: Taxonomy, papers: dict[str, str]) -> None:
    """A name with capitals inside, or before the colon of a title, that only one paper uses is that paper's own."""
    users = Counter(word for title, text in papers.items() for word in set(words_of(f"{title} {text}")))
    coined = {
        word
        for title in papers
        for name in [*re.findall(r"\S*[a-z\d][A-Z]\S*|\S*[A-Z]{2}\S*", title), *re.findall(r"^(\S+):", title)]
        for word in words_of(name)
        if users[word] == 1
    }
    field_terms = {"ctr", "forcing"}  # as in CTR prediction and teacher forcing
    ruled = {word for _, rule in site.owners for word in words_of(rule.phrase.replace("*", ""))}
    assert len(coined) > 30
    assert coined & ruled == field_terms


def test_every_exclusion_excludes_something(site: Taxonomy) -> None:
    for topic in site.topics:
        counting = tuple(rule for rule in topic.rules if rule.in_title or rule.in_abstract)
        alone = build_taxonomy((Topic("t", "T", rules=counting),), site.thresholds, "t")
        for rule in set(topic.rules) - set(counting):
            assert list(alone.index.find(words_of(rule.phrase.replace("*", "x")))), (topic.slug, rule.phrase)


def test_what_goes_to_another_process_files_the_same(site: Taxonomy, papers: dict[str, str]) -> None:
    copy = pickle.loads(pickle.dumps(site))  # noqa: S301  # made in this test
    for title, abstract in list(papers.items())[:5]:
        assert assign(title, abstract, copy) == assign(title, abstract, site)


@pytest.mark.parametrize(
    ("title", "abstract", "slug"),
    [
        ("Spin waves in a two-dimensional antiferromagnet", "We compute the magnon spectrum.", "science"),
        ("Vision-language models for document understanding", "We join images and text.", "multimodal"),
        ("Detecting hate speech in tweets", "A classifier of social media text for hate speech.", "nlp"),
        ("Galaxy clusters in a deep sky survey", "We measure the masses of galaxy clusters.", "science"),
        ("Super-resolution of faces", "Deblurring and super-resolution with a U-Net.", "image-restoration"),
        (
            "Learning to walk by reinforcement learning",
            "A policy gradient for legged robots.",
            "reinforcement-learning",
        ),
    ],
)
def test_papers_from_elsewhere_land_where_a_reader_looks(title: str, abstract: str, slug: str, site: Taxonomy) -> None:
    assert assign(title, abstract, site)[0].slug == slug


# A curator's own topics, and what is said of them


def test_a_topic_that_is_not_there_is_an_error_with_the_nearest_name(small: Taxonomy) -> None:
    (problem,) = check_chosen(["birds", "song"], small, "content/papers/2024/a.md", 5)
    assert str(problem) == "content/papers/2024/a.md:5: error: there is no topic \"song\"; did you mean 'songs'?"


def test_too_many_topics_and_a_topic_twice_are_errors(small: Taxonomy) -> None:
    assert check_chosen(["birds", "songs", "rest"], small, "a.md", 1) == []
    messages = [p.message for p in check_chosen(["birds", "songs", "rest", "birds"], small, "a.md", 1)]
    assert messages == ["a topic stands twice; keep one", "a paper has 3 topics at most, here are 4"]


def test_the_reasons_for_each_topic_are_written_out(small: Taxonomy) -> None:
    assignments = (*assign("A bird", "Birds may sing", small), Assignment("rest", 0.0, "page"))
    assert explain(assignments, small) == [
        "birds (Birds): score 12.0",
        "   +8.0  bird  (title)",
        "   +4.0  bird  (abstract)",
        "songs (Songs): score 1.0, implied by a topic above",
        "   +1.0  sing  (abstract)",
        "rest (The rest): chosen on the page",
    ]
    assert explain(assign("Nothing", "", small), small) == ["rest (The rest): no rule knows a word of the paper"]
    assert explain(assign("", "sing", small), small)[0] == "songs (Songs): score 1.0, below the threshold"
