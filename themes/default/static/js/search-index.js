// The index in the shape that it is scored in: entries of terms, fetched shard by shard.

import lunr from "./search-lunr.js";
import { firstBeyond } from "./search-sorted.js";
import { documents, values } from "./search-store.js";

const VERSION = 2;
const NAME = 10; // characters of a shard's name
const ROW_NAME = 5;
const LAST = "\uffff"; // sorts behind whatever a term goes on with

export class Index {
  // Reads the manifest and what is needed for every query.
  static async load(store) {
    const manifest = await store.manifest();
    if (manifest.version !== VERSION) throw new Error("search files of another version");
    const chunks = await Promise.all(manifest.documents.map((name) => store.file(`documents/${name}`)));
    return new Index(store, manifest, chunks);
  }

  constructor(store, manifest, chunks) {
    this.store = store;
    this.manifest = manifest;
    this.count = manifest.count;
    this.rowNames = chunks.map((chunk) => chunk.rows);
    this.lengths = manifest.fields.map((_, field) => joined(chunks.map((chunk) => values(chunk.lengths[field])), this.count));
    this.shards = new Map();
  }

  // ---- Terms ----

  // The shard that a term is in if it is in any.
  shardOf(term) {
    return Math.max(0, firstBeyond(this.manifest.first, term) - 1);
  }

  // A Map of the entries of a shard by term; one entry is one object, however many ask for it at once.
  shard(number) {
    if (number >= this.manifest.first.length) return Promise.resolve(new Map());
    if (!this.shards.has(number)) {
      const shard = this.readShard(number);
      this.shards.set(number, shard);
      shard.catch(() => this.shards.delete(number));
    }
    return this.shards.get(number);
  }

  async readShard(number) {
    const name = this.manifest.terms.slice(NAME * number, NAME * (number + 1));
    const entries = await this.store.file(`terms/${name}`);
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
    const { terms, papers } = await this.vocabulary();
    const place = firstBeyond(terms, term) - 1;
    return terms[place] === term ? papers[place] : 0;
  }

  // The terms that a pattern stands for, in the order in which lunr.js finds them.
  async expand(term, editDistance) {
    const query = lunr.TokenSet.fromClause(editDistance ? { term, editDistance } : { term });
    const found = isBeginning(term, editDistance) ? await this.beginningWith(term) : accepted(await this.vocabulary(), query);
    return lunr.TokenSet.fromArray(found).intersect(query).toArray();
  }

  async beginningWith(pattern) {
    const beginning = pattern.slice(0, -1);
    const shards = await Promise.all(this.range(beginning).map((number) => this.shard(number)));
    return shards.flatMap((shard) => [...shard.keys()].filter((term) => term.startsWith(beginning)));
  }

  // The numbers of the shards that hold what a pattern stands for.
  async shardsOf(term, editDistance) {
    if (isBeginning(term, editDistance)) return this.range(term.slice(0, -1));
    return (await this.expand(term, editDistance)).map((found) => this.shardOf(found));
  }

  async vocabulary() {
    this.words ??= readVocabulary(await this.store.file(`vocabulary/${this.manifest.vocabulary}`));
    return this.words;
  }

  async titles() {
    return new Set(await this.store.file(`titles/${this.manifest.titles}`));
  }

  // ---- Weights ----

  entry([term, rank, ...parts]) {
    const lists = this.manifest.fields.map((_, field) => {
      return parts[2 * field] ? { documents: documents(parts[2 * field]), times: values(parts[2 * field + 1]) } : null;
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

  weights({ documents: numbers, times }, field, idf) {
    const { k1, b, boosts, lengths } = this.manifest;
    const average = lengths[field] / this.count;
    return Float64Array.from(numbers, (number, place) => {
      const tf = times[place];
      const length = this.lengths[field][number];
      return rounded(((idf * ((k1 + 1) * tf)) / (k1 * (1 - b + b * (length / average)) + tf)) * boosts[field]);
    });
  }

  // ---- Documents ----

  // The numbers of a facet's documents; name is the last element of its row in the manifest.
  async facet(name) {
    return documents(await this.store.file(`facets/${name}`));
  }

  async row(number) {
    const { chunk, row } = this.manifest;
    const place = Math.floor((number % chunk) / row);
    const hash = this.rowNames[Math.floor(number / chunk)].slice(ROW_NAME * place, ROW_NAME * (place + 1));
    const rows = await this.store.file(`rows/${Math.floor(number / row)}-${hash}`);
    const [path, title, date, authors, organization, organizationPath, comments, topics, abstract] = rows[number % row];
    return { path, title, date, authors, organization, organizationPath, comments, topics, abstract };
  }

  abstract(name) {
    return this.store.file(`abstracts/${name}`);
  }
}

function isBeginning(term, editDistance) {
  return !editDistance && term.indexOf("*") === term.length - 1 && term.length > 1;
}

function joined(parts, total) {
  const whole = new Int32Array(total);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// As Python rounds: by the exact value where it is near the middle.
function rounded(weight) {
  const thousands = weight * 1000;
  const isNearMiddle = Math.abs(Math.abs(thousands - Math.floor(thousands)) - 0.5) < 1e-6;
  return isNearMiddle ? Number(weight.toFixed(3)) : Math.round(thousands) / 1000;
}

function readVocabulary({ shared, rest, papers }) {
  const common = values(shared);
  const terms = [];
  for (const [place, ending] of rest.entries()) {
    terms.push(place ? terms[place - 1].slice(0, common[place]) + ending : ending);
  }
  return { shared: common, terms, papers: values(papers) };
}

// The terms that an automaton of Lunr's accepts. Terms share beginnings with their neighbours, and so do the states
// that they lead through.
function accepted({ shared, terms }, query) {
  const states = [[query]];
  const found = [];
  for (const [place, term] of terms.entries()) {
    states.length = Math.min(states.length, shared[place] + 1);
    while (states.length <= term.length && states.at(-1).length) states.push(step(states.at(-1), term[states.length - 1]));
    if (states.length > term.length && states.at(-1).some((state) => state.final)) found.push(term);
  }
  return found;
}

function step(states, unit) {
  const reached = new Set();
  for (const { edges } of states) {
    if (edges[unit]) reached.add(edges[unit]);
    if (edges["*"]) reached.add(edges["*"]);
  }
  return [...reached];
}
