"""The default theme in several languages: its words are whole, all that pages say comes from them, and pages mirror."""

import ast
import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import jinja2
import pytest
from axe_playwright_python.sync_playwright import Axe
from jinja2 import nodes
from playwright.sync_api import Error, Page, expect

import sitegen
from sitegen.build import BuildOptions, build
from sitegen.theme import load_theme
from sitegen.words import Text, Words, read_words
from tests.languages import build_site, said
from tests.sample import REPOSITORY, copy_sample
from tests.serving import Server, serving

THEME = REPOSITORY / "themes" / "default"
OTHERS = sorted(file.stem for file in (THEME / "words").glob("*.yaml") if file.stem != "en")


def own(language: str) -> Words:
    """Read the words of one file alone."""
    both = read_words(language, [THEME / "words"])
    lines = (THEME / "words" / f"{language}.yaml").read_text(encoding="utf-8")
    sections = re.split(r"(?m)^(\w+):\n", lines)[1:]
    names = {
        f"{section}.{name}"
        for section, body in zip(sections[::2], sections[1::2], strict=True)
        for name in re.findall(r"(?m)^  ([\w-]+):", body)
    }
    return Words(language, {name: both.texts[name] for name in names})


ENGLISH = own("en")
SCRIPTED = {name.partition(".")[2]: name for name in ENGLISH.texts if re.match(r"script(_\w+)?\.", name)}
"""The texts of scripts, whatever part says them, by the names that scripts know."""

EMPTY = '<!doctype html><link rel="icon" href="data:,"><title>Empty</title>'
LANGUAGES = ("en", "en-US", "de", "ar", "pl", "pt-BR", "fr", "ja", "zh-Hans", "th", "hi", "x-klingon")
COUNTS = (0, 1, 2, 5, 999, 1234, 1234567)
SAY = f"""
async (script) => {{
  const {{ say, sayDate }} = await import(script);
  return [{list(COUNTS)}.map((n) => say("papers", {{ n }})), sayDate("2024-12-05")];
}}
"""
MIRRORED = (
    "",
    "papers/",
    "papers/page/2/",
    "papers/2024/densing-law-of-llms/",
    "topics/",
    "dates/",
    "2024/12/",
    "search/?q=diffusion",
    "about/",
)


def forms(text: Text) -> dict[str, str]:
    return {"other": text} if isinstance(text, str) else dict(text)


def values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
class TestTranslations:
    def test_every_text_is_there(self, language: str) -> None:
        assert set(own(language).texts) == set(ENGLISH.texts)

    def test_texts_have_the_values_of_english(self, language: str) -> None:
        texts = own(language).texts
        here = {name: values(forms(text)["other"]) for name, text in texts.items()}
        assert here == {name: values(forms(text)["other"]) for name, text in ENGLISH.texts.items()}
        counted = {name for name, text in texts.items() if not isinstance(text, str)}
        assert counted == {name for name, text in ENGLISH.texts.items() if not isinstance(text, str)}

    def test_counts_have_every_form_of_the_language(self, language: str) -> None:
        words = own(language)
        expected = {*words.locale.plural_form.tags, "other"}
        assert {n: set(t) for n, t in words.texts.items() if not isinstance(t, str) and set(t) != expected} == {}


def in_templates() -> Iterator[str]:
    """Yield the names that templates say; where only the beginning of a name is known, that."""
    environment = jinja2.Environment(autoescape=True)
    for file in (file for file in (THEME / "templates").rglob("*.*") if file.is_file()):
        tree = environment.parse(file.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Filter):
            if call.name == "t":
                first = call.node.nodes[0] if isinstance(call.node, nodes.Concat) else call.node
                assert isinstance(first, nodes.Const), f"{file.name}:{call.lineno}: no name of words"
                yield first.value


def in_python() -> Iterator[str]:
    for file in Path(sitegen.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(call, ast.Call) and call.args and ast.unparse(call.func).split(".")[-1] == "words"):
                continue
            first = call.args[0].values[0] if isinstance(call.args[0], ast.JoinedStr) else call.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def in_scripts() -> Iterator[str]:
    for file in (THEME / "static" / "js").glob("*.js"):
        for name in names_said(file.read_text(encoding="utf-8")):
            yield SCRIPTED.get(name, f"script.{name}")


def names_said(script: str) -> Iterator[str]:
    for first in re.findall(r"\bsay\(([^,)]*)", script):
        yield from re.findall(r'"(\w+)"', first)


USED = {*in_templates(), *in_python(), *in_scripts()}


def test_every_name_that_is_said_exists() -> None:
    assert {name for name in USED if not name.endswith((".", "_")) and name not in ENGLISH.texts} == set()
    assert len(USED) > 100


def test_every_text_is_said_somewhere() -> None:
    beginnings = tuple(name for name in USED if name.endswith((".", "_")))
    assert {name for name in ENGLISH.texts if name not in USED and not name.startswith(beginnings)} == set()


def test_a_script_imports_the_words_that_it_says() -> None:
    for file in (THEME / "static" / "js").glob("*.js"):
        script = file.read_text(encoding="utf-8")
        said = {SCRIPTED.get(name, "").partition(".")[0] for name in names_said(script)}
        imported = {f"script_{part}" for part in re.findall(r'import "\./words-(\w+)\.js"', script)}
        assert said - {"script"} <= imported, file.name


def test_no_two_scripted_texts_have_one_name() -> None:
    assert len(SCRIPTED) == sum(name.partition(".")[0].startswith("script") for name in ENGLISH.texts)


class TestPages:
    """Where a text stands on no list of words, another language would not have it."""

    NAMES = frozenset(
        "Lorem lorem Ipsum ipsum Dolor dolor Amet amet Sit sit txt PDF title a b c d e A B C D E F S".split()
    )

    def test_whatever_they_say_comes_from_the_words(self, tmp_path: Path) -> None:
        write_words(tmp_path / "themes" / "default", {name: silenced(text) for name, text in ENGLISH.texts.items()})
        found = {(path, word) for path, text in said(build_site(tmp_path, "en")) for word in self._spoken(text)}
        assert found == set()

    def _spoken(self, text: str) -> set[str]:
        """Give the words of a text that are neither silenced, nor the content's, nor a date's, nor an address."""
        months = {ENGLISH.month_name(number, width) for number in range(1, 13) for width in ("wide", "abbreviated")}
        words = re.findall(r"[^\W\d_]+", re.sub(r"https?://\S+", "", text))
        days = {ENGLISH.weekday(number, width) for number in range(7) for width in ("wide", "short")}
        return {word for word in words if set(word) != {"q"}} - self.NAMES - months - days

    def test_german_ones_say_nothing_in_english(self, tmp_path: Path) -> None:
        german = own("de").texts
        english = [
            form for name, text in ENGLISH.texts.items() for form in {*forms(text).values()} - said_in(german[name])
        ]
        patterns = [re.compile(re.sub(r"\\{\w+\\}", ".*", re.escape(form.strip()))) for form in english]
        texts = list(said(build_site(tmp_path, "de")))
        assert {(path, text) for path, text in texts if any(p.fullmatch(text) for p in patterns)} == set()
        assert {"5. Dezember 2024", "Dezember 2024", "2 Artikel", "12 Autoren"} <= {text for _, text in texts}
        assert '<html lang="de" dir="ltr"' in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def silenced(text: Text) -> dict[str, str]:
    """Write q for every letter of a text's forms, but for the names of values."""
    quiet = re.compile(r"(\{\w+\})|[^\W\d_]")
    return {category: quiet.sub(lambda found: found[1] or "q", form) for category, form in forms(text).items()}


def said_in(text: Text) -> set[str]:
    return {*forms(text).values()}


def write_words(theme: Path, texts: dict[str, dict[str, str]]) -> None:
    """Write a layer of a theme that has English words of its own."""
    (theme / "words").mkdir(parents=True)
    (theme / "theme.yaml").write_text("")
    sections = {name.partition(".")[0]: {} for name in texts}  # type: dict[str, dict[str, dict[str, str]]]
    for name, text in texts.items():
        section, _, own_name = name.partition(".")
        sections[section][own_name] = text
    lines = [f"{section}: {json.dumps(body, ensure_ascii=False)}" for section, body in sections.items()]
    (theme / "words" / "en.yaml").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
class TestInABrowser:
    def test_scripts_write_counts_dates_and_lists_as_pages_do(self, page: Page, tmp_path: Path) -> None:
        (tmp_path / "index.html").write_text(EMPTY)
        day = dt.date(2024, 12, 5)
        for language in LANGUAGES:
            words = read_words(language, [THEME / "words"])
            write_scripts(tmp_path / language, language)
            with serving(tmp_path) as server:
                page.goto(server.root)
                written = page.evaluate(SAY, f"{server.root}{language}/say.js")
            counts = [words("script.papers", n=n) for n in COUNTS]
            assert written == [counts, words.date(day)], language

    def test_a_text_that_scripts_lack_is_a_mistake(self, page: Page, tmp_path: Path) -> None:
        (tmp_path / "index.html").write_text(EMPTY)
        write_scripts(tmp_path, "en")
        with serving(tmp_path) as server:
            page.goto(server.root)
            with pytest.raises(Error, match="has no x"):
                page.evaluate("async (script) => (await import(script)).say('x')", f"{server.root}say.js")

    def test_the_search_answers_in_german(self, page: Page, tmp_path: Path) -> None:
        with serving(build_site(tmp_path, "de")) as server:
            page.goto(f"{server.root}search/?q=lorem")
            expect(page.locator("main").get_by_role("status")).to_have_text("5 Artikel")
            expect(page.locator("#search-list")).to_contain_text("5. Dezember 2024")
            expect(page.locator("#search-list")).to_contain_text("3 Kommentare")
            expect(page.locator("#search-list")).to_contain_text("Ohne Datum")
            page.locator("#search-query").fill("dolorx")
            message = "Kein Artikel enthält „dolorx“. Gezeigt werden Ergebnisse für „dolor“."
            expect(page.locator("main").get_by_role("status")).to_contain_text(message)

    @pytest.mark.parametrize("path", MIRRORED)
    @pytest.mark.parametrize("width", [360, 1440])
    def test_pages_mirror_where_lines_begin_at_the_right(self, path: str, width: int, page: Page, arabic: Path) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        with serving(arabic) as server:
            visit(page, server, path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
            name = page.locator(".site-name").evaluate("e => innerWidth - e.getBoundingClientRect().right")
            assert 0 <= name < width / 5  # at the right edge, where it is at the left one otherwise

    @pytest.mark.parametrize("path", MIRRORED)
    def test_axe_finds_nothing_on_mirrored_pages(self, path: str, page: Page, arabic: Path) -> None:
        page.set_viewport_size({"width": 360, "height": 800})
        with serving(arabic) as server:
            visit(page, server, path)
            found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(v["id"], [node["html"][:100] for node in v["nodes"]][:3]) for v in found] == []

    def test_arrows_point_the_other_way(self, page: Page, arabic: Path) -> None:
        with serving(arabic) as server:
            page.goto(f"{server.root}papers/page/2/")
            turned = page.locator(".step .arrow").evaluate_all("all => all.map(e => getComputedStyle(e).transform)")
        assert turned == ["matrix(-1, 0, 0, 1, 0, 0)"] * 2


def visit(page: Page, server: Server, path: str) -> None:
    page.goto(server.root + path)
    if "?q=" in path:
        expect(page.locator("#search-results")).to_have_attribute("data-state", "ready")
        expect(page.locator("#search-list")).to_have_attribute("aria-busy", "false")


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sample as an Arabic site. Its texts are English: nobody has translated them."""
    root = tmp_path_factory.mktemp("arabic")
    copy_sample(root)
    settings = root / "content" / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("language: en", "language: ar"), encoding="utf-8")
    build(root, BuildOptions(root / "site"))
    return root / "site"


def write_scripts(folder: Path, language: str) -> None:
    theme = load_theme("default", (REPOSITORY / "themes",), REPOSITORY, language=language)
    folder.mkdir(exist_ok=True)
    for name in ("say.js", "words.js"):
        (folder / name).write_bytes(theme.assets[f"js/{name}"].data)
