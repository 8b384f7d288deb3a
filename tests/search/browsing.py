"""Steps on the search page."""

from playwright.sync_api import Page, Route

from tests.serving import Server


def visit(page: Page, server: Server, address: str = "") -> None:
    page.goto(f"{server.root}search/{address}")


def shown(page: Page, query: str) -> None:
    """Wait until the page shows what belongs to a query: its answer, or the invitation to type one."""
    page.wait_for_function(
        "q => { const {state, query} = document.getElementById('search-results').dataset;"
        " return query === q && state === (q ? 'ready' : 'empty') }",
        arg=query,
    )


def settled(page: Page, query: str) -> None:
    """Wait for the answer to a query, and for all its rows."""
    shown(page, query)
    answered(page)


def ask(page: Page, query: str) -> list[str]:
    """Type a query into the box and press Enter; give the slugs of all that it finds, in order."""
    page.locator("#search-query").fill(query)
    page.locator("#search-query").press("Enter")  # typing is over: nothing waits for it to rest
    settled(page, query)
    return refs(page)


FOUND = """
async () => {
  const read = async () => {
    const { fieldVectors } = await (await fetch("index.json")).json();
    return fieldVectors.map(([key]) => key).filter((key) => key.startsWith("title/")).map((key) => key.slice(6));
  };
  globalThis.slugsByNumber ??= await read();
  return Array.from(document.getElementById("search-results").numbers, (number) => slugsByNumber[number]);
}
"""


def refs(page: Page) -> list[str]:
    """Give the slugs of all papers found, those too that are not shown; the full index names them by number."""
    found: list[str] = page.evaluate(FOUND)
    return found


def hold(page: Page, address: str) -> list[Route]:
    """Keep requests from being answered; gives a list that they are put into as they come."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(address, keep)
    return held


def answered(page: Page) -> None:
    """Wait until nothing is being searched, and all rows are there."""
    page.locator('#search-list[aria-busy="false"]').wait_for(state="attached")


def rows(page: Page) -> list[str]:
    slugs: list[str] = page.evaluate(
        "Array.from(document.querySelectorAll('#search-list > article.paper'), (row) => row.dataset.slug)"
    )
    return slugs


def script(page: Page, name: str) -> str:
    """Give the address of one of the theme's scripts."""
    here: str = page.evaluate("document.querySelector('script[src*=\"/search.js\"]').src")
    return here.removesuffix("search.js") + name
