"""Topics that were read before are not read again, by any process, and what is remembered is what was read."""

from pathlib import Path

import pytest

from sitegen import knowntopics
from sitegen.knowntopics import TaxonomyMemory
from sitegen.taxonomy import Taxonomy, parse_taxonomy
from tests.sample import REPOSITORY
from tests.trees import TOPICS


def facts(taxonomy: Taxonomy) -> tuple[object, ...]:
    return taxonomy.topics, taxonomy.thresholds, taxonomy.fallback, taxonomy.owners


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "topics.bin"


def parsed(file: Path, text: str, engine: str = "e1") -> Taxonomy:
    memory = TaxonomyMemory(file, engine)
    taxonomy, problems = memory.parse(text, "topics.yaml")
    memory.save()
    assert problems == []
    return taxonomy


def test_what_is_remembered_is_what_was_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (REPOSITORY / "content" / "topics.yaml").read_text(encoding="utf-8")
    clean = parse_taxonomy(text, "topics.yaml")[0]
    assert facts(parsed(file, text)) == facts(clean)
    monkeypatch.delattr(knowntopics, "parse_taxonomy")
    assert facts(parsed(file, text)) == facts(clean)


def test_another_text_or_another_engine_is_read(file: Path) -> None:
    parsed(file, TOPICS)
    renamed = TOPICS.replace("title: ", "title: New ")
    assert all(topic.title.startswith("New ") for topic in parsed(file, renamed).topics)
    assert facts(parsed(file, TOPICS, "e2")) == facts(parse_taxonomy(TOPICS, "topics.yaml")[0])


def test_mistakes_are_told_each_time(file: Path) -> None:
    for _ in range(2):
        memory = TaxonomyMemory(file, "e1")
        assert memory.parse("topics: 3\n", "topics.yaml")[1]
        memory.save()
    assert not file.exists()


def test_a_text_is_read_once_in_a_process(file: Path) -> None:
    memory = TaxonomyMemory(file, "e1")
    assert memory.parse(TOPICS, "topics.yaml")[0] is memory.parse(TOPICS, "topics.yaml")[0]
