"""What readers are spared of lunr.js, and that nothing else of it is touched."""

import re

from sitegen.lunrscript import for_readers
from tests.sample import REPOSITORY

WHOLE = (REPOSITORY / "themes" / "default" / "static" / "js" / "lunr.js").read_bytes()
DEFINED = re.compile(rb"(?m)^(lunr\.[\w.]+)=")


def test_the_parser_the_pipeline_and_the_automaton_stay() -> None:
    left = set(DEFINED.findall(for_readers(WHOLE)))
    spared = {name.split(b".")[1] for name in set(DEFINED.findall(WHOLE)) - left}
    assert spared == {b"Index", b"Builder", b"MatchData", b"Vector", b"FieldRef", b"Set", b"idf"}


def test_every_line_that_is_left_is_one_of_the_whole_in_its_order() -> None:
    lines = iter(WHOLE.splitlines())
    assert all(line in lines for line in for_readers(WHOLE).splitlines())


def test_nothing_that_is_left_uses_what_is_not_but_the_shorthand_that_builds_an_index() -> None:
    uses = re.findall(rb"lunr\.(?:Index|Builder|MatchData|Vector|FieldRef|Set|idf)\b", for_readers(WHOLE))
    assert uses == [b"lunr.Builder"]


def test_the_licence_stays() -> None:
    assert for_readers(WHOLE).startswith(b"/**\n * lunr - http://lunrjs.com")


def test_a_script_that_is_no_lunr_stays_as_it_is() -> None:
    assert for_readers(b"export default 1;\n") == b"export default 1;\n"
