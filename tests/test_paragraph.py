"""One walk over a plain paragraph gives what Markdown's parser and the cleaner give."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.paragraph import render_paragraph
from sitegen.prose import from_plain, render_prose
from tests.texts import PIECES, TEXTS


@pytest.mark.parametrize(
    ("body", "html", "text"),
    [
        ("Words, and more.\n", "<p>Words, and more.</p>", "Words, and more."),
        ("a \\_b\\_ &lt;c> R&D.", "<p>a _b_ &lt;c&gt; R&amp;D.</p>", "a _b_ <c> R&D."),
        (
            "*Old*, **bold** `x 1`",
            "<p><em>Old</em>, <strong>bold</strong> <code>x 1</code></p>",
            "Old, bold x 1",
        ),
        (
            "At https://a.org/b_c.",
            '<p>At <a href="https://a.org/b_c" rel="noopener noreferrer">https://a.org/b_c</a>.</p>',
            "At https://a.org/b_c.",
        ),
        ("\\# no heading", "<p># no heading</p>", "# no heading"),
        ("12\\. no list", "<p>12. no list</p>", "12. no list"),
    ],
)
def test_a_plain_paragraph(body: str, html: str, text: str) -> None:
    prose = render_paragraph(body)
    assert prose
    assert (prose.html, prose.text) == (html, text)
    assert prose == render_prose(body)


def test_formulas_are_mathml_with_their_source_as_text() -> None:
    prose = render_paragraph("Of $x_1$ and \\(y\\).")
    assert prose
    assert prose.text == "Of $x_1$ and \\(y\\)."
    assert prose.html.count("<math ") == 2
    assert prose == render_prose("Of $x_1$ and \\(y\\).")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "two\nlines",
        "two\n\nparagraphs",
        "- a list",
        "# a heading",
        "    code",
        "<b>html</b>",
        "a [link](https://a.org/)",
        "<https://a.org/>",
        "&copy; 2020",
        "a*b*c",
        "**a*b**",
        "costs $15 and $20",
        "https://me:secret@a.org/",
        "https://a.org:99999/",
        "a tab\there",
    ],
)
def test_what_is_not_sure_is_left_to_markdown(body: str) -> None:
    assert render_paragraph(body) is None


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_imported_text_comes_out_as_from_markdown(text: str) -> None:
    body = from_plain(text)
    assert render_paragraph(body) in (None, render_prose(body))


MARKUP = st.sampled_from([*PIECES, " ", "a", "*a*", "**b c**", "`c`", "\\*", "\\_", "&lt;", "\n"])


@settings(deadline=None, max_examples=300)
@given(st.lists(MARKUP, max_size=12).map("".join))
def test_any_markdown_comes_out_as_from_markdown_or_not_at_all(body: str) -> None:
    assert render_paragraph(body) in (None, render_prose(body))
