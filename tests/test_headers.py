"""The table of headers, and that netlify.toml says the same."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sitegen.headers import IMMUTABLE, hosted_headers

NETLIFY = Path(__file__).parent.parent / "netlify.toml"

PAGES = ["/", "/papers/", "/papers/2024/x/", "/2024/12/05/", "/topics/nlp/page/2/", "/404.html", "/search/"]
PLAIN = ["/sw.js", "/site.webmanifest", "/robots.txt", "/sitemap.xml", "/search/index.json", "/search/manifest.json"]
PLAIN += ["/offline/packs.json", "/site.zip"]
ASSETS = ["/assets/style.1f2e.css", "/assets/js-1f2e/search.js"]
ASSETS += [f"/search/{part}/0a1b2c3d4e.json" for part in ("terms", "documents", "facets", "titles", "vocabulary")]
ASSETS += ["/search/rows/12-a2bc3/7.json", "/offline/packs/0a1b2c3d.pack"]
OPEN = ["/catalogue.json", "/catalogue.bib", "/changes.json", "/catalogue/part-1.json"]
OPEN += [f"{folder}/{name}" for folder in ("", "/topics/nlp", "/organizations/x") for name in ("atom.xml", "feed.json")]
OPEN += [f"/papers/2024/x/citation.{ending}" for ending in ("bib", "json", "ris")]
OPEN += [
    f"{folder}/citations.{ending}"
    for folder in ("", "/papers", "/2024/12/05", "/2024/w49", "/topics/nlp")
    for ending in ("bib", "json", "ris")
]
EVERY = [*PAGES, *PLAIN, *ASSETS, *OPEN]


@pytest.fixture(scope="module")
def netlify() -> dict[str, Any]:
    return tomllib.loads(NETLIFY.read_text(encoding="utf-8"))


def _matches(rule: str, path: str) -> bool:
    """Match as the host does: `:name` is one segment, `*` at the end is the rest."""
    assert "*" not in rule[:-1], rule
    pattern = re.sub(r":\w+", "[^/]+", re.escape(rule).replace(r"\*", ".*"))
    return re.fullmatch(pattern, path) is not None


def _of_netlify(netlify: dict[str, Any], path: str) -> list[tuple[str, str]]:
    blocks = (block["values"] for block in netlify["headers"] if _matches(block["for"], path))
    return [pair for values in blocks for pair in values.items()]


@pytest.mark.parametrize("path", EVERY)
def test_the_host_sends_what_the_table_says(netlify: dict[str, Any], path: str) -> None:
    assert sorted(_of_netlify(netlify, path)) == sorted(hosted_headers(path))


@pytest.mark.parametrize("path", EVERY)
def test_no_header_is_set_twice(netlify: dict[str, Any], path: str) -> None:
    names = [name.lower() for name, _ in _of_netlify(netlify, path)]
    assert len(names) == len(set(names))


def test_every_rule_of_the_host_is_in_the_table(netlify: dict[str, Any]) -> None:
    for block in netlify["headers"]:
        path = re.sub(r":(\w+)", r"\1", block["for"].replace("*", "some/file"))
        assert set(block["values"].items()) <= set(hosted_headers(path)), block["for"]


@pytest.mark.parametrize("path", ASSETS)
def test_what_is_named_by_its_hash_is_kept_for_a_year(path: str) -> None:
    assert dict(hosted_headers(path))["Cache-Control"] == IMMUTABLE


@pytest.mark.parametrize("path", [*PAGES, *PLAIN, *OPEN])
def test_everything_else_is_revalidated(path: str) -> None:
    assert "Cache-Control" not in dict(hosted_headers(path))


@pytest.mark.parametrize("path", OPEN)
def test_catalogue_feeds_and_citations_are_open(path: str) -> None:
    assert dict(hosted_headers(path))["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", [*PAGES, *PLAIN, *ASSETS, "/papers/2024/citation.json/", "/xatom.xml"])
def test_nothing_else_is_open(path: str) -> None:
    assert "Access-Control-Allow-Origin" not in dict(hosted_headers(path))


@pytest.mark.parametrize("path", EVERY)
def test_the_preview_lacks_what_needs_https_or_opens_data(path: str) -> None:
    hosted, preview = dict(hosted_headers(path)), dict(hosted_headers(path, secure=False))
    policy = hosted.pop("Content-Security-Policy")
    assert preview.pop("Content-Security-Policy") == policy.removesuffix("; upgrade-insecure-requests") != policy
    del hosted["Strict-Transport-Security"]
    hosted.pop("Access-Control-Allow-Origin", None)
    assert preview == hosted


def test_no_script_may_come_from_a_page_or_from_elsewhere() -> None:
    policy = dict(hosted_headers("/"))["Content-Security-Policy"]
    directives = dict(part.partition(" ")[::2] for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["require-trusted-types-for"] == "'script'"
    assert directives["trusted-types"] == "sitegen"
    assert "unsafe" not in policy


def test_previews_of_the_host_are_not_indexed_and_production_is(netlify: dict[str, Any]) -> None:
    production = netlify["build"]["command"]
    assert netlify["build"]["publish"] == "site"
    assert "--noindex" not in production
    for context in ("deploy-preview", "branch-deploy"):
        command = netlify["context"][context]["command"]
        assert command.replace(" --noindex", "") == production != command


def test_the_host_builds_only_what_is_committed_and_checked(netlify: dict[str, Any]) -> None:
    steps = netlify["build"]["command"].split(" && ")
    assert [step.split()[:3] for step in steps] == [
        ["python", "-m", "pip"],
        ["sitegen", "import", "--check"],
        ["sitegen", "build", "--strict"],
        ["sitegen", "check", "--strict"],
    ]
    assert steps[2].endswith('--base-url "$URL"')
