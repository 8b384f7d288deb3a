// The second part of the service worker: what it reads from the packs of the whole catalogue, once they are kept. The
// build joins it to offline-worker.js; offline-keeping.js keeps the packs, docs/offline.md tells what they look like.

const PACKS = "offline/packs/";
const PACK_LIST = "offline/packs.json";
const NEWLINE = 10;

// What the kept catalogue has at a path; undefined for nothing.
async function packed(path) {
  const list = await held(PACK_LIST, KEPT);
  if (!list) return undefined;
  const { packs } = await list.clone().json();
  const pack = packs.findLast(([first]) => first <= path);
  const file = pack && (await held(`${PACKS}${pack[1]}.pack`, KEPT));
  const bytes = file && (await unpacked(file, path));
  return bytes && answered(bytes, path, list.headers.get("Date"));
}

// A line of JSON, the address and the number of bytes of each file; then the bytes of all of them.
async function unpacked(file, path) {
  const stream = file.body.pipeThrough(new DecompressionStream("gzip"));
  const whole = new Uint8Array(await new Response(stream).arrayBuffer());
  const head = whole.indexOf(NEWLINE);
  let from = head + 1;
  for (const [address, length] of JSON.parse(new TextDecoder().decode(whole.subarray(0, head)))) {
    if (address === path) return whole.subarray(from, from + length);
    from += length;
  }
  return undefined;
}

// As the host would answer: with the headers of a page that it did answer. date: of the catalogue that is kept.
async function answered(bytes, path, date) {
  const like = await held("offline/", SHELL);
  const headers = headersLike(like ?? new Response());
  headers.set("Content-Type", path.endsWith(".json") ? "application/json" : "text/html; charset=utf-8");
  if (date) headers.set("Date", date);
  return new Response(bytes, { headers });
}

// Of a page that was opened and of the same page in the catalogue, the one that the host has answered last.
async function newest(visited, path) {
  const whole = await packed(path);
  if (!visited || !whole) return visited ?? whole;
  return timeOf(whole) > timeOf(visited) ? whole : visited;
}

function timeOf({ headers }) {
  return Date.parse(headers.get("Date") ?? "") || 0;
}
