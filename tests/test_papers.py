"""Pages are filed once: by anybody, at any time, in any place; and again when anything of them changes."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from sitegen.crew import ALONE, Crew, Processes
from sitegen.filing import Filed
from sitegen.papers import BATCH, PaperMemory, Rules, file_papers
from sitegen.taxonomy import parse_taxonomy

TOPICS = """\
fallback: nlp
topics:
- {slug: nlp, title: Language, about: Words., words: {5: [word]}}
- {slug: diffusion, title: Diffusion, about: Noise., words: {5: [diffusion model]}}
"""
FREELY = Rules(None, "freely")


class Counting(PaperMemory):
    """A memory that tells which pages it had to be given, having none of them."""

    def __init__(self, cache: Path) -> None:
        super().__init__(cache, "e1")
        self.given: list[str] = []

    def keep(self, key: str, made: bytes) -> None:
        entry = msgspec.msgpack.decode(made, type=Filed).entry
        self.given.append(entry.page.slug if entry else "")
        super().keep(key, made)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    for number in range(3):
        write(content, f"2024/{number}.md", f"Paper {number}")
    return content


def write(content: Path, name: str, title: str, body: str = "Words.", more: str = "") -> Path:
    file = content / "papers" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\ntitle: {title}\ndate: 2024-05-06\n{more}---\n\n{body}\n", encoding="utf-8")
    return file


def filed_by(content: Path, memory: Counting, rules: Rules = FREELY) -> list[str]:
    """File the papers of a folder; gives the slugs of those that were read and rendered for it."""
    memory.given.clear()
    file_papers(content, rules, memory, ALONE)
    return memory.given


def titles(filed: Sequence[Filed]) -> list[str]:
    return [one.entry.page.title for one in filed if one.entry]


def test_papers_come_in_the_order_of_their_paths(content: Path, tmp_path: Path) -> None:
    write(content, "2023/9.md", "Paper 9")
    memory = Counting(tmp_path / "cache")
    assert titles(file_papers(content, FREELY, memory, ALONE)) == ["Paper 9", "Paper 0", "Paper 1", "Paper 2"]


@pytest.mark.parametrize("crew", [Processes(2), Processes(3)])
def test_any_crew_files_the_same(content: Path, tmp_path: Path, crew: Crew) -> None:
    for number in range(2 * BATCH):
        write(content, f"2022/{number}.md", f"Paper *{number}*", "Some words & $x_1$, see https://example.org/." * 3)
    write(content, "2022/bad.md", "Bad", more="date: never\n")
    taxonomy, _ = parse_taxonomy(TOPICS, "content/topics.yaml")
    rules = Rules(taxonomy, "topics")
    alone = file_papers(content, rules, PaperMemory(tmp_path / "a", "e1"), ALONE)
    assert file_papers(content, rules, PaperMemory(tmp_path / "b", "e1"), crew) == alone
    assert len([one for one in alone if one.entry]) == 2 * BATCH + 3


class TestMemory:
    @pytest.fixture
    def memory(self, content: Path, tmp_path: Path) -> Counting:
        memory = Counting(tmp_path / "cache")
        assert filed_by(content, memory) == ["0", "1", "2"]
        memory.save()
        return memory

    def test_what_was_filed_is_filed(self, content: Path, tmp_path: Path, memory: Counting) -> None:
        assert filed_by(content, memory) == []
        assert filed_by(content, Counting(tmp_path / "cache")) == []

    def test_only_what_changed_is_filed_again(self, content: Path, tmp_path: Path, memory: Counting) -> None:
        file = write(content, "2024/1.md", "Paper i")
        os.utime(file, (1, 1))
        assert filed_by(content, memory) == ["1"]
        assert filed_by(content, Counting(tmp_path / "cache")) == ["1"]

    @pytest.mark.usefixtures("memory")
    def test_a_fresh_checkout_with_the_cache_files_nothing(self, content: Path, tmp_path: Path) -> None:
        """Every file is new there, and so are its times; only the bytes are as they were."""
        elsewhere = tmp_path / "elsewhere"
        for name in ("content", "cache"):
            shutil.copytree(tmp_path / name, elsewhere / name, copy_function=shutil.copyfile)
        shelf = elsewhere / "cache" / "papers.sqlite"
        before = shelf.read_bytes(), shelf.stat().st_mtime_ns
        memory = Counting(elsewhere / "cache")
        assert filed_by(elsewhere / "content", memory) == []
        memory.save()
        assert (shelf.read_bytes(), shelf.stat().st_mtime_ns) == before
        assert titles(file_papers(content, FREELY, memory, ALONE)) == ["Paper 0", "Paper 1", "Paper 2"]

    def test_a_page_that_moves_is_filed_again(self, content: Path, memory: Counting) -> None:
        """Its path is a part of its address and of what is said of it."""
        (content / "papers" / "2024" / "1.md").rename(content / "papers" / "2024" / "a.md")
        assert filed_by(content, memory) == ["a"]

    @pytest.mark.parametrize("order", [("0", "1"), ("1", "0")])
    def test_two_pages_that_change_places_are_filed_again(
        self, content: Path, memory: Counting, order: tuple[str, str]
    ) -> None:
        one, other = (content / "papers" / "2024" / f"{name}.md" for name in order)
        one.rename(content / "kept")
        other.rename(one)
        (content / "kept").rename(other)
        assert filed_by(content, memory) == ["0", "1"]

    def test_other_rules_file_all_again(self, content: Path, tmp_path: Path, memory: Counting) -> None:
        assert filed_by(content, memory, Rules(None, "others")) == ["0", "1", "2"]
        memory.save()
        assert filed_by(content, Counting(tmp_path / "cache"), Rules(None, "others")) == []

    def test_what_is_gone_is_forgotten(self, content: Path, tmp_path: Path, memory: Counting) -> None:
        file = content / "papers" / "2024" / "1.md"
        text = file.read_text()
        file.unlink()
        assert filed_by(content, memory) == []
        memory.save()
        file.write_text(text)
        assert filed_by(content, memory) == ["1"]
        assert filed_by(content, Counting(tmp_path / "cache")) == ["1"]

    def test_a_record_that_is_no_page_is_filed_again(self, content: Path, tmp_path: Path, memory: Counting) -> None:
        write(content, "2024/1.md", "Another")
        rows = memory._shelf.read()  # noqa: SLF001  # what is on it, whatever the keys are
        memory._shelf.write(dict.fromkeys(rows, b"\x93\xc0\x90\x91"))  # noqa: SLF001  # whole, and nonsense
        assert filed_by(content, Counting(tmp_path / "cache")) == ["0", "1", "2"]
