"""What rendering gave survives being remembered as JSON."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.problems import Severity
from sitegen.rendered import Prose, Remark, from_json, to_json

REMARKS = st.builds(Remark, st.integers(0, 9), st.text(), st.sampled_from(Severity))


@settings(deadline=None)
@given(st.builds(Prose, st.text(), st.text(), st.lists(REMARKS).map(tuple)))
def test_a_prose_comes_back_from_json(prose: Prose) -> None:
    assert from_json(json.loads(json.dumps(to_json(prose)))) == prose


@pytest.mark.parametrize("value", [None, "text", {}, [], ["a", "b"], ["a", "b", [[1, "c", "loud"]]], ["a", "b", 3]])
def test_anything_else_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        from_json(value)
