"""The files that make the site readable offline, and installable: the service worker and the web manifest."""

import json
from collections.abc import Iterator
from functools import partial

from sitegen import headers, urls
from sitegen.bundles import Bundle
from sitegen.frame import OFFLINE
from sitegen.keys import key_of
from sitegen.output import Output
from sitegen.render import Site
from sitegen.theme import Theme
from sitegen.views import Chrome

WORKER = ("js/offline-worker.js", "js/offline-packs.js")
"""The parts of the service worker in the theme. A worker rules over the folder that it is served from, so they are
published twice."""

ICONS = (
    ("img/icon.svg", "any", "image/svg+xml", "any"),
    ("img/icon-192.png", "192x192", "image/png", "any"),
    ("img/icon-512.png", "512x512", "image/png", "any"),
    ("img/icon-maskable.png", "512x512", "image/png", "maskable"),
)
"""Static file, sizes, media type and purpose of each icon of the installed site."""


_NO_SHELL = frozenset({*WORKER, *(name for name, *_ in ICONS[1:])})
"""Assets that no page shows."""


def offline_bundle(site: Site, theme: Theme, engine: str) -> Bundle[Output]:
    """Give the worker and the manifest. Neither hangs on the papers: one more paper is no new version of the shell."""
    return Bundle(
        "offline files", (theme.content, theme.language, site.frame.digest), partial(_files, site, theme, engine)
    )


def _files(site: Site, theme: Theme, engine: str) -> Iterator[Output]:
    key = key_of(engine, theme.content, theme.language, site.frame.digest)
    yield Output(urls.SERVICE_WORKER, key, partial(service_worker, theme, site.frame.digest, engine))
    yield Output(urls.WEB_MANIFEST, key, partial(web_manifest, theme, site.frame.chrome, site.config.description))


def service_worker(theme: Theme, frame: str, engine: str) -> bytes:
    """Write the worker: the theme's script under a line that tells it what the shell is made of.

    The shell is every asset of the theme that a page may ask for, and the page that says what is kept. frame: hash of
    what that page takes from the site.
    """
    paths = (asset.path for name, asset in theme.assets.items() if name not in _NO_SHELL)
    shell = [OFFLINE, *sorted(paths)]
    page = key_of(engine, theme.closure("offline.html"), frame)
    script = b"\n".join(theme.assets[name].data for name in WORKER)
    facts = {"version": key_of(shell, page)[:10], "shell": shell, "hashed": headers.HASHED}
    return f"const SITE={json.dumps(facts, separators=(',', ':'))};\n".encode() + script


def web_manifest(theme: Theme, chrome: Chrome, description: str) -> bytes:
    """Write what a browser needs to know to install the site: a W3C Web Application Manifest."""
    icons = [
        {"src": theme.assets[name].path, "sizes": sizes, "type": kind, "purpose": purpose}
        for name, sizes, kind, purpose in ICONS
    ]
    facts = {
        "name": chrome.site_title,
        "short_name": chrome.site_title,
        "description": description,
        "lang": chrome.language,
        "dir": chrome.direction,
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "icons": icons,
    }
    return json.dumps({name: fact for name, fact in facts.items() if fact}, ensure_ascii=False).encode() + b"\n"
