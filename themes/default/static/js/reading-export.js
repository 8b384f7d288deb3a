// The reading list as files: citations, which are fetched from the papers' pages, and Markdown.

import "./words-list.js";

import { ROOT } from "./root.js";
import { say, sayDate } from "./say.js";

const AT_ONCE = 6; // requests
const KEPT = 60_000; // milliseconds that a download has to begin

// Fetches the citations of papers, in their order: null for those that could not be had. progress: called with how many
// are done.
export async function citationsOf(papers, progress = () => {}) {
  const found = papers.map(() => null);
  let next = 0;
  let done = 0;
  async function work() {
    while (next < papers.length) {
      const place = next++;
      found[place] = await citationOf(papers[place]);
      progress(++done);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return found;
}

async function citationOf({ path }) {
  try {
    const answer = await fetch(new URL(`${path}citation.json`, ROOT));
    if (!answer.ok) return null;
    const item = [await answer.json()].flat()[0];
    return typeof item?.title === "string" ? item : null;
  } catch {
    return null;
  }
}

// A list of tasks: what is read is ticked. Notes stand below as quotations.
export function markdown(papers) {
  return `# ${say("list_heading")}\n\n${papers.map(task).join("")}`;
}

function task({ path, title, date, organization, read, important, note }) {
  const facts = [organization && plain(organization), date && sayDate(date), important && `**${say("important")}**`];
  const link = `[${plain(title)}](${new URL(path, ROOT).href})`;
  const line = `- [${read ? "x" : " "}] ${[link, ...facts].filter(Boolean).join(", ")}\n`;
  const lines = note.trim() ? note.trim().split(/\r?\n/) : [];
  return line + lines.map((words) => `  > ${words}\n`).join("");
}

// No sign of a title is one of Markdown.
function plain(words) {
  return words.replace(/\s+/g, " ").replace(/[\\`*_[\]<>#|~!&$]/g, "\\$&");
}

export function download(text, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}
