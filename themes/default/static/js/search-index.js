// The index in the shape that it is scored in: entries of terms, fetched shard by shard.

import "./words-search.js";

import { say } from "./say.js";
import lunr from "./search-lunr.js";
import { documents, firstBeyond, HASH, readRow, values, whole } from "./search-store.js";

const VERSION = 3;
const BEGINNING = 8; // code units of its first term that a shard's name may hold
const KEPT = 16; // so many patterns are remembered
const LAST = "\uffff"; // sorts behind whatever a term goes on with

export class Index {
  // Reads the manifest.
  static async load(store) {
    const manifest = await store.manifest();
    if (manifest.version !== VERSION) throw new Error(say("other_version"));
    return new Index(store, manifest);
  }

  constructor(store, manifest) {
    this.store = store;
    this.manifest = manifest;
    this.count = manifest.count;
    this.first = manifest.first ? manifest.first.split("\n") : [];
    this.lengths = null; // of the long field, the abstract, in each document
    this.shards = new Map();
    this.found = new Map(); // the automata and the terms of the latest patterns
  }

  // Reads what every query needs beside its terms; to be waited for before weights are asked for.
  async ready() {
    const chunks = await Promise.all(this.manifest.documents.map((name) => this.store.file(`documents/${name}`)));
    this.lengths ??= Int32Array.from(chunks.flatMap(({ high, low }) => Array.from(whole(high, low))));
  }

  // ---- Terms ----

  // The shard that a term is in if it is in any.
  shardOf(term) {
    return Math.max(0, firstBeyond(this.first, term) - 1);
  }

  // A Map of the entries of a shard by term; one entry is one object, however many ask for it at once.
  shard(number) {
    if (number >= this.first.length) return Promise.resolve(new Map());
    if (!this.shards.has(number)) {
      const shard = this.readShard(number);
      this.shards.set(number, shard);
      shard.catch(() => this.shards.delete(number));
    }
    return this.shards.get(number);
  }

  async readShard(number) {
    const { terms } = this.manifest;
    const beginning = this.first[number].slice(0, BEGINNING).replace(/[^a-z0-9]/g, (unit) => `_${unit.charCodeAt().toString(16)}`);
    const entries = await this.store.file(`terms/${beginning}-${terms.slice(HASH * number, HASH * (number + 1))}`);
    return new Map(entries.map((entry) => [entry[0], this.entry(entry)]));
  }

  async find(term) {
    return (await this.shard(this.shardOf(term))).get(term);
  }

  range(beginning) {
    const from = this.shardOf(beginning);
    return Array.from({ length: this.shardOf(beginning + LAST) - from + 1 }, (_, i) => from + i);
  }

  async begins(word) {
    const shards = await Promise.all(this.range(word).map((number) => this.shard(number)));
    return shards.some((shard) => [...shard.keys()].some((term) => term.startsWith(word)));
  }

  async has(term) {
    return Boolean(await this.find(term));
  }

  async papers(term) {
    return (await this.vocabulary()).papers(term);
  }

  // The terms that a pattern stands for, in the order in which lunr.js finds them.
  async expand(term, editDistance) {
    const { query, terms } = await this.accepted(term, editDistance);
    return lunr.TokenSet.fromArray(terms).intersect(query).toArray();
  }

  async beginningWith(beginning) {
    const shards = await Promise.all(this.range(beginning).map((number) => this.shard(number)));
    return shards.flatMap((shard) => [...shard.keys()].filter((term) => term.startsWith(beginning)));
  }

  // The numbers of the shards that hold what a pattern stands for.
  async shardsOf(term, editDistance) {
    if (isBeginning(term, editDistance)) return this.range(term.slice(0, -1));
    return this.shardsOfAll((await this.accepted(term, editDistance)).terms);
  }

  // The shards of sorted terms, of which there may be as many as the index holds: one walk along both.
  shardsOfAll(terms) {
    const shards = [];
    let shard = 0;
    for (const term of terms) {
      while (this.first[shard + 1] <= term) shard += 1;
      if (shards.at(-1) !== shard) shards.push(shard);
    }
    return shards;
  }

  // A pattern's automaton, and the terms that it stands for, sorted. A query asks twice: for the files that it takes, and
  // for the terms.
  async accepted(term, editDistance) {
    const key = `${term}~${editDistance}`;
    if (!this.found.has(key)) {
      const query = lunr.TokenSet.fromClause(editDistance ? { term, editDistance } : { term });
      const isShort = isBeginning(term, editDistance);
      const terms = isShort ? await this.beginningWith(term.slice(0, -1)) : (await this.vocabulary()).accepted(query);
      if (this.found.size >= KEPT) this.found.delete(this.found.keys().next().value);
      this.found.set(key, { query, terms });
    }
    return this.found.get(key);
  }

  // Most queries can do without.
  async vocabulary() {
    const file = this.store.file(`vocabulary/${this.manifest.vocabulary}`);
    const [{ Vocabulary }, held] = await Promise.all([import("./search-vocabulary.js"), file]);
    return (this.words ??= new Vocabulary(held));
  }

  async titles() {
    return new Set(await this.store.file(`titles/${this.manifest.titles}`));
  }

  // ---- Weights ----

  entry([term, rank, ...fields]) {
    const lists = this.manifest.fields.map((_, field) => {
      if (!fields[field]) return null;
      const [numbers, times, lengths] = fields[field];
      return { documents: documents(numbers), times: values(times), lengths: lengths && values(lengths) };
    });
    const held = lists.filter(Boolean);
    const pairs = held.reduce((sum, list) => sum + list.documents.length, 0);
    const idf = Math.log(1 + Math.abs((this.count - pairs + 0.5) / (pairs + 0.5)));
    lists.forEach((list, field) => list && this.weigh(list, field, idf));
    return { term, rank, first: Math.min(...held.map((list) => list.documents[0])), lists };
  }

  // Lunr's weights are worked out when they are first asked for: a shard holds many terms beside the query's.
  weigh(list, field, idf) {
    let weights = null;
    const work = () => this.weights(list, field, idf);
    Object.defineProperty(list, "weights", { get: () => (weights ??= work()) });
  }

  weights({ documents: numbers, times, lengths }, field, idf) {
    const { k1, b, boosts, lengths: totals } = this.manifest;
    const average = totals[field] / this.count;
    return Float64Array.from(numbers, (number, place) => {
      const tf = times[place];
      const length = lengths ? lengths[place] : this.lengths[number];
      return rounded(((idf * ((k1 + 1) * tf)) / (k1 * (1 - b + b * (length / average)) + tf)) * boosts[field]);
    });
  }

  // ---- Documents ----

  // The texts of the newest paper that holds a term.
  async example(term) {
    const { lists } = await this.find(term);
    const row = await this.row(Math.max(...lists.filter(Boolean).map((list) => list.documents.at(-1))));
    const titles = new Map(this.manifest.topics.map(([slug, title]) => [slug, title]));
    return [row.title, row.abstract, row.organization, ...row.topics.map((slug) => titles.get(slug))].join(" ");
  }

  // The numbers of a facet's documents; name is the last element of its row in the manifest.
  async facet(name) {
    return documents(await this.store.file(`facets/${name}`));
  }

  row(number) {
    return readRow(this.store, this.manifest, number);
  }
}

function isBeginning(term, editDistance) {
  return !editDistance && term.indexOf("*") === term.length - 1 && term.length > 1;
}

// As Python rounds: by the exact value where it is near the middle.
function rounded(weight) {
  const thousands = weight * 1000;
  const isNearMiddle = Math.abs(Math.abs(thousands - Math.floor(thousands)) - 0.5) < 1e-6;
  return isNearMiddle ? Number(weight.toFixed(3)) : Math.round(thousands) / 1000;
}
