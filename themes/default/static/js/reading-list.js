// The page of the reading list: its rows, filters and order, and the ways in and out of it.

import "./words-list.js";
import "./words-saving.js";

import { citationsOf, download, markdown } from "./reading-export.js";
import { joined, mergeLists, MOST_OF_A_NOTE, readList, writeList } from "./reading-items.js";
import { tellFailure } from "./reading-marks.js";
import { dropRows, showListRows } from "./reading-rows.js";
import { fragmentOf, MOST_SHARED } from "./reading-share.js";
import { beginShared } from "./reading-shared.js";
import { change, forgetUnreadable, load, unreadable, watch } from "./reading-store.js";
import { ROOT } from "./root.js";
import { say } from "./say.js";

const STEP = 100; // rows that are shown before more are asked for
const LARGEST = 5_000_000; // bytes of a file to read
const FORMATS = {
  bibtex: { name: "reading-list.bib", type: "application/x-bibtex" },
  ris: { name: "reading-list.ris", type: "application/x-research-info-systems" },
  csl: { name: "reading-list.csl.json", type: "application/json" },
  markdown: { name: "reading-list.md", type: "text/markdown" },
  list: { name: "reading-list.json", type: "application/json" },
};
const TITLES = new Intl.Collator(document.documentElement.lang, { numeric: true, ignorePunctuation: true });
const ORDERS = {
  added: (one, other) => TITLES.compare(other.added, one.added),
  date: (one, other) => TITLES.compare(other.date, one.date),
  title: () => 0,
};
const SHOWN = {
  all: () => true,
  unread: ({ read }) => !read,
  read: ({ read }) => Boolean(read),
  important: ({ important }) => important,
};

const part = (id) => document.getElementById(id);
const list = part("list");
let most = STEP;
let before = null; // the papers as they were before some were removed

// ---- What is shown ----

function chosen(papers) {
  const show = document.querySelector("input[name=show]:checked").value;
  const order = ORDERS[part("list-sort").value];
  return [...papers.values()]
    .filter(SHOWN[show])
    .toSorted((one, other) => order(one, other) || TITLES.compare(one.title, other.title));
}

function show() {
  const { papers } = load();
  const wanted = chosen(papers);
  showListRows(list, wanted.slice(0, most), ACTIONS);
  for (const [name, isShown] of Object.entries(SHOWN)) {
    const count = [...papers.values()].filter(isShown).length;
    part(`count-${name}`).textContent = count ? String(count) : "";
  }
  part("list-empty").hidden = papers.size > 0;
  part("list-none").hidden = !papers.size || wanted.length > 0;
  part("list-more").hidden = wanted.length <= most;
  part("list-clear").hidden = !papers.size;
  part("list-damaged").hidden = unreadable() === null;
  for (const button of document.querySelectorAll("[data-export]")) button.disabled = !wanted.length;
  if (part("share").open) showAddress();
}

function tell(message, { undo = false } = {}) {
  part("list-message").textContent = message;
  part("list-undo").hidden = !undo;
  if (!undo) before = null;
}

// ---- What is changed ----

// edit: changes the papers; said: what there is to say of it, with the way back where papers were removed.
function edit(changing, said = "", { undo = false } = {}) {
  const { papers } = load();
  const failure = change(changing);
  if (failure) tellFailure(failure);
  else {
    tell(said, { undo });
    before = undo ? papers : null;
  }
  return !failure;
}

const ACTIONS = {
  read: (slug) => set(slug, (paper) => ({ read: paper.read ? "" : new Date().toISOString() })),
  important: (slug) => set(slug, (paper) => ({ important: !paper.important })),
  note(slug, note, known) {
    // Another tab may have written one since: then both stand.
    set(slug, (paper) => ({ note: (paper.note === known ? note : joined(note, paper.note)).slice(0, MOST_OF_A_NOTE) }));
  },
  remove(slug) {
    const rows = [...list.children];
    const place = rows.findIndex((row) => row.dataset.slug === slug);
    edit((papers) => papers.delete(slug), say("removed"), { undo: true });
    (list.children[Math.min(place, list.children.length - 1)]?.querySelector("a") ?? part("list-undo")).focus();
  },
};

function set(slug, values) {
  edit((papers) => {
    const paper = papers.get(slug);
    if (paper) papers.set(slug, { ...paper, ...values(paper) });
  });
}

function undo() {
  const there = before;
  edit((papers) => {
    for (const [slug, paper] of there) if (!papers.has(slug)) papers.set(slug, paper);
  });
  part("list-message").textContent = say("undone");
  (list.querySelector("a") ?? part("import")).focus();
}

// ---- Out of the list ----

async function exportList(format) {
  const { name, type } = FORMATS[format];
  const papers = chosen(load().papers);
  if (format === "markdown") return download(markdown(papers), name, type);
  if (format === "list") return download(writeList(new Map(papers.map((paper) => [paper.slug, paper]))), name, type);
  const found = await citationsOf(papers, (done) => tell(say("citing", { done, n: papers.length })));
  const items = found.filter(Boolean);
  const missing = papers.filter((_, place) => !found[place]);
  if (items.length) {
    const writers = await import("./citing.js");
    download(writers[format](items), name, type);
  }
  const cited = say("cited", { n: items.length });
  return tell(missing.length ? `${cited} ${say("not_cited", { n: missing.length, title: missing[0].title })}` : cited);
}

async function showAddress() {
  const papers = chosen(load().papers);
  part("share-address").value = papers.length ? new URL(`reading-list/${await fragmentOf(papers)}`, ROOT).href : "";
  part("share-copy").disabled = !papers.length;
  if (papers.length > MOST_SHARED) tell(say("share_cut", { most: MOST_SHARED, n: papers.length }));
}

async function copyAddress() {
  const field = part("share-address");
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    tell(say("copied"));
  } catch {
    tell(say("copy_failed"));
  }
}

// ---- Into the list ----

async function importFile(file) {
  if (file.size > LARGEST) return tell(say("import_large"));
  const { papers, lost } = readList(await file.text());
  if (!papers.size) return tell(say("import_none"));
  return importPapers(papers, lost);
}

// Gives whether it went well.
function importPapers(papers, lost = 0) {
  let result = { fresh: 0, left: 0 };
  const went = edit((own) => {
    result = mergeLists(own, papers);
    for (const [slug, paper] of result.papers) own.set(slug, paper);
  });
  if (!went) return false;
  const said = [say("imported", { n: result.fresh })];
  const known = papers.size - result.fresh;
  if (known) said.push(say("imported_known", { n: known }));
  if (lost) said.push(say("imported_lost", { n: lost }));
  if (result.left) said.push(say("imported_left", { n: result.left }));
  tell(said.join(" "));
  return true;
}

function begin() {
  document.querySelector(".segments").addEventListener("change", () => {
    most = STEP;
    show();
  });
  part("list-sort").addEventListener("change", show);
  part("list-more").addEventListener("click", () => {
    most += STEP;
    show();
    list.children[most - STEP].querySelector("a").focus();
  });
  part("list-undo").addEventListener("click", undo);
  part("list-clear").addEventListener("click", () => {
    const { size } = load().papers;
    edit((papers) => papers.clear(), say("cleared", { n: size }), { undo: true });
    part("list-undo").focus();
  });
  for (const button of document.querySelectorAll("[data-export]")) {
    button.addEventListener("click", () => exportList(button.dataset.export));
  }
  part("share").addEventListener("toggle", () => part("share").open && showAddress());
  part("share-copy").addEventListener("click", copyAddress);
  part("import").addEventListener("click", () => part("import-file").click());
  part("import-file").addEventListener("change", async ({ target }) => {
    if (target.files[0]) await importFile(target.files[0]);
    target.value = ""; // the same file may be chosen again
  });
  part("damaged-save").addEventListener("click", () => download(unreadable() ?? "", "unreadable.txt", "text/plain"));
  part("damaged-forget").addEventListener("click", forgetUnreadable);
  list.addEventListener("sitegen:save", ({ target }) => ACTIONS.remove(target.dataset.slug));
  addEventListener("pagehide", () => dropRows(list));
  for (const menu of document.querySelectorAll(".menu")) closable(menu);
  // HTML allows it for a form's texts only, and browsers heed it for all fields.
  for (const radio of document.querySelectorAll("input[name=show]")) radio.autocomplete = "off";
  watch(show);
  show();
  part("reading-list").dataset.ready = "";
  beginShared(importPapers);
}

// A menu closes as menus do.
function closable(menu) {
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", ({ target }) => {
    if (!menu.contains(target)) menu.open = false;
  });
}

begin();
