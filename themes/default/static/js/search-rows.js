// The list of results; each as the theme's listings show a paper (_row.html): change both together.

import "./words-search.js";

import { element } from "./elements.js";
import { say, sayDate } from "./say.js";

const shown = new WeakMap(); // what a row says

// Shows papers as the rows of a list. A row that says the same stays as it is, wherever it stands, and so does the focus
// in it unless the row moves up.
export function showRows(root, list, papers) {
  const sayings = papers.map((paper) => JSON.stringify(paper));
  const kept = new Map();
  for (const row of [...list.children]) {
    if (sayings.includes(shown.get(row))) kept.set(shown.get(row), row);
    else row.remove();
  }
  for (const [place, paper] of papers.entries()) {
    const row = kept.get(sayings[place]) ?? paperRow(root, paper);
    if (row !== list.children[place]) list.insertBefore(row, list.children[place] ?? null);
  }
}

// Adds rows below those that are shown.
export function addRows(root, list, papers) {
  list.append(...papers.map((paper) => paperRow(root, paper)));
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
  shown.set(row, JSON.stringify(paper));
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
