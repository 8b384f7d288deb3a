"""`sitegen serve`: the server and the watcher put together with the builder, which none of them knows of."""

import gc
import sys
import threading
import time
import webbrowser
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import click

from sitegen.build import BuildOptions
from sitegen.cache import NAME as CACHE
from sitegen.console import counts, show_problems
from sitegen.making import BuildMemory, Making
from sitegen.options import PREVIEWED
from sitegen.preview.serve import Builder, BuildResult, serve
from sitegen.problems import SitegenError, error
from sitegen.remaking import remake_site
from sitegen.stages import Stages


def preview(root: Path, port: int, *, open_browser: bool, drafts: bool, notes: bool) -> None:
    """Serve the site until Ctrl-C, building it anew whenever content/ or themes/ change.

    The preview has a folder of its own, so that site/ is never anything but what `sitegen build` made.
    """
    address = f"http://127.0.0.1:{port}/"
    options = BuildOptions(root / CACHE / "preview", address, drafts=drafts, force=True, steps=True, only=PREVIEWED)

    def ready(address: str) -> None:
        click.echo(f"serving {address} (Ctrl-C ends it)", err=True)
        if open_browser:
            webbrowser.open(address)

    memory = BuildMemory(root, options.site, is_private=True)
    gc.disable()  # it would strike in the middle of a build; between two builds there is time for it
    sys.setswitchinterval(SWITCH)
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


SWITCH = 0.001
"""Seconds that a thread may keep the others waiting: pages are asked for while others are still made."""

MANY = 200
"""Changed files that are as good as all: the system drops events when it has too many."""


def builder(root: Path, options: BuildOptions, memory: BuildMemory) -> Builder:
    """Wrap the build for the server: what is wrong with the content is part of the result."""
    files: frozenset[str] = frozenset()
    is_known = False

    def run(changed: frozenset[Path], opened: frozenset[str]) -> Iterator[BuildResult]:
        nonlocal files, is_known
        started, is_first = time.perf_counter(), not files
        known = changed if is_known and len(changed) < MANY else None
        is_known = False  # where an error leaves content/ read in part, the next build looks at all of it
        try:
            for part in remake_site(Making(root, options, memory, Stages()), known, opened):
                files, is_known = part.files, True
                seconds = time.perf_counter() - started
                yield BuildResult(part.problems, False, part.changed, files, seconds, not part.is_last, part.pause)
        except SitegenError as wrong:
            is_known = True
            yield BuildResult(wrong.problems, True, frozenset(), files, time.perf_counter() - started)
        except OSError as wrong:
            problem = error(options.site.name, 1, f"{wrong.strerror or wrong}; mend that and save again")
            yield BuildResult((problem,), True, frozenset(), files, time.perf_counter() - started)
        if is_first and files:  # what the first build made stays; to look through it again would only take time
            memory.save()
            gc.collect()
            gc.freeze()
        elif is_known:
            gc.collect()

    return run


def _report(result: BuildResult, *, notes: bool) -> None:
    show_problems(result.problems, notes=notes)
    if result.failed:
        click.echo("not built; the last good pages are shown until this is mended", err=True)
    else:
        click.echo(f"built in {result.seconds:.2f} s, {counts(len(result.changed), 'file')} changed", err=True)
