"""The page of the reading list. What it lists is known to the reader's browser alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from sitegen.frame import READING_LIST, Frame, ready
from sitegen.jobs import Job
from sitegen.views import Chrome, Head, Link


@dataclass(frozen=True, slots=True)
class ReadingListView:
    """reading-list.html: the tools of the list, and what it says while it is empty."""

    chrome: Chrome
    head: Head
    heading: str
    about: str
    crumbs: tuple[Link, ...]


def reading_list_jobs(frame: Frame) -> Iterator[Job]:
    """Yield the page of the reading list."""
    heading, about = frame.leading_to(READING_LIST).label, frame.words("reading_list.about")
    head = frame.head(READING_LIST, heading, about, noindex=True)
    yield ready(READING_LIST, "reading-list.html", ReadingListView(frame.chrome, head, heading, about, ()))
