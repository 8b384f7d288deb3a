"""Rows rendered by other processes are those that the pages would have rendered."""

from pathlib import Path

import jinja2
import pytest

from sitegen.catalogue import build_catalogue
from sitegen.config import Config
from sitegen.crew import ALONE, Processes
from sitegen.prerender import BATCH, COMMON, prerender_rows
from sitegen.render import Site
from sitegen.theme import Theme
from tests.papers import WORDS, entry

THEMES = Path(__file__).parent.parent / "themes"


def theme() -> Theme:
    return Theme((THEMES / "default",), THEMES)


@pytest.fixture
def site() -> Site:
    papers = [entry(f"paper-{number}", f"2024-01-{number % 28 + 1:02}") for number in range(BATCH + 3)]
    catalogue = build_catalogue(papers, ())
    return Site(catalogue, Config(title="Site", base_url="https://example.org/"), [()] * len(papers), (), WORDS)


@pytest.mark.parametrize(("template", "values"), COMMON)
def test_rows_are_rendered_elsewhere_and_as_they_would_be_here(
    site: Site, template: str, values: dict[str, object]
) -> None:
    used, clean = theme(), theme()
    prerender_rows(site, used, Processes(2))
    used.fragments._template = _refuse  # noqa: SLF001  # nothing is left to render
    rows = site.frame.rows_of(site.catalogue.papers)
    assert used.fragments.rendered(template, rows, values) == clean.fragments.rendered(template, rows, values)


def test_alone_nothing_is_rendered_before_it_is_shown(site: Site) -> None:
    used = theme()
    prerender_rows(site, used, ALONE)
    assert "fragments" not in vars(used)


def test_a_theme_without_such_rows_is_no_mistake(site: Site, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    prerender_rows(site, Theme((tmp_path,), tmp_path), Processes(2))


def _refuse(name: str) -> jinja2.Template:
    raise AssertionError(f"{name} is rendered again")
