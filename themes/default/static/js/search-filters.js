// The lists that filter what is found: their options, and how many papers each has.

import { element } from "./elements.js";

let areOffered = false; // whether the organisations are
let tallies = null; // how many papers each year has under the other filters; null: all filters as the page came

// Write behind each option how many papers it has: of a year, under the other filters. How many of a topic's papers
// answer a query is known only once it is chosen. Only where a list is about to be opened: nobody sees the others.
export function tally(lists, years) {
  tallies = years;
  for (const list of lists) if (list.matches(":hover, :focus")) count(list);
}

export function countWhereOpened(lists) {
  for (const list of lists) {
    for (const opening of ["pointerenter", "focus"]) list.addEventListener(opening, () => count(list));
  }
}

function count({ options }) {
  for (const { value, dataset, firstChild } of [...options].slice(1)) {
    const number = tallies ? tallies[value] : dataset.count;
    firstChild.data = number === undefined ? dataset.label : `${dataset.label} (${number})`;
  }
}

// The organisations with most papers. Gives whether the one that was chosen is known, or none was.
export function offerOrganizations(list, rows) {
  const chosen = list.value;
  const options = rows.map(([handle, name, papers]) => element("option", { value: handle }, `${name} (${papers})`));
  list.replaceChildren(list.options[0], ...options);
  areOffered = true;
  choose(list, chosen);
  return list.value === chosen;
}

// Until the index has told the names of organisations, one that an address names is taken for known.
export function chooseOrganization(list, handle) {
  choose(list, handle);
  if (areOffered || list.value === handle) return;
  list.append(element("option", { value: handle }, handle));
  list.value = handle;
}

// An address may name a topic or a year that the catalogue no longer has.
export function choose(list, value) {
  list.value = value;
  if (list.value !== value) list.value = "";
}
