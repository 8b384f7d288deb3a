// How a query is read. sitegen/search/query.py holds the same rules; docs/search.md tells them.

import "./words-search.js";

import { say } from "./say.js";
import lunr from "./search-lunr.js";
import { takePhrases } from "./search-quoting.js";
import { spaced } from "./search-text.js";

export const FIELDS = ["title", "abstract", "topics", "organization"];
export const MAX_PATTERNS = 8;
export const MAX_PATTERN_LENGTH = 40;
export const PLAIN_NOTE = say("plain_words"); // left out where the first paper found has that very title

const MAX_LENGTH = 500;
const MAX_CLAUSES = 50;
const MAX_DISTANCE = 2;
const MAX_BOOST = 1000;
const MAX_WILDCARDS = 3;
const { OPTIONAL, REQUIRED, PROHIBITED } = lunr.Query.presence;

export function tidy(query) {
  return Array.from(spaced(query)).slice(0, MAX_LENGTH).join("").trimEnd();
}

export function titleForm(title) {
  return tidy(title).toLowerCase();
}

// The pipeline of texts and of queries.
export const pipeline = lunr.Pipeline.load(["normalizer", "stopWordFilter", "stemmer"]);

const known = new Map();

// The index terms of one word of a text or a query; texts share most of their words.
export function termsOf(word) {
  if (!known.has(word)) known.set(word, pipeline.runString(word));
  return known.get(word);
}

// The words of a clause as the index has them; a pattern's stand as they are.
export function indexTerms({ term, usePipeline }) {
  return usePipeline ? termsOf(term) : [term];
}

// Gives { clauses, readAs, notes, phrases, absent }: clauses in Lunr's form, readAs "lunr" or "words", phrases that
// papers have to hold or must not, as arrays of words. titles: a Set of the titles that would be misread, in their title form.
export function read(query, titles) {
  const none = { phrases: [], absent: [] };
  if (titles.has(query.toLowerCase())) return { clauses: plainWords(query), readAs: "words", notes: [], ...none };
  const { rest, phrases, absent } = takePhrases(query);
  const asked = parsed(rest);
  return { ...asked, clauses: [...asked.clauses, ...required(phrases.flat())].slice(0, MAX_CLAUSES), phrases, absent };
}

// The clauses of words that all have to be there, as far as they are indexed.
export function required(words) {
  return words.filter((word) => termsOf(word).length).map((term) => ({ ...plain(term), presence: REQUIRED }));
}

// Whether a query holds an operator or a quote, and so may be a title that would be misread.
export function mayBeMisread(query) {
  return /(?:^|[ -])[-+]|[:~^*\\"\u201c\u201d]/u.test(query);
}

function parsed(query) {
  const result = new lunr.Query(FIELDS);
  try {
    new lunr.QueryParser(query, result).parse();
  } catch (mistake) {
    if (!(mistake instanceof lunr.QueryParseError)) throw mistake;
    return { clauses: plainWords(query), readAs: "words", notes: [PLAIN_NOTE] };
  }
  return { clauses: withinLimits(result.clauses), readAs: "lunr", notes: [] };
}

function plainWords(query) {
  const terms = query.split(/[ -]/).filter(Boolean).slice(0, MAX_CLAUSES);
  return terms.map(plain);
}

function plain(term) {
  return { term, fields: FIELDS, usePipeline: true, presence: OPTIONAL, boost: 1 };
}

function withinLimits(clauses) {
  const cut = clauses.slice(0, MAX_CLAUSES).map(capped);
  const patterns = cut.filter((clause) => isPattern(clause) && isAffordable(clause)).slice(0, MAX_PATTERNS);
  const tamed = cut.map((clause) => (patterns.includes(clause) ? clause : asWord(clause)));
  // A required word that is not indexed, such as "the", would leave nothing.
  return tamed.filter((c) => c.presence !== REQUIRED || !c.usePipeline || termsOf(c.term).length);
}

function capped({ editDistance, ...clause }) {
  const distance = Math.min(editDistance ?? 0, MAX_DISTANCE);
  const boost = Math.min(clause.boost, MAX_BOOST);
  return distance ? { ...clause, boost, editDistance: distance } : { ...clause, boost };
}

export function isPattern(clause) {
  return !clause.usePipeline || "editDistance" in clause;
}

// Whether a plain word is none that the index holds. vocabulary: as search-revising.js says.
export async function isUnknown(clause, vocabulary) {
  if (isPattern(clause) || clause.presence === PROHIBITED) return false;
  const terms = termsOf(clause.term);
  const held = await Promise.all(terms.map((term) => vocabulary.has(term)));
  return terms.length > 0 && !held.includes(true);
}

function isAffordable({ term }) {
  return term.length <= MAX_PATTERN_LENGTH && term.split("*").length - 1 <= MAX_WILDCARDS;
}

export function asWord({ editDistance, ...clause }) {
  return { ...clause, usePipeline: true };
}
