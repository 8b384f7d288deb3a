"""Bodies are rendered within a time limit, whatever stands in them."""

import pytest

from sitegen.problems import Severity
from sitegen.prose import render_prose
from sitegen.rendered import Prose, Remark
from sitegen.timed import LIGHT, effort, heaviest, render_timed

HEAVY = "A paragraph.\n\n" + "[one](" * 12_000 + "\n\nAnother.\n"


def test_an_ordinary_body_is_light() -> None:
    assert effort("Words of an abstract, [a link](https://a.org/) and *emphasis*. " * 40) < LIGHT


def test_a_body_that_takes_too_long_is_refused_at_the_passage() -> None:
    message = "this passage takes longer than 0.5 s to render; simplify its markup"
    assert render_timed(HEAVY, seconds=0.5) == Prose("", "", (Remark(2, message, Severity.ERROR),))


@pytest.mark.parametrize(
    "body", ["Light, with *stars* and $x$.", "Two\nlines.", "# A long one\n\n" * 4000, "Ü漢🚀 <b>x</b>\n\n" * 2000]
)
def test_where_it_is_rendered_makes_no_difference(body: str) -> None:
    assert render_timed(body) == render_prose(body)


def test_both_ways_are_taken_above() -> None:
    assert effort("# A long one\n\n" * 4000) > LIGHT > effort("Light, with *stars* and $x$.")


def test_a_plain_paragraph_of_any_length_needs_no_limit() -> None:
    body = "One &lt;tag>." * 9000
    assert effort(body) > LIGHT
    assert render_timed(body, seconds=0).text == "One <tag>." * 9000


def test_markup_that_nests_too_deep_is_refused() -> None:
    body = "First.\n\n" + "".join("    " * level + "- item\n" for level in range(300))
    message = "this passage cannot be rendered, its markup nests too deep; simplify it"
    assert render_timed(body) == Prose("", "", (Remark(2, message, Severity.ERROR),))


def test_the_heaviest_passage() -> None:
    assert heaviest("") == 0
    assert heaviest("a\n\n\nb [c] [d] [e]\n\nf") == 3
    assert heaviest("\n \nshort\n\n" + "x" * 5000) == 4
