// The home page's section of what is new since the last visit. It stands where room is kept for it.

import "./words-home.js";

import { news } from "./changes.js";
import { element } from "./elements.js";
import { ROOT } from "./root.js";
import { say, sayDate } from "./say.js";

const FIRST = 10; // papers that are shown before all of them are asked for
const MOST_TOPICS = 8;

async function begin(place) {
  const answer = await fetch(new URL("changes.json", ROOT));
  if (!answer.ok) return;
  const found = news(await answer.json());
  if (found?.papers.length) place.append(section(found));
}

function section({ papers, topics, isMore, since }) {
  const n = papers.length;
  const heading = element("h2", { id: "news" }, isMore ? say("news_more", { n }) : say("news", { n }));
  const list = element("ol", {}, ...papers.slice(0, FIRST).map(line));
  const all = element("button", { class: "button", type: "button" }, say("news_all", { n }));
  all.hidden = papers.length <= FIRST;
  all.addEventListener("click", () => {
    list.append(...papers.slice(FIRST).map(line));
    all.hidden = true;
    list.children[FIRST].querySelector("a").focus();
  });
  const when = element("p", { class: "count" }, say("news_since", { date: sayDate(localDay(since)) }));
  const made = element("details", {}, element("summary", {}, heading), when, counts(papers, topics), list, all);
  return element("section", { class: "news", "aria-labelledby": "news" }, made);
}

function line({ path, title }) {
  return element("li", {}, element("a", { href: new URL(path, ROOT) }, element("bdi", {}, title)));
}

// How many of them each topic has, most first.
function counts(papers, topics) {
  const counted = new Map();
  for (const slug of papers.flatMap((paper) => paper.topics)) counted.set(slug, (counted.get(slug) ?? 0) + 1);
  const most = [...counted].toSorted(([, one], [, other]) => other - one).filter(([slug]) => topics.has(slug)).slice(0, MOST_TOPICS);
  return element("ul", { class: "chips" }, ...most.map(([slug, n]) => chip(slug, String(topics.get(slug)), n)));
}

function chip(slug, title, n) {
  const link = element("a", { href: new URL(`topics/${encodeURIComponent(slug)}/`, ROOT) }, `${title} `);
  link.append(element("span", { class: "count" }, String(n)));
  return element("li", {}, link);
}

// The day of the visit where the reader was, and not in Greenwich.
function localDay(time) {
  const then = new Date(time);
  const digits = (number) => String(number).padStart(2, "0");
  return `${then.getFullYear()}-${digits(then.getMonth() + 1)}-${digits(then.getDate())}`;
}

begin(document.getElementById("news-place"));
