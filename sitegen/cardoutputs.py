"""Pictures as outputs. To draw one takes as long as to make ten pages, so each is remembered."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sitegen.bundles import Bundle, Turn
from sitegen.cache import keep_only, make_folder, read_cache, write_cache
from sitegen.cards import Card, draw_card
from sitegen.keys import key_of
from sitegen.output import Output
from sitegen.pictures import NEWEST, Pictures
from sitegen.render import Site

FOLDER = "cards"
"""Folder of the cache that holds pictures."""


def card_bundles(site: Site, cache: Path, engine: str) -> Iterator[Bundle[Output]]:
    """Yield the pictures of the site. cache: the folder of remembered work. engine: hash of the program."""
    catalogue = site.catalogue
    made_of = (site.config, site.words, catalogue.taxonomy, catalogue.papers[:NEWEST])
    pictures = Pictures(catalogue, site.config, site.words)
    yield Bundle("cards", made_of, partial(_cards, pictures, cache / FOLDER, engine), Turn.LAST)


def _cards(pictures: Pictures, folder: Path, engine: str) -> Iterator[Output]:
    keys = {path: key_of(engine, card) for path, card in pictures.cards.items()}
    if keys:
        make_folder(folder)
    keep_only(folder, keys.values())
    for path, key in keys.items():
        yield Output(path, key, partial(_drawn, pictures.cards[path], folder / key))


def _drawn(card: Card, file: Path) -> bytes:
    """Give a picture as it was drawn before, or draw it. A worker on another machine has no such folder."""
    if known := read_cache(file):
        return known
    made = draw_card(card)
    if file.parent.is_dir():
        write_cache(file, made)
    return made
