// Keys that lead through the papers of a page. They are single letters, which speech input may set off: so they can be
// switched off, and stay so in this browser.

export const OFF = "sitegen:keys-off";
export const KEYS = { j: "next", k: "previous", o: "open", s: "save", "/": "search", "?": "help" };

const FOOT_LINK = ".site-footer a[href$='keyboard/']";

let current = null; // the paper that a key led to, or that had the focus last

function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

// Storage may be refused, and then everything is as by default.
export function areOff() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
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
  help: () => openPanel(document.querySelector(FOOT_LINK)),
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
  const link = event.target instanceof Element && event.target.closest(FOOT_LINK);
  if (!link) return;
  event.preventDefault();
  openPanel(link);
});

// link: where to go if the panel cannot be loaded.
function openPanel(link) {
  import("./keyboard-panel.js").then((panel) => panel.openPanel(), () => link && location.assign(link.href));
}
