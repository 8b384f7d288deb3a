"""Sending: an SMTP server that is spoken to over TLS or not at all."""

import contextlib
import enum
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from sitegen.mailsettings import MailSettings
from sitegen.problems import SitegenError, error

USER, PASSWORD = "SITEGEN_SMTP_USER", "SITEGEN_SMTP_PASSWORD"
"""The variables of the environment that hold what the server asks for."""

_TIMEOUT = 60
"""Seconds that the server may take for an answer."""

_FEW = 50
"""Messages over one connection; many servers refuse more than some."""

_OK = frozenset({250, 251})


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail goes. user, password: "" for a server that asks for none."""

    host: str
    port: int
    implicit_tls: bool
    user: str = ""
    password: str = field(default="", repr=False)


class Fate(enum.Enum):
    """What has become of a message."""

    SENT = "sent"
    REFUSED = "refused"
    """The server has said that it did not take it."""
    UNKNOWN = "unknown"
    """The connection broke while the message was on its way."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What has become of a message, and what the server said of it."""

    fate: Fate
    reply: str = ""


def server_of(mail: MailSettings, environment: Mapping[str, str]) -> Server:
    """Find the server: its place in the settings, name and password in the environment."""
    user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
    if bool(user) != bool(password):
        missing = PASSWORD if user else USER
        raise SitegenError([error("environment", 1, f"{missing} is not set, but the other one is; set both or none")])
    return Server(mail.host, mail.port, mail.implicit_tls, user, password)


class Post:
    """A connection that is made when it is needed, and again when it has been lost.

    tls: which certificates are believed. All errors are OSErrors that say what the server said.
    """

    def __init__(self, server: Server, tls: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._tls = tls or ssl.create_default_context()
        self._smtp: smtplib.SMTP | None = None
        self._sent = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()

    def connect(self) -> None:
        """See that there is a connection, encrypted and logged in; before this nothing is at stake."""
        if self._smtp and self._sent < _FEW and _answers(self._smtp):
            return
        self._leave()
        try:
            self._smtp = self._open()
        except smtplib.SMTPResponseException as no:
            raise ConnectionError(f"{self._name} answered {_reply(no.smtp_code, no.smtp_error)}") from None
        except (smtplib.SMTPException, ssl.SSLError) as no:
            raise ConnectionError(f"{self._name}: {no}") from None
        except OSError as no:
            raise ConnectionError(f"{self._name}: {no.strerror or no}") from None

    def send(self, sender: str, recipient: str, message: bytes) -> Outcome:
        """Send a message over the connection that `connect` has seen to.

        The steps are taken one by one, to know for each failure whether the message may have gone.
        """
        assert self._smtp, "connect first"  # noqa: S101  # a bug, not data
        self._sent += 1
        try:
            if refusal := self._envelope(sender, recipient):
                return refusal
        except (smtplib.SMTPException, OSError) as lost:
            self._drop()
            return Outcome(Fate.REFUSED, f"the connection broke before the message was sent: {lost}")
        try:
            code, said = self._smtp.data(message)
        except smtplib.SMTPDataError as no:
            return Outcome(Fate.REFUSED, _reply(no.smtp_code, no.smtp_error))
        except (smtplib.SMTPException, OSError) as lost:
            self._drop()
            return Outcome(Fate.UNKNOWN, str(lost))
        return Outcome(Fate.SENT if code in _OK else Fate.REFUSED, _reply(code, said))

    @property
    def _name(self) -> str:
        return f"{self._server.host}:{self._server.port}"

    def _open(self) -> smtplib.SMTP:
        server = self._server
        if server.implicit_tls:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT, context=self._tls)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)
        try:
            if not server.implicit_tls:
                smtp.starttls(context=self._tls)
            smtp.ehlo_or_helo_if_needed()
            if server.user:
                smtp.login(server.user, server.password)
        except BaseException:
            smtp.close()
            raise
        self._sent = 0
        return smtp

    def _envelope(self, sender: str, recipient: str) -> Outcome | None:
        """Say from whom and to whom; gives the server's refusal, None where it takes both."""
        assert self._smtp  # noqa: S101  # see `send`
        code, said = self._smtp.mail(sender)
        if code in _OK:
            code, said = self._smtp.rcpt(recipient)
        if code in _OK:
            return None
        with contextlib.suppress(smtplib.SMTPException, OSError):  # what it has said stands, whatever comes then
            self._smtp.rset()
        return Outcome(Fate.REFUSED, _reply(code, said))

    def _leave(self) -> None:
        """End the connection as one should, if there is one."""
        if self._smtp:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                self._smtp.quit()
        self._drop()

    def _drop(self) -> None:
        if self._smtp:
            self._smtp.close()
        self._smtp = None


def _answers(smtp: smtplib.SMTP) -> bool:
    try:
        return smtp.noop()[0] in _OK
    except (smtplib.SMTPException, OSError):
        return False


def _reply(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"
