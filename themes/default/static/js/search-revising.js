// Words of a query that the index does not hold: beginnings of words while one types, and misspelt words.
// sitegen/search/revising.py holds the same rules; docs/search.md tells them.
//
// A vocabulary knows the terms of the index, and fetches what it has to: async has(term), begins(word), papers(term),
// expand(term, distance) in Lunr's order, shardsOf(term, distance); async example(term): the text of a paper with it.

import "./words-revising.js";

import { say, sayList } from "./say.js";
import lunr, { stem } from "./search-lunr.js";
import { asWord, indexTerms, isPattern, isUnknown, MAX_PATTERN_LENGTH, MAX_PATTERNS, termsOf } from "./search-query.js";
import { wordsOf } from "./search-quoting.js";
import { words } from "./search-text.js";

const PREFIX_LENGTH = 3;
const DISTANCES = [[1, 4], [2, 8]]; // an edit distance, and how many letters a word must have for it
const MAX_NAMED = 3;
const MAX_SHARDS = 256; // so many files of the index may be read for the patterns of one query
const ENDINGS = "ization ing ment ness ity ence ance able ible ively ional ical ed er est ly".split(" ");
const { REQUIRED } = lunr.Query.presence;

// Replaces each word that the index does not hold by what it may stand for, where there is any such thing.
export async function revise(reading, vocabulary) {
  const doubtful = await Promise.all(reading.clauses.map((clause) => isUnknown(clause, vocabulary)));
  const unknown = [...doubtful.keys()].filter((place) => doubtful[place]);
  const left = MAX_PATTERNS - reading.clauses.filter(isPattern).length;
  const changes = new Map();
  for (const place of unknown.slice(0, Math.max(0, left))) {
    const isLast = place === reading.clauses.length - 1 && !reading.phrases.length && !reading.absent.length;
    changes.set(place, await changed(reading.clauses[place], isLast, vocabulary));
  }
  const made = [...changes.values()].filter(Boolean);
  if (!made.length) return reading;
  return {
    ...reading,
    clauses: reading.clauses.flatMap((clause, place) => changes.get(place)?.clauses ?? [clause]),
    readAs: made.some((change) => change.readAs === "fuzzy") ? "fuzzy" : "prefix",
    notes: [...made.map((change) => change.note), ...reading.notes],
  };
}

// Takes the operators from patterns that touch more shards than are left to them.
export async function withinReach(reading, vocabulary) {
  const touched = await Promise.all(reading.clauses.map((clause) => shardsOf(clause, vocabulary)));
  let reached = new Set();
  const clauses = [];
  const notes = [];
  for (const [place, clause] of reading.clauses.entries()) {
    const here = new Set([...reached, ...touched[place]]);
    const isTooMuch = here.size > MAX_SHARDS;
    if (isTooMuch) notes.push(say("too_many", { word: quoted(clause.term) }));
    else reached = here;
    clauses.push(isTooMuch ? asWord(clause) : clause);
  }
  return { ...reading, clauses, notes: [...notes, ...reading.notes] };
}

async function shardsOf(clause, vocabulary) {
  if (!isPattern(clause)) return [];
  const shards = await Promise.all(indexTerms(clause).map((term) => vocabulary.shardsOf(term, clause.editDistance)));
  return shards.flat();
}

async function changed(clause, isLast, vocabulary) {
  return (isLast && (await begun(clause, vocabulary))) || misspelt(clause, vocabulary);
}

async function begun(clause, vocabulary) {
  const word = words(clause.term).at(-1);
  if (Array.from(word).length < PREFIX_LENGTH || word.length > MAX_PATTERN_LENGTH) return null;
  const stems = stemsOf(word);
  const [begins, ...held] = await Promise.all([vocabulary.begins(word), ...stems.map((term) => vocabulary.has(term))]);
  let terms = stems.filter((_, place) => held[place]);
  if (begins) terms.push(`${word}*`);
  if (clause.presence === REQUIRED) terms = terms.slice(0, 1); // Lunr cannot require one of two
  if (!terms.length) return null;
  const clauses = terms.map((term) => ({ ...clause, term, usePipeline: false }));
  const note = say("begun", { word: quoted(word) });
  return { clauses, readAs: "prefix", note };
}

// A word half typed is often longer than the stem of the whole word, "diffusi" than "diffus".
function stemsOf(word) {
  const whole = ENDINGS.flatMap((ending) => Array.from(ending, (_, from) => stem(word + ending.slice(from))));
  return [...new Set(whole)].filter((term) => word.startsWith(term)).sort();
}

async function misspelt(clause, vocabulary) {
  const [word, ...more] = words(clause.term);
  const terms = termsOf(clause.term);
  if (more.length || terms.length !== 1 || terms[0].length > MAX_PATTERN_LENGTH) return null;
  for (const [editDistance, least] of DISTANCES) {
    if (Array.from(word).length < least) break;
    const found = await vocabulary.expand(terms[0], editDistance);
    if (!found.length) continue;
    const note = say("misspelt", { word: quoted(word), found: await named(found, vocabulary) });
    return { clauses: [{ ...clause, term: terms[0], usePipeline: false, editDistance }], readAs: "fuzzy", note };
  }
  return null;
}

// Names the terms that most papers hold, as a reader knows them.
async function named(terms, vocabulary) {
  const papers = new Map(await Promise.all(terms.map(async (term) => [term, await vocabulary.papers(term)])));
  const ranked = [...terms].sort((a, b) => papers.get(b) - papers.get(a) || (a < b ? -1 : 1)).slice(0, MAX_NAMED);
  const shown = await Promise.all(ranked.map(async (term) => wholeWord(term, await vocabulary.example(term))));
  return sayList([...new Set(shown)].map(quoted));
}

function quoted(word) {
  return say("quoted", { word });
}

// The word of a text that has a term for its stem: the one that stands there most often, the shortest of those, the
// first of those. The term itself where there is none.
export function wholeWord(term, text) {
  const counts = new Map();
  for (const word of wordsOf(text)) if (termsOf(word).includes(term)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const [best] = [...counts].sort(([a, times], [b, others]) => others - times || a.length - b.length);
  return best?.[0] ?? term;
}
