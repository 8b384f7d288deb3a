"""One page, filed: what is shown of it, what is wrong with it, what could be better."""

from sitegen.filing import Filed, file_page
from sitegen.taxonomy import parse_taxonomy

TOPICS = """\
fallback: nlp
topics:
- {slug: nlp, title: Language, about: Words., words: {5: [word]}}
- {slug: diffusion, title: Diffusion, about: Noise., words: {5: [diffusion model]}}
"""


def filed_from(text: str, topics: str = "") -> Filed:
    taxonomy = parse_taxonomy(topics, "content/topics.yaml")[0] if topics else None
    return file_page(text.encode(), "content/papers/2024/a.md", "key", taxonomy)


def test_it_gives_all_that_is_shown() -> None:
    filed = filed_from("---\ntitle: A\ndate: 2024-05-06\n---\n\nA diffusion model.\n", TOPICS)
    assert filed.entry is not None
    assert (filed.entry.html, filed.entry.abstract) == ("<p>A diffusion model.</p>", "A diffusion model.")
    assert [topic.slug for topic in filed.entry.topics] == ["diffusion"]
    assert (filed.entry.page.body, filed.entry.digest, filed.problems) == ("", "key", ())


def test_what_is_wrong_with_it_is_told_and_nothing_is_shown() -> None:
    filed = filed_from("---\ntitle: A\ndate: never\n---\n")
    assert filed.entry is None
    assert [problem.line for problem in filed.problems] == [3]


def test_what_could_be_better_is_remarked_on() -> None:
    filed = filed_from("---\ntitle: A\n---\n\nx\n")
    assert [str(remark) for remark in filed.remarks] == [
        "content/papers/2024/a.md:1: note: has no date; add `date:` when it is known"
    ]
