"""Messages: what a mail program reads is what was meant, whatever the texts hold."""

import datetime as dt
import email
import email.policy
import re
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config import Config
from sitegen.digest.composing import Digest, Envelope, message_of
from sitegen.digest.views import one_line
from sitegen.mailsettings import MailSettings

MAIL = MailSettings(
    "smtp.example.org", 587, implicit_tls=False, sender="papers@example.org", unsubscribe="leave@example.org"
)
CONFIG = Config(title="Papers of ours", base_url="https://example.org/papers/", mail=MAIL)
NOON = dt.datetime(2025, 12, 8, 12, tzinfo=dt.UTC)
TO_ADA = Envelope("ada@example.org", "0a1b", NOON)
DIGEST = Digest("2025-12-01.2025-12-07.nlp", "Papers of ours: 2 new papers", "Plain.\n", "<p>Rich.</p>\n", 2, 1)

HARD = '\n \r \r\n \t \0 \x85 \u2028 \u202e \u2066 \u200d \ufeff é 漢 🚀 👩‍🔬 שלום =?utf-8?q?a?= =?utf-8?b?"'.split(" ")
HEADERS = [
    "\r\nBcc: eve@example.org",
    "\nSubject: x",
    "Bcc: eve@example.org",
    "<eve@example.org>",
    ",",
    ";",
    ":",
    '"',
    "\\",
]
TEXTS = st.lists(st.sampled_from([*HARD, *HEADERS, " ", "word"]) | st.text(max_size=4), max_size=12).map("".join)
FIELDS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "List-Id", "List-Unsubscribe",
    "Content-Type", "MIME-Version",
}  # fmt: skip


def read(data: bytes) -> EmailMessage:
    """Read a message as a mail program does, and see that it may travel: ASCII, CRLF, lines that are not too long."""
    assert data.isascii()
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", data) is None
    assert max(map(len, data.split(b"\r\n"))) <= 998
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    text = part.get_content()
    assert isinstance(text, str)
    return text.replace("\r\n", "\n")


def name_in(data: bytes) -> str:
    """Give the name of the sender. The parser of `email.policy` puts blanks between encoded words, against RFC 2047."""
    name, _ = parseaddr(email.message_from_bytes(data)["From"])
    return str(make_header(decode_header(name)))


def test_a_message_says_who_to_whom_and_how_to_leave() -> None:
    message = read(message_of(DIGEST, CONFIG, TO_ADA))
    assert set(message.keys()) == FIELDS
    assert message["From"] == "Papers of ours <papers@example.org>"
    assert message["To"] == "ada@example.org"
    assert message["Subject"] == DIGEST.subject
    assert message["Date"] == "Mon, 08 Dec 2025 12:00:00 +0000"
    assert message["Message-ID"] == "<2025-12-01.2025-12-07.nlp.0a1b@example.org>"
    assert message["List-Id"] == "Papers of ours <example.org>"
    assert message["List-Unsubscribe"] == "<mailto:leave@example.org?subject=unsubscribe>"
    assert message["List-Unsubscribe-Post"] is None
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert (body(message, "plain"), body(message, "html")) == (DIGEST.text, DIGEST.html)


def test_leaving_by_one_click_needs_an_https_address_that_says_who() -> None:
    mail = replace(MAIL, unsubscribe_url="https://example.org/leave?who={address}", list_id="papers.example.org")
    config = replace(CONFIG, mail=mail)
    message = read(message_of(DIGEST, config, replace(TO_ADA, recipient="a+b@example.org")))
    assert message["List-Unsubscribe"] == (
        "<https://example.org/leave?who=a%2Bb%40example.org>, <mailto:leave@example.org?subject=unsubscribe>"
    )
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"] == "Papers of ours <papers.example.org>"


def test_the_same_digest_is_the_same_bytes() -> None:
    assert message_of(DIGEST, CONFIG, TO_ADA) == message_of(DIGEST, CONFIG, TO_ADA)


def test_a_message_to_nobody_yet_comes_from_nobody() -> None:
    message = read(message_of(DIGEST, replace(CONFIG, mail=None), Envelope("", "draft", NOON)))
    assert message["To"] == "undisclosed-recipients:;"
    assert message["From"].addresses[0].addr_spec == "digest@site.invalid"
    assert message["List-Unsubscribe"] is None


@given(title=TEXTS)
def test_no_title_changes_who_it_is_from_or_adds_a_header(title: str) -> None:
    data = message_of(DIGEST, replace(CONFIG, title=title), TO_ADA)
    message = read(data)
    assert set(message.keys()) == FIELDS
    [sender] = message["From"].addresses
    assert sender.addr_spec == "papers@example.org"
    assert name_in(data) == one_line(title)
    assert message["To"].addresses[0].addr_spec == "ada@example.org"
    assert message["List-Id"].endswith("<example.org>")


@given(subject=TEXTS.map(one_line))
def test_every_subject_is_read_back(subject: str) -> None:
    message = read(message_of(replace(DIGEST, subject=subject), CONFIG, TO_ADA))
    assert message["Subject"] == subject
    assert set(message.keys()) == FIELDS


@given(text=TEXTS, html=TEXTS)
def test_every_text_is_read_back(text: str, html: str) -> None:
    text, html = (made.encode("utf-8", "replace").decode().replace("\r", " ") + "\n" for made in (text, html))
    message = read(message_of(replace(DIGEST, text=text, html=html), CONFIG, TO_ADA))
    assert (body(message, "plain"), body(message, "html")) == (text, html)
    assert len(list(message.iter_parts())) == 2


@given(TEXTS)
def test_one_line_is_one_line_in_one_direction(text: str) -> None:
    line = one_line(text)
    assert line.splitlines() in ([], [line])
    assert not set(line) & set("\n\r\0\u202e\u2066\u2028")
    assert one_line(line) == line


@pytest.mark.parametrize("text", ["👩‍🔬 papers", "שלום", "a=?b"])
def test_one_line_keeps_what_belongs_together(text: str) -> None:
    assert one_line(text) == text
