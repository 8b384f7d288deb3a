"""Which terms of an index a wildcard or a misspelt word stands for, in the order in which lunr.js finds them.

A document's score is a sum of floats in the order of the matched terms, so the order matters to the last bit. It
comes from lunr.js's TokenSet: a query is a small automaton, the index another, and their intersection is read depth
first. Here the index is a plain trie: the shared endings of lunr.js's automaton save space and change no answer.
"""

from collections.abc import Iterable, Iterator

ANY = "*"


class Node:
    """A state: whether a word may end here, and where each code unit leads. `ANY` leads on with whatever unit."""

    __slots__ = ("edges", "final")

    def __init__(self) -> None:
        self.final = False
        self.edges: dict[str, Node] = {}

    def step(self, unit: str) -> "Node":
        """Give the state behind a code unit, made if there is none."""
        return self.edges.setdefault(unit, Node())

    @property
    def takes_all(self) -> bool:
        """Whether whatever follows is accepted."""
        return self.final and self.edges.get(ANY) is self

    def units(self) -> Iterator[str]:
        """Give the units in the order of a JavaScript object's keys: digits first and ascending, the rest as made."""
        yield from sorted(u for u in self.edges if u in _DIGITS)
        yield from (u for u in self.edges if u not in _DIGITS)


_DIGITS = frozenset("0123456789")


def trie(terms: Iterable[str]) -> Node:
    """Build the automaton of an index's terms, which come in the order of their code units."""
    root = Node()
    for term in terms:
        node = root
        for unit in term:
            node = node.step(unit)
        node.final = True
    return root


def wildcard(pattern: str) -> Node:
    """Build the automaton of a word in which every `*` stands for any number of code units."""
    root = node = Node()
    for unit in pattern:
        if unit == ANY:
            node.edges[ANY] = node
        else:
            node = node.step(unit)
    node.final = bool(pattern)
    return root


def fuzzy(word: str, distance: int) -> Node:
    """Build the automaton of a word with up to so many units added, left out, replaced or swapped with the next."""
    root = Node()
    frames = [(root, distance, word)]
    while frames:
        node, edits, rest = frames.pop()
        if rest:
            frames.append((_ending(node.step(rest[0]), len(rest) == 1), edits, rest[1:]))
        if edits:
            frames.extend(_edited(node, edits - 1, rest))
    return root


def _edited(node: Node, edits: int, rest: str) -> Iterator[tuple[Node, int, str]]:
    """Give the states that one edit leads to: a unit added, left out, replaced, swapped, in lunr.js's order."""
    yield _ending(node.step(ANY), not rest), edits, rest
    if len(rest) > 1:
        yield node, edits, rest[1:]
    if rest:
        node.final = node.final or len(rest) == 1
        yield _ending(node.step(ANY), len(rest) == 1), edits, rest[1:]
    if len(rest) > 1:
        yield node.step(rest[1]), edits, rest[0] + rest[2:]


def _ending(node: Node, final: bool) -> Node:
    node.final = node.final or final
    return node


def accepted(words: Iterable[str], query: Node) -> list[str]:
    """Give those of sorted words that an automaton accepts, in their order.

    Where nothing that begins like a word can be accepted, or everything is, the rest of all words that begin so is not
    looked at: that is most of a large vocabulary.
    """
    found = []
    before = ""
    reached = [[query]]  # after no unit of the word before, after one, ...; nothing follows an empty one
    for word in words:
        same = 0
        while same < len(reached) - 1 and word[same : same + 1] == before[same]:
            same += 1
        del reached[same + 1 :]
        for unit in word[same:]:
            if not reached[-1] or any(node.takes_all for node in reached[-1]):
                break
            reached.append(_stepped(reached[-1], unit))
        if any(node.final if len(reached) > len(word) else node.takes_all for node in reached[-1]):
            found.append(word)
        before = word
    return found


def _stepped(nodes: Iterable[Node], unit: str) -> list[Node]:
    """Give the states that one unit leads to, each once."""
    ahead = [node.edges[edge] for node in nodes for edge in (unit, ANY) if edge in node.edges]
    return list({id(node): node for node in ahead}.values())


def matches(index: Node, query: Node) -> list[str]:
    """Give the words that both automata accept, in lunr.js's order."""
    return list(_words(_intersection(index, query)))


def _intersection(index: Node, query: Node) -> Node:
    output = Node()
    frames = [(index, query, output)]
    while frames:
        node, asked, out = frames.pop()
        for wanted in asked.units():
            for unit in node.units():
                if wanted in (unit, ANY):
                    reached, state = node.edges[unit], asked.edges[wanted]
                    found = _ending(out.step(unit), reached.final and state.final)
                    frames.append((reached, state, found))
    return output


def _words(root: Node) -> Iterator[str]:
    frames = [("", root)]
    while frames:
        prefix, node = frames.pop()
        if node.final:
            yield prefix
        frames.extend((prefix + unit, node.edges[unit]) for unit in node.units())
