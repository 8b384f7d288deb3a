"""What the last build planned is planned again only where something changed, and only believed where it can be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.build import BuildOptions, BuildReport, build
from sitegen.bundles import Bundle
from sitegen.output import Action, Output
from sitegen.replanning import PlanMemory, plan_bundles
from tests.trees import TOPICS, tree


class Desk:
    """Bundles of two files each, and which of them were made."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def bundle(self, name: str, made_of: object) -> Bundle[Output]:
        return Bundle(name, (made_of,), lambda: self.outputs(name))

    def outputs(self, name: str) -> Iterator[Output]:
        self.made.append(name)
        yield Output(f"{name}/index.html", "k", bytes, indexed=True)
        yield Output(f"{name}/atom.xml", "k", bytes)


@pytest.fixture
def desk() -> Desk:
    return Desk()


class TestPlan:
    def test_a_bundle_that_is_made_of_the_same_is_not_made(self, desk: Desk) -> None:
        first = plan_bundles([desk.bundle("a", 1), desk.bundle("b", 1)], {})
        assert (desk.made, first.standing, len(first.outputs)) == (["a", "b"], [], 4)
        second = plan_bundles([desk.bundle("a", 1), desk.bundle("b", 2), desk.bundle("c", 1)], first.rows)
        assert desk.made == ["a", "b", "b", "c"]
        assert second.standing == ["a/index.html", "a/atom.xml"]
        assert second.rows.keys() == {"a", "b", "c"}

    def test_pages_for_search_engines_keep_their_order(self, desk: Desk) -> None:
        first = plan_bundles([desk.bundle("a", 1), desk.bundle("b", 1), desk.bundle("c", 1)], {})
        second = plan_bundles([desk.bundle("a", 1), desk.bundle("b", 2), desk.bundle("c", 1)], first.rows)
        assert first.indexed == second.indexed == ["a/index.html", "b/index.html", "c/index.html"]

    def test_a_bundle_without_files_stands_too(self) -> None:
        empty: Bundle[Output] = Bundle("empty", (1,), list)
        again = plan_bundles([empty], plan_bundles([empty], {}).rows)
        assert (again.standing, again.outputs, again.indexed) == ([], [], [])


class TestMemory:
    def test_it_knows_the_site_as_one_build_left_it(self, desk: Desk, tmp_path: Path) -> None:
        rows = plan_bundles([desk.bundle("a", 1)], {}).rows
        PlanMemory(tmp_path / "plan", "e1").keep("left", rows)
        assert PlanMemory(tmp_path / "plan", "e1").recall("left") == rows
        assert PlanMemory(tmp_path / "plan", "e1").recall("otherwise") == {}
        assert PlanMemory(tmp_path / "plan", "e1").recall("") == {}
        assert PlanMemory(tmp_path / "plan", "e2").recall("left") == {}

    def test_a_build_that_could_not_note_how_it_left_the_site_keeps_nothing(self, tmp_path: Path) -> None:
        PlanMemory(tmp_path / "plan", "e1").keep("", {})
        assert not (tmp_path / "plan").exists()


def put(root: Path, name: str, text: str) -> None:
    file = root / "content" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def paper(title: str, day: int, words: str) -> str:
    return f"---\ntitle: {title}\ndate: 2024-05-{day:02d}\n---\n\n{words}\n"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Build a site whose papers stand in several bundles."""
    root = tmp_path / "root"
    put(root, "site.yaml", "title: Small\nbase_url: https://example.org/\n")
    put(root, "topics.yaml", TOPICS)
    for number in range(1, 25):
        put(root, f"papers/2024/p{number}.md", paper(f"Paper {number}", number, "Some words."))
    again(root)
    return root


def again(root: Path) -> BuildReport:
    return build(root, BuildOptions(root / "site"))


class TestSite:
    """A build of a process of its own."""

    def test_an_edit_names_only_what_had_to_be_looked_at(self, built: Path) -> None:
        files = tree(built / "site")
        put(built, "papers/2024/p1.md", paper("Paper 1", 1, "Other words."))
        report = again(built)
        assert "papers/2024/p24/index.html" in files
        assert "papers/2024/p24/index.html" not in {step.path for step in report.steps}
        assert "papers/2024/p1/index.html" in {s.path for s in report.steps if s.action is Action.WRITE}
        assert report.files == len(tree(built / "site"))
        assert report.count(Action.KEEP) + report.count(Action.WRITE) == report.files

    def test_a_file_that_is_gone_is_made_again_with_the_edit(self, built: Path) -> None:
        page = built / "site" / "papers" / "2024" / "p24" / "index.html"
        made = page.read_bytes()
        page.unlink()
        put(built, "papers/2024/p1.md", paper("Paper 1", 1, "Other words."))
        again(built)
        assert page.read_bytes() == made

    def test_what_another_hand_wrote_is_noticed_with_the_edit(self, built: Path) -> None:
        page = built / "site" / "papers" / "2024" / "p24" / "index.html"
        made = page.read_bytes()
        page.write_bytes(b"another hand")
        put(built, "papers/2024/p1.md", paper("Paper 1", 1, "Other words."))
        build(built, BuildOptions(built / "site", force=True))
        assert page.read_bytes() == made
        assert page.with_name("index.html.edited").read_bytes() == b"another hand"
