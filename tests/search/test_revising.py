"""Words that the index does not hold, and patterns that stand for too much."""

import pytest
from lunr.query import QueryPresence as Presence

from sitegen.search import automaton, query
from sitegen.search.query import Clause, Reading
from sitegen.search.revising import MAX_SHARDS, revise, whole_word, within_reach

TERMS = sorted(["diffract", "diffus", "diffusionpid", "optim", "learn", "lean", "transform", "video", "the"])


class Terms:
    """A small vocabulary; every shard holds one term."""

    def __init__(self, *terms: str) -> None:
        self.terms = sorted(terms)

    def __contains__(self, term: object, /) -> bool:
        return term in self.terms

    def begins(self, word: str) -> bool:
        return any(term.startswith(word) for term in self.terms)

    def expand(self, term: str, distance: int) -> list[str]:
        asked = automaton.fuzzy(term, distance) if distance else automaton.wildcard(term)
        return automaton.matches(automaton.trie(self.terms), asked)

    def papers(self, term: str) -> int:
        return len(term)

    def shards(self, term: str, distance: int) -> set[int]:
        return {self.terms.index(found) for found in self.expand(term, distance)}


KNOWN = Terms(*TERMS)
EXAMPLE = "Learning what a learner learns by learning"


def revised(text: str, vocabulary: Terms = KNOWN) -> Reading:
    return revise(within_reach(query.read(query.tidy(text), ()), vocabulary), vocabulary, lambda _: EXAMPLE)


def words(reading: Reading) -> list[str]:
    return [clause.term for clause in reading.clauses]


@pytest.mark.parametrize(
    "text", ["video", "videos +optimal", "the", "", "-unheardof video", "unheard~1 vid*", "di", "zq"]
)
def test_known_words_and_stop_words_stay(text: str) -> None:
    reading = query.read(query.tidy(text), ())
    assert revise(reading, KNOWN, lambda _: EXAMPLE) == reading


def test_half_typed_word_begins_words_and_stems() -> None:
    reading = revised("video diffusi")
    assert words(reading) == ["video", "diffus", "diffusi*"]
    assert reading.read_as == "prefix"
    assert reading.notes == ("No paper has “diffusi” as a whole word. Showing words that begin so.",)


def test_half_typed_word_longer_than_any_term_finds_its_stem() -> None:
    assert revised("title:optimizati").clauses == (Clause("optim", fields=("title",), raw=True),)


def test_required_half_typed_word_becomes_one_clause() -> None:
    assert words(revised("+diffusi")) == ["diffus"]


def test_misspelt_word_is_searched_with_one_edit() -> None:
    reading = revised("viedo optimal")
    assert reading.clauses[0] == Clause("viedo", distance=1, raw=True)
    assert (reading.read_as, reading.notes) == ("fuzzy", ("No paper has “viedo”. Showing results for “video”.",))


def test_two_edits_are_for_long_words_without_anything_nearer() -> None:
    assert revised("tarnsfrom").clauses == (Clause("tarnsfrom", distance=2, raw=True),)
    assert revised("vedoi").clauses == (Clause("vedoi"),)


def test_terms_of_most_papers_are_named_first() -> None:
    reading = revised("learx video", Terms("leary", "learn", "lear", "lexrx", "video"))
    assert reading.notes == ("No paper has “learx”. Showing results for “learning”, “leary” and “lexrx”.",)


@pytest.mark.parametrize(
    ("term", "given", "word"),
    [
        ("transform", "Transformers transform. A Transformer: the transformers!", "transformers"),
        ("transform", "transforming Transformers transform", "transform"),
        ("studi", "Two-Studies, three", "studies"),
        ("schroding", "On Schrödinger's cat", "schrodinger"),
        ("gone", "nothing of the kind", "gone"),
        ("模型", "大模型", "模型"),
    ],
)
def test_words_are_named_as_papers_have_them(term: str, given: str, word: str) -> None:
    assert whole_word(term, given) == word


def test_unknown_prohibited_word_stays() -> None:
    assert revised("video -viedo").clauses[1] == Clause("viedo", presence=Presence.PROHIBITED)


def test_word_of_a_phrase_is_never_half_typed() -> None:
    assert words(revised('"video diffusi"')) == ["video", "diffusi"]


def test_patterns_are_at_most_eight() -> None:
    reading = revised("viedo " + "x* " * query.MAX_PATTERNS)
    assert not reading.clauses[0].is_pattern


def test_pattern_that_touches_too_many_shards_is_read_as_a_word() -> None:
    many = Terms(*(f"a{number}" for number in range(MAX_SHARDS + 1)), "b")
    reading = revised("a* b*", many)
    assert reading.clauses == (Clause("a*"), Clause("b*", raw=True))
    assert reading.notes == ("“a*” stands for too many words and was read as one word.",)


def test_patterns_share_their_shards() -> None:
    many = Terms(*(f"{letter}{number}" for letter in "ab" for number in range(200)))
    assert [c.is_pattern for c in revised("a* b* a*", many).clauses] == [True, False, True]
