"""Why papers are filed where they are, for `sitegen topics`."""

from collections.abc import Iterator
from pathlib import Path

from sitegen.assemble import Assembled, Content, ContentMemory, assemble, read_content
from sitegen.engine import engine_hash
from sitegen.fields import nearest
from sitegen.problems import SitegenError, error, errors
from sitegen.topics import explain


def list_topics(root: Path) -> Iterator[str]:
    """Yield a line for each topic: how many papers it has, its slug and its title."""
    _, assembled = _read(root)
    for topic in assembled.catalogue.topics:
        yield f"{len(topic.papers):6,}  {topic.slug:28} {topic.title}"


def explain_topics(root: Path, slug: str) -> Iterator[str]:
    """Yield the topics of one paper, each with the words that filed it there."""
    content, assembled = _read(root)
    papers = {entry.page.slug: entry for entry in assembled.catalogue.papers}
    if slug not in papers:
        raise SitegenError([error("content/papers", 1, f"no paper has the slug {slug!r}{nearest(slug, papers)}")])
    entry = papers[slug]
    yield f"{entry.page.title} ({entry.page.path})"
    if content.taxonomy is None:
        yield "There is no content/topics.yaml: the page's own topics are all there is."
        return
    yield from explain(entry.topics, content.taxonomy)


def _read(root: Path) -> tuple[Content, Assembled]:
    memory = ContentMemory(root, engine_hash())
    content = read_content(root, memory, drafts=True)
    if errors(content.problems):
        raise SitegenError(content.problems)
    assembled = assemble(content, memory)
    memory.save()
    return content, assembled
