// Keys that lead through the papers of a page. They are single letters, which speech input may set off: so they can be
// switched off, and stay so in this browser.

import { say } from "./say.js";

const OFF = "sitegen:keys-off";
const KEYS = { j: "next", k: "previous", o: "open", s: "save", "/": "search", "?": "help" };

let current = null; // the paper that a key led to, or that had the focus last
let panel = null;

function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

// Storage may be refused, and then everything is as by default.
function areOff() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function setOff(off) {
  try {
    if (off) localStorage.setItem(OFF, "1");
    else localStorage.removeItem(OFF);
  } catch {
    // They stay as they are.
  }
}

function papers() {
  return [...document.querySelectorAll("article.paper")].filter((paper) => paper.getClientRects().length);
}

function here() {
  const focused = document.activeElement?.closest("article.paper");
  if (focused) current = focused;
  return current?.isConnected && current.getClientRects().length ? current : null;
}

// From nowhere, the next paper is the first that can be seen, and the one before is the last above it.
function step(by) {
  const all = papers();
  const at = all.indexOf(here());
  const seen = all.findIndex((paper) => paper.getBoundingClientRect().top >= 0);
  const place = at >= 0 ? at + by : by > 0 ? seen : (seen < 0 ? all.length : seen) - 1;
  const link = all[place]?.querySelector(".paper-title a") ?? (by > 0 && all.length ? nextPage() : null);
  if (!link) return;
  current = link.closest("article.paper") ?? current;
  link.focus({ preventScroll: true });
  (link.closest("article.paper") ?? link).scrollIntoView({ block: "nearest" });
}

// Behind the last paper of a page the listing goes on.
function nextPage() {
  return document.querySelector(".pagination a[rel=next]");
}

const ACTIONS = {
  next: () => step(1),
  previous: () => step(-1),
  open: () => (document.activeElement === nextPage() ? nextPage() : here()?.querySelector(".paper-title a"))?.click(),
  save() {
    const paper = here() ?? document.querySelector("article.sheet");
    paper?.dispatchEvent(new CustomEvent("sitegen:save", { bubbles: true }));
  },
  search() {
    const box = document.querySelector('main input[type="search"][name="q"]') ?? document.querySelector('input[name="q"]');
    box?.focus();
    box?.select();
  },
  help: () => openPanel(),
};

document.addEventListener("keydown", (event) => {
  const action = Object.hasOwn(KEYS, event.key) && ACTIONS[KEYS[event.key]];
  if (!action || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (areOff() || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  action();
});

// The link of the page's foot leads to a page that says the same; here it can be said in place.
document.addEventListener("click", (event) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (!(event.target instanceof Element) || !event.target.closest(".site-footer a[href$='/keyboard/'], .site-footer a[href='./keyboard/']")) return;
  event.preventDefault();
  openPanel();
});

function openPanel() {
  panel ??= document.body.appendChild(makePanel());
  panel.querySelector("input").checked = !areOff();
  panel.showModal();
}

function makePanel() {
  const dialog = element("dialog", { class: "keys-panel", "aria-labelledby": "keys-title" });
  const list = element("dl", { class: "keys" });
  for (const [key, name] of Object.entries(KEYS)) {
    const term = element("dt", {}, element("kbd", {}, key));
    list.append(element("div", {}, term, element("dd", {}, say(`key_${name}`))));
  }
  const on = element("input", { type: "checkbox" });
  on.addEventListener("change", () => setOff(!on.checked));
  const close = element("button", { class: "button", autofocus: "" }, say("close"));
  const form = element("form", { method: "dialog" }, element("label", {}, on, ` ${say("keys_on")}`), close);
  dialog.append(element("h2", { id: "keys-title" }, say("keyboard")), list, form);
  // A click beside the panel closes it, as readers expect.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return dialog;
}

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
