// The list of results; each as the theme's listings show a paper (_row.html): change both together.

import "./words-search.js";

import { element } from "./elements.js";
import { say, sayDate } from "./say.js";

const ROW = 144; // pixels, less than most rows are high
const shown = new WeakMap(); // what a row says
let former = new Map(); // the rows of the answer before, by what they say

// How many rows of a list the window has room for.
export function roomFor(list) {
  return Math.max(1, Math.ceil((innerHeight - list.getBoundingClientRect().top) / ROW));
}

// Shows papers as the rows of a list. A row that says the same stays as it is, wherever it stands, and so does the focus
// in it unless the row moves up.
export function showRows(root, list, papers) {
  former = new Map(Array.from(list.children, (row) => [shown.get(row), row]));
  const rows = papers.map((paper) => rowOf(root, paper));
  for (const row of former.values()) if (!rows.includes(row)) row.remove();
  for (const [place, row] of rows.entries()) {
    if (row !== list.children[place]) list.insertBefore(row, list.children[place] ?? null);
  }
}

// Adds rows below those that are shown.
export function addRows(root, list, papers) {
  list.append(...papers.map((paper) => rowOf(root, paper)));
}

function rowOf(root, paper) {
  const saying = JSON.stringify(paper);
  const row = former.get(saying) ?? paperRow(root, paper);
  shown.set(row, saying);
  return row;
}

export function titles(list) {
  return [...list.querySelectorAll(".paper-title a")];
}

// What is a step from where the focus is, among the titles and the box above them; null if nothing is.
export function beside(list, box, step) {
  const links = titles(list);
  const here = links.indexOf(document.activeElement?.closest?.(".paper")?.querySelector(".paper-title a"));
  if (here === -1 && document.activeElement !== box) return null;
  return [box, ...links][here + 1 + step] ?? null;
}

function paperRow(root, paper) {
  const link = element("a", { href: root + paper.path }, element("bdi", {}, ...marked(paper.title)));
  const row = element("article", { class: "paper", "data-slug": paper.slug });
  if (paper.comments) row.dataset.comments = paper.comments;
  if (paper.hasCode) row.dataset.code = "";
  row.append(element("h2", { class: "paper-title" }, link), meta(root, paper));
  row.append(element("p", { class: "paper-excerpt", dir: "auto" }, ...marked(paper.excerpt)));
  if (paper.topics.length) row.append(topics(root, paper.topics));
  return row;
}

function marked(segments) {
  return segments.map(([text, isHit]) => (isHit ? element("mark", {}, text) : text));
}

function meta(root, { date, datePath, authors, organization, organizationPath, comments }) {
  const facts = [date ? day(root, date, datePath) : say("undated")];
  if (authors) facts.push(element("bdi", {}, authors));
  if (organization) facts.push(linked(root, organizationPath, element("bdi", {}, organization)));
  if (comments) facts.push(say("comments", { n: comments }));
  return element("p", { class: "paper-meta" }, ...facts.flatMap((fact) => [element("span", {}, fact), " "]));
}

function linked(root, path, content) {
  return path ? element("a", { href: root + path }, content) : content;
}

function day(root, date, path) {
  return linked(root, path, element("time", { datetime: date }, sayDate(date)));
}

function topics(root, links) {
  const items = links.map(({ title, path }) => element("li", {}, element("a", { href: root + path }, title)));
  return element("ul", { class: "paper-topics" }, ...items);
}
