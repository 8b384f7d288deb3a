// The index lives here, off the page's thread. In: { root } once, then { id, state } per question.
// Out: { choices } once the index is there, { id, answer }, then { id, snippets } for the answer's rows; or
// { id, failure }, text for the reader. Questions that are no longer the newest are dropped on their way.

// What the others import is named here too, so that all is fetched at once.
import "./lunr.js";
import "./search-index.js";
import "./search-lunr.js";
import "./search-quoting.js";
import "./search-revising.js";
import "./search-scorer.js";
import "./search-sorted.js";
import "./search-text.js";

import { Engine } from "./search-engine.js";
import { highlighted, snippet } from "./search-highlight.js";
import { termsOf } from "./search-query.js";
import { Missing } from "./search-store.js";

const PAGE = 10;
const TERMS = { terms: termsOf };
let root;
let engine = null;
let latest = 0;

self.onmessage = ({ data }) => {
  if (data.root) {
    root = data.root;
    loaded().catch(() => {}); // said when something is asked
  } else {
    latest = data.id;
    respond(data.id, data.state);
  }
};

function loaded() {
  if (!engine) {
    engine = Engine.load(root);
    engine.then(({ index: { manifest } }) => self.postMessage({ choices: manifest.organizations }), () => (engine = null));
  }
  return engine;
}

async function respond(id, state) {
  try {
    await answered(id, state).catch((mistake) => {
      if (!(mistake instanceof Missing)) throw mistake;
      engine = null; // the site was built anew while this page was open
      return answered(id, state);
    });
  } catch (mistake) {
    self.postMessage({ id, failure: String(mistake?.message ?? mistake) });
  }
}

async function answered(id, state) {
  const current = await loaded();
  const { numbers, readAs, notes, terms, years } = await current.answer(state);
  if (id !== latest) return;
  if (state.sort === "date") numbers.sort((a, b) => b - a);
  const rows = await Promise.all(Array.from(numbers.subarray(0, PAGE * state.page), (number) => current.row(number)));
  if (id !== latest) return;
  const shown = rows.map((row) => ({ ...row, title: highlighted(row.title, TERMS, terms) }));
  self.postMessage({ id, answer: { total: numbers.length, numbers, readAs, notes, rows: shown, years } });
  await describe(id, current, rows, terms);
}

// The rows are shown without their snippets, which come from one file each.
async function describe(id, { index }, rows, terms) {
  const abstracts = await Promise.all(rows.map(({ abstract }) => index.abstract(abstract).catch(() => "")));
  if (id !== latest) return;
  self.postMessage({ id, snippets: abstracts.map((abstract) => snippet(abstract, TERMS, terms)) });
}
