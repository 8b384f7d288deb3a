"""Pictures in a build: drawn once, announced by their pages, and nothing without them breaks."""

import io
import shutil
from pathlib import Path

import html5lib
import pytest
from PIL import Image

from sitegen import assemble, cardoutputs, pictures
from sitegen.build import BuildOptions, build
from sitegen.cache import NAME as CACHE
from sitegen.cards import Card, draw_card
from sitegen.output import Action
from sitegen.problems import warnings

XHTML = "{http://www.w3.org/1999/xhtml}"
BASE = "https://example.org/papers/"
SETTINGS = f"title: Small\nbase_url: {BASE}\ncards: true\n"


def put(root: Path, name: str, text: str) -> None:
    file = root / "content" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    put(tmp_path, "site.yaml", SETTINGS)
    for slug in ("one", "two"):
        put(tmp_path, f"papers/2024/{slug}.md", f"---\ntitle: {slug}\ndate: 2024-05-06\ntopics: [nlp]\n---\n\nText.\n")
    return tmp_path


def changed(root: Path) -> set[str]:
    report = build(root, BuildOptions(root / "site", workers=1))
    return {step.path for step in report.steps if step.action is not Action.KEEP}


def said(root: Path, path: str) -> dict[str, str]:
    """Give what a page says of itself to those who show a link to it."""
    tree = html5lib.parse((root / "site" / path / "index.html").read_text(encoding="utf-8"))
    tags = [(meta.get("property") or meta.get("name") or "", meta.get("content")) for meta in tree.iter(f"{XHTML}meta")]
    return {name: str(text) for name, text in tags if name.startswith(("og:image", "twitter:"))}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Tell which pictures were drawn rather than remembered."""
    titles: list[str] = []

    def draw(card: Card) -> bytes:
        titles.append(card.title)
        return draw_card(card)

    monkeypatch.setattr(cardoutputs, "draw_card", draw)
    return titles


def test_pages_announce_a_picture_that_is_there(root: Path) -> None:
    changed(root)
    for page, picture in {
        "": "card.png",
        "2024": "card.png",
        "topics/nlp": "topics/nlp/card.png",
        "papers/2024/one": "papers/2024/one/card.png",
    }.items():
        tags = said(root, page)
        assert tags["og:image"] == BASE + picture
        assert tags["twitter:card"] == "summary_large_image"
        shown = Image.open(io.BytesIO((root / "site" / picture).read_bytes()))
        assert [str(side) for side in shown.size] == [tags["og:image:width"], tags["og:image:height"]]


def test_a_picture_is_drawn_once_even_where_the_site_is_lost(root: Path, drawn: list[str]) -> None:
    changed(root)
    assert sorted(drawn) == ["Small", "nlp", "one", "two"]
    before = (root / "site" / "card.png").read_bytes()
    drawn.clear()
    shutil.rmtree(root / "site")
    changed(root)
    assert drawn == []
    assert (root / "site" / "card.png").read_bytes() == before


def test_only_what_shows_a_change_is_drawn_again(root: Path, drawn: list[str]) -> None:
    changed(root)
    drawn.clear()
    put(root, "papers/2024/two.md", "---\ntitle: Too\ndate: 2024-05-06\ntopics: [nlp]\n---\n\nText.\n")
    changed(root)
    assert drawn == ["Too"]
    assert len([file for file in (root / CACHE / "cards").iterdir() if file.name != ".gitignore"]) == 4


def test_a_site_that_asks_for_none_has_no_picture(root: Path) -> None:
    changed(root)
    put(root, "site.yaml", SETTINGS.replace("true", "false"))
    assert {path for path in changed(root) if path.endswith("card.png")}
    assert list(root.rglob("site/**/card.png")) == []
    assert said(root, "papers/2024/one") == {"twitter:card": "summary"}


def test_without_what_draws_a_site_is_built_with_a_warning(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (assemble, pictures):
        monkeypatch.setattr(module, "can_draw", lambda: False)
    report = build(root, BuildOptions(root / "site", workers=1))
    assert [str(problem) for problem in warnings(report.problems)] == [
        "content/site.yaml:3: warning: cards: nothing here draws them; install sitegen[cards], or remove the setting"
    ]
    assert said(root, "papers/2024/one") == {"twitter:card": "summary"}
