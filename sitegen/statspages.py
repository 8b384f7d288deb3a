"""The page of statistics: the catalogue in charts, each with its text and its table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sitegen.bundles import Bundle, Turn
from sitegen.charts import Chart, Counted, Sparkline, Table, chart
from sitegen.frame import STATS, Frame, ready
from sitegen.jobs import Job
from sitegen.sparklines import years_sparkline
from sitegen.stats import GroupYears, Month, Span, Statistics, count_catalogue
from sitegen.views import Chrome, Head, Link
from sitegen.words import Words

_MANY = 6
"""Marks of an axis; of more, every other one goes where there is no room."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One of many small charts: a topic and its years."""

    link: Link
    spark: Sparkline | None


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of a table with a bar. link: None for what has no page; then label names it. width: percent."""

    label: str
    link: Link | None
    count: int
    width: float


@dataclass(frozen=True, slots=True)
class StatsView:
    """stats.html. panels: the topics, with the years they all show. A chart is None where there is nothing to count."""

    chrome: Chrome
    head: Head
    heading: str
    about: str
    crumbs: tuple[Link, ...]
    months: Chart | None
    panels: tuple[Panel, ...]
    panels_text: str
    panels_table: Table
    comments: Chart | None
    organizations: tuple[Strip, ...]
    organizations_text: str
    lengths: Chart | None


def stats_bundle(frame: Frame) -> Bundle[Job]:
    """Give the page of statistics; it takes all papers, and nobody waits for it."""
    return Bundle("stats", (frame.digest, frame.catalogue.papers), lambda: [_job(frame)], Turn.LAST)


def _job(frame: Frame) -> Job:
    counted, words = count_catalogue(frame.catalogue), frame.words
    heading, about = frame.leading_to(STATS).label, words("stats.about", n=counted.papers)
    view = StatsView(
        chrome=frame.chrome,
        head=frame.head(STATS, heading, about),
        heading=heading,
        about=about,
        crumbs=(),
        months=_months(counted, words),
        panels=tuple(_panels(counted, words)),
        panels_text=_panels_text(counted.years, words),
        panels_table=_topics_table(counted, words),
        comments=_comments(counted.comments, words),
        organizations=tuple(_strips(counted, words)),
        organizations_text=words("stats.organizations_text", n=counted.papers - counted.unnamed),
        lengths=_lengths(counted.lengths, words),
    )
    return ready(STATS, "stats.html", view)


def _months(counted: Statistics, words: Words) -> Chart | None:
    if not counted.months:
        return None
    months = counted.months
    peak = max(months, key=lambda month: month.count)
    first, last = (words.month(month.start) for month in (months[0], months[-1]))
    shown = sum(month.count for month in months)
    text = [words("stats.months_text", n=shown, first=first, last=last, peak=words.month(peak.start), most=peak.count)]
    if counted.earlier:
        text.append(words("stats.earlier", n=counted.earlier))
    if counted.undated:
        text.append(words("stats.undated", n=counted.undated))
    bars = _marked(Counted(words.month(month.start), month.count, _year_mark(month, months)) for month in months)
    return chart("months", words("stats.months"), " ".join(text), bars, _months_table(months, words))


def _year_mark(month: Month, months: Sequence[Month]) -> str:
    """Mark where a year begins; and the first month of all, where none does."""
    begins = month.start.month == 1 or (month is months[0] and all(other.start.month != 1 for other in months))
    return str(month.start.year) if begins else ""


def _marked(bars: Iterable[Counted]) -> list[Counted]:
    """Say which marks go first where there is little room: every other one of many."""
    found = list(bars)
    marked = [bar for bar in found if bar.mark]
    minor = {id(bar) for bar in marked[1::2]} if len(marked) > _MANY else set()
    return [Counted(bar.label, bar.count, bar.mark, id(bar) in minor) for bar in found]


def _months_table(months: Sequence[Month], words: Words) -> Table:
    counts = {(month.start.year, month.start.month): month.count for month in months}
    years = sorted({month.start.year for month in months}, reverse=True)
    head = (words("stats.year"), *map(words.month_name, range(1, 13)), words("stats.total"))
    return Table(head, tuple(_year_row(year, counts, words) for year in years))


def _year_row(year: int, counts: dict[tuple[int, int], int], words: Words) -> tuple[str, ...]:
    own = [counts.get((year, month)) for month in range(1, 13)]
    cells = ("" if count is None else words.number(count) for count in own)
    return (str(year), *cells, words.number(sum(filter(None, own))))


def _panels(counted: Statistics, words: Words) -> Iterator[Panel]:
    for topic in _by_size(counted.topics):
        group = topic.group
        yield Panel(
            Link(group.title, group.path, len(group.papers)), years_sparkline(topic.counts, counted.years, words)
        )


def _by_size(topics: Iterable[GroupYears]) -> list[GroupYears]:
    return sorted(topics, key=lambda topic: -len(topic.group.papers))


def _panels_text(years: Sequence[int], words: Words) -> str:
    return words("stats.topics_text", first=str(years[0]), last=str(years[-1])) if len(years) > 1 else ""


def _topics_table(counted: Statistics, words: Words) -> Table:
    head = (words("stats.topic"), *map(str, counted.years), words("stats.total"))
    rows = (
        (topic.group.title, *map(words.number, topic.counts), words.number(len(topic.group.papers)))
        for topic in _by_size(counted.topics)
    )
    return Table(head, tuple(rows))


def _comments(spans: Sequence[Span], words: Words) -> Chart | None:
    """Make the chart of papers by comments. Most have none, which is said, not drawn: the others would look flat."""
    some = spans[1:]
    if not some:
        return None
    n = sum(span.count for span in some)
    text = words("stats.comments_text", n=n, none=spans[0].count)
    bars = _marked(Counted(words("stats.comments_of", span=_span(span)), span.count, str(span.low)) for span in some)
    return chart(
        "comments", words("stats.comments"), text, bars, _spans_table(spans, words("stats.comments_column"), words)
    )


def _lengths(spans: Sequence[Span], words: Words) -> Chart | None:
    if not spans:
        return None
    most = max(spans, key=lambda span: span.count)
    text = words("stats.lengths_text", span=_span(most), n=most.count)
    bars = _marked(Counted(words("stats.words_of", span=_span(span)), span.count, str(span.low)) for span in spans)
    return chart(
        "lengths", words("stats.lengths"), text, bars, _spans_table(spans, words("stats.lengths_column"), words)
    )


def _span(span: Span) -> str:
    if span.high is None:
        return f"{span.low}+"
    return str(span.low) if span.low == span.high else f"{span.low}\N{EN DASH}{span.high}"


def _spans_table(spans: Iterable[Span], column: str, words: Words) -> Table:
    return Table((column, words("stats.papers")), tuple((_span(span), words.number(span.count)) for span in spans))


def _strips(counted: Statistics, words: Words) -> Iterator[Strip]:
    peak = max((len(group.papers) for group in counted.organizations), default=1)
    for group in counted.organizations:
        count = len(group.papers)
        yield Strip(group.title, Link(group.title, group.path), count, round(100 * count / peak, 2))
    if counted.organizations and counted.elsewhere:
        yield Strip(words("stats.elsewhere"), None, counted.elsewhere, 0)
    if counted.organizations and counted.unnamed:
        yield Strip(words("stats.unnamed"), None, counted.unnamed, 0)
