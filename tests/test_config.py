"""site.yaml: defaults, and an error at the line of what is not understood."""

from pathlib import Path

import pytest

from sitegen.config import DEFAULT_BOOSTS, Config, parse_config, read_config


def told(text: str) -> list[str]:
    return [str(problem) for problem in parse_config(text, "content/site.yaml")[1]]


def test_every_setting() -> None:
    config, problems = parse_config(
        "title: Our papers\ntagline: Short\ndescription: Long\nauthor: Us\nbase_url: https://a.org/papers\n"
        "language: pt-BR\ntheme: plain\nrepository: https://forge.example/us/papers/edit/main/\npage_size: 10\n"
        "feed_size: 20\nsearch_boosts: {title: 5}\ntranslations: {de: https://a.org/de}\ncards: true\n",
        "content/site.yaml",
    )
    assert problems == []
    assert config == Config(
        title="Our papers",
        tagline="Short",
        description="Long",
        author="Us",
        base_url="https://a.org/papers/",
        language="pt-BR",
        theme="plain",
        theme_line=7,
        repository="https://forge.example/us/papers/edit/main/",
        page_size=10,
        feed_size=20,
        boosts={**DEFAULT_BOOSTS, "title": 5.0},
        home="https://a.org/papers/",
        translations=(("de", "https://a.org/de/"),),
        cards=True,
        cards_line=13,
    )


@pytest.mark.parametrize("text", ["", "# nothing set\n"])
def test_everything_has_a_default(text: str) -> None:
    assert parse_config(text, "content/site.yaml") == (Config(), [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tittle: A\n", ":1: error: unknown setting 'tittle'; did you mean 'title'?"),
        ("title: A\npagesize: 3\n", ":2: error: unknown setting 'pagesize'; did you mean 'page_size'?"),
        ("title: 3\n", ":1: error: title: must be text, not a number; put it in quotes if it is meant as text"),
        ("base_url: a.org\n", ":1: error: base_url: must be an address such as https://example.org/, not 'a.org'"),
        ("base_url: https://a.org/?x\n", ":1: error: base_url: must end with a path; remove what follows it"),
        ("language: '\"><b>'\n", ":1: error: language: must be a language tag such as en or pt-BR, not '\"><b>'"),
        ("theme: ../../x\n", ":1: error: theme: must be the name of a folder of themes/, not '../../x'"),
        ("page_size: 0\n", ":1: error: page_size: must be a whole number from 1 to 500"),
        ("feed_size: many\n", ":1: error: feed_size: must be a whole number from 1 to 500, not text"),
        ("search_boosts: {titel: 2}\n", ":1: error: search_boosts: unknown field 'titel'; did you mean 'title'?"),
        (
            "search_boosts: {title: .nan}\n",
            ":1: error: search_boosts: title must be a number above 0 and up to 1000, not a decimal number",
        ),
        (
            "search_boosts: {title: yes}\n",
            ":1: error: search_boosts: title must be a number above 0 and up to 1000, not true or false",
        ),
        ("cards: maybe\n", ":1: error: cards: must be true or false without quotes, not text"),
        ("translations: {d: a}\n", ":1: error: translations: 'd' must be a language tag such as en or pt-BR"),
        ("translations: {de: /de/}\n", ":1: error: translations: de must be the address of a site, not text"),
        ("- title\n", ":1: error: this must be a mapping, lines of `key: value`"),
    ],
)  # fmt: skip
def test_mistakes(text: str, message: str) -> None:
    assert told(text) == [f"content/site.yaml{message}"]


def test_all_mistakes_are_told() -> None:
    assert [line.split(":")[1] for line in told("title: 3\ntheme: [x]\nfoo: bar\n")] == ["3", "1", "2"]


def test_a_site_without_settings(tmp_path: Path) -> None:
    assert read_config(tmp_path / "site.yaml", "content/site.yaml") == (Config(), [])


def test_settings_on_the_disk(tmp_path: Path) -> None:
    file = tmp_path / "site.yaml"
    file.write_bytes("\ufefftitle: Über uns\r\n".encode())
    assert read_config(file, "content/site.yaml") == (Config(title="Über uns"), [])
    file.write_bytes("# ok\ntitle: Über uns\n".encode("latin-1"))
    _, (problem,) = read_config(file, "content/site.yaml")
    assert str(problem) == "content/site.yaml:2:8: error: not UTF-8 (byte 0xdc); save the file as UTF-8"


def test_the_same_site_elsewhere() -> None:
    assert Config(title="A").at("https://b.org/x") == Config(title="A", base_url="https://b.org/x/")
