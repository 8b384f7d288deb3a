"""Scripts and style sheets as they are published."""

from pathlib import Path

import pytest

from sitegen.assets import minified, publish


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("// why\nlet a = 1;\n\n/* so */ let b = 2;\n", "let a=1;let b=2;"),
        ('let a = "// not  a comment";', 'let a="// not  a comment";'),
        ("let a = /[/*]  x/g;", "let a=/[/*]  x/g;"),
        ("let a = `two  ${b + c}  // lines\n`;", "let a=`two  ${b + c}  // lines\n`;"),
        ("/*! MIT */\nlet a = 1; // why\n", "/*! MIT */let a=1;"),
        ("/**\n * @license MIT\n */\nlet a = 1;\n", "/**\n * @license MIT\n */\nlet a=1;"),
        ("/* Copyright: me */ /*! and\nme */ a  = 1", "/* Copyright: me */\n/*! and\nme */a=1"),
        ("/* plain */ a  = 1", "a=1"),
        ("let ü = 'Ä  Ö';", "let ü='Ä  Ö';"),
        ("", ""),
    ],
)
def test_comments_and_needless_space_are_left_out(script: str, expected: str) -> None:
    assert minified("js/a.js", script.encode()).decode() == expected


def test_bytes_that_are_no_text_stay() -> None:
    assert minified("js/a.js", b"a = '\xff\xfe'") == b"a='\xff\xfe'"


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("/* why */\na { color: red; }\n", "a{color:red}"),
        ("a {\n  width: calc(1px + 2px);  /* so */\n}", "a{width:calc(1px + 2px)}"),
        ('a::before { content: "/* shown */  /* too */"; }', 'a::before{content:"/* shown */  /* too */"}'),
        ("a { background: url(//example.org/*/a.svg) } /* so */", "a{background:url(//example.org/*/a.svg)}"),
        ("a /* and */ .b :not(.c) {d: e}", "a .b :not(.c){d:e}"),
        ("@media (min-width: 1rem) and (hover) { a { b: c } }", "@media (min-width:1rem) and (hover){a{b:c}}"),
        ("/*! MIT */\na { b: c }", "/*! MIT */a{b:c}"),
        ("/* Copyright: me */\na { b: c }", "/* Copyright: me */\na{b:c}"),
    ],
)
def test_a_style_sheet_loses_them_too(sheet: str, expected: str) -> None:
    assert minified("css/a.css", sheet.encode()).decode() == expected


def test_what_is_minified_already_stays(tmp_path: Path) -> None:
    for name in ("a.js", "b.min.js"):
        (tmp_path / name).write_text("/* why */ let a = 1;")
    published = publish({f"js/{name}": tmp_path / name for name in ("a.js", "b.min.js")})
    assert [asset.data for asset in published.values()] == [b"let a=1;", b"/* why */ let a = 1;"]


def test_the_hash_is_that_of_what_is_published(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("let a = 1; // one remark")
    before = publish({"js/a.js": tmp_path / "a.js"})
    (tmp_path / "a.js").write_text("let a = 1; // another")
    assert publish({"js/a.js": tmp_path / "a.js"}) == before
