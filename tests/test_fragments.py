"""A fragment is what the template gives, at any depth, and never that of another object."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from sitegen import fragments
from sitegen.fragments import Fragments

TEMPLATES = {
    "row.html": '<a href="{{ root }}{{ row.path }}">{{ row.title }}</a>{{ level }}{{ root }}\n',
    "words.html": "{{ one }}-{{ two }}\n",
}


@dataclass(frozen=True)
class Row:
    path: str
    title: str


def environment() -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.DictLoader(TEMPLATES), autoescape=True)


def rendered(name: str, root: str, **values: object) -> str:
    """Render without any memory."""
    return environment().get_template(name).render(values, root=root)


@pytest.fixture
def kept() -> Fragments:
    return Fragments(environment().get_template)


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
ROWS = st.builds(Row, TEXTS, TEXTS)
ROOTS = st.sampled_from(["", "../", "../../../", "/under/a path/", "/a&b/"])


@given(rows=st.lists(ROWS, max_size=5), uses=st.lists(st.tuples(ROOTS, st.integers(1, 3)), max_size=4))
def test_each_gives_what_the_template_gives_at_any_root(rows: list[Row], uses: list[tuple[str, int]]) -> None:
    kept = Fragments(environment().get_template)
    for root, level in uses:
        direct = "".join(rendered("row.html", root, row=row, level=level) for row in rows)
        assert kept.each("row.html", root, rows, level=level) == direct
        for row in rows:
            once = kept.once("row.html", root, row=row, level=level)
            assert once == rendered("row.html", root, row=row, level=level)


def test_the_template_is_used_once_for_one_object() -> None:
    used: list[str] = []

    def template(name: str) -> jinja2.Template:
        used.append(name)
        return environment().get_template(name)

    kept, rows = Fragments(template), [Row("a/", "A"), Row("b/", "B")]
    for root in ("", "../", "../../"):
        kept.each("row.html", root, rows, level=2)
    assert used == ["row.html"] * 2


def test_the_same_values_under_other_names_are_another_fragment(kept: Fragments) -> None:
    a, b = "a", "b"
    assert kept.once("words.html", "", one=a, two=b) == "a-b"
    assert kept.once("words.html", "", two=a, one=b) == "b-a"


def test_what_a_fragment_shows_is_escaped_once(kept: Fragments) -> None:
    made = kept.once("row.html", '"&', row=Row("<", "<b>"), level=1)
    assert isinstance(made, Markup)
    assert made == '<a href="&#34;&amp;&lt;">&lt;b&gt;</a>1&#34;&amp;'


def reborn() -> Iterator[Row]:
    """Make rows one after the other, each gone before the next is made."""
    for number in count():
        yield Row(f"{number}/", f"Row {number}")


def test_an_object_in_the_place_of_one_that_is_gone_is_not_taken_for_it(kept: Fragments) -> None:
    """Identities are used again once an object is gone; a fragment's objects therefore stay as long as it does."""
    for number, row in zip(range(2000), reborn(), strict=False):
        assert f"Row {number}<" in kept.once("row.html", "", row=row, level=1)
        del row
        gc.collect(0)


def test_what_another_rendered_is_not_rendered_again(kept: Fragments) -> None:
    rows = [Row("a/", "A"), Row("b/", "B")]
    kept.keep("row.html", rows[:1], {"level": 2}, ["kept "])
    assert kept.each("row.html", "", rows, level=2) == "kept " + rendered("row.html", "", row=rows[1], level=2)
    assert kept.once("row.html", "", row=rows[0], level=1) == rendered("row.html", "", row=rows[0], level=1)


def test_beyond_what_is_kept_all_are_forgotten_and_none_is_wrong(
    kept: Fragments, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fragments, "MOST", 3)
    for number, row in zip(range(50), reborn(), strict=False):
        assert f"Row {number}<" in kept.once("row.html", "", row=row, level=1)


@pytest.mark.parametrize("use", [lambda kept: kept.once("no.html", ""), lambda kept: kept.each("no.html", "", [1])])
def test_a_template_that_is_not_there_is_told(kept: Fragments, use: Callable[[Fragments], object]) -> None:
    with pytest.raises(jinja2.TemplateNotFound, match=r"no\.html"):
        use(kept)
