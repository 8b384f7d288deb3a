"""How open pages of the preview learn that the site was built anew, or could not be.

An *edition* is what the preview shows between two builds. The script that is put into each page keeps an event
stream open; each event carries an edition's number, the number of its pages' build and what is wrong.
"""

import html
import json
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import resources

from sitegen.preview.requests import OWN


@dataclass(frozen=True, slots=True)
class Edition:
    """What is shown until the next build ends.

    number: counts every build. build: counts the builds that changed pages, 0 while there is none that succeeded.
    files: paths under the output folder. problems: why the last build failed, one line each; () when it did not.
    is_whole: whether nothing more of the last build is to come.
    """

    number: int = 0
    build: int = 0
    files: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()
    is_whole: bool = True


@dataclass(slots=True)
class Bulletin:
    """The present edition, and a way for threads to wait for the next one.

    run: tells the editions of one run of the server from those of the next.
    """

    run: str = field(default_factory=lambda: secrets.token_hex(4))
    edition: Edition = field(default_factory=Edition)
    closed: bool = False
    _condition: threading.Condition = field(default_factory=threading.Condition)

    def publish(self, edition: Edition) -> None:
        """Show a new edition and wake everyone who waits."""
        with self._condition:
            self.edition = edition
            self._condition.notify_all()

    def close(self) -> None:
        """Wake everyone who waits, for good."""
        with self._condition:
            self.closed = True
            self._condition.notify_all()

    def wait(self, number: int, timeout: float) -> Edition:
        """Give the present edition, waiting at most so many seconds for another than the one of that number."""
        with self._condition:
            self._condition.wait_for(lambda: self.closed or self.edition.number != number, timeout)
            return self.edition

    def event(self, edition: Edition) -> bytes:
        """Give an edition as one server-sent event."""
        news = {
            "edition": self._name(edition.number),
            "build": self._name(edition.build),
            "problems": edition.problems,
            "whole": edition.is_whole,
        }
        return f"data: {json.dumps(news)}\n\n".encode("ascii")

    def script(self, edition: Edition, *, is_error: bool = False) -> bytes:
        """Give the script element of a page of an edition; the error page also says which edition's errors it shows."""
        shown = f' data-edition="{self._name(edition.number)}"' if is_error else ""
        return f'<script src="{OWN}reload.js" data-build="{self._name(edition.build)}"{shown}></script>'.encode()

    def _name(self, number: int) -> str:
        return f"{self.run}-{number}"


def with_script(page: bytes, script: bytes) -> bytes:
    """Put a script element before the end of a page's body, at the end of the page where the body has none.

    >>> with_script(b"<p>x</p></body></html>", b"<script></script>")
    b'<p>x</p><script></script></body></html>'
    """
    end = page.lower().rfind(b"</body>")
    return page + script if end < 0 else page[:end] + script + page[end:]


def error_page(problems: Sequence[str], script: bytes) -> bytes:
    """Give the page that stands for every address while there is no site to show. problems: plain text."""
    items = "".join(f"<li>{html.escape(problem)}</li>" for problem in problems)
    page = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The site could not be built</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{OWN}error.css">
</head>
<body>
<main class="sitegen-error">
<h1>The site could not be built</h1>
<ol>{items}</ol>
<p>This page goes away when the mistake is mended.</p>
</main>
</body>
</html>
"""
    return with_script(page.encode(), script)


def read_preview_files() -> dict[str, bytes]:
    """Read the preview's own files, by the address at which each is served."""
    folder = resources.files("sitegen.preview") / "static"
    addresses = {"reload.js": f"{OWN}reload.js", "error.css": f"{OWN}error.css", "sw.js": "/sw.js"}
    return {address: (folder / name).read_bytes() for name, address in addresses.items()}
