"""What is new: the papers that the catalogue took up last, for browsers that know what they have shown before."""

import bisect
import datetime as dt
import heapq
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from sitegen.catalogue import Entry

CHANGES = "changes.json"
MOST = 200
"""Papers that the file holds at most."""
SIZE = 60_000
"""Bytes that it has at most, 20,000 or less when compressed: every visit of the home page reads it."""


def changes_json(papers: Sequence[Entry], topic_titles: Mapping[str, str]) -> bytes:
    """Write the papers that were added last, newest first. Form: docs/reading-list.md.

    The days are those of the content and never the clock's. A paper without any is left out.
    """
    newest = heapq.nlargest(MOST + 1, filter(added, papers), key=lambda entry: (added(entry), entry.page.slug))
    facts = [_facts(entry) for entry in newest[:MOST]]
    held = bisect.bisect_right(
        range(1, len(facts) + 1), SIZE, key=lambda count: len(_written(facts[:count], topic_titles, more=True))
    )
    return _written(facts[:held], topic_titles, more=held < len(newest))


def added(entry: Entry) -> dt.date | None:
    """Give the day on which a paper first appeared: its earliest capture, else its date."""
    captured = (source.captured for source in entry.page.sources if source.captured)
    return min(captured, default=entry.page.date)


def _facts(entry: Entry) -> dict[str, Any]:
    day = added(entry)
    return {
        "added": day.isoformat() if day else None,
        "slug": entry.page.slug,
        "path": "/" + entry.page.address,
        "title": entry.page.title,
        "topics": [assignment.slug for assignment in entry.topics],
    }


def _written(facts: Sequence[Mapping[str, Any]], topic_titles: Mapping[str, str], *, more: bool) -> bytes:
    topics = {slug: topic_titles[slug] for slug in sorted({slug for paper in facts for slug in paper["topics"]})}
    return msgspec.json.encode({"version": 1, "more": more, "topics": topics, "papers": facts}) + b"\n"
