// The file that the map is drawn from (docs/map.md), and the papers that it stands for.

import { Missing, readRow, Store } from "./search-store.js";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUE = new Map(Array.from(DIGITS, (digit, value) => [digit, value]));
const NUMBERS = DIGITS.length ** 2; // two digits write one of so many numbers
const SIDE = NUMBERS;

// Reads the file: of each paper where it is, from 0 to 1, the number of its topic, and what its slug can be told by.
export async function readPoints(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const { total, x, y, topic, check, topics } = await response.json();
  return {
    total,
    x: Float32Array.from(column(x), (value) => (value + 0.5) / SIDE),
    y: Float32Array.from(column(y), (value) => (value + 0.5) / SIDE),
    topic: column(topic),
    check: column(check),
    topics: topics.map(([number, title, path, count, tone, isSquare, left, top]) => ({
      number, title, path, count, tone, isSquare: Boolean(isSquare), x: left / SIDE, y: top / SIDE,
    })),
  };
}

function column(text) {
  const numbers = new Int16Array(text.length / 2);
  for (let place = 0; place < numbers.length; place++) {
    numbers[place] = VALUE.get(text[2 * place]) * DIGITS.length + VALUE.get(text[2 * place + 1]);
  }
  return numbers;
}

// Fetches what is shown of a paper of the map from the rows of the search, whose numbers count from the oldest paper.
export class Papers {
  constructor(root, points) {
    this.store = new Store(root);
    this.points = points;
  }

  // Raises Missing where the search knows another catalogue than the map.
  async at(place) {
    const { total, check } = this.points;
    const manifest = await this.store.manifest();
    if (manifest.count !== total) throw new Missing("another catalogue");
    const row = await readRow(this.store, manifest, total - 1 - place);
    if (checkOf(row.path.split("/").at(-2)) !== check[place]) throw new Missing("another paper");
    return row;
  }
}

// The lowest bits of a slug's CRC-32, as zlib works it out.
export function checkOf(slug) {
  let crc = 0xffffffff;
  for (const byte of new TextEncoder().encode(slug)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ((crc ^ 0xffffffff) >>> 0) % NUMBERS;
}
