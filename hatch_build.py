"""Build hook: put lunr.js 2.3.9 into the default theme, as an ES module.

lunr.js is not kept in this repository. The wheel of mkdocs 1.6.1, named in build-system.requires, carries the
file; it is found without importing mkdocs, checked against its SHA-256, minified and wrapped.
"""

import hashlib
import importlib.util
from pathlib import Path
from typing import Any

import rjsmin
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LUNR_SHA256 = "c1a28d9e95163292fbcc07ff794f1f0e1ade8741c513afe96d5b1046a18110bc"
LUNR_IN_MKDOCS = Path("contrib/search/templates/search/lunr.js")
TARGET = Path("themes/default/static/js/lunr.js")


def find_lunr() -> bytes:
    """Return the bytes of lunr.js 2.3.9 as published; raises RuntimeError when they are not those."""
    spec = importlib.util.find_spec("mkdocs")
    if spec is None or spec.origin is None:
        raise RuntimeError("mkdocs 1.6.1 is needed at build time: its wheel carries lunr.js")
    source = (Path(spec.origin).parent / LUNR_IN_MKDOCS).read_bytes()
    if hashlib.sha256(source).hexdigest() != LUNR_SHA256:
        raise RuntimeError(f"{LUNR_IN_MKDOCS} of mkdocs is not lunr.js 2.3.9")
    return source


def as_module(source: bytes) -> str:
    """Minify lunr.js, keep its licence comment, and wrap it as a module with a default export."""
    text = source.decode("utf-8")
    licence = text[text.index("/**") : text.index("*/") + 2]
    minified = rjsmin.jsmin(text, keep_bang_comments=False)
    return f"{licence}\nconst exports={{}},module={{exports}};\n{minified}\nexport default module.exports;\n"


class LunrHook(BuildHookInterface):
    """Writes lunr.js before a wheel, an sdist's wheel or an editable install is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's signature
        """Write the module into the theme; it is ignored by git, so hatchling is told to ship it."""
        target = Path(self.root) / TARGET
        if self.target_name != "wheel":
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        module = as_module(find_lunr())
        if not target.is_file() or target.read_text(encoding="utf-8") != module:
            target.write_text(module, encoding="utf-8")
        build_data["artifacts"].append(TARGET.as_posix())
