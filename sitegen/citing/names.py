"""Names of authors, cut as bibliographies sort them."""

import re
from dataclasses import dataclass

from sitegen.citing.tex import accented
from sitegen.citing.titles import cleaned


@dataclass(frozen=True, slots=True)
class Name:
    """A name. family: with its particles, such as "van Beethoven"; alone, it is a group's, or one that is not cut."""

    family: str
    given: str = ""
    suffix: str = ""


def parse_name(text: str) -> Name:
    """Cut a name. "Family, Given" and "Family, Jr., Given" say how; else the family name is the last word.

    Words in lower case before that belong to it.

    >>> parse_name("Ludwig van Beethoven"), parse_name("García Márquez, Gabriel")
    (Name(family='van Beethoven', given='Ludwig', suffix=''), Name(family='García Márquez', given='Gabriel', suffix=''))

    What cannot be a person's name stays whole: a group, a list.
    """
    name = accented(cleaned(text))
    parts = [part.strip() for part in name.split(",")]
    if not all(parts) or len(parts) > _MOST_PARTS or _GROUP.search(name):
        return Name(name)
    if len(parts) == 1:
        return _cut(name.split())
    if len(parts) == 2 and parts[1] in _SUFFIXES:  # noqa: PLR2004  # "Martin Luther King, Jr."
        return _with_suffix(_cut(parts[0].split()), parts[1])
    return Name(parts[0], parts[-1], parts[1] if len(parts) == _MOST_PARTS else "")


_MOST_PARTS = 3
_SUFFIXES = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"))
_GROUP = re.compile(
    r"[{};&]|(?i:\b(?:and|collaboration|consortium|group|initiative|institute|labs?|laboratory|project|research|team"
    r"|university)\b)"
)


def _cut(words: list[str]) -> Name:
    if len(words) > 2 and words[-1] in _SUFFIXES:  # noqa: PLR2004  # a suffix needs two names before it
        return _with_suffix(_cut(words[:-1]), words[-1])
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    return Name(" ".join(words[max(start, 0) :]), " ".join(words[: max(start, 0)]))


def _with_suffix(name: Name, suffix: str) -> Name:
    return Name(name.family, name.given, suffix) if name.given else Name(f"{name.family} {suffix}")
