import pytest

from sitegen.addresses import collisions
from sitegen.handpages import HandPage
from sitegen.removed import RemovedPaper
from tests.papers import page


class TestCollisions:
    def test_two_pages_with_one_slug(self) -> None:
        pages = [page("same", "2023-01-01"), page("same", "2024-01-01", lines={"slug": 4})]
        [problem] = collisions(pages)
        assert str(problem) == (
            "content/papers/2024/same.md:4: error: the slug 'same' is also that of content/papers/2023/same.md; "
            "set another slug"
        )

    def test_an_alias_that_is_a_pages_address(self) -> None:
        pages = [page("a", "2023-01-01"), page("b", "2023-01-01", aliases=("papers/2023/a/",), lines={"aliases": 5})]
        [problem] = collisions(pages)
        assert str(problem) == (
            "content/papers/2023/b.md:5: error: /papers/2023/a/ is already an address of content/papers/2023/a.md; "
            "remove it"
        )

    def test_nothing_collides_in_the_usual_case(self) -> None:
        assert list(collisions([page("a"), page("b", aliases=("papers/undated/c/",), lines={"aliases": 2})])) == []

    @pytest.mark.parametrize("alias", ["topics/", "atom.xml/", "2024/", "papers/", "papers/page/2/", "search/"])
    def test_an_alias_that_belongs_to_the_site_itself(self, alias: str) -> None:
        [problem] = collisions([page("a", aliases=(alias,), lines={"aliases": 3})])
        assert str(problem) == (
            f"content/papers/undated/a.md:3: error: /{alias} belongs to the site itself; remove it from the aliases"
        )

    def test_an_alias_that_is_a_hand_pages(self) -> None:
        about = HandPage("content/pages/about.md", "about", "About", "", "", 1)
        [problem] = collisions([page("a", aliases=("about/",), lines={"aliases": 3})], [about])
        assert "already an address of content/pages/about.md" in str(problem)

    def test_a_removed_paper_that_never_was_one(self) -> None:
        [problem] = collisions([], [], [RemovedPaper("topics/nlp/", (), "papers/2024/a/")])
        assert str(problem).startswith("content/removed.yaml:1: error: /topics/nlp/ is no address of a paper")
