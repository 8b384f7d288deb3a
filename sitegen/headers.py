"""The response headers of the site: one table for the hosted site and for the preview.

The preview sends what the host sends, so a page that breaks a rule breaks at the desk. `netlify.toml` repeats the
table in the host's own form; a test keeps the two equal.
"""

CONTENT_SECURITY_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types sitegen",
)
"""Every directive that holds on the hosted site and in the preview."""

IMMUTABLE = "public, max-age=31536000, immutable"

SEARCH_PARTS = tuple(f"/search/{part}/" for part in ("documents", "facets", "rows", "terms", "titles", "vocabulary"))
"""The folders of the search whose paths hold a hash; manifest.json and index.json stand beside them."""

MAP_POINTS = "/map/points/"
"""The folder of the file that the map is drawn from; its path holds a hash."""

PACKS = "/offline/packs/"
"""The folder of the packs to be kept offline; their paths hold a hash."""

HASHED = tuple(folder.removeprefix("/") for folder in ("/assets/", MAP_POINTS, PACKS, *SEARCH_PARTS))
"""The beginnings of all paths that hold a hash."""

_REFUSED_FEATURES = ("camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb")

_EVERYWHERE = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in _REFUSED_FEATURES)),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)

_OPEN_FILES = frozenset({"catalogue.json", "catalogue.bib", "changes.json"})
_OPEN_NAMES = frozenset(
    {"atom.xml", "feed.json"}
    | {f"{stem}.{ending}" for stem in ("citation", "citations") for ending in ("bib", "json", "ris")}
)


def hosted_headers(path: str, *, secure: bool = True) -> list[tuple[str, str]]:
    """Give the headers of the file at an address such as "/papers/2024/x/", in the order in which they are sent.

    secure: False for the preview, which speaks plain HTTP and answers no other site: it gets neither HSTS nor
    upgrade-insecure-requests, and its data are not open to other origins.

    Only what never changes gets a Cache-Control: everything else keeps the host's own, which has to revalidate. Hosts
    join the values of a header that two of their rules set, so none may be set for all paths and again for some.
    """
    headers = [("Content-Security-Policy", _policy(secure=secure)), *_EVERYWHERE]
    if secure:
        headers.append(("Strict-Transport-Security", "max-age=31536000"))
    if is_immutable(path):
        headers.append(("Cache-Control", IMMUTABLE))
    if secure and is_open(path):
        headers.append(("Access-Control-Allow-Origin", "*"))
    return headers


def is_immutable(path: str) -> bool:
    """Tell whether the name of a file holds its hash, so that it can be kept for ever: assets, parts of search and map.

    >>> is_immutable("/search/terms/0a1b2c3d4e.json"), is_immutable("/search/manifest.json")
    (True, False)
    """
    return path.removeprefix("/").startswith(HASHED)


def is_open(path: str) -> bool:
    """Tell whether an address is data that programs of other origins may read: catalogue, feeds, citations.

    >>> is_open("/topics/nlp/atom.xml"), is_open("/topics/nlp/")
    (True, False)
    """
    relative = path.removeprefix("/")
    in_parts = relative.startswith("catalogue/")
    return in_parts or relative in _OPEN_FILES or relative.rpartition("/")[2] in _OPEN_NAMES


def _policy(*, secure: bool) -> str:
    directives = (*CONTENT_SECURITY_POLICY, "upgrade-insecure-requests") if secure else CONTENT_SECURITY_POLICY
    return "; ".join(directives)
