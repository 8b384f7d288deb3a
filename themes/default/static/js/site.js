// The one thing that every page needs a script for: `/` leads to the search box, as readers of papers expect.

const box = document.querySelector('main input[type="search"]') ?? document.querySelector('input[type="search"]');

function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
