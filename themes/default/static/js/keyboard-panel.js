// The panel that tells the keys and switches them off. keyboard.js loads it when it is first asked for.

import "./words-keyboard.js";

import { element } from "./elements.js";
import { areOff, KEYS, OFF } from "./keyboard.js";
import { say } from "./say.js";

let panel = null;

export function openPanel() {
  panel ??= document.body.appendChild(makePanel());
  panel.querySelector("input").checked = !areOff();
  if (!panel.open) panel.showModal();
}

function makePanel() {
  const dialog = element("dialog", { class: "keys-panel", "aria-labelledby": "keys-title" });
  const list = element("dl", { class: "keys" });
  for (const [key, name] of Object.entries(KEYS)) {
    const term = element("dt", {}, element("kbd", {}, key));
    list.append(element("div", {}, term, element("dd", {}, say(`key_${name}`))));
  }
  const on = element("input", { type: "checkbox" });
  on.addEventListener("change", () => setOff(!on.checked));
  const close = element("button", { class: "button", autofocus: "" }, say("close"));
  const form = element("form", { method: "dialog" }, element("label", {}, on, ` ${say("keys_on")}`), close);
  dialog.append(element("h2", { id: "keys-title" }, say("keyboard")), list, form);
  // A click beside the panel closes it, as readers expect.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return dialog;
}

function setOff(off) {
  try {
    if (off) localStorage.setItem(OFF, "1");
    else localStorage.removeItem(OFF);
  } catch {
    // They stay as they are.
  }
}
