// The loaded catalogue: answers queries in the order of the genuine Lunr index, equal scores newest first.

import lunr from "./search-lunr.js";
import { read, readPrefix, tidy, titleForm } from "./search-query.js";

const FORMAT = 1;

export class Engine {
  // index: the parsed search/index.json. documents: the parsed search/documents.json.
  constructor(index, documents) {
    if (documents.version !== FORMAT) throw new Error("search files of another version");
    this.index = lunr.Index.load(index);
    this.papers = documents.papers;
    this.topics = documents.topics;
    this.numbers = new Map(documents.papers.map((paper, number) => [paper.slug, number]));
    this.known = new Map();
    this.titles = new Set(documents.papers.map((paper) => titleForm(paper.title)));
  }

  // Gives { hits: [{ number, score, terms }], readAs, note }; number is the paper's place in `papers`.
  answer(query) {
    const reading = read(tidy(query), this.titles, this.index);
    const hits = this.hits(reading);
    if (hits.length) return { ...reading, hits };
    const prefix = readPrefix(reading, this.index.invertedIndex);
    const found = prefix ? this.hits(prefix) : [];
    return found.length ? { ...prefix, hits: found } : { ...reading, hits };
  }

  hits({ clauses }) {
    if (!clauses.length) return []; // Lunr would give everything
    const results = this.index.query((query) => clauses.forEach((clause) => query.clause({ ...clause })));
    const hits = results.map(({ ref, score, matchData }) => {
      return { number: this.numbers.get(ref), score, terms: Object.keys(matchData.metadata) };
    });
    return hits.sort((a, b) => b.score - a.score || b.number - a.number);
  }

  // All papers, newest first: what a filter alone asks for.
  everything() {
    const hits = this.papers.map((_, number) => ({ number, score: 0, terms: [] }));
    return { hits: hits.reverse(), readAs: "lunr", note: "" };
  }

  // The index terms of a word in a text; texts share most of their words.
  terms(word) {
    if (!this.known.has(word)) this.known.set(word, this.index.pipeline.runString(word));
    return this.known.get(word);
  }
}
