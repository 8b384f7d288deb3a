// The map at work: zooming, moving, pointing at papers and opening them, by mouse, finger or key; and the list of what is
// in view. Without it the page shows a still picture.

import "./words-map.js";

import { element } from "./elements.js";
import { Canvas } from "./map-canvas.js";
import { Papers, readPoints } from "./map-points.js";
import { View } from "./map-view.js";
import { say, sayDate } from "./say.js";
import { Missing } from "./search-store.js";

const LISTED = 20; // papers of the list
const REACH = 12; // pixels from a paper within which it is pointed at
const STILL = 4; // pixels that a pointer may move and yet click
const REST = 250; // milliseconds after which the view is taken to rest
const LINGER = 80; // milliseconds on a paper after which its title is fetched
const STEP = 80; // pixels that an arrow key moves
const ZOOM = 1.5;

const root = document.documentElement.dataset.root ?? "./";
const byId = (id) => document.getElementById(`map-${id}`);
const stage = byId("stage");
const ground = byId("ground");
const tip = element("div", { class: "map-tip", hidden: "" });
const tools = byId("tools");
const select = byId("topic");
const list = byId("list");
const papersList = byId("papers");
const status = byId("status");

const view = new View();
const pointers = new Map(); // where each pointer that is down was last
let points = null;
let papers = null;
let canvas = null;
let chosen = -1; // the number of a topic, -1 for all
let marked = -1; // the paper that is pointed at
let travelled = 0; // pixels since the pointer came down
let frame = 0;
let resting = 0;
let lingering = 0;
let latest = 0; // the number of the newest list; what was fetched for older ones is dropped

const isShown = (place) => chosen < 0 || points.topic[place] === chosen;

async function start() {
  points = await readPoints(stage.dataset.points);
  papers = new Papers(new URL(root, document.baseURI), points);
  canvas = new Canvas(ground, points);
  ground.append(tip);
  ground.hidden = tools.hidden = false;
  stage.querySelector(".map-picture").setAttribute("hidden", "");
  new ResizeObserver(fit).observe(ground);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    canvas.readColours();
    show();
  });
  status.textContent = "";
  listen();
  fit();
  if (list.open) listPapers();
}

function fit() {
  view.resize(ground.clientWidth, ground.clientHeight);
  canvas.resize(view.width, view.height);
  draw();
}

// Draws once the browser is about to paint; lists what is in view once it rests.
function show() {
  frame ||= requestAnimationFrame(draw);
  ground.classList.toggle("moved", view.isMoved);
  clearTimeout(resting);
  resting = setTimeout(() => list.open && listPapers(), REST);
}

function draw() {
  cancelAnimationFrame(frame);
  frame = 0;
  canvas.draw(view, chosen, marked);
  stage.dataset.scale = view.scale.toFixed(2);
}

// ---- The paper that is pointed at ----

function point(place, stays = false) {
  clearTimeout(lingering);
  marked = place;
  stage.dataset.marked = place;
  ground.classList.toggle("pointing", place >= 0);
  tip.hidden = place < 0;
  show();
  if (place < 0) return;
  fillTip(place, { title: say("map_loading") }, false);
  lingering = setTimeout(() => tell(place, stays), stays ? 0 : LINGER);
}

async function tell(place, stays) {
  const paper = await papers.at(place).catch((fault) => ({ title: saying(fault) }));
  if (marked === place) fillTip(place, paper, stays);
}

function saying(fault) {
  return say(fault instanceof Missing ? "map_stale" : "map_failed");
}

function fillTip(place, { path, title, date }, stays) {
  const name = element("bdi", {}, title);
  const topic = points.topics.find(({ number }) => number === points.topic[place])?.title;
  const about = [date && sayDate(date), topic].filter(Boolean).join(" · ");
  tip.replaceChildren(
    element("p", { class: "tip-title" }, stays && path ? element("a", { href: root + path }, name) : name),
    element("p", { class: "tip-about" }, about),
  );
  tip.classList.toggle("stays", stays);
  const [x, y] = view.onScreen(points.x[place], points.y[place]);
  const left = Math.max(4, Math.min(x + 12, view.width - tip.offsetWidth - 4));
  const top = y + 14 + tip.offsetHeight < view.height ? y + 14 : Math.max(4, y - 14 - tip.offsetHeight);
  tip.style.setProperty("transform", `translate(${left}px, ${top}px)`);
}

async function open(place, isApart) {
  const paper = await papers.at(place).catch((fault) => fillTip(place, { title: saying(fault) }, false));
  if (!paper) return;
  if (isApart) window.open(root + paper.path, "_blank", "noopener");
  else location.assign(root + paper.path);
}

// ---- The list of what is in view ----

async function listPapers() {
  const question = ++latest;
  const found = view.inView(points, isShown);
  const rows = await Promise.all(found.slice(0, LISTED).map((place) => papers.at(place))).catch((fault) => {
    status.textContent = saying(fault);
  });
  if (!rows || question !== latest) return;
  status.textContent = say(found.length > LISTED ? "map_view_first" : "map_view", { n: found.length });
  papersList.replaceChildren(...rows.map((paper, rank) => item(found[rank], paper)));
}

function item(place, { path, title, date }) {
  const link = element("a", { href: root + path }, element("bdi", {}, title));
  const row = element("li", {}, link, ...(date ? [" ", element("span", { class: "count" }, sayDate(date))] : []));
  const mark = (target) => () => {
    marked = target;
    draw();
  };
  link.addEventListener("focus", mark(place));
  link.addEventListener("pointerenter", mark(place));
  link.addEventListener("blur", mark(-1));
  link.addEventListener("pointerleave", mark(-1));
  return row;
}

// ---- Mouse, finger and key ----

function listen() {
  ground.addEventListener("pointerdown", onDown);
  ground.addEventListener("pointermove", onMove);
  ground.addEventListener("pointerup", onUp);
  ground.addEventListener("pointercancel", (event) => pointers.delete(event.pointerId));
  ground.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && !pointers.size && point(-1));
  ground.addEventListener("dblclick", (event) => change(() => view.zoom(2, ...placeOf(event))));
  ground.addEventListener("wheel", onWheel, { passive: false });
  ground.addEventListener("keydown", onKey);
  tools.addEventListener("click", (event) => use(event.target.closest("button")?.dataset.tool));
  select.addEventListener("change", () => choose(select.selectedIndex));
  list.addEventListener("toggle", () => list.open && listPapers());
}

function placeOf(event) {
  const box = ground.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

function change(how) {
  if (marked >= 0) point(-1);
  how();
  show();
}

function onDown(event) {
  if (event.button > 1 || tip.contains(event.target)) return;
  ground.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, placeOf(event));
  travelled = pointers.size > 1 ? STILL + 1 : 0;
}

function onMove(event) {
  const here = placeOf(event);
  const before = pointers.get(event.pointerId);
  if (!before) return hover(event, here);
  const [dx, dy] = [here[0] - before[0], here[1] - before[1]];
  travelled += Math.hypot(dx, dy);
  const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
  pointers.set(event.pointerId, here);
  if (travelled <= STILL) return;
  ground.classList.add("dragging");
  change(() => {
    if (other) pinch(before, here, other);
    else view.pan(dx, dy);
  });
}

// Two fingers zoom by how far they part, about the one that rests.
function pinch(before, here, other) {
  const apart = (from) => Math.max(1, Math.hypot(from[0] - other[0], from[1] - other[1]));
  view.zoom(apart(here) / apart(before), ...other);
}

function hover(event, here) {
  if (event.pointerType !== "mouse") return;
  const place = view.nearest(points, ...here, REACH, isShown);
  if (place !== marked) point(place);
}

function onUp(event) {
  const wasDown = pointers.delete(event.pointerId);
  ground.classList.remove("dragging");
  if (!wasDown || travelled > STILL) return;
  const place = view.nearest(points, ...placeOf(event), REACH * (event.pointerType === "mouse" ? 1 : 2), isShown);
  if (place < 0 || event.pointerType !== "mouse") return point(place, true);
  open(place, event.ctrlKey || event.metaKey || event.button === 1);
}

// The wheel scrolls the page until the map was clicked or focused; a pinch on a pad comes as a wheel with Ctrl.
function onWheel(event) {
  if (!event.ctrlKey && document.activeElement !== ground) return;
  event.preventDefault();
  change(() => view.zoom(2 ** (-event.deltaY / (event.ctrlKey ? 100 : 300)), ...placeOf(event)));
}

const KEYS = {
  ArrowLeft: () => view.pan(STEP, 0),
  ArrowRight: () => view.pan(-STEP, 0),
  ArrowUp: () => view.pan(0, STEP),
  ArrowDown: () => view.pan(0, -STEP),
  "+": () => view.zoom(ZOOM),
  "=": () => view.zoom(ZOOM),
  "-": () => view.zoom(1 / ZOOM),
  0: () => view.reset(),
  Escape: () => {},
};

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault();
  change(KEYS[event.key]);
}

function use(tool) {
  if (tool === "in") change(() => view.zoom(ZOOM));
  if (tool === "out") change(() => view.zoom(1 / ZOOM));
  if (tool === "reset") change(() => view.reset());
}

// index: of an option; the first stands for all topics, the others for the topics in the order of the file.
function choose(index) {
  chosen = index > 0 ? points.topics[index - 1].number : -1;
  change(() => {});
}

if (stage) start();
