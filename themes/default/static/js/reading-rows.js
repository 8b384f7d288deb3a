// Rows of the reading list. A row stays while its paper does, so that the focus and what is being typed stay too.

import "./words-list.js";

import { element } from "./elements.js";
import { MOST_OF_A_NOTE } from "./reading-items.js";
import { ROOT } from "./root.js";
import { say, sayDate } from "./say.js";

const PAUSE = 600; // milliseconds without a key before a note is kept

const rows = new WeakMap(); // of each row: how it takes a paper, and how it keeps what is typed

// actions: what the buttons of a row call, with the paper's slug.
export function showListRows(list, papers, actions) {
  const there = new Map(Array.from(list.children, (row) => [row.dataset.slug, row]));
  const wanted = papers.map((paper) => {
    const row = there.get(paper.slug) ?? makeRow(paper, actions);
    rows.get(row).take(paper);
    return row;
  });
  const kept = new Set(wanted);
  for (const row of there.values()) if (!kept.has(row)) row.remove();
  // Moving a row takes the focus off it: only those move that must.
  for (const [place, row] of wanted.entries()) {
    if (list.children[place] !== row) list.insertBefore(row, list.children[place] ?? null);
  }
}

// Keeps what was typed, since the page is about to go.
export function dropRows(list) {
  for (const row of list.children) rows.get(row).keepNote();
}

function makeRow(paper, actions) {
  const { slug } = paper;
  const id = `note-${slug}`;
  const title = element("bdi");
  const meta = element("p", { class: "paper-meta" });
  const read = button(say("read"), paper, () => actions.read(slug), { "aria-pressed": "false" });
  const important = button(say("important"), paper, () => actions.important(slug), { "aria-pressed": "false" });
  const open = button(say("note"), paper, openNote, { "aria-expanded": "false", "aria-controls": id });
  const remove = button(say("remove"), paper, () => actions.remove(slug));
  const text = element("textarea", { rows: "3", maxlength: String(MOST_OF_A_NOTE), dir: "auto", "aria-label": say("note_on", { title: paper.title }) });
  const note = element("div", { class: "listed-note", id }, text);
  const link = element("a", { href: new URL(paper.path, ROOT) }, title);
  const row = element("article", { class: "paper", "data-slug": slug });
  row.append(element("h2", { class: "paper-title" }, link), meta);
  row.append(element("p", { class: "listed-tools" }, read, important, open, remove), note);
  let known = paper.note; // the note that the text began from
  let timer;
  setOpen(Boolean(paper.note));

  function setOpen(isOpen) {
    note.hidden = !isOpen;
    open.setAttribute("aria-expanded", String(isOpen));
  }

  function openNote() {
    setOpen(note.hidden);
    if (!note.hidden) text.focus();
  }

  function keepNote() {
    clearTimeout(timer);
    if (text.value !== known) actions.note(slug, text.value, known);
  }

  function take(now) {
    title.textContent = now.title;
    meta.replaceChildren(...facts(now).flatMap((fact) => [element("span", {}, fact), " "]));
    read.setAttribute("aria-pressed", String(Boolean(now.read)));
    important.setAttribute("aria-pressed", String(now.important));
    row.classList.toggle("is-read", Boolean(now.read));
    const isTyped = text.value !== known;
    if (isTyped && now.note !== text.value) return; // what is being typed is not taken away
    if (now.note && now.note !== known) setOpen(true);
    text.value = known = now.note;
  }

  text.value = known;
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keepNote, PAUSE);
  });
  text.addEventListener("change", keepNote);
  rows.set(row, { take, keepNote });
  return row;
}

function button(label, { title }, action, attributes = {}) {
  const named = { "aria-label": `${label}: ${title}`, ...attributes };
  const made = element("button", { class: "button", type: "button", ...named }, label);
  made.addEventListener("click", action);
  return made;
}

function facts({ date, organization, added }) {
  const day = date ? element("time", { datetime: date }, sayDate(date)) : say("undated");
  const saved = say("saved_on", { date: sayDate(added.slice(0, 10)) });
  return [day, ...(organization ? [element("bdi", {}, organization)] : []), saved];
}
