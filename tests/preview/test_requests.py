"""What the preview may answer, as tables: hosts, origins, addresses."""

from email.message import Message
from http import HTTPStatus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.preview.requests import Found, Redirect, Refusal, content_type, find, own_hosts, refusal, site_path

HOSTS = own_hosts("127.0.0.1", 8000, ["desk.example"])
FILES = frozenset({"index.html", "404.html", "papers/2024/x/index.html", "assets/style.1.css", "atom.xml"})


def _headers(*pairs: tuple[str, str], host: str = "127.0.0.1:8000") -> Message:
    message = Message()
    for name, value in (("Host", host), *pairs):
        message[name] = value
    return message


def _status(answer: object) -> HTTPStatus | None:
    return answer.status if isinstance(answer, Refusal) else None


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000", "desk.example:8000", "desk.example"]
)
def test_own_hosts_are_answered(host: str) -> None:
    assert refusal(_headers(host=host), HOSTS) is None


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1",
        "127.0.0.1:8001",
        "localhost",
        "localhost.:8000",
        "",
        "0.0.0.0:8000",
        "127.0.0.1:8000.evil.example",
        "127.0.0.1:8000@evil.example",
        "evil.example, 127.0.0.1:8000",
        "2130706433:8000",
    ],
)
def test_any_other_host_is_refused(host: str) -> None:
    assert _status(refusal(_headers(host=host), HOSTS)) == HTTPStatus.FORBIDDEN


def test_no_host_and_two_hosts_are_refused() -> None:
    assert _status(refusal(Message(), HOSTS)) == HTTPStatus.FORBIDDEN
    assert _status(refusal(_headers(("Host", "127.0.0.1:8000")), HOSTS)) == HTTPStatus.FORBIDDEN


def test_at_the_port_of_http_the_host_has_none() -> None:
    assert refusal(_headers(host="localhost"), own_hosts("127.0.0.1", 80)) is None


def test_an_address_that_is_listened_at_is_a_host() -> None:
    assert "192.0.2.7:8000" in own_hosts("192.0.2.7", 8000)
    assert "0.0.0.0:8000" not in own_hosts("0.0.0.0", 8000)  # noqa: S104 - nothing is bound here


@pytest.mark.parametrize(
    ("headers", "is_refused"),
    [
        ([], False),
        ([("Sec-Fetch-Site", "none"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")], False),
        ([("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Dest", "empty")], False),
        ([("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")], False),
        ([("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "iframe")], True),
        ([("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "image")], True),
        ([("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "script")], True),
        ([("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Mode", "cors"), ("Sec-Fetch-Dest", "empty")], True),
        ([("Sec-Fetch-Site", "cross-site")], True),
        ([("Origin", "http://127.0.0.1:8000")], False),
        ([("Origin", "http://desk.example:8000")], False),
        ([("Origin", "http://evil.example")], True),
        ([("Origin", "http://127.0.0.1:9000")], True),
        ([("Origin", "https://127.0.0.1:8000")], True),
        ([("Origin", "null")], True),
        ([("Origin", "http://127.0.0.1:8000"), ("Origin", "http://evil.example")], True),
    ],
)
def test_other_sites_may_link_here_and_nothing_else(headers: list[tuple[str, str]], is_refused: bool) -> None:
    assert _status(refusal(_headers(*headers), HOSTS)) == (HTTPStatus.FORBIDDEN if is_refused else None)


@pytest.mark.parametrize("body", [("Content-Length", "4"), ("Transfer-Encoding", "chunked")])
def test_a_request_with_a_body_is_refused(body: tuple[str, str]) -> None:
    assert _status(refusal(_headers(body), HOSTS)) == HTTPStatus.BAD_REQUEST


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/", ""),
        ("/papers/2024/x/", "papers/2024/x/"),
        ("/search/?q=a%20b", "search/"),
        ("/organizations/%C3%A9/", "organizations/é/"),
        ("/a%252e%252e/b", "a%2e%2e/b"),
        ("/...", "..."),
    ],
)
def test_an_address_is_decoded_once(target: str, path: str) -> None:
    assert site_path(target) == path


HOSTILE = [
    "",
    "*",
    "papers/",
    "http://evil.example/",
    "/../etc/passwd",
    "/papers/../../etc/passwd",
    "/%2e%2e/etc/passwd",
    "/..%2fetc/passwd",
    "/%2E%2E%5Cetc",
    "/papers/./x/",
    "/%00",
    "/papers/x%00.html",
    "/a%0d%0aSet-Cookie:x",
    "/a\\b",
    "/a%5cb",
    "/%ff",
    "/%c0%ae%c0%ae/",
    "/%ed%a0%80",
    "/%zz",
    "/%",
    "/%4",
    "/é",
    "/a?\x01",
]


@pytest.mark.parametrize("target", HOSTILE)
def test_a_hostile_address_is_refused(target: str) -> None:
    assert _status(site_path(target)) == HTTPStatus.BAD_REQUEST


@given(st.text(max_size=30))
def test_whatever_is_asked_only_files_of_the_build_are_found(target: str) -> None:
    path = site_path(f"/{target}")
    if not isinstance(path, Refusal):
        answer = find(path, "", FILES)
        assert isinstance(answer, Redirect) or (isinstance(answer, Found) and answer.file in FILES)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("", Found("index.html")),
        ("papers/2024/x/", Found("papers/2024/x/index.html")),
        ("papers/2024/x/index.html", Found("papers/2024/x/index.html")),
        ("papers/2024/x", Redirect("./x/")),
        ("atom.xml", Found("atom.xml")),
        ("papers/", Found("404.html", HTTPStatus.NOT_FOUND)),
        ("assets/", Found("404.html", HTTPStatus.NOT_FOUND)),
        ("atom.xml/", Found("404.html", HTTPStatus.NOT_FOUND)),
        ("/evil.example/", Found("404.html", HTTPStatus.NOT_FOUND)),
        (".sitegen/manifest.json", Found("404.html", HTTPStatus.NOT_FOUND)),
    ],
)
def test_what_answers_a_path(path: str, answer: object) -> None:
    assert find(path, "", FILES) == answer


def test_a_redirect_keeps_the_query_and_never_leaves_the_host() -> None:
    files = frozenset({"search/index.html", "javascript:x/index.html"})
    assert find("search", "q=a%20b", files) == Redirect("./search/?q=a%20b")
    assert find("javascript:x", "", files) == Redirect("./javascript%3Ax/")


def test_without_a_page_for_it_a_missing_page_is_told_plainly() -> None:
    assert _status(find("nowhere/", "", frozenset())) == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("topics/nlp/atom.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("feed.json", "application/feed+json; charset=utf-8"),
        ("catalogue.json", "application/json; charset=utf-8"),
        ("assets/js-1/search.js", "text/javascript; charset=utf-8"),
        ("site.webmanifest", "application/manifest+json; charset=utf-8"),
        ("assets/LOGO.PNG", "image/png"),
        ("assets/what.xyz", "application/octet-stream"),
        ("noending", "application/octet-stream"),
    ],
)
def test_types_are_told_by_name(file: str, expected: str) -> None:
    assert content_type(file) == expected
