"""A site made part by part: what is looked at first, the rest behind it, and no harm where the rest never comes."""

import shutil
from collections.abc import Collection
from itertools import islice
from pathlib import Path

import pytest

from sitegen import planning
from sitegen.build import BuildOptions, build
from sitegen.cache import NAME as CACHE
from sitegen.making import BuildMemory, Making
from sitegen.output import additions, read_manifest
from sitegen.remaking import Part, remake_site
from sitegen.stages import Stages
from tests.trees import tree


class Previewed:
    """A site that one process makes again and again."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.site = root / CACHE / "preview"
        self.paper = root / "content" / "papers" / "2024" / "densing-law-of-llms.md"
        self.begin()

    def begin(self) -> None:
        self.memory = BuildMemory(self.root, self.site, is_private=True)
        self.make(None)

    def make(self, changed: Collection[Path] | None, opened: Collection[str] = (), parts: int = 99) -> list[Part]:
        making = Making(self.root, BuildOptions(self.site, force=True), self.memory, Stages())
        return list(islice(remake_site(making, changed, opened), parts))

    def save_paper(self, word: str) -> Path:
        """Put a word before all others of the abstract, so that rows of listings show it too."""
        head, between, body = self.paper.read_text(encoding="utf-8").partition("\n---\n\n")
        self.paper.write_text(f"{head}{between}{word} {body}", encoding="utf-8")
        return self.paper

    def save_template(self, text: str) -> Path:
        file = self.root / "themes" / "default" / "templates" / "_footer.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        (self.root / "themes" / "default" / "theme.yaml").touch()
        file.write_text(text, encoding="utf-8")
        return file

    def clean(self) -> dict[str, bytes]:
        elsewhere = self.root / "elsewhere"
        build(self.root, BuildOptions(elsewhere, workers=1))
        made = tree(elsewhere)
        shutil.rmtree(elsewhere)
        return made


@pytest.fixture
def previewed(sample: Path) -> Previewed:
    return Previewed(sample)


PAGE = "papers/2024/densing-law-of-llms/index.html"


def test_a_save_shows_the_page_then_the_search_then_what_machines_read(previewed: Previewed) -> None:
    parts = previewed.make([previewed.save_paper("zymurgy")])
    pages, search, last = (part for part in parts if part.changed)
    assert {PAGE, "papers/index.html"} <= pages.changed
    assert {path.partition("/")[0] for path in search.changed} == {"search"}
    assert (pages.pause, search.pause, last.is_last) == (False, True, True)
    assert tree(previewed.site) == previewed.clean()


def test_of_a_save_the_opened_page_comes_first(previewed: Previewed) -> None:
    first, second, *_ = previewed.make([previewed.save_paper("zymurgy")], [PAGE])
    assert first.changed == {PAGE}
    assert first.pause
    assert "papers/index.html" in second.changed


def test_what_comes_last_can_be_left_at_any_point(previewed: Previewed) -> None:
    whole = previewed.make([previewed.save_paper("zymurgy")])
    late = [number for number, part in enumerate(whole) if not part.changed]
    assert late
    for number in late:
        previewed.make([previewed.save_paper(f"zymurgy{number}")], parts=number + 1)
    previewed.make([previewed.save_paper("zymotic")])
    assert tree(previewed.site) == previewed.clean()


def test_all_that_changes_is_told(previewed: Previewed) -> None:
    before = tree(previewed.site)
    parts = previewed.make([previewed.save_paper("zymurgy")])
    after = tree(previewed.site)
    differing = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    assert differing <= frozenset[str]().union(*(part.changed for part in parts))
    assert parts[-1].files == after.keys()


def test_of_a_template_the_opened_page_comes_first(previewed: Previewed) -> None:
    first, *rest = previewed.make([previewed.save_template("<p>new</p>")], [PAGE])
    assert PAGE in first.changed
    assert len(first.changed) < planning.PORTION < sum(len(part.changed) for part in rest)
    assert first.pause
    assert tree(previewed.site) == previewed.clean()


@pytest.mark.parametrize("parts", [1, 2])
def test_what_was_left_behind_is_made_by_the_next_build(previewed: Previewed, parts: int) -> None:
    previewed.make([previewed.save_template("<p>new</p>")], [PAGE], parts)
    assert tree(previewed.site) != previewed.clean()
    previewed.make([previewed.save_paper("zymurgy")], [PAGE])
    assert tree(previewed.site) == previewed.clean()


def test_a_change_that_is_taken_back_half_way_leaves_nothing(previewed: Previewed) -> None:
    before = tree(previewed.site)
    text = previewed.paper.read_text(encoding="utf-8")
    previewed.make([previewed.save_paper("zymurgy")], parts=1)
    previewed.paper.write_text(text, encoding="utf-8")
    previewed.make([previewed.paper])
    assert tree(previewed.site) == before


@pytest.mark.parametrize("parts", [1, 2])
def test_after_a_kill_between_two_parts_the_next_process_makes_it_whole(previewed: Previewed, parts: int) -> None:
    previewed.make([previewed.save_paper("zymurgy")], parts=parts)
    assert len(additions(previewed.site)) == parts
    assert {path for path in read_manifest(previewed.site) if (previewed.site / path).is_file()} == tree(
        previewed.site
    ).keys()
    previewed.begin()
    assert tree(previewed.site) == previewed.clean()
    assert additions(previewed.site) == []


def test_a_folder_that_somebody_took_away_is_made_again(previewed: Previewed) -> None:
    shutil.rmtree(previewed.site)
    previewed.make([previewed.save_paper("zymurgy")])
    assert tree(previewed.site) == previewed.clean()


def test_a_page_that_a_link_leads_to_is_seen_to_change(previewed: Previewed) -> None:
    """Nobody tells of the link itself."""
    text = previewed.paper.read_text(encoding="utf-8")
    target = previewed.root / "content" / "drawer" / "linked.md"
    target.parent.mkdir()
    target.write_text(text.replace("densinglawofllms", "linked"), encoding="utf-8")
    (previewed.paper.parent / "linked.md").symlink_to(target)
    previewed.make(None)
    target.write_text(target.read_text(encoding="utf-8") + "zymurgy\n", encoding="utf-8")
    previewed.make([target])
    assert b"zymurgy" in (previewed.site / "papers" / "2024" / "linked" / "index.html").read_bytes()
