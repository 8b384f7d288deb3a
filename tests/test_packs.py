"""The packs by which a browser keeps the whole catalogue: what is in them, and how little a change touches."""

import gzip
import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sitegen.build import BuildOptions, build
from sitegen.options import PARTS
from sitegen.output import Action
from sitegen.packs import MOST, Pack, address_of, cut_packs, is_kept, pack_bytes

FILES = st.dictionaries(
    st.from_regex(r"(papers/20[0-9]{2}|topics|search/rows)/[a-z]{1,6}/index\.html", fullmatch=True),
    st.text("0123456789abcdef", min_size=4, max_size=4),
    max_size=60,
)


def papers(count: int) -> dict[str, str]:
    return {f"papers/2024/paper-{number:05d}/index.html": f"{number:016x}" for number in range(count)}


def unpacked(data: bytes) -> dict[str, bytes]:
    """Read a pack as the documentation says."""
    head, _, rest = gzip.decompress(data).partition(b"\n")
    files = {}
    for address, length in json.loads(head):
        files[address], rest = rest[:length], rest[length:]
    assert rest == b""
    return files


def found_in(packs: list[Pack], address: str) -> Pack:
    """Find the pack of an address as the worker does: the last that does not begin behind it."""
    return [pack for pack in packs if pack.first <= address][-1]


class TestCutting:
    @given(FILES)
    def test_every_file_is_in_the_one_pack_where_it_is_looked_for(self, digests: dict[str, str]) -> None:
        packs = list(cut_packs(digests))
        assert sorted(path for pack in packs for _, path in pack.files) == sorted(digests)
        for path in digests:
            assert (address_of(path), path) in found_in(packs, address_of(path)).files

    def test_packs_are_neither_small_nor_large(self) -> None:
        sizes = [len(pack.files) for pack in cut_packs(papers(20_000))]
        assert max(sizes) <= MOST
        assert 50 < sum(sizes) / len(sizes) < 110

    def test_a_page_that_changes_changes_its_own_pack(self) -> None:
        digests = papers(5_000)
        before = {pack.name for pack in cut_packs(digests)}
        digests["papers/2024/paper-02500/index.html"] = "changed"
        assert len({pack.name for pack in cut_packs(digests)} - before) == 1

    def test_a_page_that_comes_changes_the_packs_around_it(self) -> None:
        digests = papers(5_000)
        before = {pack.name for pack in cut_packs(digests)}
        digests["papers/2024/paper-02500-and-more/index.html"] = "new"
        assert len({pack.name for pack in cut_packs(digests)} - before) <= 5

    def test_the_order_of_the_files_makes_no_difference(self) -> None:
        digests = papers(300)
        assert list(cut_packs(dict(reversed(digests.items())))) == list(cut_packs(digests))

    def test_a_site_without_pages_has_none(self) -> None:
        assert list(cut_packs({"robots.txt": "x"})) == []


def test_what_is_worth_keeping(built: Path) -> None:
    site = built / "site"
    there = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    left = {path for path in there if not is_kept(path) and not path.startswith((".sitegen/", "assets/"))}
    endings = {".bib", ".ris", ".xml", ".json", ".pack", ".js", ".txt", ".html", ".webmanifest"}
    assert {Path(path).suffix for path in left} == endings
    assert {path for path in left if path.endswith(".html")} == {"404.html", "offline/index.html"}
    assert {Path(p).name for p in left if p.startswith("search/")} == {"index.json"}


def test_a_pack_holds_the_bytes_of_the_site(built: Path) -> None:
    site = built / "site"
    listed = json.loads((site / "offline" / "packs.json").read_text(encoding="utf-8"))
    assert listed["version"] == 1
    whole: dict[str, bytes] = {}
    for first, name, size in listed["packs"]:
        data = (site / "offline" / "packs" / f"{name}.pack").read_bytes()
        files = unpacked(data)
        assert (next(iter(files)), len(data)) == (first, size)
        whole |= files
    assert set(whole) >= {"", "papers/", "papers/2024/densing-law-of-llms/", "search/manifest.json", "changes.json"}
    for address, data in whole.items():
        file = site / address
        assert data == (file / "index.html" if file.is_dir() else file).read_bytes()
    assert {file.stem for file in (site / "offline" / "packs").iterdir()} == {name for _, name, _ in listed["packs"]}


def test_equal_files_give_equal_packs() -> None:
    pack = Pack("x", (("a/", "a/index.html"), ("b.json", "b.json")))
    data = pack_bytes(pack, lambda path: path.encode() * 99)
    assert data == pack_bytes(pack, lambda path: path.encode() * 99)
    assert unpacked(data) == {"a/": b"a/index.html" * 99, "b.json": b"b.json" * 99}


def test_an_edit_makes_only_the_packs_anew_that_hold_what_changed(sample: Path) -> None:
    build(sample, BuildOptions(sample / "site", workers=1))
    paper = sample / "content" / "papers" / "2024" / "densing-law-of-llms.md"
    paper.write_text(paper.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    steps = build(sample, BuildOptions(sample / "site", workers=1)).steps
    made = {step.path for step in steps if step.action is Action.WRITE and step.path.startswith("offline/packs")}
    gone = {step.path for step in steps if step.action is Action.DELETE and step.path.startswith("offline/packs")}
    assert "offline/packs.json" in made
    assert 0 < len(gone) < len(list((sample / "site" / "offline" / "packs").iterdir()))


def test_a_site_can_be_made_without(sample: Path) -> None:
    build(sample, BuildOptions(sample / "site", workers=1, only=PARTS - {"packs"}))
    assert not (sample / "site" / "offline" / "packs.json").exists()
