"""How the command line speaks: one line a problem on standard error, one line of counts at the end, exit codes."""

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click

from sitegen.problems import Problem, Severity, SitegenError, printable

if TYPE_CHECKING:
    from sitegen.stages import Cost

DONE, BAD_INPUT, ENVIRONMENT, INTERRUPTED = 0, 1, 3, 130
"""Exit codes; 2 is a mistake in the command itself, which click reports."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def show_problems(problems: Iterable[Problem], *, notes: bool = False) -> None:
    """Print problems in the order of files and lines, each once; notes only when asked for."""
    shown = [p for p in dict.fromkeys(problems) if notes or p.severity is not Severity.NOTE]
    for problem in sorted(shown, key=lambda p: (p.path, p.line, p.message)):
        severity = f" {problem.severity}: "
        before, _, after = str(problem).partition(severity)
        click.echo(before + click.style(severity, fg=_COLOURS[problem.severity]) + after, err=True)


@contextlib.contextmanager
def working(what: str) -> Iterator[None]:
    """Show that something is being done, on a terminal only."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # noqa: PLC0415  # it loads slowly, and scripts have no use for it

    with Console(stderr=True).status(what):
        yield


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """Show a bar for the stage that a build is in, on a terminal only; gives what is to be told of it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415  # it loads slowly, and scripts have no use for it
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")
        yield lambda stage, done, total: bar.update(task, description=stage, completed=done, total=total or None)


def cost_table(costs: Iterable["Cost"]) -> str:
    """Write what each stage took, a line each."""
    lines = [f"{'stage':16} {'wall s':>8} {'CPU s':>8} {'peak MB':>8}"]
    lines += [f"{cost.stage:16} {cost.wall:8.2f} {cost.cpu:8.2f} {cost.memory / 1e6:8.0f}" for cost in costs]
    return "\n".join(lines) + "\n"


def counts(number: int, one: str, many: str = "") -> str:
    """Write a count with its noun: 1 page, 126 pages."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@contextlib.contextmanager
def exit_codes(*, notes: bool = False) -> Iterator[None]:
    """Turn what goes wrong into messages and exit codes; a bug still shows its traceback."""
    try:
        yield
    except SitegenError as wrong:
        show_problems(wrong.problems, notes=notes)
        failed = sum(p.severity is Severity.ERROR for p in wrong.problems)
        warned = sum(p.severity is Severity.WARNING for p in wrong.problems)
        click.echo(f"failed: {counts(failed, 'error')}, {counts(warned, 'warning')}", err=True)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(DONE)
    except OSError as wrong:
        name = f"{wrong.filename}: " if wrong.filename else ""
        click.echo(printable(f"sitegen: error: {name}{wrong.strerror or wrong}"), err=True)
        sys.exit(ENVIRONMENT)
