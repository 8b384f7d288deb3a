// Has the service worker installed, once the page itself has everything. A preview is never kept.

import { ROOT } from "./root.js";
import { registerServiceWorker } from "./trusted.js";

const isPreview = document.querySelector('script[src^="/_sitegen/"]') !== null;

async function install() {
  const isFirst = !navigator.serviceWorker.controller;
  await registerServiceWorker();
  if (!isFirst) return;
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  active.postMessage({ visited: [location.href, ...loaded] });
}

async function uninstall() {
  const there = await navigator.serviceWorker.getRegistration(ROOT);
  if (there?.scope === ROOT.href) await there.unregister();
}

function begin() {
  (isPreview ? uninstall() : install()).catch(() => {}); // a browser that keeps nothing, a site that has no worker
}

if ("serviceWorker" in navigator && location.protocol.startsWith("http")) {
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}
