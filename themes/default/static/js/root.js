// Where the site is, and under what name this browser keeps the reading list: what small scripts know of both. Sites
// under one host share its storage, so the name has the site's root in it.

const FORM = 1; // of what is stored: VERSION in reading-items.js

export const ROOT = new URL(document.documentElement.dataset.root || "./", location.href);
export const KEY = `sitegen:reading-list:${FORM}:${ROOT.pathname}`;
