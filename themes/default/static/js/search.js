// The search page: form and address in, results out. The index itself lives in search-worker.js.

import { paperRow, plural } from "./search-rows.js";
import { asksNothing, fromAddress, NOTHING, toAddress } from "./search-state.js";
import { startSearchWorker } from "./trusted.js";

const ADDRESS_DELAY = 300; // browsers refuse more than a few changes of the address a second

const root = document.documentElement.dataset.root ?? "./";
const byId = (id) => document.getElementById(id);
const form = byId("search-form");
const controls = { query: byId("search-query"), topic: byId("search-topic"), year: byId("search-year"), sort: byId("search-sort") };
const results = byId("search-results");
const list = byId("search-list");
const status = byId("search-status");
const more = byId("search-more");

let worker = null;
let page = 1;
let latest = 0; // the number of the newest question; answers to older ones are dropped
let frame = 0;
let addressTimer = 0;
let isDraft = false; // whether the history's present entry is being typed, and may be overwritten
let focusRow = -1;

function asked() {
  const { query, topic, year, sort } = controls;
  return { query: query.value, topic: topic.value, year: year.value, sort: sort.value, page };
}

function start() {
  if (worker) return;
  worker = startSearchWorker();
  worker.onmessage = ({ data }) => ("failure" in data ? fail(data.failure) : data.id === latest && show(data.answer));
  worker.onerror = () => fail("the search could not be started");
  worker.postMessage({ root: new URL(root, document.baseURI).href });
}

function ask() {
  const state = asked();
  latest += 1;
  if (asksNothing(state)) return showNothing();
  start();
  if (results.dataset.state !== "ready") enter("loading", state.query);
  worker.postMessage({ id: latest, state });
}

// The states of the page. `data-query` is the query that the shown state belongs to.
function enter(state, query) {
  results.dataset.state = state;
  results.dataset.query = query;
  results.setAttribute("aria-busy", String(state === "loading"));
  for (const panel of results.querySelectorAll("[data-for]")) panel.hidden = panel.dataset.for !== state;
}

function showNothing() {
  list.replaceChildren();
  more.hidden = true;
  results.refs = [];
  tell("");
  count({ topic: null, year: null });
  enter("empty", "");
}

function show({ total, refs, note, readAs, rows, counts }) {
  const state = asked();
  list.replaceChildren(...rows.map((paper) => paperRow(root, paper)));
  more.hidden = rows.length >= total;
  byId("search-none").hidden = total > 0;
  byId("search-unfilter").hidden = !state.topic && !state.year;
  results.refs = refs;
  results.dataset.readAs = readAs;
  tell([plural(total, "paper", "papers"), note].filter(Boolean).join(". "));
  count(counts);
  enter("ready", state.query);
  if (focusRow >= 0) titles()[focusRow]?.focus();
  focusRow = -1;
}

function fail(reason) {
  worker?.terminate();
  worker = null;
  byId("search-reason").textContent = reason;
  list.replaceChildren();
  more.hidden = true;
  tell("Search failed");
  enter("error", asked().query);
}

function tell(text) {
  if (status.textContent !== text) status.textContent = text;
}

// Write each filter's counts behind its options; null: as the page came.
function count(counts) {
  for (const [name, found] of Object.entries(counts)) {
    for (const option of controls[name].options) {
      const number = found ? (found[option.value] ?? 0) : option.dataset.count;
      if (option.value) option.textContent = number === undefined ? option.dataset.label : `${option.dataset.label} (${number})`;
    }
  }
}

// ---- The address ----
// Typing overwrites one history entry; Enter or a filter settles it, and the next letter begins another.

function settle() {
  writeAddress();
  isDraft = false;
}

function writeAddress() {
  clearTimeout(addressTimer);
  addressTimer = 0;
  const address = location.pathname + toAddress(asked());
  if (address === location.pathname + location.search) return;
  if (isDraft) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  isDraft = true;
}

function readAddress() {
  clearTimeout(addressTimer);
  cancelAnimationFrame(frame);
  const state = fromAddress(location.search);
  controls.query.value = state.query;
  choose(controls.topic, state.topic);
  choose(controls.year, state.year);
  controls.sort.value = state.sort;
  page = state.page;
  isDraft = asksNothing(state);
  ask();
}

// An address may name a topic or a year that the catalogue no longer has.
function choose(select, value) {
  select.value = value;
  if (select.value !== value) select.value = "";
}

// ---- What the reader does ----

function typed() {
  page = 1;
  clearTimeout(addressTimer);
  addressTimer = setTimeout(writeAddress, ADDRESS_DELAY);
  cancelAnimationFrame(frame);
  frame = requestAnimationFrame(ask);
}

function changed() {
  page = 1;
  ask();
  settle();
}

function titles() {
  return [...list.querySelectorAll(".paper-title a")];
}

function move(event, step) {
  const links = titles();
  const here = links.indexOf(document.activeElement?.closest?.(".paper")?.querySelector(".paper-title a"));
  if (here === -1 && document.activeElement !== controls.query) return;
  const next = here + step;
  if (next >= links.length || next < -1) return;
  event.preventDefault();
  (next === -1 ? controls.query : links[next]).focus();
}

function escape(event) {
  event.preventDefault();
  if (document.activeElement !== controls.query) controls.query.focus();
  else if (controls.query.value) {
    controls.query.value = "";
    typed();
  }
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "ArrowDown") move(event, 1);
  else if (event.key === "ArrowUp" && document.activeElement !== controls.query) move(event, -1);
  else if (event.key === "Escape") escape(event);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  changed();
});
controls.query.addEventListener("input", typed);
controls.query.addEventListener("focus", start, { once: true });
for (const name of ["topic", "year", "sort"]) controls[name].addEventListener("change", changed);
for (const place of [controls.query, list]) place.addEventListener("keydown", pressed);
list.addEventListener("click", settle);
more.addEventListener("click", () => {
  focusRow = titles().length;
  page += 1;
  ask();
  settle();
});
byId("search-retry").addEventListener("click", () => {
  ask();
  controls.query.focus();
});
byId("search-unfilter").addEventListener("click", () => {
  controls.topic.value = NOTHING.topic;
  controls.year.value = NOTHING.year;
  changed();
  controls.query.focus();
});
addEventListener("popstate", readAddress);
readAddress();
