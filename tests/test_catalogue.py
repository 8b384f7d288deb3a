import datetime as dt

import pytest

from sitegen.catalogue import Catalogue, build_catalogue
from sitegen.paper import Organization, Source
from sitegen.taxonomy import Topic
from sitegen.trending import heat_of
from tests.papers import entry

NLP, VISION = Topic("nlp", "Language", "Words."), Topic("vision", "Vision", "Pictures.")


@pytest.fixture
def catalogue() -> Catalogue:
    return build_catalogue(
        [
            entry("undated", None, ("nlp",)),
            entry("old", "2023-12-31", ("vision",), comments=7),
            entry("b", "2024-05-06", ("nlp", "vision"), comments=2),
            entry("a", "2024-05-06", ("nlp",), comments=2),
            entry("new", "2024-06-01"),
        ],
        [NLP, VISION, Topic("empty", "Empty", "")],
    )


def slugs(papers: object) -> list[str]:
    return [paper.page.slug for paper in papers]  # type: ignore[attr-defined]


def test_papers_stand_newest_first_and_undated_ones_last(catalogue: Catalogue) -> None:
    assert slugs(catalogue.papers) == ["new", "b", "a", "old", "undated"]


def test_the_most_discussed_stand_first_and_newer_ones_before_their_equals(catalogue: Catalogue) -> None:
    assert slugs(catalogue.discussed) == ["old", "b", "a"]


def test_every_topic_has_its_group_even_without_papers(catalogue: Catalogue) -> None:
    assert {group.slug: slugs(group.papers) for group in catalogue.topics} == {
        "nlp": ["b", "a", "undated"],
        "vision": ["b", "old"],
        "empty": [],
    }


def test_years_hold_months_and_days_that_have_papers(catalogue: Catalogue) -> None:
    [y2023, y2024] = catalogue.years
    assert (y2023.path, slugs(y2023.papers)) == ("2023/", ["old"])
    assert [month.path for month in y2024.parts] == ["2024/05/", "2024/06/"]
    [day] = y2024.parts[0].parts
    assert (day.path, slugs(day.papers)) == ("2024/05/06/", ["b", "a"])
    assert slugs(catalogue.undated) == ["undated"]


def test_weeks_run_over_the_ends_of_years() -> None:
    days = ["2024-12-29", "2024-12-30", "2025-01-05", "2025-01-06"]
    catalogue = build_catalogue([entry(day, day) for day in days], [])
    assert [(week.path, slugs(reversed(week.papers))) for week in catalogue.weeks] == [
        ("2024/W52/", days[:1]),
        ("2025/W01/", days[1:3]),
        ("2025/W02/", days[3:]),
    ]
    assert [day.path for day in catalogue.weeks[1].parts] == ["2024/12/30/", "2025/01/05/"]


def captured(day: str, comments: int) -> Source:
    return Source("x.txt", 1, dt.date.fromisoformat(day), comments)


def test_trending_are_those_that_gained_comments_lately() -> None:
    gained = {
        "long-ago": ("2020-01-01", captured("2020-02-01", 90)),
        "lately": ("2025-12-01", captured("2025-12-10", 4)),
        "most": ("2025-12-01", captured("2025-12-10", 5)),
        "none": ("2025-12-01", captured("2025-12-10", 0)),
    }
    papers = [
        entry(slug, day, sources=(source,), heat=heat_of(dt.date.fromisoformat(day), [source]))
        for slug, (day, source) in gained.items()
    ]
    assert slugs(build_catalogue(papers, []).trending) == ["most", "lately"]
    assert build_catalogue([entry("by-hand", "2025-12-01")], []).trending == ()


def test_organisations_that_differ_in_case_only_are_one() -> None:
    catalogue = build_catalogue(
        [
            entry("a", "2024-01-01", organization=Organization("OpenBMB", "Open BMB")),
            entry("b", "2024-01-02", organization=Organization("openbmb", "OpenBMB")),
            entry("c", "2024-01-03", organization=Organization("Acme", "Acme")),
        ],
        [],
    )
    assert [(g.title, g.path, slugs(g.papers)) for g in catalogue.organizations] == [
        ("Acme", "organizations/acme/", ["c"]),
        ("OpenBMB", "organizations/openbmb/", ["b", "a"]),
    ]


def test_an_empty_catalogue_has_nothing_and_fails_nowhere() -> None:
    empty = build_catalogue([], [NLP])
    assert (empty.papers, empty.discussed, empty.organizations, empty.years, empty.undated) == ((), (), (), (), ())
