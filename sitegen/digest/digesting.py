"""Making digests: content/ is read, the papers are chosen, the theme renders them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen.assemble import CONFIG, TOPICS, ContentMemory, assemble, read_content
from sitegen.catalogue import Catalogue, Group
from sitegen.config import Config
from sitegen.digest.composing import Digest, Envelope, digest_of, message_of
from sitegen.digest.selection import Window, last_day
from sitegen.digest.views import Issue, view_of
from sitegen.engine import engine_hash
from sitegen.fields import nearest
from sitegen.places import theme_places
from sitegen.problems import Problem, SitegenError, error, stop_if_wrong
from sitegen.theme import Theme, load_theme


@dataclass(frozen=True, slots=True)
class Asked:
    """What digests are asked for. until: None for the last day that the catalogue knows of. topics: none for all.

    base_url: where links lead instead of where site.yaml says, None for there.
    """

    since: dt.date
    until: dt.date | None = None
    topics: Sequence[str] = ()
    base_url: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """The digests, one for each topic, and what they were made with."""

    digests: tuple[Digest, ...]
    config: Config
    problems: tuple[Problem, ...]


def make_digests(root: Path, asked: Asked) -> Made:
    """Make the digests; raises SitegenError for what is wrong in content/, and for an unknown topic."""
    memory = ContentMemory(root, engine_hash())
    content = read_content(root, memory)
    stop_if_wrong(content.problems)
    assembled = assemble(content, memory)
    memory.save()
    config, catalogue = content.config, assembled.catalogue
    config = config.at(asked.base_url or config.base_url)
    at = (CONFIG, config.theme_line)
    theme = load_theme(config.theme, theme_places(root), root, at, config.language)
    window = Window(asked.since, asked.until or max(asked.since, last_day(catalogue) or asked.since))
    topics: list[Group | None] = [_topic(catalogue, slug) for slug in dict.fromkeys(asked.topics)]
    digests = tuple(_digest(Issue(window, topic), catalogue, config, theme) for topic in topics or [None])
    return Made(digests, config, (*content.problems, *assembled.problems))


def write_digests(folder: Path, digests: Sequence[Digest], config: Config) -> list[Path]:
    """Write each digest as a page, as text, and as a message to nobody yet; gives the files.

    The message's date is the last day of the window, so that the same digest is the same file whenever it is made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for digest in digests:
        last = dt.date.fromisoformat(digest.id.split(".")[1])
        envelope = Envelope("", "draft", dt.datetime.combine(last, dt.time(12), dt.UTC))
        data = {"html": digest.html.encode(), "txt": digest.text.encode(), "eml": message_of(digest, config, envelope)}
        for ending, made in data.items():
            file = folder / f"digest-{digest.id}.{ending}"
            file.write_bytes(made)
            written.append(file)
    return written


def _topic(catalogue: Catalogue, slug: str) -> Group:
    found = {topic.slug: topic for topic in catalogue.topics}
    if slug not in found:
        raise SitegenError([error(TOPICS, 1, f"no topic has the slug {slug!r}{nearest(slug, found)}")])
    return found[slug]


def _digest(issue: Issue, catalogue: Catalogue, config: Config, theme: Theme) -> Digest:
    view = view_of(issue, catalogue, config, theme.words)
    text, html = (theme.render(f"mail/digest.{ending}", view) for ending in ("txt", "html"))
    return digest_of(issue.id, view, text, html)
