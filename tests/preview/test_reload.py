"""Editions and what pages are told of them."""

import json
import threading

from sitegen.preview.reload import Bulletin, Edition, error_page, read_preview_files, with_script


def test_the_script_goes_before_the_last_end_of_the_body() -> None:
    page = b"<body><pre>&lt;/body></pre><!-- </BODY> --></BODY>\n</html>"
    assert with_script(page, b"<S>") == b"<body><pre>&lt;/body></pre><!-- </BODY> --><S></BODY>\n</html>"


def test_a_page_without_an_end_of_its_body_gets_the_script_all_the_same() -> None:
    assert with_script(b"<p>x", b"<S>") == b"<p>x<S>"


def test_an_event_is_one_line_whatever_the_problem_says() -> None:
    event = Bulletin(run="r").event(Edition(8, 7, problems=("a\nb\u2028c", "</script>")))
    assert event.startswith(b"data: ")
    assert event.endswith(b"\n\n")
    assert event.count(b"\n") == 2
    news = json.loads(event.removeprefix(b"data: "))
    assert news == {"edition": "r-8", "build": "r-7", "problems": ["a\nb\u2028c", "</script>"], "whole": True}


def test_the_error_page_shows_problems_as_text() -> None:
    page = error_page(["content/x.md:4: error: <img src=x onerror=alert(1)> & more"], b"<S>")
    assert b"&lt;img src=x onerror=alert(1)&gt; &amp; more" in page
    assert page.endswith(b"<S></body>\n</html>\n")


def test_whoever_waits_gets_the_next_edition() -> None:
    bulletin, got = Bulletin(), list[Edition]()
    waiter = threading.Thread(target=lambda: got.append(bulletin.wait(0, 10)))
    waiter.start()
    bulletin.publish(Edition(1, 1))
    waiter.join(10)
    assert got == [Edition(1, 1)]


def test_closing_wakes_whoever_waits() -> None:
    bulletin = Bulletin()
    waiter = threading.Thread(target=bulletin.wait, args=(0, 60))
    waiter.start()
    bulletin.close()
    waiter.join(10)
    assert not waiter.is_alive()


def test_what_every_page_of_the_preview_loads_is_small() -> None:
    files = read_preview_files()
    assert set(files) == {"/_sitegen/reload.js", "/_sitegen/error.css", "/sw.js"}
    assert sum(map(len, files.values())) < 8000
