"""The index cut by term: where it is cut, and that only what changed is cut anew."""

from hypothesis import given
from hypothesis import strategies as st

from sitegen.search.shards import ALONE, GREATEST, LEAST, Shard, borders, cut
from sitegen.search.utf16 import units

SIZES = st.lists(st.integers(20, 2 * LEAST), max_size=200)


def entry(term: str, size: int) -> bytes:
    """Make an entry of so many bytes."""
    return f'["{term}",0,"'.encode().ljust(size - 2, b"x") + b'"]'


def sized(sizes: list[int]) -> list[tuple[str, bytes]]:
    return [(term, entry(term, size)) for term, size in ((f"term{place:04}", size) for place, size in enumerate(sizes))]


def cut_all(entries: list[tuple[str, bytes]]) -> list[Shard]:
    return list(cut((), dict(entries)))


def held(shard: Shard) -> list[bytes]:
    return shard.data.removeprefix(b"[").removesuffix(b"]").split(b",\n")


@given(SIZES)
def test_shards_hold_every_entry_in_order_and_know_their_ends(sizes: list[int]) -> None:
    given = sized(sizes)
    shards = cut_all(given)
    assert [entry for shard in shards for entry in held(shard)] == [entry for _, entry in given]
    terms = [list(shard.entries()) for shard in shards]
    assert [term for inside in terms for term in inside] == [term for term, _ in given]
    assert [(shard.first, shard.last) for shard in shards] == [(inside[0], inside[-1]) for inside in terms]


@given(st.lists(st.text("ab1模\U00010400\U00010401\ufa0e", min_size=1, max_size=5), unique=True))
def test_borders_are_short_and_part_the_terms(terms: list[str]) -> None:
    """A border is greater than all terms before it, and not greater than its first; without its last letter it is."""
    ordered = sorted(terms, key=units)
    shards = cut_all([(term, entry(term, ALONE)) for term in ordered])
    for before, term, border in zip(["", *ordered], ordered, borders(shards), strict=False):
        assert units(before) < units(border)
        assert term.startswith(border)
        assert not units(border[:-1]) > units(before)


@given(SIZES)
def test_no_shard_is_too_large_and_very_common_terms_stand_alone(sizes: list[int]) -> None:
    for shard in cut_all(sized(sizes)):
        lengths = list(map(len, held(shard)))
        assert sum(lengths) <= GREATEST
        assert len(lengths) == 1 or max(lengths) < ALONE


def test_borders_come_again_after_a_change() -> None:
    before = sized([200] * 3000)
    after = [*before[:100], ("term0099x", entry("term0099x", 500)), *before[100:]]
    kept = {shard.data for shard in cut_all(before)}
    assert len([shard for shard in cut_all(after) if shard.data not in kept]) <= 3


def test_shards_are_in_the_order_of_code_units() -> None:
    terms = ["zebra", "\ufa0e", "\U00010400"]
    (shard,) = cut_all([(term, entry(term, 30)) for term in terms])
    assert list(shard.entries()) == sorted(terms, key=units) != sorted(terms)


def test_no_entries_are_no_shards() -> None:
    assert cut_all([]) == []


CHANGES = st.dictionaries(
    st.integers(0, 300).map(lambda place: f"term{place:04}" + "x" * (place % 2)),
    st.one_of(st.just(0), st.integers(20, 2 * LEAST)),
    max_size=8,
)


@given(SIZES, st.lists(CHANGES, max_size=3))
def test_cutting_anew_what_changed_is_cutting_everything_anew(sizes: list[int], edits: list[dict[str, int]]) -> None:
    entries = dict(sized(sizes))
    shards = cut_all(list(entries.items()))
    for sizes_now in edits:
        changed = {term: entry(term, size) if size else b"" for term, size in sizes_now.items()}
        entries |= changed
        shards = list(cut(shards, changed))
        assert shards == cut_all(sorted((term, data) for term, data in entries.items() if data))


def test_shards_in_which_nothing_changed_are_the_very_ones_of_before() -> None:
    before = cut_all(sized([200] * 3000))
    after = list(cut(before, {"term1500": entry("term1500", 90)}))
    assert len({id(shard) for shard in before} - {id(shard) for shard in after}) <= 3
