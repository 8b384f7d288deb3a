"""The page about what a browser keeps for reading offline; its script fills it in."""

from dataclasses import dataclass

from sitegen.frame import OFFLINE, Frame, ready
from sitegen.jobs import Job
from sitegen.views import Chrome, Head, Link


@dataclass(frozen=True, slots=True)
class OfflineView:
    """offline.html: what is kept, and the way to forget it."""

    chrome: Chrome
    head: Head
    heading: str
    about: str
    crumbs: tuple[Link, ...]


def offline_job(frame: Frame) -> Job:
    """Make the page's job."""
    heading, about = frame.leading_to(OFFLINE).label, frame.words("offline.about")
    head = frame.head(OFFLINE, heading, about, noindex=True)
    return ready(OFFLINE, "offline.html", OfflineView(frame.chrome, head, heading, about, ()))
