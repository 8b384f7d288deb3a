"""Rendering a body within a time limit.

Python-Markdown needs time that grows with the square of some texts (80 kB of opening brackets: minutes). A body that
could take long is rendered by another process, which can be ended; the rest is rendered here, nearly every page by
`paragraph`, which needs neither Python-Markdown nor a limit.
Run as a module, this is that process: a body on standard input, its `Prose` as JSON on standard output.
"""

import contextlib
import html
import json
import os
import re
import subprocess
import sys

from sitegen.problems import Severity
from sitegen.rendered import Prose, Remark, from_json, to_json

SECONDS = 10.0
"""Wall time of one body."""
LIGHT = 2_000_000
"""Effort of what is rendered in this process: the worst text of this effort takes about a third of a second."""


def is_heavy(body: str) -> bool:
    """Tell whether a body could take long to render."""
    return effort(body) > LIGHT


def render_timed(body: str, seconds: float = SECONDS, *, plain: bool = False) -> Prose:
    """Render a body; one that takes too long gives an error at the passage that takes longest.

    plain: the body is plain text that was escaped into Markdown, and is shown without Markdown's help.
    """
    if (prose := _paragraph(body)) is not None:
        return prose
    if plain:
        return _as_plain(body)
    if not is_heavy(body):
        with contextlib.suppress(RecursionError):  # the other process has its stack to itself
            return _rendered(body)
    command = [sys.executable, "-P", "-m", __spec__.name]
    source = body.encode("utf-8", "surrogatepass")
    try:
        done = subprocess.run(  # noqa: S603  # this interpreter and this module
            command, input=source, capture_output=True, timeout=seconds, check=True, env=_environment()
        )
    except subprocess.TimeoutExpired:
        return _refused(body, f"this passage takes longer than {seconds:g} s to render; simplify its markup")
    except subprocess.CalledProcessError:
        return _refused(body, "this passage cannot be rendered, its markup nests too deep; simplify it")
    return from_json(json.loads(done.stdout))


def _paragraph(body: str) -> Prose | None:
    from sitegen.paragraph import render_paragraph  # noqa: PLC0415  # not needed for what is remembered

    return render_paragraph(body)


def _rendered(body: str) -> Prose:
    from sitegen.prose import render_prose  # noqa: PLC0415  # it loads slowly, and is not needed for what is remembered

    return render_prose(body)


def _as_plain(body: str) -> Prose:
    text = html.unescape(_ESCAPE.sub(r"\1", body)).strip()
    return Prose(f"<p>{html.escape(text)}</p>", text, (Remark(0, "too heavy to render; shown as plain text"),))


_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def _refused(body: str, message: str) -> Prose:
    return Prose("", "", (Remark(heaviest(body), message, Severity.ERROR),))


def effort(text: str) -> int:
    """Estimate the work that a text is in the worst case: its length times the signs that are searched ahead from."""
    return len(text) * (len(text) // 100 + text.count("[") + text.count("<"))


def heaviest(body: str) -> int:
    """Give the line, from 0, where the paragraph of most effort begins."""
    paragraphs = re.finditer(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+", body)
    most = max(paragraphs, key=lambda m: effort(m[0]), default=None)
    return body.count("\n", 0, most.start()) if most else 0


def _environment() -> dict[str, str]:
    """Let the other process find the same modules, however this one was started."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def _serve_one() -> None:
    body = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
    sys.stdout.buffer.write(json.dumps(to_json(_rendered(body))).encode("ascii"))


if __name__ == "__main__":
    _serve_one()
