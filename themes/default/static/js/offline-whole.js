// The part of the page about offline reading that keeps the whole catalogue: a button, how far it is, what came of it.

import "./words-offline.js";

import { Gone, keep, keptSince, look } from "./offline-keeping.js";
import { say, sayDate } from "./say.js";

const MEGABYTE = 1e6;
const DEPLOYS = 3; // that may happen while the packs are fetched

const byId = (id) => document.getElementById(`offline-${id}`);

let found = null; // what `look` has found
let stopping = null; // what stops the fetching under way

// Shows what there is; onChange: is called when more or less is kept.
export async function beginWhole(onChange) {
  byId("keep").addEventListener("click", () => (stopping ? stopping.abort() : run(onChange)));
  await showWhole();
}

export async function showWhole() {
  if (stopping) return;
  found = await look().catch(() => undefined); // undefined: no network
  const since = await keptSince();
  byId("catalogue").hidden = !found && !since;
  const button = byId("keep");
  const hadFocus = document.activeElement === button;
  button.hidden = !found || found.isWhole;
  if (!button.hidden) button.textContent = offer(found);
  byId("kept-whole").textContent = since ? asOf(sayDate(since)) : "";
  if (hadFocus && button.hidden) byId("whole-status").focus();
}

function asOf(date) {
  return say(found && !found.isWhole ? "offline_changed" : "offline_whole", { date });
}

function offer({ all, toCome, since }) {
  const size = sized(toCome);
  if (since) return say("offline_update", { size });
  return say(toCome < all ? "offline_go_on" : "offline_keep", { size });
}

function sized(bytes) {
  const exact = bytes / MEGABYTE;
  return say("offline_size", { n: exact < 10 ? Math.max(0.1, Math.ceil(exact * 10) / 10) : Math.ceil(exact) });
}

async function run(onChange) {
  stopping = new AbortController();
  byId("keep").textContent = say("offline_pause");
  byId("whole-status").textContent = "";
  byId("going").hidden = false;
  byId("whole-status").textContent = await fetched(stopping.signal);
  byId("going").hidden = true;
  stopping = null;
  await showWhole();
  await onChange();
}

// Fetches all that is missing; gives what is to be said in the end.
async function fetched(signal) {
  try {
    await navigator.storage?.persist?.(); // so that the browser drops it last
    const room = await missingRoom();
    if (room !== null) return say("offline_no_room", { size: sized(found.toCome), room: sized(room) });
    await keepThroughDeploys(signal);
    return say("offline_done");
  } catch (fault) {
    if (signal.aborted) return say("offline_paused");
    const isFull = fault.name === "QuotaExceededError";
    return say(isFull ? "offline_full" : "offline_interrupted");
  }
}

// How much the browser gives, where that is too little; else null.
async function missingRoom() {
  const { quota, usage } = (await navigator.storage?.estimate?.()) ?? {};
  return quota !== undefined && quota - usage < found.toCome ? Math.max(0, quota - usage) : null;
}

async function keepThroughDeploys(signal, deploys = DEPLOYS) {
  tell(found.all - found.toCome);
  try {
    await keep(found, tell, signal);
  } catch (fault) {
    if (!(fault instanceof Gone) || deploys === 0) throw fault;
    found = (await look()) ?? found;
    await keepThroughDeploys(signal, deploys - 1);
  }
}

function tell(there) {
  const progress = byId("progress");
  progress.max = found.all;
  progress.value = there;
  byId("amount").textContent = say("offline_amount", { there: sized(there), all: sized(found.all) });
}
