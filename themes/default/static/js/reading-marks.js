// The reading list on pages that show papers: buttons pressed where a paper is on it, its length in the navigation, and
// papers that are read left out of a listing. saving.js loads it once there is a list, or somebody begins one.

import "./words-saving.js";

import { element } from "./elements.js";
import { paperOf } from "./reading-items.js";
import { change, load, watch } from "./reading-store.js";
import { ROOT } from "./root.js";
import { tell, titleOf } from "./saving.js";
import { say } from "./say.js";

const MOST_COUNTED = 99;
const HIDING = `sitegen:hide-read:${ROOT.pathname}`;

const removed = new Map(); // what this page took off the list, with its notes: the next press brings it back

// Says why nothing could be saved.
export function tellFailure(failure) {
  tell(failure === "full" ? say("storage_full") : say("storage_refused"));
}

// What the page says of a paper, so that the list can show it without asking for anything.
function factsOf(article) {
  const { slug } = article.dataset;
  const onPage = article.matches(".sheet");
  const address = onPage ? location.pathname : article.querySelector(".paper-title a").pathname;
  const folder = /\/papers\/(\d{4}|undated)\/[^/]+(?:\/|\/index\.html)?$/.exec(address)?.[1];
  const facts = article.querySelector(onPage ? ".facts" : ".paper-meta");
  return paperOf({
    slug,
    path: `papers/${folder}/${slug}/`,
    title: titleOf(article),
    date: facts?.querySelector(onPage ? "a > time" : "time")?.dateTime,
    organization: facts?.querySelector('a[href*="organizations/"]')?.textContent,
    added: new Date().toISOString(),
  });
}

export function toggle(article) {
  const paper = factsOf(article);
  if (!paper) return;
  let said = "";
  const failure = change((papers) => {
    const there = papers.get(paper.slug);
    if (there) {
      removed.set(paper.slug, there);
      papers.delete(paper.slug);
      said = there.note ? say("removed_with_note") : say("removed");
    } else {
      papers.set(paper.slug, removed.get(paper.slug) ?? paper);
      said = say("saved");
    }
  });
  if (failure) tellFailure(failure);
  else tell(said);
}

export function show() {
  const { papers } = load();
  for (const article of document.querySelectorAll("article[data-slug]")) {
    const paper = papers.get(article.dataset.slug);
    article.querySelector(".save")?.setAttribute("aria-pressed", String(Boolean(paper)));
    article.classList.toggle("is-read", Boolean(paper?.read));
  }
  count(papers.size);
  showHiding();
}

function count(size) {
  const link = document.querySelector('.site-nav a[href$="reading-list/"]');
  if (!link) return;
  link.querySelector(".saved-count")?.remove();
  if (!size) return;
  const shown = size > MOST_COUNTED ? `${MOST_COUNTED}+` : String(size);
  const spoken = element("span", { class: "visually-hidden" }, say("papers", { n: size }));
  link.append(element("span", { class: "saved-count" }, element("span", { "aria-hidden": "true" }, shown), spoken));
}

// ---- What is read already can be left out of a listing ----
const bar = document.querySelector(".reading-bar");
const hiding = element("input", { type: "checkbox", autocomplete: "off" });
const hidden = element("span", { class: "count" });

function offerHiding() {
  bar?.append(element("label", {}, hiding, ` ${say("hide_read")} `, hidden));
  hiding.addEventListener("change", () => {
    keepHiding(hiding.checked);
    showHiding();
  });
}

function showHiding() {
  if (!bar) return;
  hiding.checked = isHiding();
  document.documentElement.classList.toggle("hides-read", hiding.checked);
  const read = document.querySelectorAll("main .rows > .paper.is-read").length;
  hidden.textContent = read ? `(${read})` : "";
}

function isHiding() {
  try {
    return localStorage.getItem(HIDING) === "1";
  } catch {
    return hiding.checked;
  }
}

function keepHiding(on) {
  try {
    if (on) localStorage.setItem(HIDING, "1");
    else localStorage.removeItem(HIDING);
  } catch {
    // It holds for this page.
  }
}

offerHiding();
show();
watch(show);
addEventListener("storage", ({ key }) => key === HIDING && showHiding());
