"""Whatever was done before, a build gives the bytes of a clean one: after any edit, any damage, any kill."""

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sitegen import papers, planning, transaction
from sitegen.build import BuildOptions, build
from sitegen.cache import NAME as CACHE
from sitegen.importing import apply_import, find_dumps, plan_import
from sitegen.making import BuildMemory, Making
from sitegen.output import STATE, Action
from sitegen.problems import Problem, SitegenError
from sitegen.remaking import Part, remake_site
from sitegen.stages import Stages
from tests.sample import REPOSITORY, copy_sample
from tests.trees import TOPICS, tree

DUMP = "Daily Papers\n\nDec 11\n\n{title}\n\nSome words.\n\n  \N{BULLET} 2 authors\n\N{MIDDLE DOT}\nDec 5, 2024\n"


def put(root: Path, name: str, text: str) -> Path:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def page(title: str, date: str, words: str, more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: {date}\n{more}---\n\n{words}\n"


def small_site(root: Path) -> Path:
    put(root, "content/site.yaml", "title: Small\nbase_url: https://example.org/papers/\n")
    put(root, "content/topics.yaml", TOPICS)
    put(root, "content/pages/about.md", "---\ntitle: About\n---\n\nSome *words*.\n")
    for number in range(4):
        put(root, f"content/papers/2024/{number}.md", page(f"Paper {number}", f"2024-05-0{number + 1}", "Words."))
    return root


def clean_build(root: Path, elsewhere: Path) -> tuple[tuple[Problem, ...], dict[str, bytes]]:
    """Build copies of a site's content and themes where nothing was ever built; gives what is wrong, and the files."""
    for name in ("content", "themes"):
        if (root / name).is_dir():
            shutil.copytree(root / name, elsewhere / name)
    problems = attempt(elsewhere, BuildOptions(elsewhere / "site", workers=1))
    made = tree(elsewhere / "site")
    shutil.rmtree(elsewhere)
    return problems, made


def attempt(root: Path, options: BuildOptions, memory: BuildMemory | None = None) -> tuple[Problem, ...]:
    """Build; gives what is wrong with the content, if anything is."""
    try:
        build(root, options, memory)
    except SitegenError as wrong:
        return wrong.problems
    return ()


def put_folder_in_place(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "emptied": lambda file: file.write_bytes(b""),
    "cut in half": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
    "a flipped byte": lambda file: file.write_bytes(flipped(file.read_bytes())),
    "garbage": lambda file: file.write_bytes(b"\x00garbage\xff" * 99),
    "a folder": put_folder_in_place,
    "gone": lambda file: file.unlink(),
}


def flipped(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes(255 - byte for byte in data[middle : middle + 1]) + data[middle + 1 :]


def damage_all(root: Path, damage: Callable[[Path], object]) -> None:
    for file in [p for p in (root / CACHE).rglob("*") if p.is_file()]:
        damage(file)


def looks(root: Path) -> dict[Path, tuple[int, ...]]:
    """Give how every file of the content and the themes looks: what changes, a watcher tells of."""
    files = (p for name in ("content", "themes") for p in (root / name).rglob("*") if p.is_file())
    return {p: (p.stat().st_mtime_ns, p.stat().st_ctime_ns, p.stat().st_ino) for p in files}


WHO = ("alone", "two processes", "a preview", "a watching preview")
PAPERS = st.sampled_from("abcd")
WORDS = st.sampled_from(["words", "diffusion models", "words of diffusion models", "*marked* words & $x^2$"])


class Editing(RuleBasedStateMachine):
    """A curator at work. After each step the site is built, and its bytes are those of a clean build.

    Builds are those of a process of its own, of several, or of a preview, which remembers; each goes on where any
    other has left off. A watching preview has a folder of its own, is told what changed, and builds part by part.
    """

    folder: Callable[[], Path]

    @initialize(who=st.sampled_from(WHO))
    def begin(self, who: str) -> None:
        self.root = small_site(type(self).folder())
        self.who = who
        self.begin_another_preview()
        self.drafts = 0

    @rule(who=st.sampled_from(WHO))
    def let_another_build(self, who: str) -> None:
        self.who = who

    @rule()
    def begin_another_preview(self) -> None:
        self.memory = BuildMemory(self.root, self.root / "site")
        self.watching = BuildMemory(self.root, self.root / CACHE / "preview", is_private=True)
        self.seen: dict[Path, tuple[int, ...]] | None = None

    def parts(self, opened: Collection[str]) -> Generator[Part, None, None]:
        """Build as a watching preview does."""
        before, self.seen = self.seen, looks(self.root)
        paths = {*before, *self.seen} if before is not None else set()
        changed = {path for path in paths if before is None or before.get(path) != self.seen.get(path)}
        options = BuildOptions(self.root / CACHE / "preview", force=True)
        making = Making(self.root, options, self.watching, Stages())
        yield from remake_site(making, None if before is None else changed, opened)

    @rule(slug=PAPERS, words=WORDS, opened=st.sampled_from(["index.html", "papers/2024/a/index.html"]))
    def leave_a_watching_preview_half_way(self, slug: str, words: str, opened: str) -> None:
        """Something else is saved before all is made; the next build makes up for it."""
        self.write_a_paper(slug, 2024, words, draft=False)
        with contextlib.suppress(SitegenError), contextlib.closing(self.parts([opened])) as parts:
            next(parts)

    def lose_paper(self, slug: str) -> None:
        for old in (self.root / "content" / "papers").rglob(f"{slug}.md"):
            old.unlink()

    @rule(slug=PAPERS, year=st.integers(2022, 2024), words=WORDS, draft=st.booleans())
    def write_a_paper(self, slug: str, year: int, words: str, *, draft: bool) -> None:
        self.lose_paper(slug)
        text = page(f"{slug} {year}", f"{year}-03-04", words, "draft: true\n" if draft else "")
        put(self.root, f"content/papers/{year}/{slug}.md", text)

    @rule(slug=PAPERS)
    def delete_a_paper(self, slug: str) -> None:
        self.lose_paper(slug)

    @rule(slug=st.sampled_from("0123"), new=PAPERS)
    def rename_a_paper(self, slug: str, new: str) -> None:
        self.lose_paper(new)
        for old in (self.root / "content" / "papers").rglob(f"{slug}.md"):
            old.rename(old.with_name(f"{new}.md"))

    @rule(slug=PAPERS, organization=st.sampled_from(["acme", "beta"]), topics=st.sampled_from(["nlp", "diffusion"]))
    def say_more_of_a_paper(self, slug: str, organization: str, topics: str) -> None:
        self.lose_paper(slug)
        more = f"organization: {{handle: {organization}, name: {organization.title()}}}\ntopics: [{topics}]\n"
        more += f"aliases: [/papers/2001/{slug}/]\n"
        put(self.root, f"content/papers/2024/{slug}.md", page(f"More of {slug}", "2024-05-06", "Words.", more))

    @rule(slug=st.sampled_from(["about", "help"]), words=WORDS, navigation=st.booleans())
    def write_a_page_by_hand(self, slug: str, words: str, *, navigation: bool) -> None:
        text = f"---\ntitle: {slug.title()}\nnavigation: {str(navigation).lower()}\n---\n\n{words}\n"
        put(self.root, f"content/pages/{slug}.md", text)

    @rule(text=st.sampled_from(["no front matter", "---\ntitle: A\ndate: soon\n---\n"]))
    def spoil_a_paper(self, text: str) -> None:
        """Nothing can be built now, until the paper is written anew or deleted."""
        self.lose_paper("a")
        put(self.root, "content/papers/2024/a.md", text)

    @rule(slug=st.sampled_from(["about", "help"]))
    def delete_a_page_by_hand(self, slug: str) -> None:
        (self.root / "content" / "pages" / f"{slug}.md").unlink(missing_ok=True)

    @rule(size=st.sampled_from([1, 2, 25]), title=st.sampled_from(["A", "B"]), cards=st.booleans())
    def change_the_settings(self, size: int, title: str, *, cards: bool) -> None:
        put(self.root, "content/site.yaml", f"title: {title}\npage_size: {size}\ncards: {str(cards).lower()}\n")

    @rule(title=st.sampled_from(["Language", "Speech"]), words=st.sampled_from(["word", "marked"]))
    def change_the_topics(self, title: str, words: str) -> None:
        put(self.root, "content/topics.yaml", TOPICS.replace("Language", title).replace("[word]", f"[{words}]"))

    @rule(name=st.sampled_from(["_head.html", "_row.html"]), text=st.sampled_from(["", "<!-- more -->\n"]))
    def change_a_template(self, name: str, text: str) -> None:
        put(self.root, "themes/default/theme.yaml", "")
        put(self.root, f"themes/default/templates/{name}", text)

    @rule(colour=st.sampled_from(["red", "tan"]))
    def change_the_style_sheet(self, colour: str) -> None:
        put(self.root, "themes/default/theme.yaml", "")
        put(self.root, "themes/default/static/css/style.css", f"body {{ color: {colour} }}\n")

    @rule()
    def take_the_theme_away(self) -> None:
        shutil.rmtree(self.root / "themes", ignore_errors=True)

    @rule(day=st.integers(10, 28), title=st.sampled_from(["Imported", "Imported too"]))
    def import_a_dump(self, day: int, title: str) -> None:
        put(self.root, f"content/dumps/daily-papers-2025-12-{day}.txt", DUMP.format(title=title))
        with contextlib.suppress(SitegenError):  # a spoilt page is not merged into
            apply_import(self.root, plan_import(self.root, find_dumps(self.root)))

    @rule(pick=st.integers(0), letter=st.sampled_from("uvw"))
    def edit_a_file_and_hide_it(self, pick: int, letter: str) -> None:
        """Write as many bytes as before, and set the file's time back."""
        file = self.some_file(pick)
        before, text = file.stat(), file.read_text(encoding="utf-8").rstrip()
        file.write_text(f"{text[:-1]}{letter}\n", encoding="utf-8")
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    @rule(pick=st.integers(0))
    def touch_a_file(self, pick: int) -> None:
        self.some_file(pick).touch()

    def some_file(self, pick: int) -> Path:
        """Pick a page, of which there is always one."""
        put(self.root, "content/pages/touched.md", "---\ntitle: Touched\n---\n\nwords here\n")
        files = sorted((self.root / "content").rglob("*.md"))
        return files[pick % len(files)]

    @rule(drafts=st.booleans())
    def show_drafts_or_not(self, *, drafts: bool) -> None:
        """Build once in the other way; the next build is an ordinary one again."""
        attempt(self.root, BuildOptions(self.root / "site", drafts=drafts, workers=1))

    @rule()
    def lose_the_cache(self) -> None:
        shutil.rmtree(self.root / CACHE, ignore_errors=True)

    @precondition(lambda self: (self.root / CACHE).is_dir())
    @rule(pick=st.integers(0), damage=st.sampled_from(sorted(DAMAGE)))
    def damage_the_cache(self, pick: int, damage: str) -> None:
        files = sorted(p for p in (self.root / CACHE).iterdir() if p.is_file())
        if files:
            DAMAGE[damage](files[pick % len(files)])

    @rule(pick=st.integers(0))
    def lose_a_file_of_the_site(self, pick: int) -> None:
        if files := sorted(tree(self.root / "site")):
            (self.root / "site" / files[pick % len(files)]).unlink()

    def build_it(self) -> tuple[Problem, ...]:
        """Build in the way of whoever it is that builds now."""
        if self.who == "a watching preview":
            try:
                [*_, last] = self.parts(["index.html"])
            except SitegenError as wrong:
                return wrong.problems
            assert last.is_last
            assert last.files == tree(self.root / CACHE / "preview").keys()
            return ()
        if self.who == "a preview":
            return attempt(self.root, BuildOptions(self.root / "site", force=True, steps=True, workers=1), self.memory)
        return attempt(self.root, BuildOptions(self.root / "site", workers=1 if self.who == "alone" else 2))

    @invariant()
    def incremental_is_clean(self) -> None:
        if not hasattr(self, "root"):
            return
        site = self.root / CACHE / "preview" if self.who == "a watching preview" else self.root / "site"
        before = tree(site)
        problems = self.build_it()
        expected, clean = clean_build(self.root, self.root / "elsewhere")
        assert problems == expected
        assert tree(site) == (before if expected else clean)


@pytest.fixture(autouse=True, scope="module")
def _folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    Editing.folder = staticmethod(lambda: tmp_path_factory.mktemp("editing"))
    with pytest.MonkeyPatch.context() as patch:  # the work of a small site is cut so that there is some for everybody
        patch.setattr(papers, "BATCH", 2)
        patch.setattr(transaction, "FEW", 1)
        patch.setattr(planning, "PORTION", 2)
        yield


TestEditing = Editing.TestCase
TestEditing.settings = settings(
    max_examples=15,
    stateful_step_count=15,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_build_that_has_lost_its_cache_writes_nothing(sample: Path, workers: int) -> None:
    options = BuildOptions(sample / "site", workers=workers)
    build(sample, options)
    shutil.rmtree(sample / CACHE)
    report = build(sample, options)
    assert (report.count(Action.WRITE), report.count(Action.DELETE)) == (0, 0)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return small_site(tmp_path / "small")


CACHED = (
    "built.index built.json built.plan map.bin pages.index papers.sqlite prose.json related.bin search.json search.npz"
    " templates.bin topics.bin"
).split()


class TestCache:
    """A cache that is damaged, or somebody else's, is made anew: whatever it holds, the site is as without it."""

    def check(self, root: Path, tmp_path: Path) -> None:
        """Build with everything to do, then with one paper changed, then with nothing to do."""
        shutil.rmtree(root / "site")
        for words in ("Words.", "Other words."):
            put(root, "content/papers/2024/0.md", page("Paper 0", "2024-05-01", words))
            build(root, BuildOptions(root / "site"))
            assert (tree(root / "site")) == clean_build(root, tmp_path / "elsewhere")[1]
        report = build(root, BuildOptions(root / "site"))
        assert report.count(Action.KEEP) == len(tree(root / "site"))

    def test_each_build_leaves_these_files(self, small: Path) -> None:
        """The next test damages every one of them."""
        build(small, BuildOptions(small / "site"))
        names = {re.sub("-[0-9a-f]{8}", "", file.name) for file in (small / CACHE).iterdir()}
        assert names == {".gitignore", "clock", *CACHED}

    @pytest.mark.parametrize("damage", sorted(DAMAGE))
    @pytest.mark.parametrize("kind", [*CACHED, "*"])
    def test_damaged(self, small: Path, tmp_path: Path, kind: str, damage: str) -> None:
        build(small, BuildOptions(small / "site"))
        files = [file for file in (small / CACHE).glob(kind.replace("built", "built-*")) if file.is_file()]
        assert files
        for file in files:
            DAMAGE[damage](file)
        self.check(small, tmp_path)

    def test_of_another_site(self, small: Path, tmp_path: Path) -> None:
        other = small_site(tmp_path / "other")
        put(other, "content/papers/2024/1.md", page("Another paper", "2023-01-01", "Diffusion models."))
        build(other, BuildOptions(other / "site"))
        build(small, BuildOptions(small / "site"))
        for file in (other / CACHE).iterdir():
            names = [file.name, next((p.name for p in (small / CACHE).glob(f"built*{file.suffix}")), file.name)]
            shutil.copy(file, small / CACHE / names[file.name.startswith("built")])
        self.check(small, tmp_path)

    def test_of_another_engine(self, small: Path, tmp_path: Path) -> None:
        """What another version made of the same pages is not what this one makes of them."""
        engine = tmp_path / "engine"
        shutil.copytree(REPOSITORY / "sitegen", engine / "sitegen", ignore=shutil.ignore_patterns("__pycache__"))
        (engine / "themes").symlink_to(REPOSITORY / "themes")
        filing = engine / "sitegen" / "filing.py"
        filing.write_text(filing.read_text().replace("EXCERPT = 240", "EXCERPT = 3"))
        program = "import sys; from sitegen.cli import main; main()"
        command = [sys.executable, "-c", program, "build", "--root", str(small)]
        subprocess.run(command, check=True, cwd=engine, env={**os.environ, "PYTHONPATH": str(engine)})
        assert b">Wo" in (small / "site" / "papers" / "index.html").read_bytes()
        before = tree(small / "site")
        build(small, BuildOptions(small / "site"))
        assert tree(small / "site") != before
        self.check(small, tmp_path)

    @pytest.mark.parametrize("target", ["/proc", "/dev/null", "nowhere/at all"])
    def test_that_cannot_be_written(self, small: Path, target: str) -> None:
        (small / CACHE).symlink_to(target)
        for words in ("Words.", "Other words."):
            put(small, "content/papers/2024/0.md", page("Paper 0", "2024-05-01", words))
            build(small, BuildOptions(small / "site"))
        assert tree(small / "site") == clean_build(small, small / "elsewhere")[1]
        assert (small / CACHE).readlink() == Path(target)

    def test_that_may_only_be_read(self, small: Path) -> None:
        if os.geteuid() == 0:
            pytest.skip("nothing is read-only to root")
        build(small, BuildOptions(small / "site"))
        files = [small / CACHE, *(small / CACHE).iterdir()]
        for file in files:
            file.chmod(0o500)
        before = {file: file.stat().st_mtime_ns for file in files}
        put(small, "content/papers/2024/0.md", page("Paper 0", "2024-05-01", "Other words."))
        build(small, BuildOptions(small / "site"))
        assert tree(small / "site") == clean_build(small, small / "elsewhere")[1]
        assert {file: file.stat().st_mtime_ns for file in files} == before

    def test_that_another_process_holds(self, small: Path, tmp_path: Path) -> None:
        build(small, BuildOptions(small / "site"))
        holder = sqlite3.connect(small / CACHE / "papers.sqlite", isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        put(small, "content/papers/2024/0.md", page("Paper 0", "2024-05-01", "Diffusion models."))
        build(small, BuildOptions(small / "site"))
        holder.close()
        assert tree(small / "site") == clean_build(small, tmp_path / "elsewhere")[1]
        self.check(small, tmp_path)


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_makes_the_same_bytes(sample: Path, tmp_path: Path, workers: int) -> None:
    for number in (1, workers):
        shutil.rmtree(sample / CACHE, ignore_errors=True)
        build(sample, BuildOptions(tmp_path / str(number), workers=number))
    assert tree(tmp_path / "1") == tree(tmp_path / str(workers))


def test_any_order_of_hashes_makes_the_same_keys(small: Path) -> None:
    """Sets come in another order in each process; were one part of a key, all would be written again."""
    program = "from sitegen.cli import main; main()"
    command = [sys.executable, "-c", program, "build", "--explain", "--root", str(small)]
    for seed in ("1", "2", "3"):
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": seed}
        )
    assert {line.split()[0] for line in done.stdout.splitlines()[:-1]} == {"keep"}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("killed")
    copy_sample(root)
    return root


@pytest.fixture(scope="module")
def clean(content: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return clean_build(content, tmp_path_factory.mktemp("clean") / "root")[1]


class TestKilled:
    """A cold build by two processes is killed at some moment, with no time for anything."""

    PROGRAM = "from sitegen.cli import main; main()"

    def start(self, root: Path) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-c", self.PROGRAM, "build", "--workers", "2", "--root", str(root)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)

    @pytest.mark.parametrize("moment", range(12))
    def test_the_next_build_is_a_clean_one(
        self, content: Path, clean: dict[str, bytes], tmp_path: Path, moment: int
    ) -> None:
        root = tmp_path / "root"
        shutil.copytree(content / "content", root / "content")
        with self.start(root) as killed:
            self.wait_for_moment(root, moment, killed)
            killed.kill()
            # The workers have its standard output too, which ends when the last of them does; none outlives it long.
            killed.communicate(timeout=60)
        site = root / "site"
        assert not site.exists() or not tree(site) or tree(site).items() <= clean.items()
        build(root, BuildOptions(site, workers=2))
        assert tree(site) == clean
        assert sorted(p.name for p in (site / STATE).iterdir()) == ["lock", "manifest.json"]
        assert [p.name for p in (root / CACHE).iterdir() if p.suffix == ".new"] == []

    def wait_for_moment(self, root: Path, moment: int, build: "subprocess.Popen[bytes]") -> None:
        """Wait until a build has come some way: so many hundredths of a second, or files staged, or in place."""
        goals = [
            root / CACHE,
            root / "site" / STATE / "staged",
            root / "site" / STATE / "journal.json",
            root / "site" / "papers",
        ]
        goal = goals[moment % len(goals)]
        while build.poll() is None and not goal.exists():
            time.sleep(0.001)
        time.sleep(0.03 * (moment // len(goals)))


DYING = """
import os
from sitegen import filters
filters.FILTERS = {**filters.FILTERS, "end": lambda text: os._exit(9)}
from sitegen.cli import main
main()
"""


def test_a_worker_that_is_ended_is_told_and_the_site_stays(sample: Path) -> None:
    """As when the system has no memory left: the worker has no time to say anything."""
    build(sample, BuildOptions(sample / "site"))
    before = tree(sample / "site")
    put(sample, "themes/default/theme.yaml", "")
    put(sample, "themes/default/templates/_head.html", "{{ '' | end }}")
    command = [sys.executable, "-c", DYING, "build", "--workers", "2", "--root", str(sample)]
    failed = subprocess.run(command, check=False, capture_output=True, text=True)
    assert failed.returncode == 3
    assert failed.stderr == (
        "sitegen: error: a worker process was ended from outside, perhaps for want of memory; "
        "try again with fewer --workers\n"
    )
    assert tree(sample / "site") == before
    shutil.rmtree(sample / "themes")
    build(sample, BuildOptions(sample / "site"))
    assert tree(sample / "site") == before
