"""A digest as a message (RFC 5322): headers, plain text and HTML, the same bytes whenever it is made.

Headers are encoded by hand with the older half of Python's `email`: the newer half folds names in more than one
faulty way, by the version of Python.
"""

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime
from urllib.parse import quote, urlsplit

from sitegen.config import Config
from sitegen.digest.views import DigestView, one_line
from sitegen.mailsettings import PLACE, MailSettings

NOBODY = "digest@site.invalid"
"""Who a message is from where no settings say it: a name that can never be anyone's (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest, rendered. id: its window and topic. new, trending: how many papers it shows as such."""

    id: str
    subject: str
    text: str
    html: str
    new: int
    trending: int

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to tell."""
        return not self.new and not self.trending


@dataclass(frozen=True, slots=True)
class Envelope:
    """What differs between the messages of a digest. recipient: an address, "" for a message to nobody yet.

    token: hash of digest and recipient, hexadecimal. date: when the message is made, with its zone.
    """

    recipient: str
    token: str
    date: dt.datetime


def digest_of(digest_id: str, view: DigestView, text: bytes, html: bytes) -> Digest:
    """Put a digest together. text, html: rendered by the theme."""
    flat = text.decode().replace("\r\n", "\n")
    return Digest(digest_id, view.head.title, flat, html.decode(), view.count, len(view.trending))


def message_of(digest: Digest, config: Config, envelope: Envelope) -> bytes:
    """Make the message for one recipient: lines that end with CRLF, none of them long, ASCII only."""
    sender = config.mail.sender if config.mail else NOBODY
    message = MIMEMultipart("alternative", boundary=_boundary(digest))
    message["From"] = f"{_phrase(config.title, 'From')} <{sender}>"
    message["To"] = envelope.recipient or "undisclosed-recipients:;"
    message["Subject"] = _encoded(digest.subject, "Subject")
    message["Date"] = format_datetime(envelope.date)
    message["Message-ID"] = f"<{digest.id}.{envelope.token}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = config.language
    _add_list_headers(message, config, envelope.recipient)
    message.attach(_part(digest.text, "plain"))
    message.attach(_part(digest.html, "html"))
    return message.as_bytes(policy=_POLICY)


_POLICY = compat32.clone(linesep="\r\n", mangle_from_=False)

_WORDS = re.compile(r"[A-Za-z0-9]+( [A-Za-z0-9]+)*\Z")

_UTF_8 = Charset("utf-8")
_UTF_8.body_encoding = QP


def _part(text: str, subtype: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", subtype)
    part.set_payload(text, _UTF_8)
    return part


def _boundary(digest: Digest) -> str:
    """Make a boundary of the texts' hash, which cannot stand in them."""
    return "=_" + hashlib.sha256(f"{digest.text}\0{digest.html}".encode()).hexdigest()[:32]


def _add_list_headers(message: MIMEMultipart, config: Config, recipient: str) -> None:
    """Say what list this is and how to leave it: RFC 2919, RFC 2369, and with an https address RFC 8058."""
    mail = config.mail
    host = urlsplit(config.base_url).hostname or "localhost"
    name = mail.list_id if mail and mail.list_id else host
    message["List-Id"] = f"{_phrase(config.title, 'List-Id')} <{name}>"
    if mail is None:
        return
    message["List-Unsubscribe"] = ", ".join(f"<{way}>" for way in _ways_out(mail, recipient))
    if mail.unsubscribe_url and recipient:
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _ways_out(mail: MailSettings, recipient: str) -> list[str]:
    ways = [f"mailto:{quote(mail.unsubscribe, safe='@')}?subject=unsubscribe"]
    if mail.unsubscribe_url and recipient:
        ways.insert(0, mail.unsubscribe_url.replace(PLACE, quote(recipient, safe="")))
    return ways


def _phrase(name: str, header: str) -> str:
    """Write a name as it may stand before an address of a header."""
    flat = one_line(name)
    if _WORDS.match(flat):
        return flat
    return _quoted(flat) if _is_plain(flat) else _as_encoded_words(flat, header)


def _encoded(text: str, header: str) -> str:
    """Write the text of a header; one that is ASCII but looks encoded is encoded, to be read back as it is."""
    return text if _is_plain(text) else _as_encoded_words(text, header)


def _is_plain(text: str) -> bool:
    return text.isascii() and "=?" not in text


def _quoted(name: str) -> str:
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _as_encoded_words(text: str, header: str) -> str:
    return Header(text, "utf-8", maxlinelen=_LINE, header_name=header).encode(linesep="\n")


_LINE = 76
"""Characters of a line that holds encoded words, at most (RFC 2047)."""
