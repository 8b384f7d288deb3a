"""The form to subscribe: off unless asked for, found by the host, sent under the site's policy without a script."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

from sitegen.build import BuildOptions, build
from sitegen.check import check_site
from tests.serving import Server, serving

PAGES = ["", "about/"]


def make_site(root: Path, settings: str) -> Path:
    (root / "content" / "papers" / "2024").mkdir(parents=True)
    (root / "content" / "papers" / "2024" / "one.md").write_text("---\ntitle: One\ndate: 2024-05-06\n---\n\nText.\n")
    (root / "content" / "site.yaml").write_text(settings)
    build(root, BuildOptions(root / "site"))
    return root / "site"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(make_site(tmp_path_factory.mktemp("subscribe"), "subscribe: true\n")) as served:
        yield served


def test_without_the_setting_there_is_no_form_and_no_page(tmp_path: Path) -> None:
    site = make_site(tmp_path, "title: Papers\n")
    assert not (site / "subscribed").exists()
    assert not [page for page in PAGES if "data-netlify" in (site / page / "index.html").read_text()]


def test_a_site_with_the_form_is_whole(tmp_path: Path) -> None:
    site = make_site(tmp_path, "subscribe: true\n")
    assert check_site(tmp_path, site).problems == ()
    assert '<meta name="robots" content="noindex">' in (site / "subscribed" / "index.html").read_text()


@pytest.mark.parametrize("path", PAGES)
def test_the_form_is_one_that_the_host_finds(path: str, server: Server, page: Page) -> None:
    page.goto(server.root + path)
    form = page.locator("form[data-netlify=true]")
    assert (form.get_attribute("name"), form.get_attribute("method")) == ("subscribe", "post")
    assert form.locator("input[type=hidden][name=form-name]").get_attribute("value") == "subscribe"
    trap = form.get_attribute("data-netlify-honeypot")
    expect(form.locator(f"input[name={trap}]")).to_be_hidden()


@pytest.mark.parametrize("path", PAGES)
def test_it_is_sent_without_a_script_to_the_sites_own_page(path: str, server: Server, browser: Browser) -> None:
    """The policy says where forms may go; Chromium would refuse another place, and the request would never leave."""
    page = browser.new_context(java_script_enabled=False).new_page()
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.route("**/subscribed/", lambda route: route.fulfill(status=200, body="thanks", content_type="text/html"))
    page.goto(server.root + path)
    page.get_by_label("Mail address").fill("ada@example.org")
    page.get_by_role("button", name="Subscribe").click()
    page.wait_for_url("**/subscribed/")
    [request] = sent
    assert urlsplit(request.url).path == "/under/a/path/subscribed/"
    assert parse_qs(request.post_data or "") == {"form-name": ["subscribe"], "email": ["ada@example.org"]}
    page.context.close()


def test_what_is_no_address_is_not_sent(server: Server, page: Page) -> None:
    page.goto(server.root)
    page.get_by_label("Mail address").fill("ada")
    page.get_by_role("button", name="Subscribe").click()
    assert page.url == server.root
    assert page.evaluate("document.querySelector('#subscribe-address').validity.typeMismatch")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [*PAGES, "subscribed/"])
def test_axe_finds_nothing_and_nothing_sticks_out(path: str, scheme: str, server: Server, browser: Browser) -> None:
    page = browser.new_page(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 320, "height": 700}
    )
    page.goto(server.root + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert Axe().run(page).response["violations"] == []
    page.close()
