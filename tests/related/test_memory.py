"""What was found is built upon in a later process, and is never believed when it is damaged."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.related import RelatedMemory, Terms, terms_of
from sitegen.related.finding import find_related
from sitegen.related.stored import load_related, save_related
from tests.related.test_finding import TEXTS

PAPERS = [terms_of(*text) for text in TEXTS]
WORDS = st.lists(st.sampled_from("alpha beta gamma delta eps zeta eta theta iota kappa".split()), unique=True)
TERMS = WORDS.map(lambda words: Terms(" ".join(sorted(words)), bytes([1 + len(word) % 3 for word in sorted(words)])))


@given(edits=st.lists(st.lists(TERMS, min_size=6, max_size=6), min_size=1, max_size=4))
def test_finds_what_a_clean_memory_finds(edits: list[list[Terms]], tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("cache") / "related.bin"
    for papers in edits:
        memory = RelatedMemory(file, "engine")
        assert memory.find(papers) == find_related(papers).neighbours
        memory.save()


def test_what_was_saved_comes_back(tmp_path: Path) -> None:
    related = find_related(PAPERS)
    save_related(tmp_path / "related.bin", "engine", related)
    loaded = load_related(tmp_path / "related.bin", "engine", PAPERS)
    assert loaded is not None
    assert loaded.papers == related.papers
    assert loaded.neighbours == related.neighbours
    assert (loaded.others == related.others).all()


@pytest.mark.parametrize("data", [b"", b"damaged", b"\0" * 100])
def test_a_damaged_file_is_made_again(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "related.bin"
    memory = RelatedMemory(file, "engine")
    memory.find(PAPERS)
    memory.save()
    whole = file.read_bytes()
    file.write_bytes(data or whole[: len(whole) // 2])
    again = RelatedMemory(file, "engine")
    assert again.find(PAPERS) == find_related(PAPERS).neighbours
    again.save()
    assert file.read_bytes() == whole


def test_another_engines_file_is_not_believed(tmp_path: Path) -> None:
    save_related(tmp_path / "related.bin", "engine", find_related(PAPERS))
    assert load_related(tmp_path / "related.bin", "another", PAPERS) is None


def test_a_file_of_more_papers_is_not_used(tmp_path: Path) -> None:
    save_related(tmp_path / "related.bin", "engine", find_related(PAPERS))
    assert load_related(tmp_path / "related.bin", "engine", PAPERS[1:]) is None


def test_what_has_not_changed_is_not_written_again(tmp_path: Path) -> None:
    file = tmp_path / "related.bin"
    memory = RelatedMemory(file, "engine")
    memory.find(PAPERS)
    memory.save()
    file.unlink()
    memory.find(PAPERS)
    memory.save()
    assert not file.exists()
