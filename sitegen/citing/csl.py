"""Citations as CSL-JSON. Form: https://github.com/citation-style-language/schema, csl-data.json 1.0.2."""

from typing import Any

import msgspec

from sitegen.citing.facts import Citation
from sitegen.citing.names import Name


def csl(citation: Citation) -> str:
    """Write one item, on one line without its end.

    Its `custom` holds the title as TeX where that is more than the plain title escaped. `number` and `publisher` name
    arXiv in the way that styles show preprints.
    """
    return msgspec.json.encode(_item(citation)).decode()


def _item(citation: Citation) -> dict[str, Any]:
    date = citation.date
    item: dict[str, Any] = {"id": citation.key, "type": "article", "title": citation.title.plain}
    if citation.authors:
        item["author"] = [_name(name) for name in citation.authors]
    if date:
        item["issued"] = {"date-parts": [[date.year, date.month, date.day]]}
    if citation.note:
        item["note"] = citation.note
    if citation.arxiv:
        item |= {"number": f"arXiv:{citation.arxiv}", "publisher": "arXiv"}
    if citation.doi:
        item["DOI"] = citation.doi
    item["URL"] = citation.url
    if citation.title.tex:
        item["custom"] = {"title-tex": citation.title.tex}
    return item


def _name(name: Name) -> dict[str, str]:
    if not name.given:
        return {"literal": name.family}
    named = {"family": name.family, "given": name.given}
    return named | {"suffix": name.suffix} if name.suffix else named
