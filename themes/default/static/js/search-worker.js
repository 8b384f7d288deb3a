// The index lives here, off the page's thread. In: { root } once, then { id, state, sight } per question, sight: how many
// rows are wanted at first; { others: id } for those that an answer lacks. Out: { choices } once the index is there;
// { id, answer }, { id, others }, or { id, failure }, text for the reader. Questions that are no longer the newest are
// dropped on their way.

// What the others import is named here too, so that all is fetched at once; but for search-revising.js and
// search-vocabulary.js, which most queries can do without.
import "./lunr.js";
import "./say.js";
import "./search-index.js";
import "./search-lunr.js";
import "./search-quoting.js";
import "./search-scorer.js";
import "./search-text.js";
import "./words-search.js";
import "./words.js";

import { Engine } from "./search-engine.js";
import { highlighted, snippet } from "./search-highlight.js";
import { termsOf } from "./search-query.js";
import { Missing } from "./search-store.js";

const PAGE = 10;
const TERMS = { terms: termsOf };
let root;
let engine = null;
let newest = {};
let below = null; // sends the rows that the newest answer lacks

self.onmessage = ({ data }) => {
  if (data.root) {
    root = data.root;
    loaded().catch(() => {}); // said when something is asked
  } else if (!data.others) {
    newest = data;
    respond(newest, () => answered(newest));
  } else if (data.others === newest.id) {
    respond({ ...newest, sight: Infinity }, below);
  }
};

function loaded() {
  if (!engine) {
    engine = Engine.load(root);
    engine.then(prepare, () => (engine = null));
  }
  return engine;
}

function prepare({ index }) {
  self.postMessage({ choices: index.manifest.organizations });
  index.ready().catch(() => {}); // said when something is asked
}

// Takes a step towards the answer to a question.
async function respond(question, step) {
  try {
    await step().catch((mistake) => {
      if (!(mistake instanceof Missing)) throw mistake;
      engine = null; // the site was built anew while this page was open
      return answered(question);
    });
  } catch (mistake) {
    self.postMessage({ id: question.id, failure: String(mistake?.message ?? mistake) });
  }
}

async function answered({ id, state, sight }) {
  const current = await loaded();
  const { numbers, readAs, notes, terms, years } = await current.answer(state);
  if (id !== newest.id) return;
  if (state.sort === "date") numbers.sort((a, b) => b - a);
  const best = Array.from(numbers.subarray(0, PAGE * state.page));
  const rowsOf = (some) => some.map(async (number) => marked(await current.row(number), terms));
  const rows = await Promise.all(rowsOf(best.slice(0, sight)));
  if (id !== newest.id) return;
  below = async () => {
    const others = rowsOf(best.slice(sight));
    await Promise.allSettled(others); // if some fail, who asks again at once does not wait for the same files
    self.postMessage({ id, others: await Promise.all(others) });
  };
  const isWhole = rows.length === best.length;
  // The list of all numbers may be long: it is handed over, not copied.
  self.postMessage({ id, answer: { total: numbers.length, numbers, readAs, notes, rows, years, isWhole } }, [numbers.buffer]);
}

// Each row is marked while others are on their way.
function marked({ abstract, ...row }, terms) {
  return { ...row, title: highlighted(row.title, TERMS, terms), excerpt: snippet(abstract, TERMS, terms) };
}
