// A list as the fragment of an address: "#list=1." and the papers' years and slugs, one on each line, deflated, base64url.
// The fragment stays in the browser: no server is told of it.

import { isPath } from "./reading-items.js";

export const MOST_SHARED = 200; // papers; some programs cut longer addresses
const MARK = "#list=1.";
const LONGEST = 40_000; // characters of a fragment
const MOST_BYTES = 200_000; // of what it unpacks to

export function isShared(fragment) {
  return fragment.startsWith("#list=");
}

export async function fragmentOf(papers) {
  const lines = papers.slice(0, MOST_SHARED).map(({ path }) => path.replace(/^papers\/(.*)\/$/, "$1"));
  const packed = await through(new Blob([lines.join("\n")]), new CompressionStream("deflate-raw"));
  return MARK + base64url(packed);
}

// Gives the papers of a fragment as {slug, path}; null where it holds no list. Lines that name no paper are left out.
export async function papersOf(fragment) {
  if (!fragment.startsWith(MARK) || fragment.length > LONGEST) return null;
  try {
    const packed = Uint8Array.from(atob(fragment.slice(MARK.length).replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt());
    const lines = new TextDecoder().decode(await through(new Blob([packed]), new DecompressionStream("deflate-raw"))).split("\n");
    const named = new Map(lines.flatMap(paperOf).map((paper) => [paper.slug, paper]));
    return [...named.values()].slice(0, MOST_SHARED);
  } catch {
    return null; // neither base64 nor deflated, or too much of it
  }
}

function paperOf(line) {
  const path = `papers/${line}/`;
  const slug = line.split("/")[1];
  return isPath(path, slug) ? [{ slug, path }] : [];
}

// A few bytes may unpack to very many: reading ends where no list is that long.
async function through(blob, stream) {
  const parts = [];
  let size = 0;
  for await (const part of values(blob.stream().pipeThrough(stream))) {
    parts.push(part);
    size += part.length;
    if (size > MOST_BYTES) throw new RangeError("too long for a list");
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

// Not every browser can go through a stream by itself.
async function* values(stream) {
  const reader = stream.getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    reader.cancel().catch(() => {}); // the stream may have failed by itself
  }
}

function base64url(bytes) {
  const signs = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
