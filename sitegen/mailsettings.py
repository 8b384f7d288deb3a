"""How mail is sent, from `mail:` in content/site.yaml; passwords never stand there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.fields import Fields, nearest
from sitegen.yamlvalues import Entry, Value

KEYS = ("host", "port", "tls", "from", "unsubscribe", "unsubscribe_url", "list_id")

PORTS: Mapping[str, int] = {"starttls": 587, "implicit": 465}
"""The usual port for each way to reach TLS; there is none to send without it."""

PLACE = "{address}"
"""Where an unsubscribe_url takes the recipient's address."""


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How mail is sent. host, port: of the SMTP server. implicit_tls: TLS from the first byte, not after STARTTLS.

    sender: the address in From. unsubscribe: the address to which a message unsubscribes its sender.
    unsubscribe_url: an https address to which a POST does, with `PLACE` in it, "" where there is none. list_id: such as
    papers.example.org, "" for the host of the site.
    """

    host: str
    port: int
    implicit_tls: bool
    sender: str
    unsubscribe: str
    unsubscribe_url: str = ""
    list_id: str = ""


def parse_mail(outer: Fields) -> MailSettings | None:
    """Read `mail:`; None where it is missing or wrong, and then the problems are those of `outer`."""
    if "mail" not in outer.entries:
        return None
    fields = _inside(outer, outer.mapping("mail"))
    settings = MailSettings(
        host=fields.matching("mail.host", _HOST, "the name of an SMTP server"),
        implicit_tls=(tls := _tls(fields)) == "implicit",
        port=fields.integer("mail.port", PORTS[tls], 1, 65535) or PORTS[tls],
        sender=_address(fields, "mail.from"),
        unsubscribe=_address(fields, "mail.unsubscribe"),
        unsubscribe_url=_unsubscribe_url(fields),
        list_id=fields.matching("mail.list_id", _LIST_ID, "a name such as papers.example.org"),
    )
    for key, value in (("host", settings.host), ("from", settings.sender), ("unsubscribe", settings.unsubscribe)):
        if not value and f"mail.{key}" not in fields.entries:
            fields.refuse("mail", f"{key} is missing; add it")
    outer.problems += fields.problems
    return None if fields.problems else settings


def is_mail_address(text: str) -> bool:
    """Tell whether a text is one address that any server takes: ASCII, no quotes, no comment, a full domain.

    >>> is_mail_address("ada@example.org"), is_mail_address("Ada <ada@example.org>")
    (True, False)
    """
    local, _, domain = text.rpartition("@")
    fits = len(local) <= _LOCAL and len(domain) <= _DOMAIN
    return fits and _ADDRESS.match(text) is not None


_LOCAL, _DOMAIN = 64, 189
"""Characters of an address's parts: together with the @ no more than the 254 that fit into SMTP's path (RFC 5321)."""

_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?\Z")
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_LIST_ID = re.compile(rf"{_LABEL}(\.{_LABEL})+\Z")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(\.{_ATOM})*@{_LABEL}(\.{_LABEL})+\Z")


def _inside(outer: Fields, values: Mapping[str, Value]) -> Fields:
    """Read a setting's own settings, named `mail.host` and so on; they are told at the line of the outer one."""
    line = outer.line("mail")
    entries = (Entry(f"mail.{key}", value, line, line) for key, value in values.items())
    fields = Fields({"mail": outer.entries["mail"], **{entry.key: entry for entry in entries}}, outer.path)
    for key in values:
        if key not in KEYS:
            fields.refuse("mail", f"unknown setting {key!r}{nearest(key, KEYS)}")
    return fields


def _tls(fields: Fields) -> str:
    tls = fields.text("mail.tls", "starttls")
    if tls not in PORTS:
        fields.refuse("mail.tls", f"must be starttls or implicit, not {tls[:80]!r}; mail is never sent without TLS")
        return "starttls"
    return tls


def _address(fields: Fields, key: str) -> str:
    address = fields.text(key)
    if address and not is_mail_address(address):
        fields.refuse(key, f"must be a mail address such as papers@example.org, not {address[:80]!r}")
        return ""
    return address


def _unsubscribe_url(fields: Fields) -> str:
    """Read where a POST unsubscribes; the address says who, or the server could not tell (RFC 8058)."""
    address = fields.address("mail.unsubscribe_url")
    if address and not (address.startswith("https://") and PLACE in address and address.isascii()):
        message = f"must be an https address with {PLACE} where the recipient's address goes, not {address[:80]!r}"
        fields.refuse("mail.unsubscribe_url", message)
        return ""
    return address
