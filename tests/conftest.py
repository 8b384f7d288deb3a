"""What many tests share: the sample catalogue built once, a server with the hosted headers, a real browser."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

from sitegen.build import BuildOptions, build
from tests.sample import copy_sample
from tests.serving import Server, serving

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run --disable-dev-shm-usage"
).split()


# No test measures time: how long an example takes is the machine's affair.
settings.register_profile("sitegen", deadline=None)
settings.load_profile("sitegen")


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """Make the sample catalogue where a test may change it."""
    copy_sample(tmp_path / "sample")
    return tmp_path / "sample"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sample catalogue once, for a site under a path; gives its root."""
    root = tmp_path_factory.mktemp("built")
    copy_sample(root)
    build(root, BuildOptions(root / "site", "https://example.org/under/a/path/"))
    return root


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """Give the built sample where a test may build it again: its root."""
    return Path(shutil.copytree(built, tmp_path / "deployed"))


@pytest.fixture
def shown(built: Path) -> Path:
    """Name the folder that `server` serves: the built sample, if a module says nothing else."""
    return built / "site"


@pytest.fixture
def server(shown: Path) -> Iterator[Server]:
    with serving(shown) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, f"these tests need one of {', '.join(BROWSERS)}"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Open a page that fails its test when anything is thrown or refused in it. It keeps nothing: no service worker."""
    if "server" in request.fixturenames:
        request.getfixturevalue("server")  # what is begun before the page ends after it: the page may still be loading
    faults: list[str] = []
    opened = browser.new_page(service_workers="block")
    opened.set_default_timeout(15_000)
    opened.on("pageerror", lambda fault: faults.append(str(fault)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    opened.close()
    assert [f for f in faults if "503" not in f] == []
