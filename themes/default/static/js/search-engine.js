// Answers questions from the sharded index, with the refs, the order and the scores of the full one.

import { Index } from "./search-index.js";
import { FIELDS, indexTerms, isPattern, isUnknown, mayBeMisread, PLAIN_NOTE, read, required, tidy, titleForm } from "./search-query.js";
import { holdsPhrases, MAX_CHECKED, noteOnAbsent, noteOnPhrases } from "./search-quoting.js";
import { score } from "./search-scorer.js";
import { Store } from "./search-store.js";

const NO_TITLES = new Set();
const ALL = () => true;

export class Engine {
  // root: the address of the site.
  static async load(root) {
    return new Engine(await Index.load(new Store(root)));
  }

  constructor(index) {
    this.index = index;
  }

  // Gives { numbers, scores, readAs, notes, clauses, terms, years } for a query and filters (search-state.js): numbers
  // and scores of all papers found, best first; clauses as they were searched; terms: those that may be marked.
  // years: how many there are of each year without the filter by year, or null where that is not known.
  async answer({ query, ...filters }) {
    const asked = tidy(query);
    const [found, admits] = await Promise.all([asked ? this.found(asked) : this.everything(), this.filter(filters)]);
    const candidates = only(found, admits.others);
    const kept = only(candidates, admits.year);
    if (found.phrases.length || found.absent.length) {
      return { ...(await this.withoutAbsent(await this.withPhrases(kept))), years: null };
    }
    return { ...kept, years: this.yearCounts(candidates.numbers) };
  }

  async found(query) {
    const { typed, reading } = await this.revised(await this.read(query));
    const clauses = await this.allExpanded(reading.clauses);
    const { numbers, scores } = this.scored(clauses, reading.absent);
    // Nobody is told of results for another word over an empty list.
    const { readAs, notes } = numbers.length ? reading : typed;
    const found = { ...reading, readAs, numbers, scores, terms: clauses.flatMap((clause) => clause.marked) };
    return { ...found, notes: await this.notes(notes, numbers, query) };
  }

  // A query of nothing but phrases that no paper may hold asks for all others, as Lunr's prohibited words do.
  scored(clauses, absent) {
    if (clauses.length) return score(clauses, this.index.count, FIELDS.length);
    return absent.length ? this.everything() : { numbers: new Int32Array(0), scores: new Float64Array(0) };
  }

  // Gives { typed, reading }: a reading within the limits of the index, and what it may stand for.
  async revised(asked) {
    const doubtful = await Promise.all(asked.clauses.map((clause) => isPattern(clause) || isUnknown(clause, this.index)));
    if (!doubtful.includes(true)) return { typed: asked, reading: asked };
    const { revise, withinReach } = await import("./search-revising.js");
    const typed = await withinReach(asked, this.index);
    return { typed, reading: await revise(typed, this.index) };
  }

  async read(query) {
    const reading = read(query, NO_TITLES);
    if (!mayBeMisread(query)) return reading;
    // The words' lists are on their way meanwhile; what fails fails again where it is waited for.
    for (const clause of reading.clauses) if (!isPattern(clause)) this.expanded(clause).catch(() => {});
    return read(query, await this.index.titles());
  }

  async allExpanded(clauses) {
    const expanded = clauses.map((clause) => this.expanded(clause));
    const [entries] = await Promise.all([Promise.all(expanded), this.index.ready()]);
    return entries;
  }

  // A clause as the scorer takes it.
  async expanded({ presence, boost, fields, editDistance, ...clause }) {
    const words = await Promise.all(indexTerms(clause).map((term) => this.stoodFor(term, editDistance)));
    const terms = words.map((entries) => entries.filter(Boolean));
    const marked = terms.flat().map((entry) => entry.term);
    return { presence, boost, fields: fields.map((name) => FIELDS.indexOf(name)), terms, marked };
  }

  async stoodFor(term, editDistance) {
    const isOne = !editDistance && !term.includes("*");
    const terms = isOne ? [term] : await this.index.expand(term, editDistance);
    return Promise.all(terms.map((known) => this.index.find(known)));
  }

  // The remark on plain words would puzzle who has typed a title.
  async notes(notes, numbers, query) {
    if (!notes.includes(PLAIN_NOTE) || !numbers.length) return notes;
    const { title } = await this.index.row(numbers[0]);
    return titleForm(title) === query.toLowerCase() ? notes.filter((note) => note !== PLAIN_NOTE) : notes;
  }

  // All papers, newest first: what a filter alone asks for.
  everything() {
    const { count } = this.index;
    const numbers = Int32Array.from({ length: count }, (_, place) => count - 1 - place);
    return { numbers, scores: new Float64Array(count), readAs: "lunr", notes: [], clauses: [], phrases: [], absent: [], terms: [] };
  }

  // Gives { year, others }: what the filter by year admits, and what the others do, as functions of a number.
  async filter({ topic, org, code, from, to }) {
    const { topics, organizations, code: withCode } = this.index.manifest;
    const rows = [topic && named(topics, topic), org && named(organizations, org), code && withCode].filter(Boolean);
    const facets = await Promise.all(rows.map((row) => (row.length ? this.index.facet(row.at(-1)) : [])));
    if (!facets.length) return { year: this.years(from, to), others: ALL };
    const held = new Uint8Array(this.index.count);
    for (const numbers of facets) for (const number of numbers) held[number] += 1;
    return { year: this.years(from, to), others: (number) => held[number] === facets.length };
  }

  // Whether a document is of the years from one to another; each may be "".
  years(from, to) {
    if (!from && !to) return ALL;
    const { years } = this.index.manifest;
    const within = years.filter(([year]) => (!from || year >= Number(from)) && (!to || year <= Number(to)));
    const ranges = within.map(([, first, count]) => [first, first + count]);
    return (number) => ranges.some(([first, end]) => number >= first && number < end);
  }

  async withPhrases(found) {
    if (!found.phrases.length) return found;
    const best = found.numbers.subarray(0, MAX_CHECKED);
    const holds = await Promise.all(Array.from(best, (number) => this.holds(number, found.phrases)));
    const held = new Set(best.filter((_, place) => holds[place]));
    const notes = [...found.notes, noteOnPhrases(found.numbers.length)];
    return { ...only(found, (number) => held.has(number)), notes };
  }

  // Leaves out the papers that hold a phrase. Only those that have all its words can, and the best of them are looked at.
  async withoutAbsent(found) {
    if (!found.absent.length) return found;
    const held = await Promise.all(found.absent.map((phrase) => this.having(phrase)));
    const doubtful = found.numbers.filter((number) => held.some((numbers) => numbers.has(number)));
    const checked = Array.from(doubtful.subarray(0, MAX_CHECKED));
    const holds = await Promise.all(checked.map((number) => this.holdsAny(number, found.absent)));
    const out = new Set(checked.filter((_, place) => holds[place]));
    const notes = [...found.notes, noteOnAbsent(doubtful.length)].filter(Boolean);
    return { ...only(found, (number) => !out.has(number)), notes };
  }

  // The papers that have all words of a phrase.
  async having(phrase) {
    const clauses = await this.allExpanded(required(phrase));
    return new Set((clauses.length ? score(clauses, this.index.count, FIELDS.length) : this.everything()).numbers);
  }

  async holdsAny(number, phrases) {
    const held = await Promise.all(phrases.map((phrase) => this.holds(number, [phrase])));
    return held.includes(true);
  }

  async holds(number, phrases) {
    const { title, abstract } = await this.index.row(number);
    return holdsPhrases(phrases, [title, abstract]);
  }

  yearCounts(numbers) {
    const { years } = this.index.manifest;
    const ends = years.map(([, first, count]) => first + count);
    const counts = new Int32Array(years.length);
    for (const number of numbers) {
      const place = ends.findIndex((end) => number < end);
      if (place >= 0 && number >= years[place][1]) counts[place] += 1;
    }
    return Object.fromEntries(years.map(([year], place) => [year, counts[place]]));
  }

  // What a result shows of a paper.
  async row(number) {
    const row = await this.index.row(number);
    const titles = new Map(this.index.manifest.topics.map(([slug, title]) => [slug, title]));
    const topics = row.topics.map((slug) => ({ title: titles.get(slug) ?? slug, path: `topics/${slug}/` }));
    const datePath = row.date ? `${row.date.replaceAll("-", "/")}/` : "";
    return { ...row, number, slug: row.path.split("/").at(-2), topics, datePath };
  }
}

// The row of a facet; of one that the catalogue does not have, nothing: no paper is of it.
function named(rows, name) {
  return rows.find(([slug]) => slug === name) ?? [];
}

function only(found, admits) {
  if (admits === ALL) return found;
  const { numbers, scores } = found;
  const places = numbers.map((_, place) => place).filter((place) => admits(numbers[place]));
  const left = Float64Array.from(places, (place) => scores[place]);
  return { ...found, numbers: places.map((place) => numbers[place]), scores: left };
}
