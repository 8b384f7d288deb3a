"""What several commands take: where the site is, days, the site's address."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from sitegen.fields import is_base_url

_Command = TypeVar("_Command", bound=Callable[..., Any])

DAY = click.DateTime(formats=["%Y-%m-%d"])
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


def _root_of(context: click.Context, _parameter: click.Parameter, given: Path | None) -> Path:
    """Take --root from the command, or from before it, or the current folder."""
    return given or context.find_root().params.get("root") or Path()


root_option = click.option(
    "--root",
    type=FOLDER,
    callback=_root_of,
    help="Folder of the site: the one that holds content/. Default: the current one.",
)


def _address(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str | None:
    """Take an address given on the command line; hosts give an empty one where they know none."""
    if given and not is_base_url(given):
        raise click.BadParameter(f"{given!r} is not an http or https address that ends with a path")
    return given or None


def address_option(help_text: str) -> Callable[[_Command], _Command]:
    """Make the option for the site's address."""
    return click.option("--base-url", callback=_address, help=help_text)
