// How a query is read. sitegen/search/query.py holds the same rules; docs/search.md tells them.

import lunr, { stem } from "./search-lunr.js";
import { spaced, words } from "./search-text.js";

const MAX_LENGTH = 500;
const MAX_CLAUSES = 50;
const MAX_DISTANCE = 2;
const MAX_BOOST = 1000;
const MAX_PATTERNS = 8;
const MAX_PATTERN_LENGTH = 40;
const MAX_WILDCARDS = 3;
const PREFIX_LENGTH = 3;
const ENDINGS = "ization ing ment ness ity ence ance able ible ively ional ical ed er est ly".split(" ");
const { OPTIONAL, REQUIRED, PROHIBITED } = lunr.Query.presence;

export function tidy(query) {
  return spaced(Array.from(query).slice(0, MAX_LENGTH).join(""));
}

export function titleForm(title) {
  return tidy(title).toLowerCase();
}

// Gives { clauses, readAs, note }: clauses in Lunr's form, readAs "lunr" or "words". titles: a Set of title forms.
export function read(query, titles, index) {
  if (titles.has(query.toLowerCase())) return { clauses: plainWords(query), readAs: "words", note: "" };
  const parsed = new lunr.Query(index.fields);
  try {
    new lunr.QueryParser(query, parsed).parse();
  } catch (mistake) {
    if (!(mistake instanceof lunr.QueryParseError)) throw mistake;
    return { clauses: plainWords(query), readAs: "words", note: "Searched as plain words." };
  }
  return { clauses: withinLimits(parsed.clauses, index.pipeline), readAs: "lunr", note: "" };
}

// The same query with its last word read as the beginning of one, or null.
export function readPrefix(reading, terms) {
  const last = reading.clauses.at(-1);
  const word = last && words(last.term).at(-1);
  if (!word || Array.from(word).length < PREFIX_LENGTH || last.presence === PROHIBITED) return null;
  let begun = wholeWords(word, terms);
  if (last.presence === REQUIRED) begun = begun.slice(0, 1); // Lunr cannot require one of two
  if (!begun.length) return null;
  const { editDistance, ...rest } = last;
  const clauses = begun.map((term) => ({ ...rest, term, usePipeline: false }));
  const note = `No paper has \u201c${word}\u201d as a whole word. Showing words that begin so.`;
  return { clauses: [...reading.clauses.slice(0, -1), ...clauses], readAs: "prefix", note };
}

// A word half typed is often longer than the stem of the whole word, "diffusi" than "diffus".
function wholeWords(word, terms) {
  const stems = new Set(ENDINGS.flatMap((ending) => tails(ending).map((rest) => stem(word + rest))));
  const known = [...stems].filter((term) => word.startsWith(term) && term in terms).sort();
  const begins = Object.keys(terms).some((term) => term.startsWith(word));
  return begins ? [...known, `${word}*`] : known;
}

function tails(ending) {
  return Array.from(ending, (_, i) => ending.slice(i));
}

function plainWords(query) {
  const terms = query.split(/[ -]/).filter(Boolean).slice(0, MAX_CLAUSES);
  return terms.map((term) => ({ term, usePipeline: true, presence: OPTIONAL, boost: 1 }));
}

function withinLimits(clauses, pipeline) {
  const cut = clauses.slice(0, MAX_CLAUSES).map(capped);
  const patterns = cut.filter((clause) => isPattern(clause) && isAffordable(clause)).slice(0, MAX_PATTERNS);
  const tamed = cut.map((clause) => (patterns.includes(clause) ? clause : asWord(clause)));
  // A required word that is not indexed, such as "the", would leave nothing.
  return tamed.filter((c) => c.presence !== REQUIRED || !c.usePipeline || pipeline.runString(c.term).length);
}

function capped({ editDistance, ...clause }) {
  const distance = Math.min(editDistance ?? 0, MAX_DISTANCE);
  const boost = Math.min(clause.boost, MAX_BOOST);
  return distance ? { ...clause, boost, editDistance: distance } : { ...clause, boost };
}

function isPattern(clause) {
  return !clause.usePipeline || "editDistance" in clause;
}

function isAffordable({ term }) {
  return term.length <= MAX_PATTERN_LENGTH && term.split("*").length - 1 <= MAX_WILDCARDS;
}

function asWord({ editDistance, ...clause }) {
  return { ...clause, usePipeline: true };
}
