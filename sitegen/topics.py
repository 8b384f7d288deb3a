"""Filing papers under topics by the words they use, and saying which words did it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from sitegen.fields import nearest
from sitegen.phrases import words_of
from sitegen.problems import Problem, error
from sitegen.taxonomy import Rule, Taxonomy, Thresholds, Topic, parse_taxonomy

__all__ = [
    "Assignment",
    "Evidence",
    "Taxonomy",
    "Thresholds",
    "Topic",
    "assign",
    "check_chosen",
    "explain",
    "parse_taxonomy",
]

MOST_TOPICS = 3
REPEATS = 3
"""A phrase counts at most this often in one place; each time after the first is worth half."""

Where = Literal["title", "abstract"]
Origin = Literal["page", "rules", "weak", "implied"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A phrase that was found: its words as the rule has them, where, and what it added to the topic's score."""

    words: str
    where: Where
    weight: float


@dataclass(frozen=True, slots=True)
class Assignment:
    """A topic of a paper and why: the curator's page, the rules, the rules but weakly, or implied by another topic.

    evidence: the phrases that count for the topic, heaviest first.
    """

    slug: str
    score: float
    origin: Origin
    evidence: tuple[Evidence, ...] = ()


def assign(title: str, abstract: str, taxonomy: Taxonomy) -> tuple[Assignment, ...]:
    """File a paper: one to three topics, best first; the file's order settles ties.

    Where no topic reaches the threshold, the best one is given as weak; where no rule knows a word of the paper, the
    fallback. A taxonomy without topics gives none.
    """
    finds = [*_finds(title, "title", taxonomy), *_finds(abstract, "abstract", taxonomy)]
    scores: dict[int, float] = {}
    for find in finds:
        scores[find.place] = scores.get(find.place, 0.0) + find.weight
    ranked = sorted((place for place in scores if scores[place] > 0), key=lambda p: (-scores[p], p))
    chosen = _chosen(ranked, scores, taxonomy)
    if not chosen:
        return (Assignment(taxonomy.fallback, 0.0, "weak"),) if taxonomy.topics else ()
    return tuple(_assignment(place, origin, scores[place], finds, taxonomy) for place, origin in chosen)


def _chosen(ranked: Sequence[int], scores: dict[int, float], taxonomy: Taxonomy) -> list[tuple[int, Origin]]:
    """Take the topics that are strong enough, then those that they imply, from places sorted by score."""
    if not ranked:
        return []
    thresholds = taxonomy.thresholds
    least = max(thresholds.enough, min(thresholds.share * scores[ranked[0]], thresholds.plenty))
    strong = [place for place in ranked if scores[place] >= least][:MOST_TOPICS]
    if not strong:
        return [(ranked[0], "weak")]
    implied = {slug for place in strong for slug in taxonomy.topics[place].implies}
    followers = [p for p in ranked if p not in strong and taxonomy.topics[p].slug in implied]
    followers = [p for p in followers if scores[p] >= thresholds.trace][: MOST_TOPICS - len(strong)]
    return [*((p, "rules") for p in strong), *((p, "implied") for p in followers)]


class _Find(NamedTuple):
    """A rule's phrase found in a text. place: of its topic in the file. weight: for the topic or against it."""

    place: int
    rule: Rule
    where: Where
    weight: float


def _finds(text: str, where: Where, taxonomy: Taxonomy) -> Iterator[_Find]:
    """Find what counts for or against any topic."""
    for number, times in _counts(text, taxonomy).items():
        place, rule = taxonomy.owners[number]
        weight = rule.in_title if where == "title" else rule.in_abstract
        yield _Find(place, rule, where, _worth(weight, times))


def _counts(text: str, taxonomy: Taxonomy) -> dict[int, int]:
    """Count each rule's phrase in a text. A word counts once for a topic: in the longest phrase that begins first."""
    free = [0] * len(taxonomy.topics)
    counts: dict[int, int] = {}
    for number, start, end in taxonomy.index.find(words_of(text)):
        place = taxonomy.owners[number][0]
        if free[place] <= start:
            free[place] = end
            counts[number] = counts.get(number, 0) + 1
    return counts


def _worth(weight: float, times: int) -> float:
    return weight * (1 + min(times, REPEATS)) / 2


def _assignment(place: int, origin: Origin, score: float, finds: Iterable[_Find], taxonomy: Taxonomy) -> Assignment:
    speaking = [Evidence(f.rule.phrase, f.where, f.weight) for f in finds if f.place == place and f.weight > 0]
    speaking.sort(key=lambda e: (-e.weight, e.where != "title", e.words))
    return Assignment(taxonomy.topics[place].slug, score, origin, tuple(speaking))


def check_chosen(chosen: Sequence[str], taxonomy: Taxonomy, path: str, line: int) -> list[Problem]:
    """Check the topics that a curator wrote on a page: each must exist, stand once, and there are three at most."""
    known = taxonomy.by_slug
    problems = [
        error(path, line, f'there is no topic "{slug}"{nearest(slug, known)}') for slug in chosen if slug not in known
    ]
    if not chosen:
        problems.append(error(path, line, "names no topic; remove the line, and the rules decide"))
    if len(set(chosen)) < len(chosen):
        problems.append(error(path, line, "a topic stands twice; keep one"))
    if len(chosen) > MOST_TOPICS:
        problems.append(error(path, line, f"a paper has {MOST_TOPICS} topics at most, here are {len(chosen)}"))
    return problems


def explain(assignments: Iterable[Assignment], taxonomy: Taxonomy) -> list[str]:
    """Write the reasons for a paper's topics as lines for a terminal."""
    lines = []
    for assignment in assignments:
        topic = taxonomy.get(assignment.slug)
        title = topic.title if topic else "not in topics.yaml"
        lines.append(f"{assignment.slug} ({title}): {_reason(assignment)}")
        lines.extend(f"  {e.weight:+5.1f}  {e.words}  ({e.where})" for e in assignment.evidence)
    return lines


def _reason(assignment: Assignment) -> str:
    score = f"score {assignment.score:.1f}"
    return {
        "page": "chosen on the page",
        "rules": score,
        "weak": f"{score}, below the threshold" if assignment.evidence else "no rule knows a word of the paper",
        "implied": f"{score}, implied by a topic above",
    }[assignment.origin]
