"""The topics of a catalogue and the rules that file papers under them, as topics.yaml gives them.

The file teaches its own format; docs/topics.md says the same at more length.
"""

import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import yaml

from sitegen import urls
from sitegen.fields import nearest
from sitegen.phrases import STEM_LETTERS, PhraseIndex, build_phrase_index, spellings
from sitegen.problems import Problem, error

HEAVIEST = 20.0
"""No weight in the file is larger than this, either way."""
MAX_DEPTH = 8

_STEM = re.compile(rf"(?<![^\W_])[^\W_]{{{STEM_LETTERS},}}\*(?=[\s-]|$)")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase and what finding it is worth, per place.

    Zero: where the phrase stands, its words count for nothing, in shorter phrases of the topic neither.
    """

    phrase: str
    in_title: float
    in_abstract: float


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: its address, its name, a sentence on what belongs there, and how papers are recognised.

    implies: slugs of topics that a paper filed here also gets on slight evidence.
    """

    slug: str
    title: str
    about: str = ""
    rules: tuple[Rule, ...] = ()
    implies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How scores become topics.

    title: how many times as much a phrase counts in the title. enough: the least score of a topic. share: the part of
    the best topic's score that a second or third one needs, unless it has `plenty`. trace: the least score of an
    implied topic.
    """

    title: float = 2.5
    enough: float = 5.0
    share: float = 0.4
    plenty: float = 10.0
    trace: float = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Taxonomy:
    """All topics in the file's order, with their rules made ready; `build_taxonomy` makes one, equal only to itself.

    fallback: where a paper goes that matches nothing. owners: for each phrase of the index, the topic's place and
    the rule.
    """

    topics: tuple[Topic, ...]
    thresholds: Thresholds
    fallback: str
    by_slug: Mapping[str, Topic] = field(repr=False, compare=False)
    owners: tuple[tuple[int, Rule], ...] = field(repr=False, compare=False)
    index: PhraseIndex = field(repr=False, compare=False)

    def get(self, slug: str) -> Topic | None:
        """Find a topic."""
        return self.by_slug.get(slug)


def build_taxonomy(topics: tuple[Topic, ...], thresholds: Thresholds, fallback: str) -> Taxonomy:
    """Join topics into a taxonomy and make their rules ready to be found."""
    owners = tuple((place, rule) for place, topic in enumerate(topics) for rule in topic.rules)
    index = build_phrase_index([rule.phrase for _, rule in owners])
    return Taxonomy(topics, thresholds, fallback, {t.slug: t for t in topics}, owners, index)


_NOTHING = build_taxonomy((), Thresholds(), "")


def parse_taxonomy(text: str, path: str) -> tuple[Taxonomy, list[Problem]]:
    """Read topics.yaml. What is wrong is left out of the taxonomy and reported with its line; nothing raises."""
    reader = _Reader(path)
    try:
        deep = next(_too_deep(text), None)
        if deep is not None:
            return _NOTHING, [error(path, deep, f"lists stand more than {MAX_DEPTH} deep in each other; flatten them")]
        root = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, UnicodeError) as bad:
        return _NOTHING, [_yaml_problem(bad, text, path)]
    taxonomy = reader.taxonomy(root)
    return taxonomy, sorted(reader.problems, key=lambda problem: problem.line)


def _too_deep(text: str) -> Iterator[int]:
    """Give the lines where nesting goes too deep: libyaml builds nodes by recursion, and too much of it ends Python."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                yield event.start_mark.line + 1 if event.start_mark else 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _yaml_problem(bad: Exception, text: str, path: str) -> Problem:
    mark = bad.problem_mark or bad.context_mark if isinstance(bad, yaml.MarkedYAMLError) else None
    reason = bad.problem or bad.context if isinstance(bad, yaml.MarkedYAMLError) else str(bad).partition("\n")[0]
    return error(path, min(mark.line, text.count("\n")) + 1 if mark else 1, f"YAML: {reason}; mend the syntax here")


_FILE_KEYS = ("thresholds", "fallback", "topics")
_TOPIC_KEYS = ("slug", "title", "about", "words", "title_words", "not", "implies")
_THRESHOLDS = {"title": 10.0, "enough": 100.0, "share": 1.0, "plenty": 100.0, "trace": 100.0}
"""The largest value of each threshold."""


_Spelling: TypeAlias = tuple[tuple[str, ...], ...]


class _Reader:
    """Turns the YAML nodes of one file into values, and collects what is wrong with them."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.implied: list[tuple[str, yaml.Node]] = []

    def taxonomy(self, root: yaml.Node | None) -> Taxonomy:
        keys = self.mapping(root, _FILE_KEYS)
        thresholds = self.thresholds(keys.get("thresholds"))
        topics = self.topics(keys.get("topics"), thresholds.title)
        if not topics:
            self.wrong(keys.get("topics", root), 'there is no topic; the file needs a list under "topics:"')
        for slug, node in self.implied:
            if slug not in topics:
                self.wrong(node, f'there is no topic "{slug}" to imply{nearest(slug, topics)}')
        known = [replace(t, implies=tuple(s for s in t.implies if s in topics)) for t in topics.values()]
        return build_taxonomy(tuple(known), thresholds, self.fallback(keys.get("fallback"), root, topics))

    def thresholds(self, node: yaml.Node | None) -> Thresholds:
        numbers = {k: self.number(v, 0.0, _THRESHOLDS[k]) for k, v in self.mapping(node, tuple(_THRESHOLDS)).items()}
        return Thresholds(**{key: number for key, number in numbers.items() if number is not None})

    def fallback(self, node: yaml.Node | None, root: yaml.Node | None, topics: Mapping[str, Topic]) -> str:
        slug = self.text(node)
        if not slug:
            self.wrong(node or root, 'name the topic of papers that no rule knows: "fallback: SLUG"')
        elif slug not in topics:
            self.wrong(node, f'there is no topic "{slug}" to fall back on{nearest(slug, topics)}')
        return slug if slug in topics else next(iter(topics), "")

    def topics(self, node: yaml.Node | None, title_factor: float) -> dict[str, Topic]:
        topics: dict[str, Topic] = {}
        for item in self.items(node):
            topic = self.topic(item, title_factor)
            if topic.slug in topics:
                self.wrong(item, f'there is already a topic "{topic.slug}"; each slug stands once')
            elif topic.slug:
                topics[topic.slug] = topic
        return topics

    def topic(self, node: yaml.Node, title_factor: float) -> Topic:
        keys = self.mapping(node, _TOPIC_KEYS)
        slug, title = self.text(keys.get("slug")), self.text(keys.get("title"))
        if not urls.is_slug(slug):
            self.wrong(keys.get("slug", node), 'a topic needs a "slug:" of lower-case letters, digits and hyphens')
            slug = ""
        if not title:
            self.wrong(keys.get("title", node), 'a topic needs a "title:"')
        implied = [(self.text(item), item) for item in self.items(keys.get("implies"))]
        self.implied += implied
        if slug in dict(implied):
            self.wrong(dict(implied)[slug], "a topic does not imply itself")
        rules = self.rules(keys, title_factor)
        return Topic(slug, title or slug, self.text(keys.get("about")), rules, tuple(s for s, _ in implied))

    def rules(self, keys: Mapping[str, yaml.Node], title_factor: float) -> tuple[Rule, ...]:
        anywhere, titles = self.weights(keys.get("words")), self.weights(keys.get("title_words"))
        rules = {}
        for spelling in dict.fromkeys((*anywhere, *titles)):
            phrase, weight = anywhere.get(spelling, (titles.get(spelling, ("", 0.0))[0], 0.0))
            rules[spelling] = Rule(phrase, titles.get(spelling, (phrase, weight))[1] * title_factor, weight)
        for node in self.items(keys.get("not")):
            phrase = self.phrase(node)
            spelling = _spelling(phrase)
            if spelling in rules:
                self.wrong(node, f'"{phrase}" stands under "not" and has a weight or stands there twice; keep one')
            elif phrase:
                rules[spelling] = Rule(phrase, 0.0, 0.0)
        return tuple(rules.values())

    def weights(self, node: yaml.Node | None) -> dict[_Spelling, tuple[str, float]]:
        """Read lines of `weight: [phrase, ...]`; a phrase is known by its spelling, capitals or not."""
        weights: dict[_Spelling, tuple[str, float]] = {}
        for key, phrases in self.pairs(node):
            weight = self.number(key, -HEAVIEST, HEAVIEST)
            if weight == 0:
                self.wrong(key, 'a weight of 0 does nothing; phrases that do not count stand under "not"')
            for item in self.items(phrases):
                phrase = self.phrase(item)
                if _spelling(phrase) in weights:
                    self.wrong(item, f'"{phrase}" stands twice in this list; keep one')
                elif phrase and weight:
                    weights[_spelling(phrase)] = (phrase, weight)
        return weights

    def phrase(self, node: yaml.Node) -> str:
        phrase = " ".join(self.text(node).split())
        if not spellings(phrase):
            self.wrong(node, "a phrase needs a word")
        elif phrase.count("*") != len(_STEM.findall(phrase)):
            self.wrong(node, f'in "{phrase}", a * stands only at a word\'s end, after {STEM_LETTERS} letters or more')
        else:
            return phrase
        return ""

    def pairs(self, node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
        if isinstance(node, yaml.MappingNode):
            return list(node.value)
        if node is not None and not _is_empty(node):
            self.wrong(node, 'lines of "key: value" are needed here')
        return []

    def mapping(self, node: yaml.Node | None, known: Collection[str]) -> dict[str, yaml.Node]:
        values: dict[str, yaml.Node] = {}
        for key, value in self.pairs(node):
            name = self.text(key)
            if name not in known:
                self.wrong(key, f'"{name}" is not known here{nearest(name, known)}')
            elif name in values:
                self.wrong(key, f'"{name}" stands twice here; keep one')
            else:
                values[name] = value
        return values

    def items(self, node: yaml.Node | None) -> list[yaml.Node]:
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        if node is not None and not _is_empty(node):
            self.wrong(node, "a list is needed here, as [one, two] or as lines that begin with -")
        return []

    def text(self, node: yaml.Node | None) -> str:
        if isinstance(node, yaml.ScalarNode):
            return str(node.value).strip()
        if node is not None:
            self.wrong(node, "a single text is needed here")
        return ""

    def number(self, node: yaml.Node, low: float, high: float) -> float | None:
        try:
            number = float(self.text(node))
        except ValueError:
            number = math.nan
        if low <= number <= high:
            return number
        self.wrong(node, f"a number from {low:g} to {high:g} is needed here")
        return None

    def wrong(self, node: yaml.Node | None, message: str) -> None:
        line = node.start_mark.line + 1 if node is not None else 1
        self.problems.append(error(self.path, line, message))


def _spelling(phrase: str) -> _Spelling:
    return tuple(spellings(phrase))


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"
