// Phrases in quotes. Lunr's index keeps no places of words, so a phrase is looked for in the papers' own texts.
// sitegen/search/quoting.py holds the same rules.

import "./words-search.js";

import { say } from "./say.js";
import { spaced, words } from "./search-text.js";

export const MAX_CHECKED = 100; // so many of the best papers with a phrase's words are checked; the others are left out

const MAX_ABSENT = 8; // so many phrases that no paper may hold are looked for
const QUOTED = /(?:(?<= )|^)([-+]?)["\u201c\u201d]([^"\u201c\u201d]+)["\u201c\u201d](?= |$)/gu;

// Takes what stands in quotes out of a tidy query. Gives { rest, phrases, absent }: what every paper has to hold, and
// what none may, each phrase an array of words.
export function takePhrases(query) {
  const found = Array.from(query.matchAll(QUOTED), ([, sign, quoted]) => ({ sign, words: wordsOf(quoted) }));
  const of = (isAbsent) => found.filter(({ sign, words }) => words.length && (sign === "-") === isAbsent).map(({ words }) => words);
  return { rest: spaced(query.replace(QUOTED, "")), phrases: of(false), absent: of(true).slice(0, MAX_ABSENT) };
}

// The words of a text in their order, stop words too, as they are compared: folded, not stemmed.
export function wordsOf(text) {
  return spaced(text).split(/[ -]/).flatMap(words);
}

export function holdsPhrases(phrases, texts) {
  const lines = texts.map((text) => line(wordsOf(text)));
  return phrases.map(line).every((phrase) => lines.some((text) => text.includes(phrase)));
}

// candidates: how many papers hold all words of the phrases.
export function noteOnPhrases(candidates) {
  return say(candidates > MAX_CHECKED ? "phrases_best" : "phrases", { n: candidates, checked: MAX_CHECKED });
}

// candidates: how many papers hold all words of a phrase that none may hold.
export function noteOnAbsent(candidates) {
  if (!candidates) return "";
  return say(candidates > MAX_CHECKED ? "absent_best" : "absent", { n: candidates, checked: MAX_CHECKED });
}

function line(found) {
  return `\n${found.join("\n")}\n`;
}
