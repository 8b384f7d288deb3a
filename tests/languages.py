"""Small sites in some language, and what their pages say."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from sitegen.build import BuildOptions, build

SITE = {
    "site.yaml": "title: Lorem\ntagline: Lorem\nbase_url: https://example.org/\npage_size: 2\nlanguage: {language}\n"
    "repository: https://forge.example.org/o/r/edit/main/\n",
    "topics.yaml": "fallback: ipsum\ntopics:\n"
    "- {{slug: ipsum, title: Ipsum, about: Lorem., words: {{5: [ipsum]}}}}\n"
    "- {{slug: dolor, title: Dolor, about: Lorem., words: {{5: [dolor]}}}}\n"
    "- {{slug: amet, title: Amet, about: Lorem., words: {{5: [amet]}}}}\n",
    "papers/2024/a.md": "---\ntitle: Lorem a\ndate: 2024-12-05\nauthors: 12\ncomments: 3\n"
    "organization: {{handle: sit, name: Sit}}\npdf: https://example.org/a.pdf\nsources:\n"
    "- {{dump: sit.txt, line: 1, captured: 2024-12-06, year: explicit, gave: [title]}}\n"
    "- {{dump: sit.txt, line: 2, year: inferred, gave: []}}\n"
    "---\n\nLorem ipsum dolor.\n",
    "papers/2024/b.md": "---\ntitle: Lorem b\ndate: 2024-12-05\nauthors: [A, B, C, D, E, F]\n---\n\nLorem dolor.\n",
    "papers/2024/c.md": "---\ntitle: Lorem c\ndate: 2024-03-01\naliases: [lorem/]\n"
    "topics: [ipsum]\n---\n\nLorem ipsum.\n",
    "papers/2023/d.md": "---\ntitle: Lorem d\ndate: 2023-06-01\nupdated: 2024-01-02\n---\n\nLorem.\n",
    "papers/undated/e.md": "---\ntitle: Lorem e\n---\n",
    "pages/about.md": "---\ntitle: Lorem\n---\n\nLorem.\n",
}
"""A site that shows nearly all that a page can say. Its own texts hold few words, which no language has."""


def build_site(root: Path, language: str) -> Path:
    """Write the content of such a site and build it; gives the folder of its pages."""
    for name, text in SITE.items():
        file = root / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.format(language=language), encoding="utf-8")
    build(root, BuildOptions(root / "site"))
    return root / "site"


class _Reading(HTMLParser):
    """Gathers what a reader sees or hears of a page, but for code and keys."""

    SAID = ("aria-label", "placeholder", "alt")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"code", "kbd", "script"}
        known = dict(attributes)
        if tag == "meta" and known.get("name") == "description":
            self.found.append(known["content"] or "")
        self.found += [value for name, value in attributes if value and name in self.SAID]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"code", "kbd", "script"}

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.found.append(re.sub(r"\s+", " ", data.strip()))


def texts_of(html: str) -> list[str]:
    """Give all texts of a page, each element's and each attribute's by itself."""
    reading = _Reading()
    reading.feed(html)
    return reading.found


def said(site: Path) -> Iterator[tuple[str, str]]:
    """Yield every text of every page, with the page's path."""
    for file in sorted(site.rglob("*.html")):
        for text in texts_of(file.read_text(encoding="utf-8")):
            yield file.relative_to(site).as_posix(), text
