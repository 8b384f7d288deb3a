// A list that came with the address. It is shown beside the reader's own, and joins it only when the reader says so.

import "./words-list.js";

import { element } from "./elements.js";
import { citationsOf } from "./reading-export.js";
import { paperOf } from "./reading-items.js";
import { isShared, papersOf } from "./reading-share.js";
import { load, watch } from "./reading-store.js";
import { ROOT } from "./root.js";
import { say, sayDate } from "./say.js";

const section = document.getElementById("shared");
const about = document.getElementById("shared-about");
const list = document.getElementById("shared-papers");
const add = document.getElementById("shared-add");
const close = document.getElementById("shared-close");

let papers = [];

// importPapers: joins papers to the reader's list; gives whether that went well.
export function beginShared(importPapers) {
  add.addEventListener("click", () => {
    if (importPapers(new Map(papers.map((paper) => [paper.slug, paper])))) leave();
  });
  close.addEventListener("click", leave);
  addEventListener("hashchange", open);
  watch(showKnown);
  open();
}

async function open() {
  const fragment = location.hash;
  section.hidden = !isShared(fragment);
  if (section.hidden) return;
  const named = await papersOf(fragment);
  if (fragment !== location.hash) return;
  papers = (named ?? []).map((paper) => paperOf({ ...paper, added: new Date().toISOString() }));
  list.replaceChildren(...papers.map(line));
  add.disabled = true; // until the titles are known
  about.textContent = papers.length ? say("shared_about", { n: papers.length }) : say("shared_unreadable");
  document.getElementById("shared-heading").focus();
  showKnown();
  if (papers.length) await name(fragment);
}

// The address holds no titles, which could say anything: they are those that this site has.
async function name(fragment) {
  const found = await citationsOf(papers);
  if (fragment !== location.hash) return;
  papers = papers.map((paper, place) => paperOf({ ...paper, ...factsOf(found[place]) }));
  add.disabled = false;
  list.replaceChildren(...papers.map(line));
  showKnown();
}

function factsOf(citation) {
  if (!citation) return {};
  const [year, month, day] = citation.issued?.["date-parts"]?.[0] ?? [];
  const digits = (number, width) => String(number).padStart(width, "0");
  const date = day ? `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}` : "";
  const only = citation.author?.length === 1 ? citation.author[0].literal : undefined;
  return { title: citation.title, date, organization: only };
}

function line({ slug, path, title, date }) {
  const link = element("a", { href: new URL(path, ROOT) }, element("bdi", {}, title));
  const day = date ? [" ", element("time", { datetime: date }, sayDate(date))] : [];
  return element("li", { "data-slug": slug }, link, ...day, " ", element("span", { class: "known" }));
}

function showKnown() {
  const own = load().papers;
  for (const item of list.children) {
    item.lastElementChild.textContent = own.has(item.dataset.slug) ? say("on_your_list") : "";
  }
}

function leave() {
  history.replaceState(history.state, "", location.pathname + location.search);
  section.hidden = true;
  document.querySelector("input[name=show]:checked").focus();
}
