"""The map in a real browser: by mouse, by finger, by key, as a list, and as a still picture."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Position, Route, expect

from sitegen.plotting import DIGITS
from tests.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def ground(page: Page, server: Server) -> Locator:
    """Open the map; gives what it is drawn on."""
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(f"{server.root}map/")
    found = page.locator("#map-ground")
    expect(found).to_be_visible()
    return found


def column(text: str) -> list[int]:
    return [DIGITS.index(a) * 64 + DIGITS.index(b) for a, b in zip(text[::2], text[1::2], strict=True)]


def loneliest(built: Path) -> tuple[str, float, float]:
    """Find the paper that lies farthest from all others: its title, and where it is, in parts of the map."""
    [file] = (built / "site" / "map" / "points").iterdir()
    data = json.loads(file.read_text())
    spots = list(zip(column(data["x"]), column(data["y"]), strict=True))

    def room(place: int) -> float:
        x, y = spots[place]
        return min(abs(x - a) + abs(y - b) for other, (a, b) in enumerate(spots) if other != place)

    place = max(range(len(spots)), key=room)
    catalogue = json.loads((built / "site" / "catalogue.json").read_text())["papers"]
    return catalogue[place]["title"], spots[place][0] / 4096, spots[place][1] / 4096


def spot(ground: Locator, x: float, y: float) -> Position:
    box = ground.bounding_box()
    assert box
    return {"x": x * box["width"], "y": y * box["height"]}


def scale(page: Page) -> float:
    return float(page.locator("#map-stage").get_attribute("data-scale") or 0)


def test_pointing_at_a_paper_tells_its_title_and_a_click_opens_it(page: Page, ground: Locator, built: Path) -> None:
    title, x, y = loneliest(built)
    ground.hover(position=spot(ground, x, y))
    expect(page.locator(".map-tip")).to_contain_text(title)
    ground.click(position=spot(ground, x, y))
    expect(page.locator("h1")).to_have_text(title)


def test_nothing_is_told_where_no_paper_is(page: Page, ground: Locator, built: Path) -> None:
    _, x, y = loneliest(built)
    ground.hover(position=spot(ground, x, y))
    expect(page.locator(".map-tip")).to_be_visible()
    ground.hover(position={"x": 2, "y": 2})
    expect(page.locator(".map-tip")).to_be_hidden()


def test_buttons_and_a_double_click_zoom(page: Page, ground: Locator) -> None:
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator("#map-stage")).to_have_attribute("data-scale", "1.50")
    page.get_by_role("button", name="Zoom out").click()
    expect(page.locator("#map-stage")).to_have_attribute("data-scale", "1.00")
    ground.dblclick(position={"x": 3, "y": 3})
    expect(page.locator("#map-stage")).to_have_attribute("data-scale", "2.00")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("#map-stage")).to_have_attribute("data-scale", "1.00")


def test_the_wheel_scrolls_the_page_until_the_map_is_in_use(page: Page, ground: Locator) -> None:
    ground.hover(position={"x": 3, "y": 3})
    page.mouse.wheel(0, -200)
    page.mouse.wheel(0, 50)
    page.wait_for_function("scrollY > 0")
    assert scale(page) == 1
    ground.focus()
    page.mouse.wheel(0, -300)
    expect(page.locator("#map-stage")).to_have_attribute("data-scale", "2.00")


def test_after_zooming_a_drag_moves_the_map(page: Page, ground: Locator, built: Path) -> None:
    title, x, y = loneliest(built)
    at = spot(ground, x, y)
    page.get_by_role("button", name="Zoom in").click()
    box = ground.bounding_box()
    assert box
    middle = box["width"] / 2, box["height"] / 2
    # What was off the middle is half as far again now; the drag brings it there, as far as the map's edges let it.
    here = [m + 1.5 * (a - m) for a, m in zip((at["x"], at["y"]), middle, strict=True)]
    aim = [min(max(m, h - m / 2), h + m / 2) for m, h in zip(middle, here, strict=True)]
    page.mouse.move(box["x"] + middle[0], box["y"] + middle[1])
    page.mouse.down()
    page.mouse.move(box["x"] + middle[0] + aim[0] - here[0], box["y"] + middle[1] + aim[1] - here[1], steps=4)
    page.mouse.up()
    page.mouse.move(box["x"] + aim[0], box["y"] + aim[1])
    expect(page.locator(".map-tip")).to_contain_text(title)


def test_keys_zoom_move_and_show_all(page: Page, ground: Locator) -> None:
    ground.focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    expect(page.locator("#map-stage")).to_have_attribute("data-scale", "2.25")
    page.locator("#map-list summary").click()
    first = page.locator("#map-papers a").first
    before = first.inner_text()
    ground.focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowUp")
    expect(first).not_to_have_text(before)
    page.keyboard.press("0")
    expect(page.locator("#map-stage")).to_have_attribute("data-scale", "1.00")


def test_the_list_of_what_is_in_view_leads_to_papers_by_keyboard_alone(page: Page, ground: Locator) -> None:
    ground.focus()
    while page.evaluate("document.activeElement.tagName") != "SUMMARY":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#map-papers li")).to_have_count(20)
    expect(page.locator("#map-status")).to_have_text("126 papers in view; those nearest to the middle:")
    page.keyboard.press("Tab")
    title = page.locator(":focus").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)


def test_a_chosen_topic_leaves_only_its_papers_in_the_list(page: Page, ground: Locator) -> None:
    expect(ground).to_be_visible()
    page.locator("#map-list summary").click()
    page.get_by_label("Topic", exact=True).select_option("Deep learning theory")
    expect(page.locator("#map-status")).to_have_text("7 papers in view")
    expect(page.locator("#map-papers li")).to_have_count(7)
    for link in page.locator("#map-papers a").all():
        path = str(link.get_attribute("href"))
        assert "Deep learning theory" in page.request.get(page.url + path).text()


def test_a_finger_gets_a_link_first(browser: Browser, server: Server, built: Path) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{server.root}map/")
    ground = page.locator("#map-ground")
    expect(ground).to_be_visible()
    title, x, y = loneliest(built)
    ground.tap(position=spot(ground, x, y))
    link = page.locator(".map-tip a")
    expect(link).to_have_text(title)
    link.tap()
    expect(page.locator("h1")).to_have_text(title)
    context.close()


def test_a_catalogue_that_has_changed_is_told_rather_than_another_paper(
    page: Page, server: Server, built: Path
) -> None:
    def grown(route: Route) -> None:
        manifest = route.fetch().json()
        route.fulfill(json={**manifest, "count": manifest["count"] + 1})

    page.route("**/search/manifest.json", grown)
    page.goto(f"{server.root}map/")
    ground = page.locator("#map-ground")
    expect(ground).to_be_visible()
    _, x, y = loneliest(built)
    ground.hover(position=spot(ground, x, y))
    expect(page.locator(".map-tip")).to_contain_text("The catalogue has changed")
    page.locator("#map-list summary").click()
    expect(page.locator("#map-status")).to_contain_text("The catalogue has changed")


def test_the_check_of_a_slug_is_the_same_in_both_languages(page: Page, server: Server, built: Path) -> None:
    [file] = (built / "site" / "map" / "points").iterdir()
    checks = column(json.loads(file.read_text())["check"])
    papers = json.loads((built / "site" / "catalogue.json").read_text())["papers"]
    page.goto(f"{server.root}map/")
    script = next(built.glob("site/assets/js-*/map-points.js")).relative_to(built / "site").as_posix()
    code = "async ([script, slugs]) => slugs.map((await import(script)).checkOf)"
    assert page.evaluate(code, [server.root + script, [paper["slug"] for paper in papers]]) == checks


def test_colours_follow_the_system(browser: Browser, server: Server) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(f"{server.root}map/")
    expect(page.locator("#map-ground")).to_be_visible()
    drawn = "document.querySelector('#map-ground canvas').toDataURL()"
    light = page.evaluate(drawn)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"before => {drawn} !== before", arg=light)
    context.close()


def test_without_a_script_there_is_a_picture_and_no_tool(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.root}map/")
    expect(page.get_by_role("img", name="126 papers as dots")).to_be_visible()
    expect(page.locator("#map-tools")).to_be_hidden()
    expect(page.locator("#map-help")).to_be_hidden()
    page.locator(".map-key a").first.click()
    expect(page.locator("h1")).to_be_visible()
    context.close()
