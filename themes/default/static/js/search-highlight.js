// Where a query's terms stand in a text. A text comes back as [piece, marked] pairs, so that nobody builds HTML.

import { pieces } from "./search-text.js";

const SNIPPET = 220;
const LEAD = 60;
const ALIKE = 2; // so many letters of a word no stemmer's rule writes anew
const PLAIN = /^\w{2}/;

export function highlighted(text, engine, terms) {
  return segments(text, marks(text, engine, terms), 0, text.length);
}

// The part of a text that holds the most different terms, cut at words; its beginning where it holds none.
export function snippet(text, engine, terms) {
  const found = marks(text, engine, terms);
  const [from, to] = window(text, found);
  const shown = segments(text, found, from, to);
  return [...(from > 0 ? [["… ", false]] : []), ...shown, ...(to < text.length ? [[" …", false]] : [])];
}

// Gives [start, end, term] of every piece of the text whose terms the query matched, from left to right.
function marks(text, engine, terms) {
  const wanted = new Set(terms);
  if (!wanted.size) return [];
  const beginnings = new Set(terms.map((term) => term.slice(0, ALIKE)));
  return Array.from(pieces(text))
    .filter(([, piece]) => mayBeOne(piece, beginnings))
    .map(([start, piece]) => [start, start + piece.length, engine.terms(piece).find((term) => wanted.has(term))])
    .filter((mark) => mark[2] !== undefined);
}

// Stems begin as their words do, so that few words of a text have to be stemmed. Letters that are folded say nothing.
function mayBeOne(piece, beginnings) {
  if (!PLAIN.test(piece)) return true;
  const beginning = piece.slice(0, ALIKE).toLowerCase();
  return beginnings.has(beginning) || beginnings.has(beginning[0]);
}

function window(text, found) {
  const best = { from: 0, terms: distinct(found, 0) };
  for (const [start] of found) {
    const from = Math.max(0, Math.min(start - LEAD, text.length - SNIPPET));
    const terms = distinct(found, from);
    if (terms > best.terms) Object.assign(best, { from, terms });
  }
  return [wordStart(text, best.from), wordEnd(text, best.from + SNIPPET)];
}

function distinct(found, from) {
  return new Set(found.filter(([s, e]) => s >= from && e <= from + SNIPPET).map(([, , term]) => term)).size;
}

function wordStart(text, from) {
  if (from === 0) return 0;
  const space = text.indexOf(" ", from);
  return space === -1 || space > from + LEAD ? from : space + 1;
}

function wordEnd(text, to) {
  if (to >= text.length) return text.length;
  const space = text.lastIndexOf(" ", to);
  return space < to - LEAD ? to : space;
}

function segments(text, found, from, to) {
  const output = [];
  let at = from;
  for (const [start, end] of found) {
    if (end <= at || end > to) continue;
    if (start > at) output.push([text.slice(at, start), false]);
    output.push([text.slice(Math.max(at, start), end), true]);
    at = end;
  }
  if (at < to) output.push([text.slice(at, to), false]);
  return output;
}
