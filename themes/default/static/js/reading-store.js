// The reading list as this browser keeps it.

import { readList, writeList } from "./reading-items.js";
import { KEY } from "./root.js";

const ASIDE = `${KEY}:unreadable`;

const watchers = new Set();

// What is stored: the papers, and how many of them could not be read. Storage that is refused holds none.
export function load() {
  const written = stored(KEY);
  return written === null ? { papers: new Map(), lost: 0 } : readList(written);
}

function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

// Changes the list that is stored now, which another tab may have changed since, and says how that went: "" if well,
// else "full" or "refused". What could not be read of the old one is put aside first.
export function change(edit) {
  const { papers, lost } = load();
  edit(papers);
  try {
    if (lost) localStorage.setItem(ASIDE, stored(KEY));
    localStorage.setItem(KEY, writeList(papers));
  } catch (fault) {
    return fault.name === "QuotaExceededError" ? "full" : "refused";
  }
  tell();
  return "";
}

// What could not be read, as it was stored; null where there is nothing of the kind.
export function unreadable() {
  return load().lost ? stored(KEY) : stored(ASIDE);
}

export function forgetUnreadable() {
  const { lost } = load();
  const failure = lost ? change(() => {}) : "";
  if (!failure) localStorage.removeItem(ASIDE);
  tell();
}

// Calls back after every change of the list, in this tab or another.
export function watch(callback) {
  watchers.add(callback);
}

function tell() {
  for (const callback of watchers) callback();
}

addEventListener("storage", ({ key }) => {
  if (key === KEY || key === null) tell();
});

// A page that comes back as it was left has missed what happened since.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) tell();
});
