"""Lists of recipients: what is an address, and where a list may stand."""

import io
from pathlib import Path

import pytest

from sitegen.digest.recipients import Recipient, parse_recipients, read_recipients, refuse_inside
from sitegen.problems import SitegenError


def test_an_address_a_line() -> None:
    text = "ada@example.org\r\n\n# from the form\n  bob+papers@mail.example.org \nADA@example.org\n"
    assert parse_recipients(text, "list") == (
        [Recipient("ada@example.org", 1), Recipient("bob+papers@mail.example.org", 4)],
        [],
    )


@pytest.mark.parametrize(
    "line",
    [
        "ada",
        "ada@localhost",
        "@example.org",
        "ada@example..org",
        "Ada <ada@example.org>",
        "ada@example.org, bob@example.org",
        "ada@example.org bob@example.org",
        "ada@example.org\rBcc: eve@example.org",
        "ada@example.org\x0bBcc: eve@example.org",
        "ada@example.org\N{LINE SEPARATOR}Bcc: eve@example.org",
        "ada@ex\N{LATIN SMALL LETTER A WITH DIAERESIS}mple.org",
        '"a b"@example.org',
        "ada@example.org>",
        "a" * 65 + "@example.org",
        "ada@" + "a." * 95 + "org",
        "ada@-example.org",
    ],
)
def test_anything_else_is_told_by_its_line_and_never_repeated(line: str) -> None:
    found, [problem] = parse_recipients(f"bob@example.org\n{line}\n", "list.txt")
    assert found == [Recipient("bob@example.org", 1)]
    assert str(problem).startswith("list.txt:2: error: is not one mail address")
    assert "ada@" not in problem.message.replace("such as ada@example.org", "")


def test_a_list_can_come_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbfada@example.org\nx\n")))
    found, [problem] = read_recipients("-")
    assert found == [Recipient("ada@example.org", 1)]
    assert problem.path == "standard input"


def test_a_list_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(b"ada@example.org\nb\xf6b@example.org\n")
    with pytest.raises(SitegenError, match="txt:2: error: not UTF-8"):
        read_recipients(str(file))


def test_a_list_in_the_content_is_refused_by_whatever_name(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "papers").mkdir(parents=True)
    (content / "list.txt").write_text("ada@example.org\n")
    (tmp_path / "link.txt").symlink_to(content / "list.txt")
    (content / "other.txt").symlink_to(tmp_path / "outside.txt")
    (tmp_path / "door").symlink_to(content)
    inside = ["content/list.txt", "content/papers/../list.txt", "link.txt", "content/other.txt", "door/list.txt"]
    for name in inside:
        with pytest.raises(SitegenError, match="must not stand in content/"):
            refuse_inside(tmp_path / name, [content], "a list of addresses")
    refuse_inside(tmp_path / "outside.txt", [content], "a list of addresses")
    refuse_inside(tmp_path / "content.txt", [content], "a list of addresses")
