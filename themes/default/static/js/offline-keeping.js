// Keeping the whole catalogue. The site has it in packs that are named by what they hold (docs/offline.md), so that a pack
// that is kept is never fetched again. Their list is kept last: where there is one, all that it names was there.

import { addresses, KEPT, PACK_LIST } from "./offline-caches.js";
import { ROOT } from "./root.js";

const LIST = new URL(PACK_LIST, ROOT).href;
const AT_ONCE = 4;
const GONE = [404, 410];

export class Gone extends Error {}

// What there is to keep: the list as it was answered, the packs that are missing, the bytes of all and of those, since
// when all is kept (null: never was), and whether that is up to date. null where the site has no packs.
export async function look() {
  const [answer, there, kept] = await Promise.all([fetch(LIST, { cache: "no-cache" }), addresses(KEPT), keptList()]);
  if (GONE.includes(answer.status)) return null;
  if (!isFile(answer)) throw new Error(`${answer.status}`);
  const text = await answer.clone().text();
  const { packs } = JSON.parse(text);
  const have = new Set(there);
  const missing = packs.filter((pack) => !have.has(addressOf(pack)));
  const isWhole = missing.length === 0 && (await kept?.text()) === text;
  return { answer, packs, missing, all: bytesOf(packs), toCome: bytesOf(missing), since: dateOf(kept), isWhole };
}

// The day of the catalogue that is kept whole; null for none.
export async function keptSince() {
  return dateOf(await keptList());
}

// Fetches what is missing and drops what is needed no more. tell: hears how many bytes are there. What is there stays,
// however this ends; Gone: there has been a deploy meanwhile, and it is time to look again.
export async function keep({ answer, packs, missing, all, toCome }, tell, signal) {
  const cache = await caches.open(KEPT);
  const waiting = [...missing];
  let there = all - toCome;
  const fetchSome = async () => {
    for (let pack = waiting.shift(); pack; pack = waiting.shift()) {
      await keepPack(cache, pack, signal);
      tell((there += bytesOf([pack])));
    }
  };
  const stop = (fault) => {
    waiting.length = 0;
    throw fault;
  };
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => fetchSome().catch(stop)));
  for (const { reason } of ends) if (reason) throw reason;
  await cache.put(LIST, answer);
  const named = new Set([LIST, ...packs.map(addressOf)]);
  const old = (await cache.keys()).filter(({ url }) => !named.has(url));
  await Promise.all(old.map((request) => cache.delete(request)));
}

// The browser's own cache would keep them a second time.
async function keepPack(cache, pack, signal) {
  const address = addressOf(pack);
  const answer = await fetch(address, { signal, cache: "no-store" });
  if (GONE.includes(answer.status)) throw new Gone(address);
  if (!isFile(answer)) throw new Error(`${answer.status}`);
  await cache.put(address, answer);
}

// Not an error, nor the page by which some networks ask for a password.
function isFile({ ok, redirected, headers }) {
  return ok && !redirected && !(headers.get("Content-Type") ?? "").startsWith("text/html");
}

async function keptList() {
  return (await caches.has(KEPT)) ? caches.match(LIST, { cacheName: KEPT, ignoreVary: true }) : undefined;
}

function dateOf(list) {
  return list ? new Date(list.headers.get("Date") ?? 0) : null;
}

function addressOf([, name]) {
  return new URL(`offline/packs/${name}.pack`, ROOT).href;
}

function bytesOf(packs) {
  return packs.reduce((sum, [, , bytes]) => sum + bytes, 0);
}
