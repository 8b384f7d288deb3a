"""`sitegen serve`: the server and the watcher put together with the builder, which none of them knows of."""

import gc
import threading
import time
import webbrowser
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from sitegen.build import BuildOptions, build
from sitegen.cache import NAME as CACHE
from sitegen.console import counts, show_problems
from sitegen.making import BuildMemory
from sitegen.output import Action
from sitegen.preview.serve import BuildResult, serve
from sitegen.problems import SitegenError, error


def preview(root: Path, port: int, *, open_browser: bool, drafts: bool, notes: bool) -> None:
    """Serve the site until Ctrl-C, building it anew whenever content/ or themes/ change.

    The preview has a folder of its own, so that site/ is never anything but what `sitegen build` made.
    """
    address = f"http://127.0.0.1:{port}/"
    options = BuildOptions(root / CACHE / "preview", address, drafts=drafts, force=True, steps=True)

    def ready(address: str) -> None:
        click.echo(f"serving {address} (Ctrl-C ends it)", err=True)
        if open_browser:
            webbrowser.open(address)

    memory = BuildMemory(root, options.site, is_private=True)
    try:
        serve(
            builder(root, options, memory),
            options.site,
            [root / "content", root / "themes"],
            port=port,
            report=partial(_report, notes=notes),
            on_ready=ready,
            stop=threading.Event(),
        )
    finally:
        memory.save()


def builder(root: Path, options: BuildOptions, memory: BuildMemory) -> Callable[[frozenset[Path]], BuildResult]:
    """Wrap the build for the server: what is wrong with the content is part of the result."""
    files: frozenset[str] = frozenset()

    def run(_changed: frozenset[Path]) -> BuildResult:
        nonlocal files
        started = time.perf_counter()
        try:
            report = build(root, options, memory)
        except SitegenError as wrong:
            return BuildResult(wrong.problems, True, frozenset(), files, time.perf_counter() - started)
        except OSError as wrong:
            problem = error(options.site.name, 1, f"{wrong.strerror or wrong}; mend that and save again")
            return BuildResult((problem,), True, frozenset(), files, time.perf_counter() - started)
        if not files:  # what the first build made stays; to look through it again and again would only take time
            memory.save()
            gc.collect()
            gc.freeze()
        files = frozenset(step.path for step in report.steps if step.action is not Action.DELETE)
        changed = frozenset(step.path for step in report.steps if step.action is not Action.KEEP)
        return BuildResult(report.problems, False, changed, files, report.seconds)

    return run


def _report(result: BuildResult, *, notes: bool) -> None:
    show_problems(result.problems, notes=notes)
    if result.failed:
        click.echo("not built; the last good pages are shown until this is mended", err=True)
    else:
        click.echo(f"built in {result.seconds:.2f} s, {counts(len(result.changed), 'file')} changed", err=True)
