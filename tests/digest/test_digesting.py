"""Digests of the sample: what they tell of, and what a mail program makes of them."""

import datetime as dt
import email
import email.policy
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from sitegen.digest.digesting import Asked, make_digests, write_digests
from sitegen.problems import SitegenError

SINCE, UNTIL = dt.date(2025, 10, 20), dt.date(2025, 11, 30)
ASKED = Asked(SINCE, UNTIL)


def test_a_digest_tells_of_new_papers_with_links_to_the_site(sample: Path) -> None:
    [digest] = make_digests(sample, ASKED).digests
    assert digest.id == "2025-10-20.2025-11-30"
    assert digest.subject == "Paper catalogue: 3 new papers, 20 October 2025 to 30 November 2025"
    address = "https://papers.example.org/papers/2025/the-principles-of-diffusion-models/"
    assert (
        f"* The Principles of Diffusion Models\n  23 October 2025 · 5 authors · 3 comments\n  {address}\n"
        in digest.text
    )
    assert f'href="{address}"' in digest.html
    assert set(re.findall(r'href="([a-z]+:/*[^/"]*)', digest.html)) == {"https://papers.example.org"}


def test_a_topic_has_a_digest_of_its_own(sample: Path) -> None:
    made = make_digests(sample, Asked(SINCE, UNTIL, ("computer-vision", "diffusion-models", "computer-vision")))
    assert [digest.id for digest in made.digests] == [
        "2025-10-20.2025-11-30.computer-vision",
        "2025-10-20.2025-11-30.diffusion-models",
    ]
    assert [digest.subject.partition(":")[0] for digest in made.digests] == [
        "Paper catalogue, Image understanding",
        "Paper catalogue, Diffusion models",
    ]
    assert "unlearnable" not in made.digests[1].text.lower()


def test_an_unknown_topic_is_told_with_the_nearest(sample: Path) -> None:
    with pytest.raises(SitegenError, match="no topic has the slug 'computer-visions'; did you mean 'computer-vision'"):
        make_digests(sample, Asked(SINCE, topics=("computer-visions",)))


def test_without_a_last_day_it_goes_to_the_last_that_the_catalogue_knows(sample: Path) -> None:
    [digest] = make_digests(sample, Asked(SINCE)).digests
    assert digest.id == "2025-10-20.2026-01-05"
    [later] = make_digests(sample, Asked(dt.date(2030, 1, 1))).digests
    assert (later.id, later.is_empty) == ("2030-01-01.2030-01-01", True)


def test_titles_that_are_markup_or_turn_around_stay_titles(tmp_path: Path) -> None:
    page = tmp_path / "content" / "papers" / "2025" / "bad.md"
    page.parent.mkdir(parents=True)
    page.write_text(
        '---\ntitle: "<b>A</b>\\n\\u202eB & {{ c }} <i style=x>"\ndate: 2025-10-21\n---\n\n<https://e.org> & *x*\n'
    )
    [digest] = make_digests(tmp_path, ASKED).digests
    assert "* <b>A</b> B & {{ c }} <i style=x>\n" in digest.text
    assert "&lt;b&gt;A&lt;/b&gt; B &amp; {{ c }} &lt;i style=x&gt;" in digest.html
    assert "\u202e" not in digest.html + digest.text


def test_a_long_list_is_cut_and_leads_on(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "papers" / "2025"
    folder.mkdir(parents=True)
    for n in range(40):
        (folder / f"p{n}.md").write_text(f"---\ntitle: Paper {n}\ndate: 2025-10-21\n---\n\nText.\n")
    [digest] = make_digests(tmp_path, ASKED).digests
    assert digest.subject.startswith("Paper catalogue: 40 new papers")
    assert digest.text.count("\n* ") == 30
    assert "10 more new papers: http://localhost:8000/2025/11/" in digest.text


def test_the_files_are_the_same_whenever_they_are_written(sample: Path, tmp_path: Path) -> None:
    made = make_digests(sample, ASKED)
    for folder in ("one", "two"):
        files = write_digests(tmp_path / folder, made.digests, made.config)
    assert [file.name for file in files] == [f"digest-2025-10-20.2025-11-30.{kind}" for kind in ("html", "txt", "eml")]
    assert all(file.read_bytes() == (tmp_path / "one" / file.name).read_bytes() for file in files)
    message = email.message_from_bytes(files[2].read_bytes(), policy=email.policy.default)
    assert message["Subject"] == made.digests[0].subject


def test_a_digest_is_in_the_sites_language(sample: Path) -> None:
    site = sample / "content" / "site.yaml"
    site.write_text(site.read_text().replace("language: en", "language: de"))
    [digest] = make_digests(sample, ASKED).digests
    assert digest.subject == "Paper catalogue: 3 neue Artikel, 20. Oktober 2025 bis 30. November 2025"


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 768])
def test_the_page_fits_without_a_script_or_a_file_from_anywhere(sample: Path, browser: Browser, width: int) -> None:
    [digest] = make_digests(sample, ASKED).digests
    page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(digest.html)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h3").count() >= 3
    assert asked == []
    page.close()
