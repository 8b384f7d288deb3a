import datetime as dt
import xml.etree.ElementTree as ET

from sitegen.config import Config
from sitegen.sitemaps import SITEMAP, SITEMAP_SIZE, redirects, robots, sitemaps

CONFIG = Config(base_url="https://example.org/papers/", home="https://example.org/papers/")


def parsed(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314  # our own output


def test_a_sitemap_names_addresses_and_days() -> None:
    [(name, _, make)] = sitemaps([("", None), ("papers/2024/a/", dt.date(2024, 5, 6))], CONFIG)
    urls = [[child.text for child in url] for url in parsed(make())]
    assert name == "sitemap.xml"
    assert urls == [["https://example.org/papers/"], ["https://example.org/papers/papers/2024/a/", "2024-05-06"]]


def test_an_address_is_written_as_xml_and_as_an_address() -> None:
    [(_, _, make)] = sitemaps([("a&b/ü/", None)], Config(base_url="https://example.org/a&b/"))
    assert [element.text for element in parsed(make()).iter(f"{{{SITEMAP}}}loc")] == [
        "https://example.org/a&b/a%26b/%C3%BC/"
    ]


def test_a_large_sitemap_becomes_an_index_and_parts() -> None:
    files = {name: make() for name, _, make in sitemaps([(f"p/{n}/", None) for n in range(SITEMAP_SIZE + 1)], CONFIG)}
    assert list(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert [len(parsed(files[name])) for name in files] == [SITEMAP_SIZE, 1, 2]
    assert parsed(files["sitemap.xml"]).tag == f"{{{SITEMAP}}}sitemapindex"
    assert all(len(data) < 50_000_000 for data in files.values())


def test_robots_are_sent_to_the_sitemap() -> None:
    assert b"Sitemap: https://example.org/papers/sitemap.xml\n" in robots(CONFIG)


def test_redirects_begin_at_the_hosts_root() -> None:
    assert redirects([("papers/2024/a/", "papers/2024/b/")], CONFIG) == (
        b"/papers/papers/2024/a/ /papers/papers/2024/b/ 301!\n"
    )
