// A button on every paper that saves it to the reading list. The list itself (reading-marks.js) is loaded once there is
// one, or once somebody is about to save. The list's own page has buttons of its own.

import { element, icon } from "./elements.js";
import { KEY } from "./root.js";
import { say } from "./say.js";

const RIBBON = "M4 1.75h8v12.5l-4-3.5-4 3.5z";
const FOUND = "#search-list article[data-slug]";
const SHOWN = 5000; // milliseconds that a message stands

const message = document.body.appendChild(element("p", { class: "toast", role: "status" }));
let timer;
let marks = null; // the module that knows the list, once it is there
let coming = null; // the promise of it, once it was asked for

export function tell(text) {
  message.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => (message.textContent = ""), SHOWN);
}

export function titleOf(article) {
  return article.querySelector(article.matches(".sheet") ? "h1" : ".paper-title").textContent.trim();
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

function listed() {
  coming ??= import("./reading-marks.js").then((list) => (marks = list));
  coming.catch(() => (coming = null)); // to be asked for again when it is needed
  return coming;
}

function getReady() {
  if (!coming) listed().catch(() => {});
}

function toggle(article) {
  listed().then((list) => list.toggle(article), () => tell(say("save_failed")));
}

// Storage that is refused holds nothing.
function isListed() {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return false;
  }
}

function offerAll(places) {
  for (const article of document.querySelectorAll(places)) offer(article);
  marks?.show();
}

offerAll("article[data-slug]");
// The search's script tells of rows that stay: most that come as a reader types are gone with the next key.
document.addEventListener("sitegen:rows", () => offerAll(FOUND));
// The keyboard's script says which paper its key is for; a result may not have its button yet.
document.addEventListener("sitegen:save", ({ target }) => {
  if (target.matches(FOUND)) offer(target);
  if (target.querySelector(".save")) toggle(target);
});
// By pointer, finger or keyboard one comes to a paper before one saves it.
for (const event of ["pointerover", "focusin"]) {
  document.addEventListener(event, ({ target }) => target.closest?.("article[data-slug]") && getReady());
}
// Another tab may begin a list, and a page that comes back as it was left has missed what happened since.
addEventListener("storage", ({ key }) => key === KEY && getReady());
addEventListener("pageshow", ({ persisted }) => persisted && isListed() && getReady());
if (isListed()) getReady();
