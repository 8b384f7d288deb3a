// One result as the theme's listings show a paper (_row.html): change both together.

import "./words-search.js";

import { element } from "./elements.js";
import { say, sayDate } from "./say.js";

const shown = new WeakMap(); // what a row says

// Shows papers as the rows of a list. A row that says the same already stays, and so does the focus in it.
export function showRows(root, list, papers) {
  for (const [place, paper] of papers.entries()) {
    const saying = JSON.stringify(paper);
    const there = list.children[place];
    if (there && shown.get(there) === saying) continue;
    const row = paperRow(root, paper);
    if (there) there.replaceWith(row);
    else list.append(row);
    shown.set(row, saying);
  }
  while (list.children.length > papers.length) list.lastElementChild.remove();
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
