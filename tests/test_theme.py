import pickle
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitegen.places import theme_places
from sitegen.problems import SitegenError
from sitegen.theme import Theme, load_theme
from sitegen.views import Head


@dataclass(frozen=True)
class View:
    head: Head
    text: str


VIEW = View(Head("T", "", "https://example.org/", "a/b/", "../../"), "<b>&")


def theme_of(tmp_path: Path, files: dict[str, str], name: str = "mine") -> Theme:
    """Write a theme and the base that every theme stands on, and load it."""
    for path, text in {"mine/theme.yaml": "", "default/theme.yaml": "", **files}.items():
        file = tmp_path / "themes" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return load_theme(name, (tmp_path / "themes",), tmp_path)


def test_a_view_is_rendered_escaped(tmp_path: Path) -> None:
    theme = theme_of(tmp_path, {"mine/templates/a.html": "{{ root }} {{ head.title }} {{ text }}"})
    assert theme.render("a.html", VIEW) == b"../../ T &lt;b&gt;&amp;"


@pytest.mark.parametrize("name", ["a.html", "a.xml", "a.svg", "a.html.j2"])
def test_every_kind_of_template_is_escaped(tmp_path: Path, name: str) -> None:
    assert theme_of(tmp_path, {f"mine/templates/{name}": "{{ text }}"}).render(name, VIEW) == b"&lt;b&gt;&amp;"


class TestLayers:
    FILES = (
        ("default/templates/base.html", "[{% block x %}default{% endblock %}]"),
        ("default/templates/a.html", '{% extends "base.html" %}'),
        ("default/static/css/style.css", "default"),
        ("parent/theme.yaml", ""),
        ("parent/static/css/style.css", "parent"),
        ("mine/theme.yaml", "extends: parent"),
        ("mine/templates/base.html", "<{% block x %}mine{% endblock %}>"),
    )

    def test_the_most_specific_layer_gives_each_file(self, tmp_path: Path) -> None:
        theme = theme_of(tmp_path, dict(self.FILES))
        assert theme.render("a.html", VIEW) == b"<mine>"
        assert theme.assets["css/style.css"].data == b"parent"

    def test_a_site_may_lay_single_files_over_the_installed_theme(self, tmp_path: Path) -> None:
        theme_of(tmp_path, dict(self.FILES))
        installed = tmp_path / "elsewhere"
        (installed / "mine" / "templates").mkdir(parents=True)
        (installed / "mine" / "theme.yaml").write_text("")
        (installed / "mine" / "templates" / "only.html").write_text("only installed")
        theme = load_theme("mine", (tmp_path / "themes", installed), tmp_path)
        assert theme.render("only.html", VIEW) == b"only installed"
        assert theme.render("a.html", VIEW) == b"<mine>"

    def test_themes_that_extend_each_other_end(self, tmp_path: Path) -> None:
        theme = theme_of(tmp_path, {"mine/theme.yaml": "extends: other", "other/theme.yaml": "extends: mine"})
        assert [layer.name for layer in theme.layers] == ["mine", "other", "default"]

    def test_an_unknown_theme_names_those_there_are(self, tmp_path: Path) -> None:
        theme_of(tmp_path, {})
        message = r"site\.yaml:3: error: no theme is called 'mien'; did you mean 'mine'"
        with pytest.raises(SitegenError, match=message):
            load_theme("mien", (tmp_path / "themes",), tmp_path, ("content/site.yaml", 3))

    def test_the_default_theme_is_found_without_a_folder_of_the_sites_own(self, tmp_path: Path) -> None:
        theme = load_theme("default", theme_places(tmp_path), tmp_path)
        assert "js/lunr.js" in theme.assets
        assert "base.html" in theme.environment.list_templates()


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("one\n{% if %}", "themes/mine/templates/a.html:2: error: template syntax: "),
            ("one\n\n{{ nosuch }}", "themes/mine/templates/a.html:3: error: template: 'nosuch' is undefined"),
            (
                "{{ text.missing.more }}",
                "themes/mine/templates/a.html:1: error: template: 'str object' has no attribute",
            ),
            (
                'one\n{{ asset("no.css") }}',
                "a.html:2: error: template: no layer of the theme has the static file 'no.css'",
            ),
            ('{% include "no.html" %}', "error: no layer of the theme has the template 'no.html'"),
            ("{{ 1 / 0 }}", "a.html:1: error: template: division by zero"),
            ("{{ text | nosuch }}", "a.html:1: error: template syntax: No filter named 'nosuch'"),
        ],
    )
    def test_each_is_told_with_the_templates_line(self, tmp_path: Path, text: str, message: str) -> None:
        with pytest.raises(SitegenError) as raised:
            theme_of(tmp_path, {"mine/templates/a.html": text}).render("a.html", VIEW)
        assert message in str(raised.value)

    def test_a_mistake_in_an_included_template_is_told_there(self, tmp_path: Path) -> None:
        files = {"mine/templates/a.html": '{% include "b.html" %}', "mine/templates/b.html": "x\n{{ oops }}"}
        with pytest.raises(SitegenError, match=r"themes/mine/templates/b\.html:2: error"):
            theme_of(tmp_path, files).render("a.html", VIEW)


class TestAssets:
    def test_scripts_keep_their_names_in_one_hashed_folder(self, tmp_path: Path) -> None:
        theme = theme_of(tmp_path, {"mine/static/js/a.js": "import './b.js'", "mine/static/js/b.js": "1"})
        folder, name = theme.asset("js/a.js").rsplit("/", 1)
        assert name == "a.js"
        assert folder.startswith("assets/js-")
        assert theme.asset("js/b.js") == f"{folder}/b.js"

    def test_a_changed_script_moves_them_all(self, tmp_path: Path) -> None:
        before = theme_of(tmp_path, {"mine/static/js/a.js": "1", "mine/static/js/b.js": "1"}).asset("js/a.js")
        assert theme_of(tmp_path, {"mine/static/js/b.js": "2"}).asset("js/a.js") != before

    def test_style_sheets_name_hashed_pictures(self, tmp_path: Path) -> None:
        css = 'a{background:url(../img/i.svg)}b{background:url("data:x")}c{background:url(#f)}'
        theme = theme_of(tmp_path, {"mine/static/css/s.css": css, "mine/static/img/i.svg": "<svg/>"})
        name = theme.asset("img/i.svg").rpartition("/")[2]
        styled = theme.assets["css/s.css"].data.decode()
        assert styled == f'a{{background:url("../img/{name}")}}b{{background:url("data:x")}}c{{background:url(#f)}}'

    def test_what_editors_leave_behind_is_not_published(self, tmp_path: Path) -> None:
        theme = theme_of(tmp_path, {"mine/static/css/.s.css.swp": "x", "mine/static/css/s.css": "y"})
        assert list(theme.assets) == ["js/words.js", "css/s.css"]


class TestClosure:
    FILES = (
        ("mine/templates/a.html", '{% extends "base.html" %}{% block x %}{% include "part.html" %}{% endblock %}'),
        ("mine/templates/base.html", '{{ asset("css/s.css") }}{% block x %}{% endblock %}'),
        ("mine/templates/part.html", "part"),
        ("mine/templates/other.html", "other"),
        ("mine/static/css/s.css", "1"),
    )

    @pytest.mark.parametrize(
        ("path", "changes"),
        [
            ("mine/templates/a.html", True),
            ("mine/templates/base.html", True),
            ("mine/templates/part.html", True),
            ("mine/static/css/s.css", True),
            ("mine/templates/other.html", False),
        ],
    )
    def test_it_changes_with_all_that_the_template_needs(self, tmp_path: Path, path: str, *, changes: bool) -> None:
        before = theme_of(tmp_path, dict(self.FILES)).closure("a.html")
        text = dict(self.FILES)[path]
        after = theme_of(tmp_path, {path: text + "2"}).closure("a.html")
        assert (after != before) is changes


def test_a_theme_that_has_rendered_crosses_the_border_of_a_process(tmp_path: Path) -> None:
    theme = theme_of(tmp_path, {"mine/templates/a.html": "{{ text }}", "mine/static/css/s.css": "y"})
    made = theme.render("a.html", VIEW), theme.closure("a.html"), theme.asset("css/s.css")
    there = pickle.loads(pickle.dumps(theme))  # noqa: S301  # written one line above
    assert (there.render("a.html", VIEW), there.closure("a.html"), there.asset("css/s.css")) == made


def test_filters_write_as_readers_do(tmp_path: Path) -> None:
    theme = theme_of(
        tmp_path,
        {
            "mine/templates/a.html": "{{ 1234567 | number }} {{ 12 | month_name }} {{ 'listing.papers' | t(n=1) }}",
            "mine/words/en.yaml": "listing: {papers: {one: '{n} paper', other: '{n} papers'}}",
        },
    )
    assert theme.render("a.html", VIEW) == b"1,234,567 December 1 paper"
