// What every page gains from a script; each page is whole without it.

import "./saving.js";
import { touch } from "./visits.js";

touch();

const box = document.querySelector('main input[type="search"]') ?? document.querySelector('input[type="search"]');

function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

// `/` leads to the search box, as readers of papers expect.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// Not every browser lets the keyboard scroll a wide table or formula that cannot be focused.
for (const wide of document.querySelectorAll('.prose table, .prose math[display="block"]')) {
  if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
}
