"""A real SMTP server on this machine, which speaks TLS with a certificate of an authority made for the test."""

import asyncio
import contextlib
import email
import email.policy
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

HOST = "127.0.0.1"
USER, PASSWORD = "papers", "correct horse"


@dataclass
class Mailbox:
    """What the server has taken, and what it does with some addresses. refuses: address to reply."""

    messages: list[tuple[str, str, bytes]] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    breaks_at: dict[str, str] = field(default_factory=dict)
    before_data: Callable[[str], None] | None = None
    connections: int = 0

    @property
    def recipients(self) -> list[str]:
        return [to for _, to, _ in self.messages]

    def read(self, recipient: str) -> EmailMessage:
        [data] = [data for _, to, data in self.messages if to == recipient]
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        return message

    async def handle_EHLO(  # noqa: N802  # SMTP's own names, here and below
        self, _server: Any, session: Any, _envelope: Any, hostname: str, replies: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += session.ssl is not None
        return replies

    async def handle_RCPT(self, server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if self.before_data:
            self.before_data(address)
        if self.breaks_at.get(address) == "RCPT":
            server.transport.abort()
        if reply := self.refuses.get(address):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        [recipient] = envelope.rcpt_tos
        if self.breaks_at.get(recipient) == "DATA":
            server.transport.abort()
        if reply := self.refuses.get(f"DATA {recipient}"):
            return reply
        self.messages.append((envelope.mail_from, recipient, envelope.content))
        return "250 OK"


@dataclass(frozen=True)
class MailServer:
    """A server that runs. authority: file of the certificate that clients have to believe."""

    port: int
    box: Mailbox
    authority: Path

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority))


@contextlib.contextmanager
def mail_server(folder: Path, *, tls: str = "starttls", login: bool = False) -> Iterator[MailServer]:
    """Run a server. tls: "starttls", "implicit" or "none". login: whether it asks for USER and PASSWORD."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(HOST).configure_cert(context)
    authority.cert_pem.write_to_path(folder / "authority.pem")
    box = Mailbox()

    def protocol() -> Any:
        upgraded = {"tls_context": context, "require_starttls": True} if tls == "starttls" else {}
        asked = {"authenticator": _authenticate, "auth_required": True} if login else {}
        served.append(SMTP(box, hostname="test", loop=loop, **upgraded, **asked))
        return served[-1]

    served: list[Any] = []
    loop = asyncio.new_event_loop()
    secret = context if tls == "implicit" else None
    thread = threading.Thread(target=loop.run_forever)
    thread.start()  # the thread of the tests may have a loop already, that of the browser
    server = asyncio.run_coroutine_threadsafe(loop.create_server(protocol, HOST, 0, ssl=secret), loop).result()
    try:
        yield MailServer(server.sockets[0].getsockname()[1], box, folder / "authority.pem")
    finally:
        asyncio.run_coroutine_threadsafe(_end(server, served), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server: asyncio.Server, served: list[Any]) -> None:
    server.close()
    for connection in served:
        if connection.transport:
            connection.transport.abort()
    waiting = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=False)
