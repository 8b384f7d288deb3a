"""Digests to their recipients, each message once: noted in the ledger first, sent then."""

import datetime as dt
import ssl
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.assemble import CONFIG
from sitegen.config import Config
from sitegen.digest.composing import Digest, Envelope, message_of
from sitegen.digest.ledger import Ledger, open_ledger, peek_ledger
from sitegen.digest.post import Fate, Outcome, Post, Server, server_of
from sitegen.digest.recipients import STANDARD_INPUT, Recipient, read_recipients, refuse_inside, shown_name
from sitegen.mailsettings import MailSettings
from sitegen.problems import Problem, SitegenError, error


@dataclass(frozen=True, slots=True)
class Mailing:
    """What a run sends with. listed: how messages name the list of recipients. state: folder of the ledger, if named.

    problems: of the list; its other addresses are good.
    """

    config: Config
    mail: MailSettings
    server: Server
    recipients: tuple[Recipient, ...]
    listed: str
    state: Path | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. sent: messages that the server took. had: those that had gone before."""

    sent: int
    had: int
    problems: tuple[Problem, ...]


def mailing_of(root: Path, config: Config, name: str, state: Path | None, environment: Mapping[str, str]) -> Mailing:
    """Get ready to send. name: of the list of recipients, "-" for standard input.

    Raises SitegenError for what is not set, or stands where it would be published.
    """
    published = root / "content", root / "site"
    if name != STANDARD_INPUT:
        refuse_inside(Path(name), published, "a list of addresses")
    if state:
        refuse_inside(state, published, "the folder of --state")
    mail = _settings(config)
    server = server_of(mail, environment)
    recipients, problems = read_recipients(name)
    return Mailing(config, mail, server, tuple(recipients), shown_name(name), state, tuple(problems))


def count_waiting(digests: Iterable[Digest], mailing: Mailing) -> int:
    """Count the messages that would be sent; nothing is made or changed for it."""
    ledger = peek_ledger(mailing.state) if mailing.state else None
    pairs = [(digest.id, to.address) for digest in digests for to in mailing.recipients]
    return sum(not (ledger and ledger.has(*pair)) for pair in pairs)


def send_digests(
    digests: Sequence[Digest], mailing: Mailing, now: dt.datetime, tls: ssl.SSLContext | None = None
) -> Report:
    """Send each digest to each recipient who has not had it. One whom the server refuses does not end the run.

    now: with its zone. tls: which certificates are believed, None for those that the system believes.
    Raises OSError when the server cannot be reached, or no more: what has not been sent is sent by the next run.
    """
    assert mailing.state, "nothing is sent without a ledger"  # noqa: S101  # a bug, not data
    sent, had, problems = 0, 0, list(mailing.problems)
    with open_ledger(mailing.state) as ledger, Post(mailing.server, tls) as post:
        for digest in digests:
            for recipient in mailing.recipients:
                if ledger.has(digest.id, recipient.address):
                    had += 1
                    continue
                envelope = Envelope(recipient.address, ledger.token(digest.id, recipient.address), now)
                outcome = _send(digest, envelope, mailing, ledger, post)
                sent += outcome.fate is Fate.SENT
                problems += _problems(outcome, digest, recipient, mailing.listed)
    return Report(sent, had, tuple(problems))


def _settings(config: Config) -> MailSettings:
    """Give the settings that sending needs; what is sent with links to this machine helps nobody."""
    if config.mail is None:
        raise SitegenError([error(CONFIG, 1, "mail is missing; docs/digest.md shows its settings")])
    if config.base_url == Config().base_url:
        raise SitegenError([error(CONFIG, 1, "base_url is missing; links in mail have to lead to the site")])
    return config.mail


def _send(digest: Digest, envelope: Envelope, mailing: Mailing, ledger: Ledger, post: Post) -> Outcome:
    message = message_of(digest, mailing.config, envelope)
    post.connect()
    ledger.note_sent(digest.id, envelope.recipient)
    outcome = post.send(mailing.mail.sender, envelope.recipient, message)
    if outcome.fate is Fate.REFUSED:
        ledger.note_refused(digest.id, envelope.recipient)
    return outcome


def _problems(outcome: Outcome, digest: Digest, recipient: Recipient, listed: str) -> list[Problem]:
    """Tell what went wrong, by the line of the list and not by the address: logs are often public."""
    if outcome.fate is Fate.SENT:
        return []
    reply = outcome.reply.replace(recipient.address, "the address")
    what = f"digest {digest.id} was not sent: {reply}; the next run tries again"
    if outcome.fate is Fate.UNKNOWN:
        what = f"digest {digest.id} may not have arrived: {reply}; it is not sent again"
    return [error(listed, recipient.line, what)]
