// What the service worker keeps, as pages see it: the same caches by the same names as in offline-worker.js.

import { ROOT } from "./root.js";

const NAMED = `sitegen ${ROOT.pathname} `;
const SHELL = `${NAMED}shell `;

export const PAGES = `${NAMED}pages`;
export const PARTS = `${NAMED}parts`;
export const DATA = `${NAMED}data`;
export const KEPT = `${NAMED}kept`;
export const PACK_LIST = "offline/packs.json";

// The version of the shell that is kept; "" for none.
export async function version() {
  const names = await caches.keys();
  return names.filter((name) => name.startsWith(SHELL)).at(-1)?.slice(SHELL.length) ?? "";
}

// The addresses in a cache, the newest first; none where there is no such cache.
export async function addresses(name) {
  if (!(await caches.has(name))) return [];
  const kept = await (await caches.open(name)).keys();
  return kept.map(({ url }) => url).reverse();
}

// Forgets everything but the shell, without which there would be no page to say so.
export function forget() {
  return Promise.all([PAGES, PARTS, DATA, KEPT].map((name) => caches.delete(name)));
}
