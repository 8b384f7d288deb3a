"""`mail:` and `subscribe:` of site.yaml."""

import pytest

from sitegen.config import parse_config
from sitegen.mailsettings import MailSettings, is_mail_address

WHOLE = "mail:\n  host: smtp.example.org\n  from: papers@example.org\n  unsubscribe: leave@example.org\n"


def problems(text: str) -> list[str]:
    return [str(problem) for problem in parse_config(text, "content/site.yaml")[1]]


def test_what_is_left_out_is_the_usual() -> None:
    config, found = parse_config(WHOLE, "content/site.yaml")
    assert found == []
    assert config.mail == MailSettings("smtp.example.org", 587, False, "papers@example.org", "leave@example.org")
    assert (parse_config("title: A\n", "x")[0].mail, parse_config("title: A\n", "x")[0].subscribe) == (None, False)


def test_everything_can_be_said() -> None:
    more = "  tls: implicit\n  unsubscribe_url: https://e.org/leave?who={address}\n  list_id: papers.e.org\n"
    config, found = parse_config(f"{WHOLE}{more}subscribe: true\n", "content/site.yaml")
    assert found == []
    assert config.mail
    assert (config.mail.port, config.mail.implicit_tls, config.mail.list_id) == (465, True, "papers.e.org")
    assert config.subscribe


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("  tls: none", "mail.tls: must be starttls or implicit, not 'none'; mail is never sent without TLS"),
        ("  port: 0", "mail.port: must be a whole number from 1 to 65,535"),
        ("  password: x", "mail: unknown setting 'password'"),
        ("  unsubscribe_url: https://e.org/leave", "mail.unsubscribe_url: must be an https address with {address}"),
        ("  unsubscribe_url: http://e.org/{address}", "mail.unsubscribe_url: must be an https address with {address}"),
        ("  list_id: a b", "mail.list_id: must be a name such as papers.example.org"),
    ],
)
def test_a_mistake_is_told_at_the_line_of_the_setting(line: str, message: str) -> None:
    [problem] = problems(f"title: A\n{WHOLE}{line}\n")
    assert problem.startswith(f"content/site.yaml:2: error: {message}")


def test_a_list_or_a_half_is_refused() -> None:
    assert problems("mail: [a]\n")[0].startswith("content/site.yaml:1: error: mail: must be a mapping")
    [host, leave] = problems("title: A\nmail: {from: papers@example.org}\n")
    assert host == "content/site.yaml:2: error: mail: host is missing; add it"
    assert leave == "content/site.yaml:2: error: mail: unsubscribe is missing; add it"
    [wrong] = problems("mail: {host: h.e.org, from: Papers <p@e.org>, unsubscribe: l@e.org}\n")
    assert "mail.from: must be a mail address such as papers@example.org, not 'Papers <p@e.org>'" in wrong


@pytest.mark.parametrize("address", ["a@b.org", "o'hara+x=y@mail-1.example.org", "a" * 64 + "@e.org"])
def test_addresses_that_any_server_takes(address: str) -> None:
    assert is_mail_address(address)
