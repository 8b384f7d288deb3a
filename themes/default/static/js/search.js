// The search page: form and address in, results out. The index itself lives in search-worker.js.

import "./words-search.js";

import { say } from "./say.js";
import { choose, chooseOrganization, countWhereOpened, offerOrganizations, tally } from "./search-filters.js";
import { addRows, beside, roomFor, showRows, titles } from "./search-rows.js";
import { asksNothing, FILTERS, fromAddress, isFiltered, NOTHING, toAddress } from "./search-state.js";
import { startSearchWorker } from "./trusted.js";

// Milliseconds without a key after which rows below the window are fetched and made; after which the address is written,
// with each of which browsers read the site's icon again.
const REST = 600;
const WRITTEN = 1000;
const PAGE = 10; // rows, as search-worker.js counts them
const COUNTED = ["topic", "from", "to"]; // the lists whose options tell how many papers they have

const root = document.documentElement.dataset.root ?? "./";
const byId = (id) => document.getElementById(id);
const form = byId("search-form");
const names = ["query", ...FILTERS, "sort"];
const controls = Object.fromEntries(names.map((name) => [name, byId(`search-${name}`)]));
const counted = COUNTED.map((name) => controls[name]);
const results = byId("search-results");
const list = byId("search-list");
const status = byId("search-status");
const more = byId("search-more");

let worker = null;
let page = 1;
let latest = 0; // the number of the newest question; answers to older ones are dropped
let resting = 0; // the timer that ends typing; 0: nobody is typing
let writing = 0; // the timer that ends in writing the address; 0: it is written
let isPart = false; // whether the answer that is shown lacks the rows below the window
let isAwaited = false; // whether they were asked for
let room = 0; // how many rows the window has room for
let isDraft = false; // whether the history's present entry is being typed, and may be overwritten
let focusRow = -1; // the row that the focus goes to once it is there; -1: none

function asked() {
  const { code, ...texts } = controls;
  return { ...Object.fromEntries(Object.entries(texts).map(([name, { value }]) => [name, value])), code: code.checked, page };
}

function start() {
  if (worker) return;
  worker = startSearchWorker();
  worker.onmessage = ({ data }) => hear(data);
  worker.onerror = () => {
    worker.terminate();
    worker = null;
    if (!asksNothing(asked())) fail(say("no_search"));
  };
  worker.postMessage({ root: new URL(root, document.baseURI).href });
}

function hear({ id, choices, answer, others, failure }) {
  if (choices && !offerOrganizations(controls.org, choices)) ask();
  if (id !== latest) return;
  if (answer) show(answer);
  if (others) complete(others);
  if (failure) isPart ? giveUp() : fail(failure);
}

// sight: so many rows are asked for first, and those below the window after them. focus: the number of the row to lead to.
function ask(sight = room, focus = -1) {
  const state = asked();
  latest += 1;
  focusRow = focus;
  isPart = false;
  if (asksNothing(state)) return showNothing();
  start();
  if (results.dataset.state !== "ready") enter("loading", state.query);
  busy(true);
  worker.postMessage({ id: latest, state, sight });
}

// The states of the page. `data-query` is the query that the shown state belongs to.
function enter(state, query) {
  write(results.dataset, "state", state);
  write(results.dataset, "query", query);
  busy(state === "loading" || isPart);
  for (const panel of results.querySelectorAll("[data-for]")) write(panel, "hidden", panel.dataset.for !== state);
}

// What is written anew is styled anew, even if it says the same; so only what changes is written.
function write(target, name, value) {
  if (target[name] !== value) target[name] = value;
}

function busy(isBusy) {
  write(list, "ariaBusy", String(isBusy));
}

function showNothing() {
  tally(counted, null);
  clear("empty", "");
}

function show({ total, numbers, notes, readAs, rows, years, isWhole }) {
  const state = asked();
  isPart = !isWhole;
  isAwaited = false;
  showRows(root, list, rows);
  write(byId("search-none"), "hidden", total > 0);
  write(byId("search-unfilter"), "hidden", !isFiltered(state));
  results.numbers = numbers;
  if (isWhole || resting) offerMore();
  write(results.dataset, "readAs", readAs);
  write(status, "textContent", [say("papers", { n: total }), notes.join(" ")].filter(Boolean).join(". "));
  tally(counted, years ?? {});
  enter("ready", state.query);
  if (!resting) rest();
}

// Nobody types: what is shown is there to stay.
function rest() {
  resting = 0;
  list.dispatchEvent(new CustomEvent("sitegen:rows", { bubbles: true }));
  titles(list)[focusRow]?.focus();
  if (!isPart) focusRow = -1;
  finish();
}

// Asks for the rows below the window, if they are lacking.
function finish() {
  if (!isPart || isAwaited) return;
  isAwaited = true;
  worker.postMessage({ others: latest });
}

function complete(rows) {
  isPart = false;
  addRows(root, list, rows);
  offerMore();
  busy(false);
  rest();
}

// What is shown stays, and more can be asked for.
function giveUp() {
  complete([]);
  write(status, "textContent", `${status.textContent.replace(/\.$/, "")}. ${say("rows_failed")}`);
}

function offerMore() {
  write(more, "hidden", isPart || list.children.length >= results.numbers.length);
}

function fail(reason) {
  byId("search-reason").textContent = reason;
  write(byId("search-offline"), "hidden", navigator.onLine);
  write(byId("search-failed"), "hidden", !navigator.onLine);
  clear("error", asked().query);
}

function clear(state, query) {
  list.replaceChildren();
  more.hidden = true;
  results.numbers = [];
  isPart = false;
  write(status, "textContent", "");
  enter(state, query);
}

// ---- The address ----
// The first letter after a settled question begins an entry of the history, those after it overwrite it; Enter or a filter
// settles it.

function settle() {
  stopWaiting();
  writeAddress();
  isDraft = false;
}

function stopWaiting() {
  for (const timer of [resting, writing]) clearTimeout(timer);
  resting = writing = 0;
}

function writeAddress() {
  clearTimeout(writing);
  writing = 0;
  const address = toAddress(asked());
  if (address === toAddress(fromAddress(location.search))) return; // however it is spelt
  if (isDraft) history.replaceState(null, "", location.pathname + address);
  else history.pushState(null, "", location.pathname + address);
  isDraft = true;
}

function readAddress(sight) {
  stopWaiting();
  const state = fromAddress(location.search);
  for (const name of names) fill(name, state[name]);
  page = state.page;
  isDraft = asksNothing(state);
  ask(sight);
}

function fill(name, value) {
  if (name === "query") controls.query.value = value;
  else if (name === "code") controls.code.checked = value;
  else if (name === "org") chooseOrganization(controls.org, value);
  else choose(controls[name], value);
}

// Who was faster than this script has asked already; the address tells the rest.
function begin() {
  room = roomFor(list);
  const early = asked();
  readAddress();
  const chosen = names.filter((name) => early[name] !== NOTHING[name] && early[name] !== asked()[name]);
  for (const name of chosen) fill(name, early[name]);
  if (chosen.length) typed();
  if (document.activeElement === controls.query) start();
}

// ---- What the reader does ----

function typed() {
  if (!resting) room = roomFor(list);
  page = 1;
  stopWaiting();
  if (!isDraft) writeAddress();
  resting = setTimeout(rest, REST);
  writing = setTimeout(writeAddress, WRITTEN);
  ask();
}

function changed() {
  room = roomFor(list);
  page = 1;
  settle();
  ask();
}

// Where the next row is still to come, the focus goes on as soon as it is there.
function move(event, step) {
  const goal = beside(list, controls.query, step);
  if (!goal && !isPart) return;
  event.preventDefault();
  if (goal) goal.focus();
  else focusRow = list.children.length;
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
controls.query.addEventListener("blur", () => writing && writeAddress()); // who leaves the page leaves it first
addEventListener("scroll", finish, { passive: true });
for (const name of [...FILTERS, "sort"]) controls[name].addEventListener("change", changed);
countWhereOpened(counted);
for (const place of [controls.query, list]) place.addEventListener("keydown", pressed);
list.addEventListener("focusin", finish);
list.addEventListener("click", () => {
  settle();
  finish();
});
more.addEventListener("click", () => {
  const there = list.children.length;
  page = Math.floor(there / PAGE) + 1;
  ask(there, there);
  settle();
});
byId("search-retry").addEventListener("click", () => {
  worker?.terminate(); // a script that could not be loaded is asked for again by a new worker only
  worker = null;
  ask();
  controls.query.focus();
});
byId("search-unfilter").addEventListener("click", () => {
  for (const name of FILTERS) fill(name, NOTHING[name]);
  changed();
  controls.query.focus();
});
// All rows at once, for the browser to scroll to where the reader was.
addEventListener("popstate", () => readAddress(Infinity));
begin();
