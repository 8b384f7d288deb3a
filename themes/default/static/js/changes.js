// Which papers are new since the last visit. The browser keeps what changes.json named when it was last looked at; so a
// paper that was captured before a visit, and published after it, is new at the next one all the same.

import { isPath } from "./reading-items.js";
import { keep, MOST, remembered } from "./visits.js";

// Gives the papers of changes.json that are new since the last visit, and when that was; null at the first visit.
export function news(changes, now = Date.now()) {
  const file = fileOf(changes);
  if (!file) return null;
  const { before, at } = remembered();
  keep({ at, before, latest: seenIn(file, now) });
  if (!before) return null;
  const seen = new Set(before.seen);
  const fresh = file.papers.filter((paper) => !seen.has(paper.slug) && order(paper) > before.oldest);
  const isMore = file.more && fresh.length === file.papers.length;
  return { papers: fresh, topics: file.topics, isMore, since: before.at };
}

// Older papers may come into the file when newer ones are taken back: they are not new.
function seenIn({ papers, more }, now) {
  return { at: now, seen: papers.map(({ slug }) => slug), oldest: more && papers.length ? order(papers.at(-1)) : "" };
}

function order({ added, slug }) {
  return `${added} ${slug}`;
}

function fileOf(changes) {
  if (changes?.version !== 1 || !Array.isArray(changes.papers)) return null;
  const papers = changes.papers.slice(0, MOST).flatMap(paperOf);
  return { papers, more: changes.more === true, topics: new Map(Object.entries(changes.topics ?? {})) };
}

function paperOf({ added, slug, path, title, topics }) {
  const relative = String(path).slice(1);
  return isPath(relative, slug) ? [{ added: String(added), slug, path: relative, title: String(title), topics: [topics ?? []].flat() }] : [];
}
