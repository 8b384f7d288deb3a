"""The files of a built site, and topics for small ones."""

from pathlib import Path

from sitegen.output import STATE

TOPICS = """\
fallback: nlp
topics:
- slug: nlp
  title: Language
  about: Words.
  words: {5: [word]}
- slug: diffusion
  title: Diffusion
  about: Noise.
  words: {5: [diffusion model]}
"""


def tree(site: Path) -> dict[str, bytes]:
    """Give the bytes of every file of a site by its path, what the program keeps for itself aside."""
    files = (p for p in site.rglob("*") if p.is_file() and STATE not in p.relative_to(site).parts)
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in files}
