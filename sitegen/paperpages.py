"""The pages of papers."""

from collections.abc import Iterator, Sequence
from functools import partial

from sitegen import structured, urls
from sitegen.bundles import Bundle
from sitegen.catalogue import Entry
from sitegen.citefiles import cite_panel
from sitegen.claims import ClaimKind
from sitegen.frame import PAPERS, Frame
from sitegen.jobs import Job
from sitegen.paperviews import PaperView, Similar, SourceView, TopicView
from sitegen.quality import FlawKind
from sitegen.related import Neighbour
from sitegen.rows import authors_text, organization_link
from sitegen.views import ExternalLink, Link

TOGETHER = 16
"""Papers whose pages are planned together: enough to make few bundles, few enough to plan for the sake of one."""


def paper_bundles(frame: Frame, neighbours: Sequence[Sequence[Neighbour]]) -> Iterator[Bundle[Job]]:
    """Yield the pages of papers. neighbours: similar papers, in the catalogue's order."""
    papers = frame.catalogue.papers
    rows = [entry.row_key for entry in papers]
    for start in range(0, len(papers), TOGETHER):
        end = start + TOGETHER
        near = tuple(neighbours[start:end])
        similar = [rows[other.index] for found in near for other in found]
        made_of = (frame.digest, papers[max(0, start - 1) : end + 1], near, similar)
        yield Bundle(
            f"papers from {start}", made_of, partial(_jobs, frame, neighbours, range(start, min(end, len(papers))))
        )


def _jobs(frame: Frame, neighbours: Sequence[Sequence[Neighbour]], places: range) -> Iterator[Job]:
    """Yield the pages of the papers at some places of the catalogue."""
    papers = frame.catalogue.papers
    for place in places:
        entry, near = papers[place], neighbours[place]
        older = _link(papers[place + 1]) if place + 1 < len(papers) else None
        around = older, (_link(papers[place - 1]) if place else None)
        similar = [(papers[other.index].row_key, other.shared) for other in near]
        made_of = (frame.digest, entry.digest, around, similar, frame.pictures.of_paper(entry))
        yield Job(entry.page.address, "paper.html", made_of, partial(_paper, frame, entry, near, around))


def _link(entry: Entry) -> Link:
    return Link(entry.page.title, entry.page.address)


def _paper(frame: Frame, entry: Entry, near: Sequence[Neighbour], around: tuple[Link | None, Link | None]) -> PaperView:
    """Make a paper's view. around: the next older paper and the next newer one."""
    page = entry.page
    titles = [frame.catalogue.topic_titles[assignment.slug] for assignment in entry.topics]
    about = structured.paper(entry, frame.config, titles)
    facts = page.address, page.title, entry.excerpt
    picture = frame.pictures.of_paper(entry)
    crumbs = (frame.leading_to(PAPERS), *((Link(str(page.date.year), urls.year(page.date.year)),) if page.date else ()))
    return PaperView(
        chrome=frame.chrome,
        head=frame.head(*facts, crumbs=crumbs, kind="article", about=[about], picture=picture),
        crumbs=crumbs,
        slug=page.slug,
        title=page.title,
        date=page.date,
        date_path=urls.day(page.date) if page.date else "",
        updated=page.updated,
        authors=authors_text(page.authors, frame.words),
        names=page.authors if isinstance(page.authors, tuple) else (),
        organization=organization_link(entry),
        comments=page.comments or 0,
        html=entry.html,
        abstract=entry.abstract,
        topics=tuple(_topics(frame, entry)),
        links=tuple(_external(frame, entry)),
        claims=tuple(_claims(frame, entry)),
        contested=tuple(flaw.detail for flaw in entry.flaws if flaw.kind is FlawKind.CONTESTED),
        sources=tuple(SourceView(s.dump, s.line, s.captured, s.year.value, s.gave) for s in page.sources),
        previous=around[0],
        next=around[1],
        similar=tuple(Similar(frame.row(frame.catalogue.papers[n.index]), n.shared) for n in near),
        cite=cite_panel(frame, entry),
        edit=frame.source_of(page.path),
    )


def _topics(frame: Frame, entry: Entry) -> Iterator[TopicView]:
    """Yield a paper's topics with the words behind each, every word once."""
    for assignment in entry.topics:
        link = Link(frame.catalogue.topic_titles[assignment.slug], urls.topic(assignment.slug))
        words = dict.fromkeys(evidence.words for evidence in assignment.evidence)
        yield TopicView(link, tuple(words), assignment.origin)


def _external(frame: Frame, entry: Entry) -> Iterator[ExternalLink]:
    """Yield what a paper's page leads to, the kinds that are known named in the site's language."""
    for label, address in entry.links:
        kind = label.lower()
        own = label[:1].upper() + label[1:]
        yield ExternalLink(frame.words(f"links.{kind}") if frame.words.has(f"links.{kind}") else own, address)


def _claims(frame: Frame, entry: Entry) -> Iterator[str]:
    """Yield what a paper claims: figures in its own words, and what it says is released."""
    for claim in entry.claims:
        if claim.kind is ClaimKind.RELEASED:
            things = ", ".join(frame.words(f"claims.{thing}") for thing in claim.text.split(", "))
            yield frame.words("claims.released", things=things)
        else:
            yield claim.text
