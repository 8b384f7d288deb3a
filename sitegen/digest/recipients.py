"""Who a digest goes to: a list that stands outside of the site, one address on a line."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sitegen.mailsettings import is_mail_address
from sitegen.problems import Problem, SitegenError, error

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address, and the line of the list that it stands in."""

    address: str
    line: int


def read_recipients(name: str) -> tuple[list[Recipient], list[Problem]]:
    """Read the list in a file, or on standard input for "-".

    Raises SitegenError for a list that is not UTF-8. What is no address is a problem each; the problem names the line
    and not what stands there, since logs are often public.
    """
    data = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    shown = shown_name(name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as mistake:
        line = data[: mistake.start].count(b"\n") + 1
        raise SitegenError([error(shown, line, "not UTF-8; save the list as UTF-8")]) from None
    return parse_recipients(text, shown)


def parse_recipients(text: str, shown: str) -> tuple[list[Recipient], list[Problem]]:
    """Read a list: an address on each line. Blank lines, lines that begin with # and repetitions are left out."""
    found: dict[str, Recipient] = {}
    problems: list[Problem] = []
    for line, address in _lines(text):
        if is_mail_address(address):
            found.setdefault(address.lower(), Recipient(address, line))
        else:
            problems.append(error(shown, line, _WRONG))
    return list(found.values()), problems


def shown_name(name: str) -> str:
    """Name a list as messages do."""
    return "standard input" if name == STANDARD_INPUT else name


def refuse_inside(file: Path, folders: Iterable[Path], what: str) -> None:
    """Raise SitegenError for a file in one of some folders, by its name or by what a link leads to."""
    for folder in folders:
        here = folder.resolve()
        if any(place.is_relative_to(here) for place in (file.resolve(), file.parent.resolve() / file.name)):
            message = f"{what} must not stand in {folder.name}/, which is published; keep it elsewhere"
            raise SitegenError([error(str(file), 1, message)])


_WRONG = "is not one mail address such as ada@example.org, in ASCII; mend the line (nothing goes to it)"


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if (address := line.strip()) and not address.startswith("#"):
            yield number, address
