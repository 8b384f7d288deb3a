import datetime as dt
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld

from sitegen.config import Config
from sitegen.paper import Organization
from sitegen.rows import row_of
from sitegen.structured import Thing, breadcrumbs, catalogue, home, in_script, listing, paper, papers
from sitegen.views import Link
from tests.papers import WORDS, entry

CONFIG = Config(title="Papers", tagline="Of all kinds", base_url="https://example.org/p/")
SCHEMA = "https://schema.org/"


def load(_address: str, _options: object) -> dict[str, Any]:
    """Stand in for the vocabulary's own context, which is on the web: its words, and @id and @type by their names."""
    return {
        "contextUrl": None,
        "documentUrl": SCHEMA,
        "document": {"@context": {"@vocab": SCHEMA, "url": {"@type": "@id"}}},
    }


def read(*things: Thing) -> list[Any]:
    """Read things as a program does that knows JSON-LD, which expands every name to its address."""
    made: list[Any] = jsonld.expand(json.loads(in_script(things)), {"documentLoader": load})
    return made


def value(thing: Any, name: str) -> Any:
    return [item.get("@value", item) for item in thing[f"{SCHEMA}{name}"]]


def test_a_paper_is_described() -> None:
    about = entry(
        "a", "2024-05-06", ("nlp",), authors=("Ada Lovelace",), comments=3, updated=dt.date(2024, 6, 1),
        organization=Organization("acme", "Acme"), arxiv="2405.00001", doi="10.1/x",
    )  # fmt: skip
    [thing] = read(paper(about, CONFIG, ["Language", "Vision"]))
    assert thing["@type"] == [f"{SCHEMA}ScholarlyArticle"]
    assert thing["@id"] == "https://example.org/p/papers/2024/a/"
    assert value(thing, "headline") == ["Title of a"]
    assert value(thing, "abstract") == ["Abstract of a."]
    assert (value(thing, "datePublished"), value(thing, "dateModified")) == (["2024-05-06"], ["2024-06-01"])
    assert value(thing, "keywords") == ["Language", "Vision"]
    assert value(thing, "commentCount") == [3]
    [author] = thing[f"{SCHEMA}author"]
    assert (author["@type"], value(author, "name")) == ([f"{SCHEMA}Person"], ["Ada Lovelace"])
    assert value(thing[f"{SCHEMA}sourceOrganization"][0], "name") == ["Acme"]
    assert value(thing, "sameAs") == ["https://arxiv.org/abs/2405.00001", "https://doi.org/10.1/x"]
    assert thing[f"{SCHEMA}isPartOf"][0]["@id"] == catalogue(CONFIG)["@id"]


def test_nothing_is_said_that_is_not_known() -> None:
    said = paper(entry("a", None, authors=5), CONFIG, [])
    assert not {"author", "datePublished", "commentCount", "sourceOrganization", "keywords", "sameAs"} & set(said)


def test_a_listing_names_its_papers_in_their_places() -> None:
    rows = [row_of(entry(slug, "2024-05-06"), {}, WORDS) for slug in "ab"]
    [thing] = read(listing(Link("Papers, page 2", "papers/page/2/"), "All.", papers(rows, 26, 27, CONFIG), CONFIG))
    assert thing["@type"] == [f"{SCHEMA}CollectionPage"]
    [items] = thing[f"{SCHEMA}mainEntity"]
    assert value(items, "numberOfItems") == [27]
    assert [
        (value(item, "position"), item[f"{SCHEMA}url"][0]["@id"], value(item, "name"))
        for item in items[f"{SCHEMA}itemListElement"]
    ] == [
        ([26], "https://example.org/p/papers/2024/a/", ["Title of a"]),
        ([27], "https://example.org/p/papers/2024/b/", ["Title of b"]),
    ]


def test_breadcrumbs_begin_at_the_home_page() -> None:
    [trail] = read(breadcrumbs([Link("Topics", "topics/"), Link("Language", "topics/nlp/")], CONFIG))
    items = trail[f"{SCHEMA}itemListElement"]
    assert [value(item, "item")[0] for item in items] == [
        "https://example.org/p/",
        "https://example.org/p/topics/",
        "https://example.org/p/topics/nlp/",
    ]
    assert [value(item, "name")[0] for item in items] == ["Papers", "Topics", "Language"]


def test_the_home_page_tells_of_the_search_and_the_data() -> None:
    site, data = read(*home(CONFIG))
    [action] = site[f"{SCHEMA}potentialAction"]
    [target] = action[f"{SCHEMA}target"]
    assert value(target, "urlTemplate") == ["https://example.org/p/search/?q={query}"]
    assert data["@id"] == catalogue(CONFIG)["@id"]
    [dataset] = data[f"{SCHEMA}dataset"]
    assert value(dataset[f"{SCHEMA}distribution"][0], "contentUrl") == ["https://example.org/p/catalogue.json"]


@given(
    st.text(alphabet=st.one_of(st.sampled_from("<>&/!-\u2028\u2029\"'\\"), st.characters(exclude_categories=["Cs"])))
)
def test_no_text_ends_the_element_that_it_stands_in(text: str) -> None:
    script = in_script([{"name": text}])
    assert not set(script) & set("<&\u2028\u2029")
    assert json.loads(script)["@graph"] == [{"name": text}]
