// The service worker: what makes pages readable without the network. The build publishes it as /sw.js, under a line that
// says `const SITE = { version, shell, hashed }`: a hash of the shell, the paths that it is made of, and the beginnings
// of the paths that hold a hash. docs/offline.md says what is kept and for how long. offline-caches.js has the same names.
// offline-packs.js is joined to this.

const ROOT = new URL(self.registration.scope);
const NAMED = `sitegen ${ROOT.pathname} `; // sites under one host share its caches; no path holds a space
const SHELL = `${NAMED}shell ${SITE.version}`;
const PAGES = `${NAMED}pages`;
const PARTS = `${NAMED}parts`;
const DATA = `${NAMED}data`;
const KEPT = `${NAMED}kept`;
const OFFLINE = new URL("offline/", ROOT).href;
const MANIFEST = "search/manifest.json";
const DATA_FILES = [MANIFEST, "changes.json"];
const POINTS = "map/points/";
const MOST_PAGES = 200;
const HASH = 5; // characters of a hash in the manifest's list of shards, and in the name of a folder of rows

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("fetch", (event) => {
  const path = event.request.method === "GET" && !event.request.headers.has("range") && pathOf(event.request.url);
  if (path === false || path.startsWith(PACKS)) return;
  if (isHashed(path)) event.respondWith(hashed(event, path));
  else if (event.request.mode === "navigate") event.respondWith(page(event, path));
  else if (DATA_FILES.includes(path)) event.respondWith(data(event, path));
  else if (path.endsWith("/citation.json")) event.respondWith(citation(event, path));
});

// A page that was there before its worker tells what it is made of, so that the first visit counts too.
self.addEventListener("message", (event) => {
  if (Array.isArray(event.data?.visited)) event.waitUntil(Promise.all(event.data.visited.map(visited)));
});

async function install() {
  const shell = await caches.open(SHELL);
  await shell.addAll(SITE.shell.map((path) => new Request(new URL(path, ROOT), isHashed(path) ? {} : { cache: "no-cache" })));
  await self.skipWaiting();
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith(`${NAMED}shell `) && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

// The path under the site's root, without its query; false for what is elsewhere.
function pathOf(address) {
  const { origin, pathname } = new URL(address);
  return origin === ROOT.origin && pathname.startsWith(ROOT.pathname) && pathname.slice(ROOT.pathname.length);
}

function isHashed(path) {
  return SITE.hashed.some((beginning) => path.startsWith(beginning));
}

// ---- Answers ----

// What never changes under its name is fetched once.
async function hashed(event, path) {
  const kept = await held(path, SHELL, PARTS);
  if (kept) return kept;
  try {
    const response = await fetch(event.request);
    if (isWhole(response) && !isHtml(response)) later(event, keepPart, path, response);
    return response;
  } catch (fault) {
    const alike = (await packed(path)) ?? (await sameName(path));
    if (alike) return alike;
    throw fault;
  }
}

// The network's answer whenever there is one, asked for anew, so that no page is ever older than the site.
async function page(event, path) {
  try {
    const response = await fetch(event.request, { cache: "no-cache" });
    if (isWhole(response) && isHtml(response)) later(event, keepPage, path, response);
    else if (response.status === 404 || response.status === 410) later(event, forgetPage, path, response);
    return response;
  } catch {
    return (await newest(await held(path, PAGES, SHELL), path)) ?? offlinePage();
  }
}

async function data(event, path) {
  try {
    const response = await fetch(event.request, { cache: "no-cache" });
    if (isWhole(response) && !isHtml(response)) later(event, keepData, path, response);
    return response;
  } catch (fault) {
    // A search is answered by files of one and the same time, and the catalogue has all that its manifest names.
    const kept = path === MANIFEST ? ((await packed(path)) ?? (await held(path, DATA))) : await newest(await held(path, DATA), path);
    if (kept) return kept;
    throw fault;
  }
}

async function citation(event, path) {
  try {
    return await fetch(event.request);
  } catch (fault) {
    const kept = await packed(path);
    if (kept) return kept;
    throw fault;
  }
}

async function visited(address) {
  const path = pathOf(address);
  if (path === false || path.startsWith("assets/")) return;
  const response = await fetch(new URL(path, ROOT), isHashed(path) ? {} : { cache: "no-cache" });
  if (!isWhole(response)) return;
  if (isHtml(response)) await inTurn(keepPage, path, response);
  else if (isHashed(path)) await inTurn(keepPart, path, response);
  else if (DATA_FILES.includes(path)) await inTurn(keepData, path, response);
}

// Neither an error, nor what a redirect led to, nor another site's.
function isWhole({ status, type, redirected }) {
  return status === 200 && type === "basic" && !redirected;
}

function isHtml({ headers }) {
  return (headers.get("Content-Type") ?? "").startsWith("text/html");
}

async function held(path, ...names) {
  for (const cacheName of names) {
    const kept = await caches.match(new URL(path, ROOT), { cacheName, ignoreVary: true });
    if (kept) return kept;
  }
  return undefined;
}

// A page that was kept before the theme changed names files of the old one: without the network, it gets today's.
async function sameName(path) {
  const name = plain(path);
  const alike = SITE.shell.find((other) => other.startsWith("assets/") && plain(other) === name);
  return alike && held(alike, SHELL);
}

// assets/js-0a1b2c3d4e/site.js: assets/js/site.js; assets/css/style.0a1b2c3d4e.css: assets/css/style.css
function plain(path) {
  return path.replace(/^assets\/js-[0-9a-f]{10}\//, "assets/js/").replace(/\.[0-9a-f]{10}(?=\.|$)/, "");
}

// The page about this, in place of one that is not kept. Its addresses begin at its own folder.
async function offlinePage() {
  const kept = await held("offline/", SHELL);
  if (!kept) return Response.error();
  const text = (await kept.text()).replaceAll('"../', () => `"${ROOT.pathname}`);
  return new Response(text, { status: 503, statusText: "Offline", headers: headersLike(kept) });
}

// The headers of an answer, but for those that tell of its bytes.
function headersLike(response) {
  const headers = new Headers(response.headers);
  for (const name of ["Content-Length", "Content-Encoding", "ETag", "Last-Modified"]) headers.delete(name);
  return headers;
}

// ---- Keeping ----

let turn = Promise.resolve();

// One after another, as the answers came: the list that says what is named must be there before what it names.
function inTurn(keep, path, response) {
  turn = turn.then(() => keep(path, response)).catch(() => {}); // no room left, say: then it is not kept
  return turn;
}

function later(event, keep, path, response) {
  event.waitUntil(inTurn(keep, path, response.clone()));
}

async function keepPage(path, response) {
  const address = new URL(path, ROOT).href;
  if (address === OFFLINE) return; // the shell has it
  const pages = await caches.open(PAGES);
  const whole = new Response(await response.blob(), response); // what breaks off halfway leaves the old one as it is
  await pages.delete(address); // the newest stand last
  await pages.put(address, whole);
  const addresses = await pages.keys();
  await Promise.all(addresses.slice(0, -MOST_PAGES).map((old) => pages.delete(old)));
}

// Where the whole catalogue has the page, that it is gone is what must be known of it.
async function forgetPage(path, response) {
  const pages = await caches.open(PAGES);
  if (await packed(path)) await pages.put(new URL(path, ROOT), response);
  else await pages.delete(new URL(path, ROOT));
}

async function keepPart(path, response) {
  if (path.startsWith("assets/")) return; // those of this version are in the shell, others are on their way out
  const parts = await caches.open(PARTS);
  await parts.put(new URL(path, ROOT), response);
  if (path.startsWith(POINTS)) await dropped(parts, (other) => other.startsWith(POINTS) && other !== path);
  if (path.startsWith("search/documents/")) await prune();
}

async function keepData(path, response) {
  const before = await held(path, DATA);
  const text = await response.clone().text();
  if (before && (await before.text()) === text) return;
  await (await caches.open(DATA)).put(new URL(path, ROOT), response);
  if (path === MANIFEST) await prune();
}

// Drops the files of the search that its manifest names no more; docs/search-format.md says how it names them.
async function prune() {
  const manifest = await (await held(MANIFEST, DATA))?.json();
  if (!manifest) return;
  const parts = await caches.open(PARTS);
  const named = new Set([...(manifest.terms.match(new RegExp(`.{${HASH}}`, "g")) ?? []), ...manifest.documents]);
  for (const facet of [...manifest.topics, ...manifest.organizations, manifest.code]) named.add(facet.at(-1));
  named.add(manifest.vocabulary).add(manifest.titles);
  const folders = await Promise.all(manifest.documents.map((name) => rowsOf(name)));
  await dropped(parts, (path) => {
    const [top, kind, name] = path.split("/");
    if (top !== "search") return false;
    const [number, hash] = name.split("-");
    if (kind !== "rows") return !named.has(name.replace(/\.json$/, "").split("-").at(-1));
    const first = Math.floor((number * manifest.row) / manifest.chunk);
    if (first >= folders.length) return true;
    const place = number - (first * manifest.chunk) / manifest.row;
    return folders[first] !== null && folders[first].slice(HASH * place, HASH * (place + 1)) !== hash;
  });
}

// The hashes of the folders of rows that a file names; null while it is not kept.
async function rowsOf(name) {
  const kept = await held(`search/documents/${name}.json`, PARTS);
  return kept ? (await kept.json()).rows : null;
}

async function dropped(cache, isOld) {
  const old = (await cache.keys()).filter(({ url }) => isOld(pathOf(url)));
  await Promise.all(old.map((request) => cache.delete(request)));
}
