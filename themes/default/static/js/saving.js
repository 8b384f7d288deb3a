// A button on every paper that saves it to the reading list, the list's length in the navigation, and papers that are
// read left out of a listing. The list's own page has buttons of its own.

import { element, icon } from "./elements.js";
import { paperOf } from "./reading-items.js";
import { change, load, ROOT, watch } from "./reading-store.js";
import { say } from "./say.js";

const RIBBON = "M4 1.75h8v12.5l-4-3.5-4 3.5z";
const SHOWN = 5000; // milliseconds that a message stands
const MOST_COUNTED = 99;
const HIDING = `sitegen:hide-read:${ROOT.pathname}`;

const message = document.body.appendChild(element("p", { class: "toast", role: "status" }));
const removed = new Map(); // what this page took off the list, with its notes: the next press brings it back
let timer;

export function tell(text) {
  message.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => (message.textContent = ""), SHOWN);
}

// Says why nothing could be saved.
export function tellFailure(failure) {
  tell(failure === "full" ? say("storage_full") : say("storage_refused"));
}

function offer(article) {
  if (article.querySelector(".save")) return;
  const onPage = article.matches(".sheet");
  const button = element("button", { class: "save", type: "button", "aria-pressed": "false" }, icon(RIBBON));
  if (onPage) button.append(say("save"));
  else button.setAttribute("aria-label", say("save_paper", { title: titleOf(article) }));
  button.title = say("save_hint");
  button.addEventListener("click", () => toggle(article));
  (onPage ? article.querySelector(".sheet-head") : article).append(button);
}

function titleOf(article) {
  return article.querySelector(article.matches(".sheet") ? "h1" : ".paper-title").textContent.trim();
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

function toggle(article) {
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

function show() {
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

function begin() {
  for (const article of document.querySelectorAll("article[data-slug]")) offer(article);
  offerHiding();
  show();
  watch(show);
  addEventListener("storage", ({ key }) => key === HIDING && showHiding());
  // The search's script puts rows in as a reader types.
  const results = document.getElementById("search-list");
  if (results) new MutationObserver(showResults).observe(results, { childList: true });
  // The keyboard's script says which paper its key is for.
  document.addEventListener("sitegen:save", ({ target }) => {
    if (target.querySelector(".save")) toggle(target);
  });
}

function showResults() {
  for (const article of document.querySelectorAll("#search-list article[data-slug]")) offer(article);
  show();
}

begin();
