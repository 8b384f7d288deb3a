"""Import as a whole: dumps and pages as plain files before, pages after.

Each folder of data/import/ is one rule: `dumps/` and, where there are any, the pages `before/` and `removed.yaml`; the
pages `after/`, and in `says.txt` what is reported.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from itertools import permutations
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.cli import main
from sitegen.content import PageFile, read_pages
from sitegen.importing import ImportPlan, apply_import, check_import, find_dumps, plan_import
from sitegen.problems import Severity, errors
from tests.sample import copy_dumps

ROOT = Path(__file__).parent.parent
CASES = sorted((Path(__file__).parent / "data" / "import").iterdir())
SLOW = settings(max_examples=40, deadline=None)

Tree = Mapping[str, bytes]


def tree(folder: Path) -> Tree:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def make_site(root: Path, dumps: Mapping[str, str]) -> Path:
    for name in ("dumps", "papers"):
        shutil.rmtree(root / "content" / name, ignore_errors=True)
        (root / "content" / name).mkdir(parents=True)
    for name, text in dumps.items():
        (root / "content" / "dumps" / name).write_text(text, encoding="utf-8", newline="")
    return root


def run_import(root: Path, *dumps: Path) -> ImportPlan:
    plan = plan_import(root, dumps or find_dumps(root))
    apply_import(root, plan)
    return plan


def papers(root: Path) -> Tree:
    return tree(root / "content" / "papers")


def page_text(root: Path) -> tuple[Path, str]:
    """Give the only page of a site."""
    (file,) = (root / "content" / "papers").rglob("*.md")
    return file, file.read_bytes().decode()


# --- the rules, one folder each


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rule(case: Path, tmp_path: Path) -> None:
    root = make_site(tmp_path, {})
    shutil.copytree(case / "dumps", root / "content" / "dumps", dirs_exist_ok=True)
    if (case / "before").exists():
        shutil.copytree(case / "before", root / "content" / "papers", dirs_exist_ok=True)
    if (case / "removed.yaml").exists():
        shutil.copy(case / "removed.yaml", root / "content")
    plan = run_import(root)
    assert papers(root) == tree(case / "after")
    expected = (case / "says.txt").read_text("utf-8").splitlines()
    loud = [str(p) for p in plan.problems if p.severity is not Severity.NOTE]
    assert {line for line in expected if ": note: " not in line} == set(loud)
    assert set(expected) <= {str(p) for p in plan.problems}
    assert plan_import(root, find_dumps(root)).changes == ()


# --- the sample


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ImportPlan]:
    root = make_site(tmp_path_factory.mktemp("sample"), {})
    copy_dumps(root)
    return root, run_import(root)


def test_the_committed_pages_are_up_to_date_with_the_dumps() -> None:
    """Whatever curators have edited since: their edits are no difference."""
    assert plan_import(ROOT, find_dumps(ROOT)).changes == ()


def test_the_sample_has_129_records_of_126_papers_and_no_warning(sample: tuple[Path, ImportPlan]) -> None:
    plan = sample[1]
    assert (plan.dumps, plan.records, plan.papers, plan.created) == (5, 129, 126, 126)
    assert [str(p) for p in plan.problems if p.severity is not Severity.NOTE] == []


def test_papers_in_two_dumps_have_two_sources(sample: tuple[Path, ImportPlan]) -> None:
    pages, _ = read_pages(sample[0] / "content")
    twice = {file.page.slug: [s.dump for s in file.page.sources] for file in pages if len(file.page.sources) > 1}
    assert len(twice) == 3
    assert all(len(set(dumps)) == 2 for dumps in twice.values())


def test_importing_the_sample_again_changes_nothing(sample: tuple[Path, ImportPlan]) -> None:
    plan = plan_import(sample[0], find_dumps(sample[0]))
    assert (plan.changes, check_import(plan)) == ((), [])


def test_the_order_of_the_sample_dumps_makes_no_difference(sample: tuple[Path, ImportPlan], tmp_path: Path) -> None:
    root, expected = sample[0], sample[1].changes
    for order in list(permutations(find_dumps(root)))[::7]:
        assert plan_import(tmp_path, order).changes == expected


def test_the_sample_one_dump_at_a_time_newest_first_says_the_same(
    sample: tuple[Path, ImportPlan], tmp_path: Path
) -> None:
    root = make_site(tmp_path, {})
    for dump in reversed(find_dumps(sample[0])):
        run_import(root, dump)
    facts = [(f.page.path, f.page.title, f.page.comments, f.page.sources, f.page.body) for f in _pages(root)]
    assert facts == [
        (f.page.path, f.page.title, f.page.comments, f.page.sources, f.page.body) for f in _pages(sample[0])
    ]


def _pages(root: Path) -> list[PageFile]:
    return read_pages(root / "content")[0]


# --- properties

HEADER = "Get trending papers in your email inbox!\n\nDaily Papers\n\nbyAK and the research community\n\n"
WORDS = "tide lamp oil net reads the burns slowly harbour forty trials shown by hand were wicks longer light".split()
TITLES = ["Tides Read by Networks", "Where to Put a Lamp", "Lamp Oil: Forty Trials", "Tides read by networks!"]
ABSTRACTS = [
    "Small networks read tide tables and learn the rhythm of a harbour from one year of water levels.",
    "Small networks read tide tables and learn the rhythm of a harbour. See https://github.com/harbour/tides for code.",
    "Lamp oil burns longer when wicks are woven from recycled fibres, as forty careful trials have shown: $x_1^2$.",
    r"Up to 3.32\% of *all* lamps in ``quiet'' streets <b>fail</b> each_year & cost $15 each, [as] `measured` by hand.",
]


@st.composite
def dump_records(draw: st.DrawFn) -> str:
    who = draw(st.sampled_from(["  • 3 authors", "  • 1 authors", "lightlab Light Lab"]))
    when = draw(st.sampled_from(["Mar 4, 2024", "Mar 5, 2024", "Jan 2", "May 6, 2023"]))
    count = draw(st.sampled_from(["", " 2", " 15"]))
    return f"{draw(st.sampled_from(TITLES))}\n\n{draw(st.sampled_from(ABSTRACTS))}\n\n{who}\n·\n{when}{count}\n"


@st.composite
def dump_texts(draw: st.DrawFn) -> str:
    return HEADER + "Jan 10\n\n" + "\n".join(draw(st.lists(dump_records(), max_size=4))).rstrip("\n")


NAMES = st.sampled_from(["papers-2025-01-10.txt", "papers-2025-01-11.txt", "papers-2025-02-01.txt", "monday.txt"])
DUMPS = st.dictionaries(NAMES, dump_texts(), max_size=4)


@SLOW
@given(DUMPS, DUMPS)
def test_import_twice_is_import_once(first: Mapping[str, str], second: Mapping[str, str]) -> None:
    with TemporaryDirectory() as folder:
        root = make_site(Path(folder), first)
        run_import(root)
        assert plan_import(root, find_dumps(root)).changes == ()
        for name, text in second.items():
            (root / "content" / "dumps" / name).write_text(text, encoding="utf-8")
        run_import(root)
        assert plan_import(root, find_dumps(root)).changes == ()


@SLOW
@given(DUMPS, st.randoms())
def test_the_order_of_dumps_makes_no_difference(dumps: Mapping[str, str], random: Random) -> None:
    with TemporaryDirectory() as folder:
        root = make_site(Path(folder), dumps)
        files = find_dumps(root)
        expected = plan_import(root, files)
        assert plan_import(root, random.sample(files, len(files))).changes == expected.changes


ONE = HEADER + "Jan 10\n\n" + "{title}\n\n{abstract}\n\n{who}\n·\n{when}"
BEFORE = {"title": TITLES[0], "abstract": ABSTRACTS[1], "who": "  • 3 authors", "when": "Mar 4, 2024 2"}
LATER = st.fixed_dictionaries(
    {
        "title": st.sampled_from([TITLES[0], TITLES[3]]),
        "abstract": st.sampled_from([ABSTRACTS[0], ABSTRACTS[1], ABSTRACTS[1] + " More of it."]),
        "who": st.sampled_from(["  • 3 authors", "  • 4 authors", "lightlab Light Lab"]),
        "when": st.sampled_from(["Mar 4, 2024 2", "Mar 5, 2024 9", "Mar 4, 2024"]),
    }
)
EDITED_LINES = [
    "title: My own",
    "date: 2020-02-02",
    "authors: [Ada, Ben]",
    "comments: 77",
    "links: {demo: 'https://a.b/'}",
]
EDITS = st.one_of(
    st.sampled_from(EDITED_LINES),
    st.sampled_from(["date:", "authors:", "comments:", "links:"]).map(lambda key: f"-{key}"),
    st.sampled_from(
        ["+mine: {a: 1}  # kept", "+# a remark", "+topics: [tides]", "+organization: {handle: me, name: Me}"]
    ),
)


def edited(text: str, edit: str) -> str:
    """Change, delete (-) or add (+) one line of the front matter."""
    key = edit.lstrip("-").partition(":")[0] + ":"
    if edit.startswith("+"):
        return text.replace("\nsources:", f"\n{edit[1:]}\nsources:", 1)
    lines = text.splitlines(keepends=True)
    replacement = "" if edit.startswith("-") else edit + "\n"
    return "".join(replacement if line.startswith(key) else line for line in lines)


@SLOW
@given(EDITS, st.lists(LATER, min_size=1, max_size=3), st.booleans())
def test_an_edited_field_survives(edit: str, later: Sequence[Mapping[str, str]], same_file: bool) -> None:
    with TemporaryDirectory() as folder:
        root = make_site(Path(folder), {"papers-2025-01-10.txt": ONE.format(**BEFORE)})
        run_import(root)
        file, text = page_text(root)
        file.write_bytes(edited(text, edit).encode())
        for day, record in enumerate(later):
            name = "papers-2025-01-10.txt" if same_file else f"papers-2025-02-1{day}.txt"
            (root / "content" / "dumps" / name).write_text(ONE.format(**record), encoding="utf-8")
            run_import(root)
            lines = page_text(root)[1].splitlines()
            if edit.startswith("-"):
                assert not any(line.startswith(edit[1:]) for line in lines)
            else:
                assert edit.lstrip("+") in lines


@SLOW
@given(st.integers(0, 400), st.integers(0, 20), st.text(st.sampled_from("ab*_ \n"), max_size=8), LATER)
def test_an_edited_body_survives(at: int, cut: int, put: str, record: Mapping[str, str]) -> None:
    with TemporaryDirectory() as folder:
        root = make_site(Path(folder), {"papers-2025-01-10.txt": ONE.format(**BEFORE)})
        run_import(root)
        file, text = page_text(root)
        head, body = text[: text.index("\n---\n") + 5], text[text.index("\n---\n") + 5 :]
        changed = body[:at] + put + body[at + cut :]
        file.write_bytes((head + changed).encode())
        make_dump(root, "papers-2025-02-10.txt", record)
        run_import(root)
        after = page_text(root)[1].partition("\n---\n")[2]
        below = changed.lstrip("\n").removeprefix(body.strip("\n"))
        abstract_stands = below != changed.lstrip("\n") and not below.partition("\n")[0].strip()
        assert after == changed or (abstract_stands and after.endswith(below))


def make_dump(root: Path, name: str, record: Mapping[str, str]) -> None:
    (root / "content" / "dumps" / name).write_text(ONE.format(**record), encoding="utf-8")


@SLOW
@given(DUMPS, DUMPS)
def test_a_dry_run_writes_nothing_and_its_diff_is_what_import_writes(
    first: Mapping[str, str], second: Mapping[str, str]
) -> None:
    with TemporaryDirectory() as folder:
        root = make_site(Path(folder), first)
        run_import(root)
        for name, text in second.items():
            (root / "content" / "dumps" / name).write_text(text, encoding="utf-8")
        before = tree(root)
        result = cli("import", "--dry-run", "--root", folder)
        assert tree(root) == before
        diff, _, summary = result.stdout.rpartition("would import")
        assert summary
        run_import(root)
        expected = papers(root)
        restore(root, before)
        if diff:
            subprocess.run(["git", "apply", "--whitespace=nowarn"], cwd=root, input=diff.encode(), check=True)  # noqa: S607  # the system's own
        assert papers(root) == expected


def restore(root: Path, files: Tree) -> None:
    shutil.rmtree(root / "content" / "papers")
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


@SLOW
@given(LATER)
def test_check_fails_when_the_dumps_say_something_new(record: Mapping[str, str]) -> None:
    with TemporaryDirectory() as folder:
        root = make_site(Path(folder), {"papers-2025-01-10.txt": ONE.format(**BEFORE)})
        assert cli("import", "--root", folder).exit_code == 0
        assert cli("import", "--check", "--root", folder).exit_code == 0
        make_dump(root, "papers-2025-01-10.txt", record)
        changed = record != BEFORE
        assert cli("import", "--check", "--root", folder).exit_code == changed


# --- the command


def cli(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return make_site(tmp_path, {"papers-2025-01-10.txt": ONE.format(**BEFORE)})


def test_the_last_line_counts(site: Path) -> None:
    result = cli("import", "--root", str(site))
    assert result.exit_code == 0
    assert result.stdout.startswith("imported 1 record of 1 paper from 1 dump: 1 new page, 0 updated, 0 unchanged (")
    assert result.stderr == ""


def test_a_bad_dump_does_not_stop_the_others(site: Path) -> None:
    bad = site / "content" / "dumps" / "latin.txt"
    bad.write_bytes("Daily Papers\n\nJan 10\n\nUn réseau\n".encode("latin-1"))
    result = cli("import", "--root", str(site))
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("content/dumps/latin.txt:5:5: error: not UTF-8")
    assert len(papers(site)) == 1


def test_a_broken_page_stops_the_import_before_anything_is_written(site: Path) -> None:
    broken = site / "content" / "papers" / "2024" / "broken.md"
    broken.parent.mkdir()
    broken.write_text("---\ntitle: a: b\n---\n", encoding="utf-8")
    before = tree(site)
    result = cli("import", "--root", str(site))
    assert result.exit_code == 1
    assert "content/papers/2024/broken.md:2:" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("failed: ")
    assert tree(site) == before


@pytest.mark.parametrize("arguments", [["no-such-dump.txt"], ["--captured", "yesterday"], ["--unknown"]])
def test_a_mistake_in_the_command_is_a_usage_error(site: Path, arguments: list[str]) -> None:
    assert cli("import", "--root", str(site), *arguments).exit_code == 2


def test_check_names_missing_and_stale_pages(site: Path) -> None:
    path = "content/papers/2024/tides-read-by-networks.md"
    missing = cli("import", "--check", "--root", str(site))
    assert missing.exit_code == 1
    assert f"{path}:1: error: is missing" in missing.stderr
    cli("import", "--root", str(site))
    make_dump(site, "papers-2025-02-10.txt", {**BEFORE, "when": "Mar 4, 2024 9"})
    stale = cli("import", "--check", "--root", str(site))
    assert stale.exit_code == 1
    assert f"{path}:1: error: is not up to date" in stale.stderr


def test_a_site_without_dumps_is_told_where_they_belong(tmp_path: Path) -> None:
    make_site(tmp_path, {})
    result = cli("import", "--root", str(tmp_path))
    assert result.exit_code == 0
    assert "content/dumps:1: warning: no dump found" in result.stderr


def test_the_day_of_capture_can_be_given(tmp_path: Path) -> None:
    root = make_site(tmp_path, {"monday.txt": ONE.format(**{**BEFORE, "when": "Jan 2"})})
    assert cli("import", "--root", str(root), "--captured", "2025-01-10").exit_code == 0
    assert list(papers(root)) == ["2025/tides-read-by-networks.md"]


def test_a_dump_named_twice_is_read_once(site: Path) -> None:
    (dump,) = find_dumps(site)
    odd = site / "content" / "papers" / ".." / "dumps" / dump.name
    assert plan_import(site, [dump, odd]).records == 1


def test_a_dump_from_elsewhere_is_named_by_its_own_path(site: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    dump = tmp_path_factory.mktemp("elsewhere") / "papers-2025-01-10.txt"
    dump.write_text(ONE.format(**BEFORE), encoding="utf-8")
    (site / "content" / "removed.yaml").write_text(
        "removed:\n- {address: papers/2024/tides/, keys: [tidesreadbynetworks]}\n", encoding="utf-8"
    )
    plan = plan_import(site, [dump])
    assert plan.changes == ()
    assert [(p.path, p.severity) for p in plan.problems] == [(str(dump), Severity.NOTE)]


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="file names there are Unicode")
def test_a_file_name_that_is_not_utf8_is_refused(site: Path) -> None:
    Path(os.fsdecode(os.fsencode(site / "content" / "dumps") + b"/\xff.txt")).write_text("x", encoding="utf-8")
    plan = plan_import(site, find_dumps(site))
    assert [p.message for p in errors(plan.problems)] == ["the file's name is not UTF-8; rename the file"]
    assert len(plan.changes) == 1


def test_a_title_too_long_for_a_page_is_an_error_of_its_record(site: Path) -> None:
    long = {**BEFORE, "title": " ".join(["Tides"] * 300), "abstract": ABSTRACTS[2]}
    make_dump(site, "papers-2025-01-11.txt", long)
    plan = run_import(site)
    assert [c.path for c in plan.changes] == ["content/papers/2024/tides-read-by-networks.md"]
    assert [(p.path, p.message.partition(":")[0]) for p in errors(plan.problems)] == [
        ("content/dumps/papers-2025-01-11.txt", "no page can be made of this record")
    ]


def test_more_sources_than_a_page_can_hold_are_an_error_of_the_record(tmp_path: Path) -> None:
    record = ONE.removeprefix(HEADER + "Jan 10\n\n").format(**BEFORE)
    root = make_site(tmp_path, {"papers-2025-01-10.txt": f"{HEADER}Jan 10\n\n" + "\n\n".join([record] * 900)})
    (problem,) = errors(run_import(root).problems)
    assert "the front matter would be longer than 64 KiB" in problem.message
    assert papers(root) == {}


def test_many_pages_that_come_back_are_one_warning(tmp_path: Path) -> None:
    titles = [
        f"{a} {b} in Rivers"
        for a in ("Tides", "Lamps", "Nets", "Oils", "Boats")
        for b in "One Two Ten Six Few Far".split()
    ]
    blocks = "\n\n".join(ONE.removeprefix(HEADER + "Jan 10\n\n").format(**{**BEFORE, "title": t}) for t in titles)
    root = make_site(tmp_path, {"papers-2025-01-10.txt": f"{HEADER}Jan 10\n\n{blocks}"})
    run_import(root)
    for file in sorted((root / "content" / "papers").rglob("*.md"))[:-1]:
        file.unlink()
    (said,) = [p for p in run_import(root).problems if p.severity is Severity.WARNING]
    assert said.path == "content/papers"
    assert said.message.startswith("29 pages imported again")
    assert "sitegen remove" in said.message


def test_an_import_that_was_killed_is_finished_by_the_next(tmp_path: Path) -> None:
    root = make_site(tmp_path, {})
    copy_dumps(root)
    command = [sys.executable, "-c", "from sitegen.cli import main; main()", "import", "--root", str(root)]
    for wanted in (1, 40, 90):
        kill_once_written(command, root, wanted)
        assert errors(read_pages(root / "content")[1]) == []
    run_import(root)
    assert papers(root) == papers(ROOT)


def test_what_a_killed_import_left_half_written_is_replaced(site: Path) -> None:
    staged = site / "content" / "papers" / "2024" / ".tides-read-by-networks.md.new"
    staged.parent.mkdir()
    staged.write_text("---\ntit", encoding="utf-8")
    assert run_import(site).problems == ()
    assert list(papers(site)) == ["2024/tides-read-by-networks.md"]


def kill_once_written(command: Sequence[str], root: Path, wanted: int) -> None:
    """Start an import and kill it as soon as it has written some pages."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            if sum(1 for _ in (root / "content" / "papers").rglob("*.md")) >= wanted:
                process.send_signal(signal.SIGKILL)
                break
