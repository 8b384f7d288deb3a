"""Markdown to safe HTML and plain text; plain text to Markdown and back, letter for letter."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings

from sitegen.prose import from_plain, render_prose
from sitegen.rendered import Remark
from sitegen.typeset import typeset
from tests.texts import TEXTS

DATA = Path(__file__).parent / "data" / "prose"


@pytest.mark.parametrize("name", sorted(p.stem for p in DATA.glob("*.md")))
def test_bodies_become_html(name: str) -> None:
    body = (DATA / f"{name}.md").read_text("utf-8")
    assert render_prose(body).html + "\n" == (DATA / f"{name}.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("fine\n\n<b onclick='x()'>bold</b>", (2, "b[onclick]")),
        ("<script>x()</script>", (0, "<script>")),
        ("a\n\n\n<iframe src=//x.example></iframe>", (3, "<iframe>, iframe[src]")),
        ("[a](https://a.org/)\n\n[a](javascript:x())", (2, "a[href]")),
        ("<a href='javascript:x()'>a</a>", (0, "a[href]")),
        ("a <b>word</b> &lt;script>", None),
        ("`<script>`", None),
    ],
)
def test_what_cleaning_took_away_is_told_with_its_line(body: str, told: tuple[int, str] | None) -> None:
    message = "removed for safety: {}; write it in Markdown, or leave it out"
    assert render_prose(body).remarks == ((Remark(told[0], message.format(told[1])),) if told else ())


def test_only_a_few_names_are_told() -> None:
    (remark,) = render_prose("".join(f"<x{n}>" for n in range(20))).remarks
    assert remark.message.startswith("removed for safety: <x0>, <x1>, <x2>, <x3>, <x4>, and more; ")


@pytest.mark.parametrize(
    "body",
    [
        "<script>window.ran=1</script>",
        "<svg/onload=ran()>",
        "<img src=x onerror=ran()>",
        "[x](javascript:ran())",
        "[x](jav&#x61;script:ran())",
        "[x](JaVaScRiPt:ran())",
        "[x](data:text/html,ran)",
        "![x](javascript:ran())",
        "<javascript:ran()>",
        "<a href='&#106;avascript:ran()'>x</a>",
        "<style>*{color:red}</style>",
        "<form action=javascript:ran()><button>x</button></form>",
        "<math><mtext><style><img src onerror=ran()></style></mtext></math>",
        "$\\href{javascript:ran()}{x}$",
        '$"><img src=x onerror=ran()>$',
        "`` ` ``<img src=x onerror=ran()>",
        "[x]: javascript:ran()\n\n[x]",
        "text\n{: onclick=ran() }",
    ],
)
def test_nothing_in_a_body_runs(body: str) -> None:
    for tag, attributes in elements(render_prose(body).html):
        assert tag not in {"script", "svg", "style", "form", "button", "iframe"}
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        addresses = [attributes[name] or "" for name in ("href", "src") if name in attributes]
        assert not any("script:" in address.casefold() or "data:" in address for address in addresses)


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    found: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    Reader().feed(html)
    return found


def test_templates_are_text() -> None:
    assert render_prose("{{ config }} {% include 'x' %}").text == "{{ config }} {% include 'x' %}"


def test_the_plain_text_is_what_a_reader_reads() -> None:
    body = "# A *title*\n\nOne\ntwo.\n\n- a\n- b\n\n|x|y|\n|-|-|\n|1|2|\n\nWith $x^2$ and [a link](https://a.org/)."
    assert render_prose(body).text == "A title\nOne\ntwo.\na\nb\nx\ny\n1\n2\nWith $x^2$ and a link."


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("up 3.32\\% with ``deep'' nets", "up 3.32% with “deep” nets"),
        ("the <sks> token and *stars*", "the &lt;sks> token and \\*stars\\*"),
        ("snake_case [1] `code`", "snake\\_case \\[1\\] \\`code\\`"),
        ("- no list", "\\- no list"),
        ("# no heading", "\\# no heading"),
        ("12. no list", "12\\. no list"),
        ("AT&T and &amp;", "AT&T and &amp;amp;"),
        ("paper &#1 of 2", "paper &amp;#1 of 2"),
        ("$x &#1 y$", "\\$x &amp;#1 y\\$"),
        ("https://a.org/&#1", "https\\://a.org/&amp;#1"),
        ("\\textit{E. coli} and \\texttt{x_1}", "\\E. coli and `x_1`"),
        ("in $x_1$ steps", "in $x_1$ steps"),
        ("see https://a.org/b_c_d.", "see https://a.org/b_c_d."),
        ("$5 or $10", "\\$5 or \\$10"),
    ],
)
def test_plain_text_as_markdown(text: str, markdown: str) -> None:
    assert from_plain(text) == markdown.replace("\\E. coli", "*E. coli*")


@settings(deadline=None)
@given(TEXTS)
@example("http://&amp;\xa0")
@example("http://&amp;http://&amp;")
def test_plain_text_comes_out_letter_for_letter(text: str) -> None:
    assert render_prose(from_plain(text)).text == typeset(text).strip()


@settings(deadline=None)
@given(TEXTS)
def test_plain_text_makes_one_paragraph_and_no_markup_of_its_own(text: str) -> None:
    html = render_prose(from_plain(text)).html
    assert html.count("<p>") <= 1
    assert not any(f"<{tag}" in html for tag in ("h1", "h2", "li", "blockquote", "table", "hr", "img", "pre"))


def test_signs_that_mark_formulas_inside_cannot_be_brought_in() -> None:
    prose = render_prose("one \ufdd00\ufdd1 two $x$ three \ue0000\ue001")
    assert prose.text == "one 0 two $x$ three \ue0000\ue001"
    assert prose.html.count("<math") == 1
