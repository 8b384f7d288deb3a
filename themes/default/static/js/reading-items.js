// Papers of a reading list: their form, how they are written and read, and how two lists become one. It touches neither
// page nor storage. A list is a Map from slugs to papers, so that no slug is ever the name of something else.
// docs/reading-list.md describes the form.

export const VERSION = 1;
export const MOST_OF_A_NOTE = 20_000; // characters

const SLUG = /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/;
const PATH = /^papers\/(\d{4}|undated)\/([^/]+)\/$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOST_OF_A_SLUG = 80;
const MOST_OF_A_TITLE = 500;
const BETWEEN_NOTES = "\n\n---\n\n";

// Whatever was stored or sent, as a paper; null where it is none.
export function paperOf(value) {
  if (typeof value !== "object" || value === null || !isPath(value.path, value.slug)) return null;
  const { slug, path } = value;
  return {
    slug,
    path,
    title: text(value.title, MOST_OF_A_TITLE).trim() || slug.replaceAll("-", " "),
    date: DAY.test(value.date) && isTime(value.date) ? value.date : "",
    organization: text(value.organization, MOST_OF_A_TITLE),
    added: instant(value.added) || new Date(0).toISOString(),
    read: instant(value.read),
    important: value.important === true,
    note: text(value.note, MOST_OF_A_NOTE),
  };
}

export function isPath(path, slug) {
  const parts = typeof path === "string" && path.length < 2 * MOST_OF_A_SLUG ? PATH.exec(path) : null;
  return parts !== null && parts[2] === slug && slug.length <= MOST_OF_A_SLUG && SLUG.test(slug);
}

function text(value, most) {
  return typeof value === "string" ? value.slice(0, most) : "";
}

function instant(value) {
  return typeof value === "string" && value.length < 40 && isTime(value) ? new Date(value).toISOString() : "";
}

function isTime(value) {
  return !Number.isNaN(Date.parse(value));
}

// The text of a list, for the browser's storage and for a file.
export function writeList(papers) {
  return JSON.stringify({ version: VERSION, papers: [...papers.values()] });
}

// Reads such a text. lost: how many papers could not be read; a text that is no list counts as one.
export function readList(written) {
  const papers = new Map();
  let stored;
  try {
    stored = JSON.parse(written);
  } catch {
    return { papers, lost: 1 };
  }
  if (stored?.version !== VERSION || !Array.isArray(stored.papers)) return { papers, lost: 1 };
  for (const paper of stored.papers.map(paperOf)) {
    if (paper) papers.set(paper.slug, merged(papers.get(paper.slug), paper));
  }
  return { papers, lost: stored.papers.filter((value) => !paperOf(value)).length };
}

// Joins two lists: every paper of both, each mark that either has, all notes. What the first says of a paper itself
// (title, date) stays. left: notes of the second that would make one too long, and stay out.
export function mergeLists(first, second) {
  const papers = new Map(first);
  let fresh = 0;
  let left = 0;
  for (const [slug, paper] of second) {
    const own = papers.get(slug);
    fresh += !own;
    const both = merged(own, paper);
    left += own !== undefined && joined(own.note, paper.note).length > MOST_OF_A_NOTE;
    papers.set(slug, both);
  }
  return { papers, fresh, left };
}

function merged(own, other) {
  if (!own) return other;
  const note = joined(own.note, other.note);
  return {
    ...own,
    added: earlier(own.added, other.added),
    read: earlier(own.read, other.read),
    important: own.important || other.important,
    note: note.length > MOST_OF_A_NOTE ? own.note : note,
  };
}

function earlier(one, other) {
  if (!one || !other) return one || other;
  return one < other ? one : other;
}

// Two notes on one paper stand one below the other, each part once.
export function joined(own, other) {
  const there = parts(own);
  const more = parts(other).filter((part) => !there.includes(part));
  return more.length ? [...(own.trim() ? [own.trim()] : []), ...new Set(more)].join(BETWEEN_NOTES) : own;
}

function parts(note) {
  return note.split(/\n-{3,}\n/).map((part) => part.trim()).filter(Boolean);
}
