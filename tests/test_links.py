"""Addresses in running text: where they end, which are left alone, what they lead to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.fields import is_address
from sitegen.links import ADDRESS, addresses, find_links, kind_of


def found(text: str) -> list[str]:
    return [link.address for link in find_links(text)]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("see https://a.org/x.", "https://a.org/x"),
        ("see https://a.org/x, and", "https://a.org/x"),
        ("see https://a.org/x\N{NO-BREAK SPACE}and", "https://a.org/x"),
        ("(https://a.org/x)", "https://a.org/x"),
        ("(at https://a.org/x).", "https://a.org/x"),
        ("https://en.a.org/wiki/Set_(maths)", "https://en.a.org/wiki/Set_(maths)"),
        ("(https://en.a.org/wiki/Set_(maths))", "https://en.a.org/wiki/Set_(maths)"),
        ("[https://a.org/x]", "https://a.org/x"),
        ("{https://a.org/x}", "https://a.org/x"),
        ('"https://a.org/x"', "https://a.org/x"),
        ("'https://a.org/x'", "https://a.org/x"),
        ("<https://a.org/x>", "https://a.org/x"),
        ("**https://a.org/x**", "https://a.org/x"),
        ("is it https://a.org/?q=a&b=c#top?!", "https://a.org/?q=a&b=c#top"),
        ("https://a.org/x\\textit{y}", "https://a.org/x"),
        ("at github.com/me/it.", "https://github.com/me/it"),
        ("at www.github.com/me/it", "https://www.github.com/me/it"),
        ("me.github.io/it/", "https://me.github.io/it/"),
        ("huggingface.co/me/it;", "https://huggingface.co/me/it"),
        ("HTTP://A.ORG/X is not", None),
        ("a.org/x", None),
        ("github.com alone", None),
        ("notgithub.com/me", None),
        ("me@github.com/x", None),
        ("https://", None),
        ("https://me:secret@a.org/", None),
        ("https://a.org@evil.example/", None),
        ("https://\u0430pple.com/", None),
        ("https://a.org:port/", None),
        ("https://a.org:8443/x", "https://a.org:8443/x"),
        ("javascript:alert(1)", None),
        ("ftp://a.org/x", None),
        ("https://[::1", None),
    ],
)
def test_where_an_address_begins_and_ends(text: str, address: str | None) -> None:
    assert found(text) == ([address] if address else [])


def test_several_addresses_with_their_places() -> None:
    text = "Code: https://a.org/x; page: me.github.io/x."
    assert [text[link.start : link.end] for link in find_links(text)] == ["https://a.org/x", "me.github.io/x"]


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://github.com/me/it", "code"),
        ("https://www.gitlab.com/me/it", "code"),
        ("https://me.github.io/it", "project"),
        ("https://huggingface.co/me/it", "model"),
        ("https://huggingface.co/spaces/me/it", "demo"),
        ("https://huggingface.co/datasets/me/it", "data"),
        ("https://huggingface.co/papers/2401.00001", "paper"),
        ("https://arxiv.org/abs/2401.00001", "paper"),
        ("https://youtu.be/x", "video"),
        ("https://github.com.evil.example/", "link"),
    ],
)
def test_what_an_address_leads_to(address: str, kind: str) -> None:
    assert kind_of(address) == kind


@settings(deadline=None)
@given(st.text(alphabet="htps:/.ab()[]@github.com \\\"'<>é&;#%", max_size=60))
def test_every_address_found_may_be_linked_to_and_stands_in_the_text(text: str) -> None:
    for link in find_links(text):
        assert is_address(link.address)
        assert link.address.removeprefix("https://") in text
        assert link.address.endswith(text[link.start : link.end])


PIECES = [*" \t\n/.&;<-a", "https://", "http:/", "a.github.io/x", "&lt;", "\u2003"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_looking_only_where_slashes_are_misses_no_address(text: str) -> None:
    assert [m.span() for m in addresses(text)] == [m.span() for m in ADDRESS.finditer(text)]
