"""What typing into the search box takes of the page's main thread."""

import functools
import json
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from playwright.sync_api import Browser, Page

PAUSES = (150, 450, 1200)
"""Milliseconds between two keys: somebody who types fast, and who types slowly. In the longest one the page is also
done with what it puts off until typing rests."""
IDLE = 20
"""Pauses without a key, whose median is what the page does anyway: a caret that blinks, being measured."""

EMPTY = """
<!doctype html>
<input id="search-query">
<p>0</p>
<script>
  const [count] = document.querySelector("p").childNodes;
  const say = () => { count.data = Number(count.data) + 1; };
  addEventListener("input", () => setTimeout(say, 30));
</script>
"""
"""A page that shows what a browser takes for a key anyhow: the letter is drawn, and 30 ms later a number."""


class Cost(NamedTuple):
    """Milliseconds of the main thread's CPU. own: those of them that are the page's script, style and layout."""

    whole: float
    own: float


OWN = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration")


def cpu_of_keys(page: Page, queries: Sequence[str], pause: int) -> list[Cost]:
    """Type queries key by key; gives what each key took but a query's first."""
    session = page.context.new_cdp_session(page)
    # CPU time: a task that waits for its turn on a busy machine is not at work.
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> Cost:
        seconds = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
        return Cost(1000 * seconds["TaskDuration"], 1000 * sum(seconds[name] for name in OWN))

    def during(act: Callable[[], None]) -> Cost:
        before = spent()
        act()
        page.wait_for_timeout(pause)
        after = spent()
        return Cost(after.whole - before.whole, after.own - before.own)

    _focus(page)
    idle = statistics.median(during(lambda: None).whole for _ in range(IDLE))
    took = []
    for query in queries:
        _empty(page)
        took += [during(functools.partial(page.keyboard.type, key)) for key in query][1:]
    return [Cost(whole - idle, own) for whole, own in took]


def longest_tasks(browser: Browser, page: Page, queries: Sequence[str], pause: int) -> list[float]:
    """Type the same; gives the CPU milliseconds of the longest task after each key: so long the page hears no other."""
    _focus(page)
    browser.start_tracing(page=page, categories=["toplevel"])
    spans = []
    for query in queries:
        _empty(page)
        spans += [_typed(page, key, pause) for key in query][1:]
    tasks = _main_thread(json.loads(browser.stop_tracing())["traceEvents"])
    return [max(took for began, took in tasks if start <= began < end) for start, end in spans]


def _typed(page: Page, key: str, pause: int) -> tuple[float, float]:
    """Press a key; gives when that was and when the next one may come, on the clock that Chromium traces by."""
    start = time.monotonic()
    page.keyboard.type(key)
    page.wait_for_timeout(pause)
    return start, time.monotonic()


def _main_thread(events: Sequence[dict[str, Any]]) -> list[tuple[float, float]]:
    """Give the seconds at which each task of the busiest page's main thread began, and the milliseconds it took."""
    ran: defaultdict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for event in events:
        if event["ph"] == "X" and "tdur" in event:
            ran[event["pid"], event["tid"]].append((event["ts"] / 1e6, event["tdur"] / 1e3))
    named = [event for event in events if event["name"] == "thread_name"]
    return max((ran[e["pid"], e["tid"]] for e in named if e["args"]["name"] == "CrRendererMain"), key=len)


def _focus(page: Page) -> None:
    page.locator("#search-query").focus()
    page.wait_for_load_state("networkidle")


def _empty(page: Page) -> None:
    page.locator("#search-query").fill("")
    page.wait_for_timeout(2 * max(PAUSES))
