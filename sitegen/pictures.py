"""Which pages have a picture, and what it shows: the newest papers, topics, and one for everything else."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sitegen import urls
from sitegen.cards import Card, can_draw, can_write
from sitegen.catalogue import Catalogue, Entry
from sitegen.config import Config
from sitegen.rows import authors_text
from sitegen.words import Words

NEWEST = 500
"""Papers that have a picture of their own; older ones have their topic's."""


@dataclass(frozen=True)
class Pictures:
    """The pictures of a site; none where it asks for none, nothing draws them, or the font lacks a letter."""

    catalogue: Catalogue
    config: Config
    words: Words

    @cached_property
    def cards(self) -> dict[str, Card]:
        """Map the path of each picture to what it shows."""
        wanted = self._wanted() if self.config.cards and can_draw() else ()
        return {path: card for path, card in wanted if can_write(card.title)}

    @property
    def of_site(self) -> str:
        """Give the path of the picture of pages that have no other, "" where there is none."""
        return self._first(urls.card(""))

    def of_paper(self, entry: Entry) -> str:
        """Give the path of a paper's picture: its own, else its topic's, else the site's."""
        return self._first(urls.card(entry.page.address), *(urls.card(urls.topic(a.slug)) for a in entry.topics[:1]))

    def of_listing(self, path: str) -> str:
        """Give the path of a listing's picture: its own, else the site's."""
        return self._first(urls.card(path))

    def _first(self, *paths: str) -> str:
        if not self.cards:
            return ""
        return next((path for path in (*paths, urls.card("")) if path in self.cards), "")

    def _wanted(self) -> Iterator[tuple[str, Card]]:
        site = _written(self.config.title)
        yield urls.card(""), Card(self.config.title, "", _written(self.config.tagline), "")
        for topic in self.catalogue.topics:
            yield urls.card(topic.path), Card(topic.title, "", _written(topic.about), site)
        for entry in self.catalogue.papers[:NEWEST]:
            topics = [self.catalogue.topic_titles[assignment.slug] for assignment in entry.topics[:1]]
            detail = " \N{MIDDLE DOT} ".join(filter(can_write, self._details(entry)))
            yield urls.card(entry.page.address), Card(entry.page.title, _written("".join(topics)), detail, site)

    def _details(self, entry: Entry) -> Iterator[str]:
        page = entry.page
        if page.date:
            yield self.words.date(page.date)
        if who := page.organization.name if page.organization else authors_text(page.authors, self.words):
            yield who


def _written(text: str) -> str:
    """Leave out a text that the font cannot write."""
    return text if can_write(text) else ""
