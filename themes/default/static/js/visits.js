// The visits of this browser to the site, and what it had seen by then: changes.js tells by it what is new.

import { ROOT } from "./root.js";

const KEY = `sitegen:visits:1:${ROOT.pathname}`;
const PAUSE = 30 * 60 * 1000; // milliseconds without a page that end a visit
export const MOST = 1000; // papers that are remembered

// Notes that a page is visited. After a pause what was seen last becomes what a paper must not be in to be new.
export function touch(now = Date.now()) {
  const visits = remembered();
  if (now - visits.at > PAUSE) visits.before = visits.latest ?? visits.before;
  keep({ ...visits, at: now });
}

export function remembered() {
  try {
    const { at, before, latest } = JSON.parse(localStorage.getItem(KEY)) ?? {};
    return { at: Number.isFinite(at) ? at : 0, before: seenOf(before), latest: seenOf(latest) };
  } catch {
    return { at: 0, before: null, latest: null };
  }
}

function seenOf(stored) {
  if (!Number.isFinite(stored?.at) || Math.abs(stored.at) > 8.64e15 || !Array.isArray(stored.seen)) return null;
  return { at: stored.at, seen: stored.seen.slice(0, MOST), oldest: typeof stored.oldest === "string" ? stored.oldest : "" };
}

export function keep(visits) {
  try {
    localStorage.setItem(KEY, JSON.stringify(visits));
  } catch {
    // Then every visit is the first.
  }
}
