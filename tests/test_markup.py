"""Our additions to Markdown."""

import sys

import pytest

from sitegen.markup import QUOTE_DEPTH, convert


def test_formulas_are_taken_out_and_marked() -> None:
    assert convert("of $x_1$ and \\(y*z*\\)") == ("<p>of \ufdd00\ufdd1 and \ufdd01\ufdd1</p>", ["$x_1$", "\\(y*z*\\)"])


def test_code_is_no_formula() -> None:
    assert convert("`$x$`\n\n    $y$") == ("<p><code>$x$</code></p>\n<pre><code>$y$\n</code></pre>", [])


@pytest.mark.parametrize(
    "body",
    [
        "[a](https://a.org/b_c)",
        '<a href="https://a.org/b_c">a</a>',
        "<a href=https://a.org/b_c>a</a>",
        "<https://a.org/b_c>",
    ],
)
def test_addresses_in_links_are_not_linked_again(body: str) -> None:
    assert convert(body)[0].count("<a ") == 1


def test_ampersands_in_addresses_are_letters() -> None:
    link = '<a href="https://a.org/?a=1&amp;amp;copy=2">https://a.org/?a=1&amp;amp;copy=2</a>'
    assert convert("https://a.org/?a=1&amp;copy=2")[0] == f"<p>{link}</p>"


@pytest.mark.parametrize("sign", ["$", "~", "=", ":"])
def test_more_signs_can_be_escaped(sign: str) -> None:
    assert convert(f"a \\{sign} b")[0] == f"<p>a {sign} b</p>"


@pytest.mark.parametrize("depth", [QUOTE_DEPTH, QUOTE_DEPTH + 1, 5000])
def test_quotes_nest_to_a_fixed_depth(depth: int) -> None:
    html, _ = convert("> " * depth + "deep")
    assert html.count("<blockquote>") == QUOTE_DEPTH
    assert html.count("&gt;") == depth - QUOTE_DEPTH


def test_quotes_are_the_same_on_a_low_stack() -> None:
    body = "> " * 40 + "deep"
    expected = convert(body)

    def deeper(levels: int) -> tuple[str, list[str]]:
        return deeper(levels - 1) if levels else convert(body)

    assert deeper(sys.getrecursionlimit() // 3) == expected
