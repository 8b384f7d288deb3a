"""Three-way merge of a paper, as the dumps tell it now, into its page, field by field.

The page's `imported:` holds a digest of each value that import last wrote. A value that still has its digest takes the
new value, or goes where the dumps no longer have one; one that differs is the curator's and stays, and what the dumps
newly say is kept under `contested:`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sitegen.content import Page, PageFile
from sitegen.digests import body_digest, digest, find_abstract
from sitegen.frontmatter import Document, document_of, with_fields
from sitegen.identity import newest_first
from sitegen.links import find_links
from sitegen.paper import Paper, Source, YearOrigin, title_key
from sitegen.typeset import typeset
from sitegen.yamlsource import Value

FIELDS = ("title", "date", "authors", "organization", "comments", "links")
_GIVEN = ("title", "abstract", "date", "authors", "organization", "comments")
_GIVEN_AS = {"links": "abstract"}
"""A page's field that comes from a field of the paper with another name."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A page after the merge. updated: fields that took a new value. contested: fields where a hand edit hides one."""

    document: Document
    updated: tuple[str, ...]
    contested: tuple[str, ...]


def new_page(paper: Paper, abstract: str) -> Document:
    """Make the page of a paper that has none yet. abstract: the paper's, as Markdown."""
    values = _offered(paper)
    fields: dict[str, Value] = {name: values[name] for name in FIELDS if name in values}
    fields["keys"] = [title_key(paper.title)]
    fields["sources"] = _source_rows(paper.sources)
    fields["imported"] = {**{name: digest(value) for name, value in values.items()}, "body": body_digest(abstract)}
    return document_of(fields, abstract)


def merge(file: PageFile, paper: Paper, abstract: str) -> Merged:
    """Merge a paper into its page. Import twice is import once; a hand edit survives. abstract: as Markdown."""
    page, offered = file.page, _offered(paper)
    silent = frozenset(name for name in _GIVEN if not _prevails(name, page, paper, len(abstract)))
    spoken = [name for name in FIELDS if _GIVEN_AS.get(name, name) not in silent]
    ledger = _Ledger(dict(page.imported), dict(page.contested))
    changes = _merged_fields(file, {name: offered.get(name) for name in spoken}, ledger)
    body = page.body if "abstract" in silent else _merged_body(file, abstract, ledger)
    updated = (*changes, *(["body"] if body != page.body else []))
    changes |= _bookkeeping(file, paper, _joined(page, paper, silent), ledger)
    document = replace(with_fields(file.document, file.entries, changes), body=body)
    return Merged(document, updated, tuple(sorted(_newly_contested(page.contested, ledger.contested))))


def _newly_contested(before: Mapping[str, Value], after: Mapping[str, Value]) -> Iterable[str]:
    return (name for name, value in after.items() if name not in before or digest(before[name]) != digest(value))


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What import notes in a page: digests of what it wrote, values that hand edits hide. It fills as fields merge."""

    imported: dict[str, Value]
    contested: dict[str, Value]

    def wrote(self, name: str, mark: str) -> None:
        self.imported[name] = mark
        self.contested.pop(name, None)

    def withdrew(self, name: str) -> None:
        self.imported.pop(name, None)
        self.contested.pop(name, None)

    def kept_hand_edit(self, name: str, value: Value, mark: str) -> None:
        """Note the hidden value, unless the dumps say nothing or what the curator saw when editing."""
        if mark and self.imported.get(name) != mark:
            self.contested[name] = value
        else:
            self.contested.pop(name, None)


def _merged_fields(file: PageFile, offered: Mapping[str, Value], ledger: _Ledger) -> dict[str, Value]:
    """Decide for each field that the dumps speak for, None where they have no value; gives the fields to write."""
    changes: dict[str, Value] = {}
    for name, value in offered.items():
        current = file.entries[name].value if name in file.entries else None
        mark = digest(value)
        if digest(current) != mark:
            if not _is_ours(current, file.page.imported.get(name)):
                ledger.kept_hand_edit(name, value, mark)
                continue
            changes[name] = value
        if mark:
            ledger.wrote(name, mark)
        elif name in changes:
            ledger.withdrew(name)
        else:
            ledger.contested.pop(name, None)
    return changes


def _is_ours(current: Value, recorded: str | None) -> bool:
    """Tell whether import wrote the value that stands there; a missing value that it never wrote counts as that."""
    return (current is None and recorded is None) or (current is not None and digest(current) == recorded)


def _offered(paper: Paper) -> dict[str, Value]:
    """Give what a paper says, as front matter has it; nothing for what it does not know."""
    organization = paper.organization
    links = _links(paper.abstract)
    offered: dict[str, Value | None] = {
        "title": typeset(paper.title).strip() or paper.title,
        "date": paper.date,
        "authors": paper.authors,
        "organization": {"handle": organization.handle, "name": organization.name} if organization else None,
        "comments": paper.comments,
        "links": dict(links) if links else None,
    }
    return {name: value for name, value in offered.items() if value is not None}


def _links(abstract: str) -> dict[str, str]:
    """Label the addresses in an abstract by what they lead to; a second one of a kind gets a number."""
    labelled: dict[str, str] = {}
    for link in find_links(abstract):
        if link.address in labelled.values():
            continue
        count = sum(label.rstrip("0123456789-") == link.kind for label in labelled)
        labelled[f"{link.kind}-{count + 1}" if count else link.kind] = link.address
    return labelled


def _prevails(name: str, page: Page, paper: Paper, length: int) -> bool:
    """Tell whether the dumps read now may speak for a field against a dump that gave it earlier and is gone.

    A dump that is read again speaks for itself. Otherwise the longer abstract, the surer date, the newer capture wins.
    """
    old = next((s for s in page.sources if name in s.gave), None)
    new = next((s for s in paper.sources if name in s.gave), None)
    if old is not None and any(s.dump == old.dump for s in paper.sources):
        return True
    if old is None or new is None:
        return new is not None
    if name == "abstract" and length != (known := _recorded_length(page)):
        return length > known
    if name == "date" and old.year is not new.year:
        return new.year is YearOrigin.EXPLICIT
    return newest_first(new) < newest_first(old)


def _recorded_length(page: Page) -> int:
    length = page.imported.get("body", "").partition("-")[0]
    return int(length) if length.isascii() and length.isdigit() else 0


def _joined(page: Page, paper: Paper, silent: frozenset[str]) -> list[Source]:
    """Join the sources that a page names with those read now; a dump read again replaces what it said before.

    silent: fields for which an earlier source goes on speaking.
    """
    again = {source.dump for source in paper.sources}
    taken = {name for source in paper.sources for name in source.gave} - silent
    new = [replace(s, gave=tuple(n for n in s.gave if n not in silent)) for s in paper.sources]
    kept = [replace(s, gave=tuple(n for n in s.gave if n not in taken)) for s in page.sources if s.dump not in again]
    return new + kept


def _merged_body(file: PageFile, abstract: str, ledger: _Ledger) -> str:
    """Put the new abstract where the imported one stands; one that was edited by hand makes the body the curator's."""
    body, recorded, mark = file.page.body, file.page.imported.get("body"), body_digest(abstract)
    if find_abstract(body, mark):
        ledger.wrote("body", mark)
        return body
    never_written = recorded is None and not body.strip()
    span = (len(body), len(body)) if never_written else find_abstract(body, recorded or "")
    if span is None:
        ledger.kept_hand_edit("body", abstract, mark)
        return body
    start, end = span
    ledger.wrote("body", mark)
    newline = file.document.newline
    return (body[:start] or newline) + abstract + (body[end:] or newline)


def _bookkeeping(file: PageFile, paper: Paper, sources: list[Source], ledger: _Ledger) -> dict[str, Value]:
    """Give the fields that import keeps for itself, where they changed."""
    keys: list[Value] = list(dict.fromkeys([*file.page.keys, title_key(paper.title)]))
    wanted: dict[str, Value] = {
        "keys": keys,
        "sources": _source_rows(sources),
        "imported": ledger.imported,
        "contested": ledger.contested or None,
    }
    have = {name: file.entries[name].value if name in file.entries else None for name in wanted}
    return {name: value for name, value in wanted.items() if value != have[name]}


def _source_rows(sources: Iterable[Source]) -> list[Value]:
    """Write sources as front matter has them, newest capture first."""
    return [_source_row(source) for source in sorted(sources, key=newest_first)]


def _source_row(source: Source) -> dict[str, Value]:
    row: dict[str, Value | None] = {
        "dump": source.dump,
        "line": source.line,
        "captured": source.captured,
        "comments": source.comments,
        "year": source.year.value,
        "gave": list(source.gave),
    }
    return {name: value for name, value in row.items() if value is not None and value != []}
