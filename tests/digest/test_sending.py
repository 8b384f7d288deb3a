"""Sending, to a real server over real TLS: each message once, whatever the server says or does."""

import datetime as dt
import ssl
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.config import Config
from sitegen.digest.composing import Digest
from sitegen.digest.dispatch import Mailing, Report, count_waiting, mailing_of, send_digests
from sitegen.digest.ledger import peek_ledger
from sitegen.digest.post import PASSWORD as PASSWORD_VARIABLE
from sitegen.digest.post import USER as USER_VARIABLE
from sitegen.mailsettings import MailSettings
from sitegen.problems import SitegenError
from tests.digest.mailserver import HOST, PASSWORD, USER, MailServer, mail_server

NOW = dt.datetime(2025, 12, 8, 12, tzinfo=dt.UTC)
WEEK = Digest("2025-12-01.2025-12-07", "Papers: 1 new paper", "Plain.\n", "<p>Rich.</p>\n", 1, 0)
TOPIC = replace(WEEK, id="2025-12-01.2025-12-07.nlp")
ADA, BOB, EVE = "ada@example.org", "bob@example.org", "eve@example.org"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path) as running:
        yield running


def mailing(folder: Path, server: MailServer, *to: str, implicit: bool = False, **environment: str) -> Mailing:
    mail = MailSettings(HOST, server.port, implicit, "papers@example.org", "leave@example.org")
    config = Config(title="Papers", base_url="https://example.org/", mail=mail)
    (folder / "list.txt").write_text("".join(f"{address}\n" for address in to))
    return mailing_of(folder, config, str(folder / "list.txt"), folder / "state", environment)


def send(folder: Path, server: MailServer, *to: str, digests: tuple[Digest, ...] = (WEEK,)) -> Report:
    return send_digests(digests, mailing(folder, server, *to), NOW, server.trust)


def messages(report: Report) -> list[str]:
    return [f"{problem.line} {problem.message}" for problem in report.problems]


def test_each_recipient_gets_a_message_of_their_own(tmp_path: Path, server: MailServer) -> None:
    assert send(tmp_path, server, ADA, BOB) == Report(2, 0, ())
    assert server.box.recipients == [ADA, BOB]
    ada, bob = server.box.read(ADA), server.box.read(BOB)
    assert (ada["To"], bob["To"]) == (ADA, BOB)
    assert ada["Message-ID"] != bob["Message-ID"]
    assert "bob" not in ada.as_string()
    assert {sender for sender, _, _ in server.box.messages} == {"papers@example.org"}


def test_none_goes_out_twice(tmp_path: Path, server: MailServer) -> None:
    send(tmp_path, server, ADA)
    assert send(tmp_path, server, ADA, BOB, "ADA@example.org") == Report(1, 1, ())
    assert send(tmp_path, server, ADA, BOB) == Report(0, 2, ())
    assert send(tmp_path, server, ADA, digests=(WEEK, TOPIC)) == Report(1, 1, ())
    assert server.box.recipients == [ADA, BOB, ADA]


def test_a_dry_run_counts_and_makes_nothing(tmp_path: Path, server: MailServer) -> None:
    assert count_waiting([WEEK], mailing(tmp_path, server, ADA, BOB)) == 2
    assert not (tmp_path / "state").exists()
    send(tmp_path, server, ADA)
    assert count_waiting([WEEK, TOPIC], mailing(tmp_path, server, ADA, BOB)) == 3
    assert server.box.recipients == [ADA]


@pytest.mark.parametrize("step", ["", "DATA "])
def test_one_whom_the_server_refuses_is_told_by_line_and_tried_again(
    tmp_path: Path, server: MailServer, step: str
) -> None:
    server.box.refuses[step + ADA] = f"550 5.1.1 no mailbox {ADA} here"
    report = send(tmp_path, server, ADA, BOB)
    assert (report.sent, server.box.recipients) == (1, [BOB])
    assert messages(report) == [
        "1 digest 2025-12-01.2025-12-07 was not sent: 550 5.1.1 no mailbox the address here; the next run tries again"
    ]
    server.box.refuses.clear()
    assert send(tmp_path, server, ADA, BOB) == Report(1, 1, ())
    assert server.box.recipients == [BOB, ADA]


def test_a_connection_that_breaks_before_the_message_is_made_again(tmp_path: Path, server: MailServer) -> None:
    server.box.breaks_at[ADA] = "RCPT"
    report = send(tmp_path, server, ADA, BOB)
    assert (report.sent, server.box.recipients) == (1, [BOB])
    assert "the connection broke before the message was sent" in messages(report)[0]
    assert not peek_ledger(tmp_path / "state").has(WEEK.id, ADA)


def test_a_message_that_may_have_gone_is_not_sent_again(tmp_path: Path, server: MailServer) -> None:
    server.box.breaks_at[ADA] = "DATA"
    report = send(tmp_path, server, ADA, BOB)
    assert (report.sent, server.box.recipients) == (1, [ADA, BOB])
    assert "1 digest 2025-12-01.2025-12-07 may not have arrived" in messages(report)[0]
    server.box.breaks_at.clear()
    assert send(tmp_path, server, ADA, BOB) == Report(0, 2, ())
    assert server.box.recipients == [ADA, BOB]


def test_what_is_no_address_is_told_and_the_others_get_theirs(tmp_path: Path, server: MailServer) -> None:
    report = send(tmp_path, server, "Ada <ada@example.org>", BOB)
    assert (report.sent, server.box.recipients) == (1, [BOB])
    assert messages(report)[0].startswith("1 is not one mail address")


def test_many_messages_go_over_several_connections(tmp_path: Path, server: MailServer) -> None:
    everyone = [f"reader{n}@example.org" for n in range(60)]
    assert send(tmp_path, server, *everyone) == Report(60, 0, ())
    assert server.box.recipients == everyone
    assert server.box.connections == 2


def test_tls_from_the_first_byte(tmp_path: Path) -> None:
    with mail_server(tmp_path, tls="implicit") as server:
        run = mailing(tmp_path, server, ADA, implicit=True)
        assert send_digests([WEEK], run, NOW, server.trust) == Report(1, 0, ())


def test_name_and_password_come_from_the_environment(tmp_path: Path) -> None:
    with mail_server(tmp_path, login=True) as server:
        known = {USER_VARIABLE: USER, PASSWORD_VARIABLE: PASSWORD}
        run = mailing(tmp_path, server, ADA, implicit=False, **known)
        assert PASSWORD not in repr(run)
        assert send_digests([WEEK], run, NOW, server.trust) == Report(1, 0, ())


class TestNothingIsSentOrNoted:
    """Before a connection is there, encrypted and logged in, nobody is noted as having had anything."""

    def fails(self, run: Mailing, trust: ssl.SSLContext | None, says: str) -> None:
        with pytest.raises(ConnectionError, match=says):
            send_digests([WEEK], run, NOW, trust)
        assert run.state
        assert not peek_ledger(run.state).has(WEEK.id, ADA)

    def test_without_tls(self, tmp_path: Path) -> None:
        with mail_server(tmp_path, tls="none") as server:
            self.fails(mailing(tmp_path, server, ADA), server.trust, "STARTTLS")
            assert server.box.recipients == []

    def test_with_a_certificate_that_nobody_vouches_for(self, tmp_path: Path, server: MailServer) -> None:
        self.fails(mailing(tmp_path, server, ADA), None, "CERTIFICATE_VERIFY_FAILED")

    def test_with_the_certificate_of_another_host(self, tmp_path: Path, server: MailServer) -> None:
        run = mailing(tmp_path, server, ADA)
        elsewhere = replace(run, server=replace(run.server, host="localhost"))
        self.fails(elsewhere, server.trust, "CERTIFICATE_VERIFY_FAILED")

    def test_with_a_wrong_password(self, tmp_path: Path) -> None:
        with mail_server(tmp_path, login=True) as server:
            wrong = {USER_VARIABLE: USER, PASSWORD_VARIABLE: "wrong"}
            self.fails(mailing(tmp_path, server, ADA, implicit=False, **wrong), server.trust, "answered 535")

    def test_where_nobody_listens(self, tmp_path: Path) -> None:
        with mail_server(tmp_path) as server:
            run = mailing(tmp_path, server, ADA)
        self.fails(run, server.trust, f"{HOST}:{server.port}: ")


@pytest.mark.parametrize(
    ("config", "message"),
    [
        (Config(base_url="https://example.org/"), "mail is missing"),
        (Config(mail=MailSettings(HOST, 25, implicit_tls=False, sender=ADA, unsubscribe=ADA)), "base_url is missing"),
    ],
)
def test_what_sending_needs_is_asked_for(tmp_path: Path, config: Config, message: str) -> None:
    (tmp_path / "list.txt").write_text(ADA)
    with pytest.raises(SitegenError, match=f"content/site.yaml:1: error: {message}"):
        mailing_of(tmp_path, config, str(tmp_path / "list.txt"), None, {})


def test_half_of_name_and_password_is_a_mistake(tmp_path: Path, server: MailServer) -> None:
    with pytest.raises(SitegenError, match="SITEGEN_SMTP_PASSWORD is not set"):
        mailing(tmp_path, server, ADA, implicit=False, **{USER_VARIABLE: USER})


@pytest.mark.parametrize("folder", ["content", "site"])
def test_the_state_does_not_stand_where_it_is_published(tmp_path: Path, server: MailServer, folder: str) -> None:
    run = mailing(tmp_path, server, ADA)
    with pytest.raises(SitegenError, match=f"the folder of --state must not stand in {folder}/"):
        mailing_of(tmp_path, run.config, str(tmp_path / "list.txt"), tmp_path / folder / "state", {})
