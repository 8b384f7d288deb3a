"""`sitegen digest`: its options, and what it says."""

import datetime as dt
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.arguments import DAY, address_option, root_option
from sitegen.console import BAD_INPUT, counts, exit_codes, show_problems, working

if TYPE_CHECKING:
    from sitegen.digest import Digest, Mailing


@click.command()
@click.option("--since", type=DAY, required=True, help="First day of what is new.")
@click.option("--until", type=DAY, help="Last day. Default: the last one that the catalogue knows of.")
@click.option("--topic", "topics", multiple=True, metavar="SLUG", help="Make a digest of this topic; may be repeated.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for .html, .txt and .eml files.")
@click.option("--to", metavar="FILE", help="List of recipients, an address a line; - reads standard input.")
@click.option("--send", is_flag=True, help="Send it, to whom it has not gone yet; needs --to and --state.")
@click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that keeps who has had what, outside of content/ and site/; it holds no addresses.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be sent to how many, and send nothing; needs --to.")
@address_option("Where links lead, instead of base_url in site.yaml.")
@root_option
def digest(  # noqa: PLR0913  # one parameter for each option
    *,
    since: dt.datetime,
    until: dt.datetime | None,
    topics: tuple[str, ...],
    out: Path | None,
    to: str | None,
    send: bool,
    state: Path | None,
    dry_run: bool,
    base_url: str | None,
    root: Path,
) -> None:
    """Make a digest of what is new and trending; print it as text, write it to --out, or send it by mail.

    SITEGEN_SMTP_USER and SITEGEN_SMTP_PASSWORD hold what the mail server asks for; `mail:` in site.yaml says the rest.
    """
    from sitegen.digest import Asked, mailing_of, make_digests, write_digests

    if until and until < since:
        raise click.UsageError("--until is before --since")
    _check_usage(to, state, send=send, dry_run=dry_run)
    with exit_codes():
        with working("making the digest"):
            made = make_digests(root, Asked(since.date(), until.date() if until else None, topics, base_url))
        show_problems(made.problems)
        digests = _not_empty(made.digests)
        mailing = mailing_of(root, made.config, to, state, os.environ) if to is not None else None
        for file in write_digests(out, digests, made.config) if out else ():
            click.echo(file)
        if mailing:
            _mail(digests, mailing, dry_run=dry_run)
        elif not out:
            click.echo("\n\n".join(digest.text for digest in digests), nl=False)


def _check_usage(to: str | None, state: Path | None, *, send: bool, dry_run: bool) -> None:
    """Refuse what cannot be meant, before anything is read."""
    if send and state is None:
        raise click.UsageError("--send needs --state DIR, which remembers who has had a digest: none goes out twice")
    if (send or dry_run) and to is None:
        raise click.UsageError("--to FILE is missing: the list of recipients, - for standard input")
    if to is not None and not (send or dry_run):
        raise click.UsageError("--to is for --send or --dry-run; add one of them")


def _not_empty(digests: Iterable["Digest"]) -> list["Digest"]:
    """Leave out digests that tell of nothing, and say so."""
    full = []
    for made in digests:
        if made.is_empty:
            click.echo(f"digest {made.id}: nothing is new, nothing is talked about", err=True)
        else:
            full.append(made)
    return full


def _mail(digests: Sequence["Digest"], mailing: "Mailing", *, dry_run: bool) -> None:
    """Send digests, or say what would be sent."""
    from sitegen.digest import count_waiting, send_digests

    if dry_run:
        for made in digests:
            waiting = count_waiting([made], mailing)
            had = len(mailing.recipients) - waiting
            click.echo(f"would send digest {made.id} to {counts(waiting, 'recipient')}; {had:,} had it before")
            click.echo(f"  {made.subject} ({counts(made.new, 'new paper')}, {made.trending:,} trending)")
        problems = mailing.problems
    else:
        report = send_digests(digests, mailing, dt.datetime.now(dt.UTC))
        problems = report.problems
        click.echo(f"sent {counts(report.sent, 'message')}; {report.had:,} had gone before")
    show_problems(problems)
    if problems:
        sys.exit(BAD_INPUT)
