"""A build with nothing to do knows it by stat data alone; and it never believes so when there is something."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.build import BuildOptions, build
from sitegen.cache import NAME as CACHE
from sitegen.cache import read_cache, write_cache
from sitegen.freshness import Done, look_at_inputs, note_name, nothing_changed, remember
from sitegen.places import theme_places
from sitegen.problems import error, note, warning

SLOW = ("numpy", "jinja2", "markdown", "rich", "msgspec", "sqlite3", "lunr")
WATCHED = """
import json, os, sys

opened = []

def hear(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)):
        opened.append(os.fsdecode(args[0]))

sys.addaudithook(hear)
from sitegen.cli import main
try:
    main()
finally:
    print(json.dumps([sorted(sys.modules), opened]))
"""


def put(root: Path, name: str, text: str) -> Path:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a catalogue of which there is something to warn of, and something to note."""
    root = tmp_path / "root"
    put(root, "content/papers/2024/one.md", "---\ntitle: One\ndate: 2024-05-06\nauhtors: 3\n---\n\nWords.\n")
    put(root, "content/papers/undated/two.md", "---\ntitle: Two\n---\n\nWords.\n")
    put(root, "content/dumps/daily-papers-2025-12-11.txt", "Daily Papers\n")
    put(root, "themes/default/theme.yaml", "")
    return root


class TestNothingToDo:
    def run(self, root: Path) -> tuple[str, str, set[str], list[str]]:
        """Build in a process of its own; gives what it printed, its warnings, the modules and the files it opened."""
        command = [sys.executable, "-c", WATCHED, "build", "--verbose", "--root", str(root)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        *said, found = done.stdout.splitlines()
        modules, opened = json.loads(found)
        return said[0], done.stderr, {name.partition(".")[0] for name in modules}, opened

    def test_it_loads_nothing_slow_reads_no_content_and_says_the_same(self, root: Path) -> None:
        first, problems, _, _ = self.run(root)
        assert "0 unchanged" in first
        assert "unknown key 'auhtors'" in problems
        assert "note: has no date" in problems
        said, again, modules, opened = self.run(root)
        assert "built 2 papers: 0 files written" in said
        assert again == problems
        assert modules.isdisjoint(SLOW)
        inside = {Path(name).relative_to(root).as_posix() for name in opened if Path(name).is_relative_to(root)}
        assert inside == {f"{CACHE}/{note_name(root / 'site')}.json", "site/.sitegen/lock"}

    def test_a_dump_that_was_not_imported_is_nothing_to_do(self, root: Path) -> None:
        self.run(root)
        put(root, "content/dumps/daily-papers-2025-12-12.txt", "Daily Papers\n")
        assert self.run(root)[2].isdisjoint(SLOW)

    def test_a_template_or_a_setting_is(self, root: Path) -> None:
        self.run(root)
        for name in ("themes/default/templates/_head.html", "content/site.yaml"):
            put(root, name, "")
            assert "jinja2" in self.run(root)[2]
            assert self.run(root)[2].isdisjoint(SLOW)


class TestLookingAtInputs:
    def look(self, root: Path, *settings: object) -> str:
        return look_at_inputs(root, root / CACHE, theme_places(root), *settings).digest

    def test_the_same_content_and_settings_are_the_same_inputs(self, root: Path) -> None:
        assert self.look(root, 1) == self.look(root, 1) != self.look(root, 2)

    @pytest.mark.parametrize(
        "change",
        [
            lambda root: put(root, "content/papers/2024/one.md", "---\ntitle: Two\n---\n"),
            lambda root: put(root, "content/pages/new.md", ""),
            lambda root: put(root, "content/topics.yaml", ""),
            lambda root: put(root, "themes/default/static/new.css", ""),
            lambda root: (root / "content" / "papers" / "undated" / "two.md").unlink(),
            lambda root: os.utime(root / "content" / "papers" / "2024" / "one.md", (1, 1)),
        ],
    )
    def test_every_change_makes_others(self, root: Path, change: Callable[[Path], object]) -> None:
        before = self.look(root)
        change(root)
        assert self.look(root) != before

    def test_dumps_and_the_cache_are_no_inputs(self, root: Path) -> None:
        before = self.look(root)
        put(root, "content/dumps/new.txt", "")
        put(root, f"{CACHE}/new", "")
        assert self.look(root) == before

    def test_what_was_saved_this_very_moment_is_past_when_it_is_looked_at(self, root: Path) -> None:
        for number in range(20):
            put(root, "content/papers/2024/new.md", str(number))
            inputs = look_at_inputs(root, root / CACHE, ())
            assert inputs.content.newest < inputs.instant


class TestNote:
    FILES = (".sitegen/manifest.json", "index.html")
    DONE = Done(3, 1, (error("a", 1, "bad", 4), warning("b", 2, "odd"), note("c", 3, "by the way")))

    @pytest.fixture
    def site(self, root: Path) -> Path:
        for name in self.FILES:
            put(root / "site", name, "made")
        inputs = look_at_inputs(root, root / CACHE, ())
        remember(root / CACHE, root / "site", inputs, self.FILES, self.DONE)
        return root / "site"

    def ask(self, root: Path) -> Done | None:
        return nothing_changed(root / CACHE, root / "site", look_at_inputs(root, root / CACHE, ()))

    def test_what_was_said_is_said_again(self, root: Path, site: Path) -> None:
        assert self.ask(root) == self.DONE
        assert nothing_changed(root / CACHE, site.parent / "other", look_at_inputs(root, root / CACHE, ())) is None

    @pytest.mark.parametrize("name", FILES)
    def test_each_file_of_the_site_counts(self, root: Path, site: Path, name: str) -> None:
        file = site / name
        before = file.stat()
        file.write_text("edit")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert self.ask(root) is None

    def test_what_changed_since_it_was_looked_at_is_not_relied_on(self, root: Path, site: Path) -> None:
        inputs = look_at_inputs(root, root / CACHE, ())
        put(root, "content/papers/2024/one.md", "---\ntitle: Saved while it was built\n---\n")
        remember(root / CACHE, site, inputs, self.FILES, self.DONE)
        assert self.ask(root) is None

    @pytest.mark.parametrize(
        "damage", ["", "{", "[]", "{}", '{"inputs": 3}', "[" * 100_000, "odd problems", "no papers"]
    )
    def test_a_note_that_makes_no_sense_is_none(self, root: Path, site: Path, damage: str) -> None:
        file = root / CACHE / f"{note_name(site)}.json"
        whole = json.loads(read_cache(file))
        odd = {"odd problems": {**whole, "problems": [{"path": 1}]}, "no papers": {**whole, "papers": None}}
        write_cache(file, json.dumps(odd[damage]) if damage in odd else damage)
        assert self.ask(root) is None


def test_a_page_behind_a_link_is_built_again_when_it_changes(root: Path, tmp_path: Path) -> None:
    """Papers may be kept elsewhere; a link to their folder does not look otherwise when one of them changes."""
    (root / "content" / "papers").rename(tmp_path / "papers")
    (root / "content" / "papers").symlink_to(tmp_path / "papers")
    build(root, BuildOptions(root / "site"))
    put(tmp_path, "papers/2024/one.md", "---\ntitle: Another title\ndate: 2024-05-06\n---\n\nWords.\n")
    build(root, BuildOptions(root / "site"))
    assert "Another title" in (root / "site" / "papers" / "2024" / "one" / "index.html").read_text()
