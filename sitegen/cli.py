"""The command line: arguments, printing and exit codes; the work is elsewhere.

Each command imports what it needs when it runs, so that none waits for the libraries of the others.
"""

import datetime as dt
import gc
import json
import sys
import time
from pathlib import Path

import click

from sitegen import __version__
from sitegen.arguments import DAY, FOLDER, address_option, root_option
from sitegen.console import BAD_INPUT, cost_table, counts, exit_codes, progress, show_problems, working
from sitegen.digestcommand import digest
from sitegen.fields import nearest
from sitegen.options import PARTS
from sitegen.problems import errors, warnings

SHOWN = 10
"""Papers that a search prints when no limit is given."""

_output = click.option(
    "--output", type=click.Path(path_type=Path), help="Folder for the built site. Default: site/ under the root."
)
_verbose = click.option("-v", "--verbose", is_flag=True, help="Show notes too: known and accepted states of papers.")


def _parts(_context: click.Context, _parameter: click.Parameter, given: str | None) -> frozenset[str]:
    """Take the parts of a site that are to be made."""
    parts = PARTS if given is None else frozenset(given.split(","))
    if unknown := sorted(parts - PARTS):
        raise click.BadParameter(f"{unknown[0]!r} is no part of a site{nearest(unknown[0], sorted(PARTS))}")
    return parts


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="sitegen %(version)s")
@click.option("--root", type=FOLDER, help="Folder of the site, for every command that takes one.")
def main(root: Path | None) -> None:  # commands find it in their context
    """Make a searchable static site of a paper catalogue.

    Dumps of listing pages become Markdown pages in content/papers/ (import), the pages become a site (build).
    """


main.add_command(digest)


@main.command("import")
@click.argument("dumps", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Print what would change as a diff, and write nothing.")
@click.option("--check", is_flag=True, help="Fail if the pages are not what the dumps make of them; write nothing.")
@click.option("--captured", type=DAY, help="Day of the capture of these dumps, where their names do not tell it.")
@_verbose
@root_option
def import_(  # noqa: PLR0913  # one parameter for each option
    dumps: tuple[Path, ...], *, dry_run: bool, check: bool, captured: dt.datetime | None, verbose: bool, root: Path
) -> None:
    """Merge dumps into content/papers/. Without DUMPS: all of content/dumps/."""
    from sitegen.importing import apply_import, check_import, find_dumps, plan_import
    from sitegen.reimporting import inputs_of, recall, remember

    started = time.perf_counter()
    with exit_codes(notes=verbose):
        with working("reading dumps"):
            files, day = dumps or find_dumps(root), captured.date() if captured else None
            inputs = inputs_of(root, files, day)
            plan = recall(root, inputs) or plan_import(root, files, day)
        stale = check_import(plan) if check else []
        show_problems([*plan.problems, *stale], notes=verbose)
        if dry_run:
            click.echo("".join(change.diff() for change in plan.changes), nl=False)
        elif not check:
            apply_import(root, plan)
            remember(root, inputs, plan)
        updated = len(plan.changes) - plan.created
        click.echo(
            f"{'checked' if check else 'would import' if dry_run else 'imported'} {counts(plan.records, 'record')} of "
            f"{counts(plan.papers, 'paper')} from {counts(plan.dumps, 'dump')}: {counts(plan.created, 'new page')}, "
            f"{updated:,} updated, {plan.papers - len(plan.changes):,} unchanged ({_since(started)})"
        )
        if errors(plan.problems) or stale:
            sys.exit(BAD_INPUT)


@main.command()
@click.option("--strict", is_flag=True, help="Let warnings stop the build too.")
@address_option("Where the site will be hosted, instead of base_url in site.yaml.")
@click.option("--drafts", is_flag=True, help="Build pages marked as drafts too.")
@click.option("--noindex", is_flag=True, help="Mark every page as not to be indexed, for previews.")
@click.option("--workers", type=click.IntRange(1), help="Processes that work at once. Default: one for each core.")
@click.option("--cluster", default="", metavar="ADDRESS", help="Dask scheduler whose workers do the work instead.")
@click.option(
    "--only",
    callback=_parts,
    metavar="PARTS",
    help=f"Parts to make, with commas between: {', '.join(sorted(PARTS))}. Default: all. The others are removed.",
)
@click.option("--profile", is_flag=True, help="Print the time, CPU time and peak memory of each stage.")
@click.option("--explain", is_flag=True, help="Say for every file what was done and why.")
@click.option("--force", is_flag=True, help="Write files that another hand edited; their version is kept aside.")
@_verbose
@_output
@root_option
def build(  # noqa: PLR0913  # one parameter for each option
    *,
    strict: bool,
    base_url: str | None,
    drafts: bool,
    noindex: bool,
    workers: int | None,
    cluster: str,
    only: frozenset[str],
    profile: bool,
    explain: bool,
    force: bool,
    verbose: bool,
    output: Path | None,
    root: Path,
) -> None:
    """Build the site from content/ into site/."""
    from sitegen import build as building
    from sitegen.output import Action

    with exit_codes(notes=verbose):
        site = output or root / "site"
        options = building.BuildOptions(site, base_url, drafts, strict, noindex, force, explain, workers, cluster, only)
        gc.disable()  # a build makes many things and few circles; to look for these takes a fifth of its time
        with progress() as tell:
            report = building.build(root, options, tell=tell)
        gc.freeze()  # nor are they looked for when the program ends, which would take a tenth of a small build's time
        show_problems(report.problems, notes=verbose)
        if explain:
            for step in report.steps:
                click.echo(f"{step.action:6} {step.path}: {step.reason}")
        if profile:
            click.echo(cost_table(report.costs), nl=False)
        click.echo(
            f"built {counts(report.papers, 'paper')}: {counts(report.count(Action.WRITE), 'file')} written, "
            f"{report.count(Action.KEEP):,} unchanged, {report.count(Action.DELETE):,} deleted ({report.seconds:.2f} s)"
        )


@main.command()
@click.option("--port", default=8000, show_default=True, help="Port to listen on; 0 takes a free one.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@click.option("--drafts/--no-drafts", default=True, show_default=True, help="Show pages marked as drafts.")
@_verbose
@root_option
def serve(*, port: int, open_browser: bool, drafts: bool, verbose: bool, root: Path) -> None:
    """Show the site while you edit: every saved page appears in the browser."""
    from sitegen.previewing import preview

    with exit_codes(notes=verbose):
        preview(root, port, open_browser=open_browser, drafts=drafts, notes=verbose)


@main.command()
@click.option("--strict", is_flag=True, help="Let warnings fail the check too.")
@_verbose
@_output
@root_option
def check(*, strict: bool, verbose: bool, output: Path | None, root: Path) -> None:
    """Check content/ and the built site: links and anchors, HTML, feeds, pages that nothing leads to."""
    from sitegen.check import check_site

    started = time.perf_counter()
    with exit_codes(notes=verbose):
        with working("checking"):
            report = check_site(root, output or root / "site")
        show_problems(report.problems, notes=verbose)
        bad = errors(report.problems)
        warned = warnings(report.problems)
        click.echo(
            f"checked {counts(report.files, 'file')} and {counts(report.links, 'internal link')}: "
            f"{counts(len(bad), 'error')}, {counts(len(warned), 'warning')} ({_since(started)})"
        )
        if bad or (strict and warned):
            sys.exit(BAD_INPUT)


@main.command()
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="Print a list of {title, url, score}, best first.")
@click.option("--limit", type=click.IntRange(0), help="Most papers to print; 0 for all. Default: 10, with --json all.")
@_output
@root_option
def search(*, query: str, as_json: bool, limit: int | None, output: Path | None, root: Path) -> None:
    """Search the built site, as its search page does."""
    from sitegen.search import read_index

    with exit_codes():
        most = limit if limit is not None else 0 if as_json else SHOWN
        answer = read_index(output or root / "site").search(query, most or None)
        if as_json:
            found = [{"title": hit.title, "url": "/" + hit.path, "score": hit.score} for hit in answer.hits]
            click.echo(json.dumps(found, ensure_ascii=False, indent=1))
            return
        if answer.note:
            click.echo(answer.note, err=True)
        for hit in answer.hits:
            click.echo(f"{hit.score:7.3f}  {hit.title}\n         /{hit.path}")


@main.command()
@click.option("--explain", "slug", metavar="SLUG", help="Name the words behind each topic of one paper.")
@root_option
def topics(*, slug: str | None, root: Path) -> None:
    """List the topics and how many papers each has, or explain those of one paper."""
    from sitegen.explaining import explain_topics, list_topics

    with exit_codes():
        for line in explain_topics(root, slug) if slug else list_topics(root):
            click.echo(line)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def init(*, folder: Path) -> None:
    """Make a new, empty site in FOLDER."""
    from sitegen.scaffold import create_site

    with exit_codes():
        for name in create_site(folder):
            click.echo(folder / name)
        click.echo(f"next: put dumps into {folder / 'content' / 'dumps'}, then: sitegen import --root {folder}")


@main.command()
@click.argument("title")
@click.option("--date", type=DAY, help="Day of publication.")
@root_option
def new(*, title: str, date: dt.datetime | None, root: Path) -> None:
    """Make a page for a paper that no dump has."""
    from sitegen.scaffold import create_page

    with exit_codes():
        click.echo(create_page(root, title, date.date() if date else None))


@main.command()
@click.argument("slug")
@click.argument("new_slug")
@root_option
def move(*, slug: str, new_slug: str, root: Path) -> None:
    """Give the paper SLUG the address NEW_SLUG; the old address leads on to it."""
    from sitegen.scaffold import move_page

    with exit_codes():
        click.echo(move_page(root, slug, new_slug))


@main.command()
@click.argument("slug")
@click.option("--to", default="", metavar="SLUG", help="Lead the old address on to this paper.")
@root_option
def remove(*, slug: str, to: str, root: Path) -> None:
    """Take a paper out for good: its page is deleted, and import leaves it out."""
    from sitegen.scaffold import remove_page

    with exit_codes():
        click.echo(f"removed {remove_page(root, slug, to)}")


@main.command()
@root_option
def clean(*, root: Path) -> None:
    """Remove the cache and every file of site/ that sitegen wrote; other files stay."""
    from sitegen.cleaning import clean_site

    with exit_codes():
        click.echo(f"removed {counts(clean_site(root), 'file')} and the cache")


def _since(started: float) -> str:
    return f"{time.perf_counter() - started:.2f} s"
