"""Every paragraph gets the role that makes the whole least odd."""

from itertools import product

import pytest

from sitegen.dump.lines import Line, Look, Paragraph
from sitegen.dump.roles import Ending, Role, assign_roles, least_odd


def paragraphs(*looks: Look) -> list[Paragraph]:
    return [Paragraph((Line(number, "text"),), look) for number, look in enumerate(looks, start=1)]


@pytest.mark.parametrize(
    ("looks", "ending", "roles"),
    [
        ([Look.PLAIN, Look.LONG], Ending.META, [Role.TITLE, Role.ABSTRACT]),
        ([Look.WORD, Look.SENTENCE], Ending.META, [Role.TITLE, Role.ABSTRACT]),
        ([Look.WORD, Look.PLAIN, Look.LONG], Ending.META, [Role.FURNITURE, Role.TITLE, Role.ABSTRACT]),
        ([Look.PLAIN, Look.LONG, Look.SENTENCE], Ending.META, [Role.TITLE, Role.ABSTRACT, Role.CONTINUED]),
        (
            [Look.PLAIN, Look.LONG, Look.PLAIN, Look.LONG],
            Ending.META,
            [Role.TITLE, Role.ABSTRACT, Role.TITLE, Role.ABSTRACT],
        ),
        ([Look.FURNITURE], Ending.END, [Role.FURNITURE]),
        ([], Ending.END, []),
    ],
)
def test_roles(looks: list[Look], ending: Ending, roles: list[Role]) -> None:
    assert assign_roles(paragraphs(*looks), ending) == roles


@pytest.mark.parametrize("ending", Ending)
def test_a_record_without_oddities_is_what_weighing_would_make_of_it(ending: Ending) -> None:
    for count in range(4):
        for looks in product(Look, repeat=count):
            assert assign_roles(paragraphs(*looks), ending) == least_odd(paragraphs(*looks), ending)
