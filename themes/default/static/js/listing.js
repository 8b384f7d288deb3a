// Sorts and filters the papers of a listing's page. What is chosen stands in the address, so that it can be shared, and
// goes along to the listing's other pages.

import "./words-listing.js";

import { say } from "./say.js";

const tools = document.getElementById("tools");
const KEYS = ["words", "topic", "code", "sort"];

// What a row can be found and sorted by. Undated papers are the oldest.
function facts(row, place) {
  const topics = [...row.querySelectorAll(".paper-topics a")].map((link) => [link.href.split("/").at(-2), link.textContent]);
  return {
    row,
    place,
    topics: new Map(topics),
    text: folded(row.textContent),
    title: row.querySelector(".paper-title").textContent,
    date: row.querySelector("time")?.dateTime ?? "",
    comments: Number(row.dataset.comments ?? 0),
    hasCode: "code" in row.dataset,
  };
}

// As readers type: without case and accents.
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

const TITLES = new Intl.Collator(document.documentElement.lang, { numeric: true, ignorePunctuation: true });

const ORDERS = {
  newest: (one, other) => compared(other.date, one.date),
  oldest: (one, other) => Number(!one.date) - Number(!other.date) || compared(one.date, other.date),
  comments: (one, other) => other.comments - one.comments,
  title: (one, other) => TITLES.compare(one.title, other.title),
};

function compared(one, other) {
  return one < other ? -1 : Number(one > other);
}

function isShown(paper, { words, topic, code }) {
  const wanted = folded(words).split(/\s+/u).filter(Boolean);
  return wanted.every((word) => paper.text.includes(word)) && (!topic || paper.topics.has(topic)) && (!code || paper.hasCode);
}

function begin() {
  const fields = Object.fromEntries(KEYS.map((key) => [key, document.getElementById(`tools-${key}`)]));
  const papers = [...document.querySelectorAll(".rows > article.paper")].map(facts);
  const end = papers.at(-1).row.nextSibling;
  const status = document.getElementById("tools-status");
  const nothing = document.getElementById("tools-nothing");
  let shownOrder = "";
  let writing = 0;

  function chosen() {
    const { words, topic, code, sort } = fields;
    return { words: words.value.trim(), topic: topic.value, code: code.checked ? "1" : "", sort: sort.value };
  }

  // Rows are moved only when their order is another: what has the focus would lose it.
  function sortRows(order) {
    if (order === shownOrder) return;
    shownOrder = order;
    const sorted = papers.toSorted((one, other) => (ORDERS[order]?.(one, other) ?? 0) || one.place - other.place);
    for (const { row } of sorted) end ? end.before(row) : papers[0].row.parentNode.append(row);
  }

  function show() {
    const choice = chosen();
    const isFiltered = Boolean(choice.words || choice.topic || choice.code);
    let count = 0;
    for (const paper of papers) {
      paper.row.hidden = !isShown(paper, choice);
      count += !paper.row.hidden;
    }
    sortRows(choice.sort);
    status.hidden = !isFiltered;
    status.textContent = isFiltered ? say("shown", { shown: count, n: papers.length }) : "";
    nothing.hidden = count > 0;
    for (const link of document.querySelectorAll(".pagination a")) link.href = withChoice(link.href, choice);
    clearTimeout(writing);
    writing = setTimeout(write, 200, choice); // browsers refuse to change an address at every key
  }

  function write(choice) {
    const here = withChoice(location.href, choice);
    if (here !== location.href) history.replaceState(history.state, "", here);
  }

  function read() {
    const wanted = new URLSearchParams(location.search);
    for (const key of ["words", "topic", "sort"]) fields[key].value = wanted.get(key) ?? "";
    fields.code.checked = wanted.get("code") === "1";
    // What this page does not know is no choice: an empty select would say nothing.
    for (const key of ["topic", "sort"]) if (fields[key].selectedIndex < 0) fields[key].value = "";
    if (Object.values(chosen()).some(Boolean)) {
      tools.open = true;
      show();
    }
  }

  offerTopics(fields.topic, papers);
  fields.code.autocomplete = "off"; // HTML allows it for a form's texts only, and browsers heed it for all fields
  tools.addEventListener("input", show);
  tools.addEventListener("change", show);
  document.getElementById("tools-clear").addEventListener("click", () => {
    for (const key of ["words", "topic", "sort"]) fields[key].value = "";
    fields.code.checked = false;
    show();
    fields.words.focus();
  });
  read();
  tools.dataset.ready = "";
}

function offerTopics(select, papers) {
  const topics = new Map(papers.flatMap((paper) => [...paper.topics]));
  const count = (slug) => papers.filter((paper) => paper.topics.has(slug)).length;
  const sorted = [...topics].toSorted(([, one], [, other]) => TITLES.compare(one, other));
  select.append(...sorted.map(([slug, title]) => new Option(`${title} (${count(slug)})`, slug)));
}

function withChoice(address, choice) {
  const there = new URL(address);
  for (const [key, value] of Object.entries(choice)) {
    if (value) there.searchParams.set(key, value);
    else there.searchParams.delete(key);
  }
  return there.href;
}

if (tools) begin();
