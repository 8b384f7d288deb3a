"""What our search has to equal: the index that lunr.py's own builder makes, and the answers of genuine lunr.js."""

from collections.abc import Iterable, Mapping
from typing import Any

from lunr.builder import Builder

from sitegen.search import utf16
from sitegen.search.documents import FIELDS, SearchDocument, json_bytes, number_documents
from sitegen.search.pipeline import build_pipeline
from sitegen.search.text import spaced


def index_of_lunr(documents: Iterable[SearchDocument], boosts: Mapping[str, float]) -> bytes:
    """Give the serialised index; terms in the order of lunr.js, which refuses lunr.py's."""
    builder = Builder()
    builder.ref("slug")
    builder.pipeline = builder.search_pipeline = build_pipeline()
    for field in FIELDS:
        builder.field(field, boosts.get(field, 1))
    for document in number_documents(documents):
        builder.add({"slug": document.slug, **dict(zip(FIELDS, map(spaced, document.texts), strict=True))})
    index: dict[str, Any] = builder.build().serialize()
    index["invertedIndex"].sort(key=lambda entry: utf16.units(entry[0]))
    return json_bytes(index)


PRECISION = 1e-6

# Gives for each query what our engine finds and what genuine lunr.js finds: [number, score] in order. Where our rules
# read a word in another way (read_as "prefix" or "fuzzy", or too many words meant), genuine lunr.js gets our clauses.
ENGINES = """
async ({scripts, root, queries}) => {
  const {default: lunr} = await import(scripts + "lunr-whole.js");
  const {words} = await import(scripts + "search-text.js");
  const split = (token) => words(token.toString()).map((word) => token.clone(() => word));
  lunr.Pipeline.registerFunction(split, "normalizer");
  const full = await (await fetch(`${root}search/index.json`)).json();
  const genuine = lunr.Index.load(full); // our corrections reach another lunr.js, that of search-lunr.js
  const slugs = full.fieldVectors.map(([key]) => key).filter((key) => key.startsWith("title/"));
  const number = new Map(slugs.map((key, place) => [key.slice(6), place]));
  const { Engine } = await import(scripts + "search-engine.js");
  const { NOTHING } = await import(scripts + "search-state.js");
  const engine = await Engine.load(root);
  const plain = (text) => genuine.query((query) => query.term(lunr.tokenizer(text)));
  const searched = (text, { readAs, notes, clauses }) => {
    const isTamed = notes.some((note) => note.includes("too many words"));
    if (isTamed || readAs === "prefix" || readAs === "fuzzy") {
      return genuine.query((query) => clauses.forEach((clause) => query.clause({ ...clause })));
    }
    try {
      return genuine.search(text);
    } catch (mistake) {
      if (!(mistake instanceof lunr.QueryParseError)) throw mistake;
      return plain(text);
    }
  };
  const both = async (text) => {
    const answer = await engine.answer({ ...NOTHING, query: text });
    const results = searched(text, answer);
    results.sort((a, b) => b.score - a.score || number.get(b.ref) - number.get(a.ref));
    return {
      readAs: answer.readAs,
      ours: Array.from(answer.numbers, (found, place) => [found, answer.scores[place]]),
      genuine: results.map(({ref, score}) => [number.get(ref), score]),
    };
  };
  const answers = [];
  for (const text of queries) answers.push(await both(text));
  return answers;
}
"""


def same(found: list[Any], expected: list[Any]) -> bool:
    """Whether the same papers were found in the same order with the same scores."""
    numbers = [number for number, _ in found] == [number for number, _ in expected]
    return numbers and all(abs(a - b) < PRECISION for (_, a), (_, b) in zip(found, expected, strict=True))
