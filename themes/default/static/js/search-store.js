// The files under search/: fetched once each, and again after a failure; and the lists of numbers and of terms that they
// hold. docs/search-format.md tells their form.

import "./words-search.js";

import { say } from "./say.js";

export const HASH = 5; // characters of a hash in the name of a shard, or of a folder of rows

// A file that the manifest names is not there: the site was built anew since the manifest was read.
export class Missing extends Error {}

export class Store {
  // root: the address of the site.
  constructor(root) {
    this.folder = new URL("search/", root);
    this.files = new Map();
  }

  // The one file that may change under its name.
  manifest() {
    return this.kept("manifest.json", { cache: "no-cache" });
  }

  file(name) {
    return this.kept(`${name}.json`, {});
  }

  kept(name, how) {
    if (!this.files.has(name)) {
      const file = this.fetched(name, how);
      this.files.set(name, file);
      file.catch(() => this.files.delete(name));
    }
    return this.files.get(name);
  }

  async fetched(name, how) {
    const response = await fetch(new URL(name, this.folder), how);
    if (response.status === 404) throw new Missing(say("file_missing", { file: `search/${name}` }));
    if (!response.ok) throw new Error(`search/${name}: ${response.status}`);
    return response.json();
  }
}

// What is shown of a paper, by its number. Only the one chunk is fetched that names its folder.
export async function readRow(store, { chunk, row, documents: chunks }, number) {
  const { rows } = await store.file(`documents/${chunks[Math.floor(number / chunk)]}`);
  const place = Math.floor((number % chunk) / row);
  const hash = rows.slice(HASH * place, HASH * (place + 1));
  const found = await store.file(`rows/${Math.floor(number / row)}-${hash}/${number % row}`);
  const [path, title, date, authors, organization, organizationPath, comments, topics, hasCode, abstract] = found;
  return { path, title, date, authors, organization, organizationPath, comments, topics, hasCode, abstract };
}

// A list of integers: a string with one code unit for each, or an array.
export function values(given) {
  if (typeof given !== "string") return Int32Array.from(given);
  const numbers = new Int32Array(given.length);
  for (let place = 0; place < numbers.length; place++) numbers[place] = given.charCodeAt(place) - 48;
  return numbers;
}

// Integers given as their multiples of 64 and what is left.
export function whole(high, low) {
  const above = values(high);
  return values(low).map((below, place) => 64 * above[place] + below);
}

// A list of ascending document numbers, each but the first written as the distance to the one before.
export function documents(deltas) {
  const numbers = values(deltas);
  for (let place = 1; place < numbers.length; place++) numbers[place] += numbers[place - 1];
  return numbers;
}

// The place of the first of some ascending values that is greater than a value.
export function firstBeyond(ascending, value) {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
