"""The site's settings, from content/site.yaml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from sitegen.fields import Fields, is_address, is_base_url, nearest
from sitegen.mailsettings import MailSettings, parse_mail
from sitegen.problems import Problem, error
from sitegen.yamlsource import decode, parse_mapping, plain

DEFAULT_BOOSTS: Mapping[str, float] = MappingProxyType(
    {"title": 3.0, "abstract": 1.0, "topics": 1.0, "organization": 1.0}
)


@dataclass(frozen=True, slots=True)
class Config:
    """What site.yaml says. base_url: where the site is hosted, with a slash at its end, a path allowed.

    repository: address of the folder that holds content/ on the forge's edit page, "" if unknown: a page's path is
    appended to it. page_size: papers on one page of a listing. feed_size: entries of a feed.
    boosts: weight of each search field. theme_line: where the theme is named. home: base_url as site.yaml has it, from
    which feeds make their permanent ids. subscribe: whether pages have a form to subscribe to the digest. mail: how the
    digest is sent, None where that is not set. translations: where the same papers stand in other languages, tag and
    address. cards: whether pages get a picture for those who share them, and the line that says so. download: whether
    the site can be downloaded as one zip.
    """

    title: str = "Paper catalogue"
    tagline: str = ""
    description: str = ""
    author: str = ""
    base_url: str = "http://localhost:8000/"
    language: str = "en"
    theme: str = "default"
    theme_line: int = 1
    repository: str = ""
    page_size: int = 25
    feed_size: int = 50
    boosts: Mapping[str, float] = field(default_factory=lambda: DEFAULT_BOOSTS)
    home: str = "http://localhost:8000/"
    subscribe: bool = False
    mail: MailSettings | None = None
    translations: tuple[tuple[str, str], ...] = ()
    cards: bool = False
    cards_line: int = 1
    download: bool = False

    def at(self, base_url: str) -> "Config":
        """Give the same settings for a site hosted elsewhere."""
        return replace(self, base_url=base_url.rstrip("/") + "/")


KEYS = ("title", "tagline", "description", "author", "base_url", "language", "theme", "repository", "page_size",
        "feed_size", "search_boosts", "subscribe", "mail", "translations", "cards", "download")  # fmt: skip


def parse_config(text: str, path: str) -> tuple[Config, list[Problem]]:
    """Read the settings. An unknown key is an error: a setting that does nothing would be believed to work."""
    entries = parse_mapping(text, path)
    if isinstance(entries, Problem):
        return Config(), [entries]
    fields = Fields(entries, path)
    unknown = [key for key in entries if key not in KEYS]
    fields.problems += [error(path, entries[k].line, f"unknown setting {k!r}{nearest(k, KEYS)}") for k in unknown]
    default = Config()
    config = Config(
        title=fields.text("title", default.title),
        tagline=fields.text("tagline"),
        description=fields.text("description"),
        author=fields.text("author"),
        base_url=_base_url(fields) or default.base_url,
        language=fields.matching("language", _LANGUAGE, "a language tag such as en or pt-BR") or default.language,
        theme_line=fields.line("theme"),
        theme=fields.matching("theme", _THEME, "the name of a folder of themes/") or default.theme,
        repository=fields.address("repository"),
        page_size=fields.integer("page_size", default.page_size, 1, 500) or default.page_size,
        feed_size=fields.integer("feed_size", default.feed_size, 1, 500) or default.feed_size,
        boosts=_boosts(fields),
        subscribe=fields.flag("subscribe"),
        mail=parse_mail(fields),
        translations=_translations(fields),
        cards=fields.flag("cards"),
        cards_line=fields.line("cards"),
        download=fields.flag("download"),
    )
    return replace(config, home=config.base_url), fields.problems


def read_config(file: Path, path: str) -> tuple[Config, list[Problem]]:
    """Read content/site.yaml; a site without one has the defaults."""
    if not file.is_file():
        return Config(), []
    text = decode(file.read_bytes(), path)
    return (Config(), [text]) if isinstance(text, Problem) else parse_config(text, path)


_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
_THEME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\Z")


def _base_url(fields: Fields) -> str:
    """Read the site's address; "" where there is none that pages could stand under."""
    address = fields.address("base_url")
    if address and not is_base_url(address):
        fields.refuse("base_url", "must end with a path; remove what follows it")
        return ""
    return address and address.rstrip("/") + "/"


def _translations(fields: Fields) -> tuple[tuple[str, str], ...]:
    """Read where the catalogue stands in other languages: the address of a site for each tag."""
    found: list[tuple[str, str]] = []
    for tag, address in fields.mapping("translations").items():
        if not _LANGUAGE.match(tag):
            fields.refuse("translations", f"{tag[:80]!r} must be a language tag such as en or pt-BR")
        elif not isinstance(address, str) or not is_address(address) or not is_base_url(address):
            fields.refuse("translations", f"{tag} must be the address of a site, not {plain(address)}")
        else:
            found.append((tag, address.rstrip("/") + "/"))
    return tuple(found)


def _boosts(fields: Fields) -> Mapping[str, float]:
    """Read search_boosts: a positive number for each of the four fields of the index."""
    boosts = dict(DEFAULT_BOOSTS)
    for name, value in fields.mapping("search_boosts").items():
        if name not in boosts:
            fields.refuse("search_boosts", f"unknown field {name!r}{nearest(name, boosts)}")
        elif isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1000:  # noqa: PLR2004
            fields.refuse("search_boosts", f"{name} must be a number above 0 and up to 1000, not {plain(value)}")
        else:
            boosts[name] = float(value)
    return MappingProxyType(boosts)
