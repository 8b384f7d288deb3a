"""Sparklines: the papers of some years at a glance, beside the name of what they belong to."""

from collections.abc import Sequence

from sitegen.catalogue import Group
from sitegen.charts import Counted, Sparkline, sparkline
from sitegen.stats import count_years
from sitegen.words import Words


def years_sparkline(counts: Sequence[int], years: Sequence[int], words: Words) -> Sparkline | None:
    """Make the sparkline of a count for each of some years (`stats.count_years`); None where a year would be alone."""
    if len(years) < 2 or not any(counts):  # noqa: PLR2004  # one column is no line
        return None
    most = max(counts)
    peak = years[counts.index(most)]
    text = words("stats.spark", first=str(years[0]), last=str(years[-1]), peak=str(peak), n=most)
    counted = [Counted(str(year), count) for year, count in zip(years, counts, strict=True)]
    return sparkline(counted, text)


def group_sparkline(group: Group, years: Sequence[int], words: Words) -> Sparkline | None:
    """Make the sparkline of a topic's or an organisation's papers. years: of all of its kind (`stats.years_of`)."""
    return years_sparkline(count_years(group.papers, years), years, words)
