// What every page gains from a script; each page is whole without it.

import "./keyboard.js";
import "./installing.js";
import "./saving.js";
import { touch } from "./visits.js";

touch();

for (const notice of document.querySelectorAll("[data-needs-server]")) notice.hidden = true;

// Not every browser lets the keyboard scroll a wide table or formula that cannot be focused.
for (const wide of document.querySelectorAll('.prose table, .prose math[display="block"]')) {
  if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
}
