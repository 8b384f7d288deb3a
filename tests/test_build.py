import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from sitegen.build import BuildOptions, BuildReport, build
from sitegen.cache import read_cache, write_cache
from sitegen.cleaning import clean_site
from sitegen.importing import apply_import, plan_import
from sitegen.output import Action
from sitegen.problems import SitegenError, warnings
from tests.trees import TOPICS, tree


def built(root: Path, **options: object) -> BuildReport:
    return build(root, BuildOptions(root / "site", **options))  # type: ignore[arg-type]


def put(root: Path, name: str, text: str) -> Path:
    file = root / "content" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def small(tmp_path: Path) -> Path:
    put(tmp_path, "site.yaml", "title: Small\nbase_url: https://example.org/papers/\n")
    put(tmp_path, "topics.yaml", TOPICS)
    put(tmp_path, "papers/2024/one.md", "---\ntitle: One\ndate: 2024-05-06\n---\n\nDiffusion models.\n")
    put(tmp_path, "papers/2024/two.md", "---\ntitle: Two\ndate: 2024-05-07\ntopics: [nlp]\n---\n\nWords.\n")
    return tmp_path


class TestOneLineForEachMistake:
    """Each kind of bad content gives one clear line with its file and line, and the old site stays."""

    @pytest.mark.parametrize(
        ("name", "text", "line"),
        [
            (
                "site.yaml",
                "title: A\ntagline: b\ntitel: c\n",
                "content/site.yaml:3: error: unknown setting 'titel'; did you mean",
            ),
            (
                "papers/2024/one.md",
                "---\ntitle: One\ndate: 2024-05-06\nauthors: [a\n---\n",
                "content/papers/2024/one.md:5",
            ),
            ("papers/2024/one.md", "---\ntitle: One\nx: 1\n\tauthors: 3\n---\n", "content/papers/2024/one.md:4"),
            (
                "papers/2024/one.md",
                "---\ntitle: One\ntopics: [nlp, difusion]\n---\n",
                "content/papers/2024/one.md:3: error: ",
            ),
            (
                "papers/2023/two.md",
                "---\ntitle: Two again\n---\n",
                "content/papers/2024/two.md:1: error: the slug 'two' is also that of content/papers/2023/",
            ),
            (
                "papers/2024/one.md",
                "---\ntitle: One\ndate: 2024-02-30\n---\n",
                "content/papers/2024/one.md:3: error: '2024-02-30'",
            ),
            ("papers/2024/one.md", "no front matter", "content/papers/2024/one.md:1: error: front matter is missing"),
            ("topics.yaml", "topics:\n- slug: nlp\n  titel: x\n", "content/topics.yaml:"),
            ("pages/search.md", "---\ntitle: Search\n---\n", "content/pages/search.md:1: error: the address /search/"),
        ],
    )
    def test_content(self, small: Path, name: str, text: str, line: str) -> None:
        built(small)
        before = tree(small / "site")
        put(small, name, text)
        with pytest.raises(SitegenError) as raised:
            built(small)
        assert str(raised.value).startswith(line)
        assert all(len(str(problem).splitlines()) == 1 for problem in raised.value.problems)
        assert tree(small / "site") == before

    def test_a_template(self, small: Path) -> None:
        built(small)
        before = tree(small / "site")
        template = small / "themes" / "default" / "templates" / "page.html"
        template.parent.mkdir(parents=True)
        (small / "themes" / "default" / "theme.yaml").touch()
        template.write_text('{% extends "base.html" %}\n{% block content %}\n{{ titel }}\n{% endblock %}\n')
        with pytest.raises(SitegenError) as raised:
            built(small)
        assert str(raised.value) == (
            "themes/default/templates/page.html:3: error: template: 'titel' is undefined; mend the template"
        )
        assert tree(small / "site") == before

    def test_all_mistakes_of_a_run_are_told(self, small: Path) -> None:
        put(small, "papers/2024/one.md", "---\ntitle: One\ndate: soon\n---\n")
        put(small, "papers/2024/two.md", "---\ntitle:\n---\n")
        put(small, "site.yaml", "page_size: many\n")
        with pytest.raises(SitegenError) as raised:
            built(small)
        assert {problem.path for problem in raised.value.problems} == {
            "content/site.yaml", "content/papers/2024/one.md", "content/papers/2024/two.md"
        }  # fmt: skip


class TestStrict:
    WARNED = "---\ntitle: One\nauhtors: 3\n---\n"

    def test_a_warning_does_not_stop_a_build(self, small: Path) -> None:
        put(small, "papers/2024/one.md", self.WARNED)
        [problem] = warnings(built(small).problems)
        assert str(problem) == "content/papers/2024/one.md:3: warning: unknown key 'auhtors'; did you mean 'authors'?"

    def test_but_a_strict_one_and_the_old_site_stays(self, small: Path) -> None:
        built(small)
        before = tree(small / "site")
        put(small, "papers/2024/one.md", self.WARNED)
        with pytest.raises(SitegenError, match="auhtors"):
            built(small, strict=True)
        assert tree(small / "site") == before


class TestOptions:
    def test_drafts_are_left_out_unless_asked_for(self, small: Path) -> None:
        put(small, "papers/2024/draft.md", "---\ntitle: Draft\ndraft: true\n---\n")
        assert built(small).papers == 2
        assert built(small, drafts=True).papers == 3
        assert built(small).count(Action.DELETE) > 0
        assert not (small / "site" / "papers" / "2024" / "draft").exists()

    def test_a_preview_is_marked_and_keeps_the_production_address(self, small: Path) -> None:
        built(small, noindex=True)
        html = (small / "site" / "papers" / "2024" / "one" / "index.html").read_text()
        assert '<meta name="robots" content="noindex">' in html
        assert '<link rel="canonical" href="https://example.org/papers/papers/2024/one/">' in html
        assert "X-Robots-Tag: noindex" in (small / "site" / "_headers").read_text()
        built(small)
        assert not (small / "site" / "_headers").exists()

    def test_another_base_url_moves_what_is_absolute_and_nothing_else(self, small: Path) -> None:
        built(small, base_url="https://other.example/")
        html = (small / "site" / "papers" / "2024" / "one" / "index.html").read_text()
        assert '<link rel="canonical" href="https://other.example/papers/2024/one/">' in html
        assert 'href="../../../topics/diffusion/"' in html
        assert 'href="/topics/' in (small / "site" / "404.html").read_text()

    def test_an_output_that_another_hand_edited_is_named_and_kept(self, small: Path) -> None:
        built(small)
        (small / "site" / "index.html").write_text("by hand")
        put(small, "papers/2024/three.md", "---\ntitle: Three\ndate: 2024-05-09\n---\n\nx\n")
        with pytest.raises(SitegenError, match=r"site/index\.html:1: error: was edited by another hand"):
            built(small)
        built(small, force=True)
        assert (small / "site" / "index.html.edited").read_text() == "by hand"
        assert "Three" in (small / "site" / "index.html").read_text()


class TestOldAddresses:
    def test_an_alias_leads_on(self, small: Path) -> None:
        put(small, "papers/2024/one.md", "---\ntitle: One\ndate: 2024-05-06\naliases: [/papers/2023/uno/]\n---\n\nx\n")
        built(small)
        html = (small / "site" / "papers" / "2023" / "uno" / "index.html").read_text()
        assert "../../../papers/2024/one/" in html
        assert (small / "site" / "_redirects").read_text() == "/papers/papers/2023/uno/ /papers/papers/2024/one/ 301!\n"

    def test_a_removed_paper_leads_to_the_one_that_took_its_place(self, small: Path) -> None:
        rows = "removed:\n- {address: papers/2023/gone/, keys: [gone], to: papers/2024/one/}\n"
        put(small, "removed.yaml", rows)
        built(small)
        assert (small / "site" / "papers" / "2023" / "gone" / "index.html").is_file()

    def test_leading_to_nowhere_is_warned_of(self, small: Path) -> None:
        put(small, "removed.yaml", "removed:\n- {address: papers/2023/gone/, keys: [], to: papers/2024/none/}\n")
        [problem] = built(small).problems
        assert "which is no paper's address" in str(problem)


def test_the_same_content_gives_the_same_bytes_wherever_it_stands(sample: Path, tmp_path: Path) -> None:
    built(sample)
    elsewhere = tmp_path / "a much longer name" / "with spaces"
    shutil.copytree(sample / "content", elsewhere / "content")
    built(elsewhere)
    assert tree(sample / "site") == tree(elsewhere / "site")


def test_a_second_build_writes_nothing(sample: Path) -> None:
    first = built(sample)
    before = {p: p.stat().st_mtime_ns for p in (sample / "site").rglob("*")}
    second = built(sample)
    assert (second.count(Action.KEEP), second.count(Action.WRITE)) == (len(first.steps), 0)
    assert {p: p.stat().st_mtime_ns for p in (sample / "site").rglob("*")} == before


class TestShortCut:
    """A build in which nothing changed reads no page; whatever it must not miss is here."""

    def test_a_file_that_is_gone_is_made_again(self, small: Path) -> None:
        built(small)
        (small / "site" / "papers" / "index.html").unlink()
        assert built(small).count(Action.WRITE) == 1
        assert (small / "site" / "papers" / "index.html").is_file()

    def test_warnings_are_told_again(self, small: Path) -> None:
        put(small, "papers/2024/one.md", TestStrict.WARNED)
        assert [str(p) for p in built(small).problems] == [str(p) for p in built(small).problems] != []

    def test_other_options_are_another_build(self, small: Path) -> None:
        put(small, "papers/2024/draft.md", "---\ntitle: Draft\ndraft: true\n---\n")
        assert [built(small, drafts=d).papers for d in (False, True, False, False)] == [2, 3, 2, 2]

    @pytest.mark.parametrize(
        ("name", "old", "new"),
        [
            ("papers/2024/one.md", "Diffusion", "Diffuzion"),
            ("site.yaml", "Small", "Smell"),
            ("topics.yaml", "Noise", "Voice"),
            ("pages/about.md", "Words", "Wards"),
        ],
    )
    def test_every_kind_of_content_counts_whatever_its_time_and_size(
        self, small: Path, name: str, old: str, new: str
    ) -> None:
        put(small, "pages/about.md", "---\ntitle: About\n---\n\nWords.\n")
        built(small)
        file = small / "content" / name
        stat = file.stat()
        file.write_text(file.read_text().replace(old, new))
        os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert built(small).count(Action.WRITE) > 0


@pytest.mark.parametrize("damage", ["", "{", '{"engine": "x"}', "[1]", '{"engine": 3, "made": 4}'])
def test_a_damaged_cache_changes_nothing(small: Path, damage: str) -> None:
    built(small)
    before = tree(small / "site")
    for file in (small / ".sitegen-cache").glob("*.json"):
        file.write_text(damage)
    assert built(small).count(Action.WRITE) == 0
    assert tree(small / "site") == before


def test_without_topics_yaml_pages_name_their_topics_freely(small: Path) -> None:
    (small / "content" / "topics.yaml").unlink()
    put(small, "papers/2024/two.md", "---\ntitle: Two\ntopics: ['Deep <b> Sea']\n---\n\nWords.\n")
    built(small)
    assert "Deep &lt;b&gt; Sea" in (small / "site" / "topics" / "deep-b-sea" / "index.html").read_text()


KILLED = """
    import os, signal, sys
    from pathlib import Path
    from sitegen.build import BuildOptions, build
    root, at = Path(sys.argv[1]), int(sys.argv[2])
    calls = 0
    def dying(method):
        def call(self, *args, **kwargs):
            global calls
            if str(self).startswith(str(root / "site")):
                calls += 1
                if calls == at:
                    os.kill(os.getpid(), signal.SIGKILL)
            return method(self, *args, **kwargs)
        return call
    for name in ("replace", "unlink"):
        setattr(Path, name, dying(getattr(Path, name)))
    build(root, BuildOptions(root / "site"))
"""


class TestKilled:
    """Whenever a build is killed, and whatever happens to the content next, the next gives a clean build's bytes."""

    @pytest.fixture(params=[1, 2, 12, 25, 35, 36, 37])
    def killed(self, small: Path, request: pytest.FixtureRequest) -> Path:
        built(small)
        put(small, "site.yaml", "title: Other\nbase_url: https://example.org/papers/\n")
        script = [sys.executable, "-c", textwrap.dedent(KILLED), str(small), str(request.param)]
        subprocess.run(script, check=False, cwd=Path(__file__).parent.parent)
        return small

    def check(self, root: Path) -> None:
        built(root)
        build(root, BuildOptions(root / "clean"))
        assert tree(root / "site") == tree(root / "clean")
        assert built(root).count(Action.KEEP) == len(tree(root / "clean"))

    def test_built_again(self, killed: Path) -> None:
        self.check(killed)

    def test_edited_and_built_again(self, killed: Path) -> None:
        put(killed, "papers/2024/three.md", "---\ntitle: Three\ndate: 2024-05-09\n---\n\nx\n")
        self.check(killed)

    def test_edit_taken_back_and_built_again(self, killed: Path) -> None:
        put(killed, "site.yaml", "title: Small\nbase_url: https://example.org/papers/\n")
        self.check(killed)

    def test_cleaned_and_built_again(self, killed: Path) -> None:
        clean_site(killed)
        assert tree(killed / "site") == {}
        self.check(killed)


class TestOtherHands:
    def test_an_edited_file_is_noticed_even_when_nothing_else_changed(self, small: Path) -> None:
        built(small)
        page = small / "site" / "index.html"
        page.write_text(page.read_text() + "by hand")
        with pytest.raises(SitegenError, match=r"site/index\.html:1: error: was edited by another hand"):
            built(small)
        built(small, force=True)
        assert "by hand" not in page.read_text()
        assert (small / "site" / "index.html.edited").read_text().endswith("by hand")

    def test_a_forced_build_that_fails_leaves_everything_as_it_was(self, small: Path) -> None:
        built(small)
        (small / "site" / "index.html").write_text("by hand")
        before = tree(small / "site")
        template = small / "themes" / "default" / "templates" / "page.html"
        template.parent.mkdir(parents=True)
        (small / "themes" / "default" / "theme.yaml").touch()
        template.write_text("{{ titel }}")
        with pytest.raises(SitegenError, match="'titel' is undefined"):
            built(small, force=True)
        assert tree(small / "site") == before

    def test_nothing_is_written_through_a_link(self, small: Path, tmp_path: Path) -> None:
        built(small)
        elsewhere = tmp_path / "elsewhere"
        (small / "site" / "topics").rename(elsewhere)
        (small / "site" / "topics").symlink_to(elsewhere)
        before = tree(elsewhere)
        put(small, "site.yaml", "title: Other\n")
        with pytest.raises(SitegenError, match="site/topics:1: error: is a link"):
            built(small, force=True)
        assert tree(elsewhere) == before

    def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(self, small: Path) -> None:
        built(small)
        (small / "site" / "atom.xml").unlink()
        os.mkfifo(small / "site" / "atom.xml")
        with pytest.raises(SitegenError, match=r"site/atom\.xml:1: error: was edited by another hand"):
            built(small)


def test_a_heavy_abstract_is_shown_as_the_plain_text_that_it_is(small: Path) -> None:
    dump = small / "content" / "dumps" / "daily-papers-2025-12-11.txt"
    dump.parent.mkdir()
    heavy = "[" * 40_000
    dump.write_text(f"Daily Papers\n\nDec 11\n\nA heavy paper\n\n{heavy} end.\n\n  • 2 authors\n·\nDec 5, 2024\n")
    apply_import(small, plan_import(small, [dump]))
    assert warnings(built(small).problems) == []
    html = (small / "site" / "papers" / "2024" / "a-heavy-paper" / "index.html").read_text()
    assert f"<p>{heavy} end.</p>" in html


def test_a_cache_with_odd_values_is_made_again(small: Path) -> None:
    put(small, "pages/help.md", "---\ntitle: Help\n---\n\nAsk us.\n")
    built(small)
    before = tree(small / "site")
    file = small / ".sitegen-cache" / "prose.json"
    stored = json.loads(read_cache(file))
    odd_values: list[object] = [5, {}, [], None, ["a"], [1, 2, [3]]]
    for odd in odd_values:
        write_cache(file, json.dumps({**stored, "made": dict.fromkeys(stored["made"], odd)}))
        (small / "site" / "index.html").unlink()
        built(small, steps=True)
        assert tree(small / "site") == before
