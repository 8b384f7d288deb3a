// The index lives here, off the page's thread. In: { root } once, then { id, state } per question.
// Out: { id, answer } or { failure }; failure is text for the reader.

import { Engine } from "./search-engine.js";
import { highlighted, snippet } from "./search-highlight.js";

const PAGE = 25;
let engine;

self.onmessage = ({ data }) => {
  if (data.root) engine = load(data.root);
  else engine.then((loaded) => self.postMessage({ id: data.id, answer: answer(loaded, data.state) })).catch(report);
  engine.catch(report);
};

async function load(root) {
  const names = ["search/index.json", "search/documents.json"];
  const [index, documents] = await Promise.all(names.map((name) => fetchJson(new URL(name, root))));
  return new Engine(index, documents);
}

async function fetchJson(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address.pathname}: ${response.status}`);
  return response.json();
}

function report(mistake) {
  self.postMessage({ failure: String(mistake?.message ?? mistake) });
}

// Gives { total, refs, readAs, note, rows, counts }. refs: all slugs found, in order. counts: papers per topic and
// per year, each under the other filters.
function answer(loaded, { query, topic, year, sort, page }) {
  const { hits, readAs, note } = query.trim() ? loaded.answer(query) : loaded.everything();
  const paper = (hit) => loaded.papers[hit.number];
  const inYear = hits.filter((hit) => !year || paper(hit).date.startsWith(`${year}-`));
  const found = inYear.filter((hit) => !topic || paper(hit).topics.includes(topic));
  const inTopic = hits.filter((hit) => !topic || paper(hit).topics.includes(topic));
  if (sort === "date") found.sort((a, b) => b.number - a.number);
  return {
    total: found.length,
    refs: found.map((hit) => paper(hit).slug),
    readAs,
    note,
    rows: found.slice(0, PAGE * page).map((hit) => row(loaded, paper(hit), hit.terms)),
    counts: {
      topic: tally(inYear.flatMap((hit) => paper(hit).topics)),
      year: tally(inTopic.map((hit) => paper(hit).date.slice(0, 4))),
    },
  };
}

function tally(values) {
  const counts = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

function row(loaded, { abstract, title, topics, ...facts }, terms) {
  return {
    ...facts,
    topics: topics.map((slug) => loaded.topics[slug]),
    title: highlighted(title, loaded, terms),
    snippet: snippet(abstract, loaded, terms),
  };
}
