"""The sample catalogue as search documents, and a site of its search page alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from sitegen.search import SearchDocument, SearchIndex, read_index
from tests.serving import Server, serving

from .catalogue import sample_documents, write_site


@pytest.fixture(scope="session")
def documents() -> list[SearchDocument]:
    return sample_documents()


@pytest.fixture(scope="session")
def site(documents: list[SearchDocument], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    write_site(folder, documents)
    return folder


@pytest.fixture(scope="session")
def index(site: Path) -> SearchIndex:
    return read_index(site)


@pytest.fixture
def server(site: Path) -> Iterator[Server]:
    with serving(site) as served:
        yield served


@pytest.fixture
def browser_without_script(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()
