// The page about what is kept for reading offline. The service worker also shows it in place of a page that is not kept.

import "./words-offline.js";

import { element } from "./elements.js";
import { addresses, forget, KEPT, PAGES, PARTS, version } from "./offline-caches.js";
import { beginWhole, showWhole } from "./offline-whole.js";
import { ROOT } from "./root.js";
import { say } from "./say.js";

const MOST_LISTED = 50;
const MEGABYTE = 1e6;
const FIRST_PAUSE = 2_000; // milliseconds
const LONGEST_PAUSE = 60_000;

const byId = (id) => document.getElementById(`offline-${id}`);

async function show() {
  const caught = [addresses(PAGES), addresses(PARTS), addresses(KEPT), version()];
  const [pages, parts, packs, shell] = await Promise.all(caught);
  byId("pages").textContent = say("offline_pages", { n: pages.length });
  byId("parts").textContent = say("offline_files", { n: parts.length });
  byId("version").textContent = shell || say("offline_no_version");
  byId("space").textContent = await space();
  byId("forget").disabled = pages.length + parts.length + packs.length === 0;
  const items = await Promise.all(pages.slice(0, MOST_LISTED).map(listed));
  byId("list").replaceChildren(...items.filter((item) => item !== null));
}

async function space() {
  const { usage } = (await navigator.storage?.estimate?.()) ?? {};
  return usage === undefined ? "–" : say("offline_megabytes", { n: Math.max(1, Math.round(usage / MEGABYTE)) });
}

// A kept page is called by its own title. That a page is gone is kept too, where the whole catalogue still has it.
async function listed(address) {
  const kept = await caches.match(address, { cacheName: PAGES, ignoreVary: true });
  if (!kept?.ok) return null;
  const title = /<title>([^<]*)/.exec(await kept.text())?.[1];
  return element("li", {}, element("a", { href: address }, title ? unescaped(title) : new URL(address).pathname));
}

const CHARACTERS = { amp: "&", lt: "<", gt: ">", "#34": '"', "#39": "'", quot: '"' };

function unescaped(text) {
  return text.replace(/&(#?\w+);/g, (whole, name) => CHARACTERS[name] ?? whole);
}

async function forgetAll() {
  await forget();
  await showWhole();
  byId("status").textContent = say("offline_forgotten");
  await show();
}

// The network may come back without a word.
async function watchNetwork(pause) {
  await new Promise((done) => setTimeout(done, pause));
  if (!(await reloadOnceBack())) watchNetwork(Math.min(2 * pause, LONGEST_PAUSE));
}

// The browser may say that the network is back before it is: a reload on its word alone would undo what the reader has
// just clicked.
async function reloadOnceBack() {
  const asked = { method: "HEAD", cache: "no-store" }; // which the worker lets pass
  const isBack = navigator.onLine && (await fetch(location.href, asked).then(() => true, () => false));
  if (isBack) location.reload();
  return isBack;
}

function begin() {
  if (location.pathname.replace(/index\.html$/, "") !== new URL("offline/", ROOT).pathname) {
    byId("missing").hidden = false;
    byId("retry").addEventListener("click", () => location.reload());
    addEventListener("online", reloadOnceBack);
    watchNetwork(FIRST_PAUSE);
  }
  if (!("serviceWorker" in navigator) || !("caches" in globalThis)) {
    byId("status").textContent = say("offline_unable");
    byId("forget").disabled = true;
    return;
  }
  byId("forget").addEventListener("click", forgetAll);
  show().catch(() => (byId("status").textContent = say("offline_unable")));
  beginWhole(show).catch(() => {});
  // What this visit adds is kept by then.
  navigator.serviceWorker.addEventListener("controllerchange", () => show().catch(() => {}));
}

begin();
