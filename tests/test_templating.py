"""Templates compiled our way say what Jinja itself makes them say."""

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from sitegen.templating import Environment

PIECES = st.lists(
    st.sampled_from(
        [
            "text & <b>sign</b> 'one'\n",
            "{{ text }}",
            "{{ html }}",
            "{{ number }}",
            "{{ nothing }}",
            '{{ "a constant < another" }}',
            "{{ text | upper }}{{ text ~ html }}",
            "{% if number %}{{ text }}{% else %}nothing{% endif %}",
            "{% for word in words %}{{ word }}, {{ loop.index }}{% endfor %}",
            "{% macro shout(word) %}<i>{{ word }}</i>!{% endmacro %}{{ shout(text) }}",
            "{% set kept %}<u>{{ text }}</u>{% endset %}{{ kept }}",
            "{% filter lower %}LOUD {{ text }}{% endfilter %}",
            "{% call(x) each(words) %}{{ x }}{{ text }}{% endcall %}",
            "{% autoescape false %}{{ text }}{% endautoescape %}",
            "{% autoescape number %}{{ text }}{% endautoescape %}",
        ]
    ),
    max_size=8,
).map("".join)
VALUES = {"html": Markup("<em>safe</em>"), "nothing": None, "words": ["a", "<b>", "&"]}


def each(words: list[str], caller: object) -> str:
    """Call a template's block for each word."""
    return Markup("").join([caller(word) for word in words])  # type: ignore[operator]  # Jinja gives a macro


@given(base=PIECES, block=PIECES, inside=PIECES, text=st.text(), number=st.integers(0, 1))
def test_says_what_jinja_says(base: str, block: str, inside: str, text: str, number: int) -> None:
    templates = {
        "base.html": f"{base}{{% block one %}}default{{% endblock %}}{base}{{% block two scoped %}}2{{% endblock %}}",
        "page.html": f'{{% extends "base.html" %}}{{% block one %}}{block}{{% include "part.html" %}}{{% endblock %}}',
        "part.html": inside,
    }
    ours, theirs = (
        kind(loader=jinja2.DictLoader(templates), autoescape=True) for kind in (Environment, jinja2.Environment)
    )
    values = VALUES | {"text": text, "number": number, "each": each}
    for name in templates:
        assert ours.get_template(name).render(values) == theirs.get_template(name).render(values)


def test_finds_the_line_of_a_mistake() -> None:
    environment = Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string("one\n{{ known }}\n\n{{ unknown }}\n")
    with pytest.raises(jinja2.UndefinedError) as mistake:
        template.render(known=1)
    assert [entry.lineno + 1 for entry in mistake.traceback if "<template>" in str(entry.path)] == [4]


def test_a_constant_that_cannot_be_is_a_mistake_of_the_page_that_shows_it() -> None:
    template = Environment(autoescape=True).from_string("{% if wanted %}{{ 1 // 0 }}{% endif %}fine")
    assert template.render(wanted=False) == "fine"
    with pytest.raises(ZeroDivisionError):
        template.render(wanted=True)
