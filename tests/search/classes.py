"""A thousand queries of many classes, made from a catalogue's own words: always the same ones."""

import random
import re
from collections.abc import Callable, Sequence

from sitegen.search import SearchDocument, number_documents, pipeline, text

Words = Sequence[str]
Make = Callable[[random.Random, Words], str]

EACH = 40
STOPS = ("the", "of", "and", "with", "is")
FIELDS = ("title", "abstract", "topics", "organization")


def queries(documents: Sequence[SearchDocument]) -> dict[str, list[str]]:
    """Give 40 queries of each class, by its name."""
    numbered = number_documents(documents)
    texts = [f"{d.title} {d.abstract}" for d in numbered]
    # Genuine lunr.js throws at a required stop word.
    words = [word for given in texts for word in re.findall(r"[A-Za-z]{4,}", given) if pipeline.terms(word)]
    made = {name: [make(seeded(f"{name} {n}"), words) for n in range(EACH)] for name, make in MAKERS.items()}
    titles = [text.spaced(d.title) for d in numbered]
    return made | {"title": seeded("title").sample(titles, k=min(EACH, len(titles)))}


def seeded(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311  # queries are no secrets, and have to be the same ones every time


def cut(chance: random.Random, word: str) -> int:
    return chance.randint(2, max(2, len(word) - 2))


def mangled(chance: random.Random, word: str) -> str:
    """Give the word with one letter left out, doubled, replaced, or swapped with the next."""
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        ]
    )


def prefix(chance: random.Random, word: str) -> str:
    return word[: cut(chance, word)] + "*"


def suffix(chance: random.Random, word: str) -> str:
    return "*" + word[cut(chance, word) - 1 :]


def infix(chance: random.Random, word: str) -> str:
    at = cut(chance, word)
    return f"{word[:at]}*{word[at + 1 :]}"


def some(count: int) -> Make:
    return lambda chance, words: " ".join(chance.choices(words, k=count))


def word_by_word(*patterns: str) -> Make:
    """Put a random word into each pattern, at its `@`."""
    return lambda chance, words: " ".join(p.replace("@", chance.choice(words)) for p in patterns)


def changed(change: Callable[[random.Random, str], str], *patterns: str) -> Make:
    """Put a random word, changed, into the first pattern, and words as they are into the others."""

    def make(chance: random.Random, words: Words) -> str:
        first, *rest = patterns
        return " ".join(
            [
                first.replace("@", change(chance, chance.choice(words).lower())),
                *(p.replace("@", chance.choice(words)) for p in rest),
            ]
        )

    return make


def neighbours(chance: random.Random, words: Words) -> str:
    at = chance.randrange(len(words) - 6)
    return " ".join(words[at : at + chance.randint(2, 6)])


def with_stops(chance: random.Random, words: Words) -> str:
    return " ".join(chance.sample([*chance.choices(words, k=2), *chance.choices(STOPS, k=2)], k=4))


def in_a_field(chance: random.Random, words: Words) -> str:
    return " ".join(f"{chance.choice(FIELDS)}:{word}" for word in chance.choices(words, k=chance.randint(1, 3)))


def boosted(chance: random.Random, words: Words) -> str:
    return " ".join(f"{word}^{chance.choice([0, 1, 2, 5, 10, 999])}" for word in chance.choices(words, k=3))


def repeated(chance: random.Random, words: Words) -> str:
    word = chance.choice(words)
    return f"{word} {word}^3 title:{word} {chance.choice(words)}"


def dressed(chance: random.Random, words: Words) -> str:
    marks = ["({},", "{}.", "{}'s", "{}\u2019s;", "{}\u00ad", "[{}]", "{}!?"]
    return " ".join(
        chance.choice(marks).format(chance.choice([str.upper, str.title])(w)) for w in chance.choices(words, k=2)
    )


def everything(chance: random.Random, words: Words) -> str:
    a, b, c, d, e = (word.lower() for word in chance.choices(words, k=5))
    return f"+{a} title:{prefix(chance, b)}^2 {mangled(chance, c)}~1 -{d} topics:{infix(chance, e)}"


MAKERS: dict[str, Make] = {
    "one word": some(1),
    "two words": some(2),
    "five words": some(5),
    "forty words": some(40),
    "neighbouring words": neighbours,
    "stop words": with_stops,
    "required": word_by_word("+@", "+@"),
    "required and optional": word_by_word("+@", "@", "@"),
    "prohibited": word_by_word("@", "@", "-@"),
    "only prohibited": word_by_word("-@", "-@"),
    "required and prohibited": word_by_word("+@", "-title:@", "@"),
    "field": in_a_field,
    "required field": word_by_word("+title:@", "abstract:@"),
    "boost": boosted,
    "repeated": repeated,
    "beginning": changed(prefix, "@"),
    "ending": changed(suffix, "@"),
    "middle": changed(infix, "@", "@"),
    "field pattern": changed(prefix, "title:@", "@"),
    "required pattern": changed(prefix, "+@", "@"),
    "prohibited pattern": changed(prefix, "-@", "@"),
    "one edit": changed(mangled, "@~1"),
    "two edits": changed(mangled, "@~2", "@"),
    "required edit": changed(mangled, "+@~1", "@"),
    "field edit": changed(mangled, "title:@~1^2"),
    "misspelt": changed(mangled, "@", "@"),
    "half typed": lambda chance, words: f"{chance.choice(words)} {prefix(chance, chance.choice(words))[:-1]}",
    "plain words": word_by_word("@: @", "nofield:@"),
    "dressed": dressed,
    "everything": everything,
}
