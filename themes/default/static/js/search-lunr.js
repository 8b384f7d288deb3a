// Genuine lunr.js with two corrections from outside: what a word is, and which states of its automaton are one.

import lunr from "./lunr.js";
import { words } from "./search-text.js";

// Lunr tells states apart by writing each edge's letter and the number of its target with nothing between them, so
// "1" to state 23 and "12" to state 3 look alike, and terms with digits get lost.
lunr.TokenSet.prototype.toString = function () {
  if (this._str) return this._str;
  const edges = Object.keys(this.edges).sort();
  return (this.final ? "1" : "0") + edges.map((unit) => `|${unit}${this.edges[unit].id}`).join("");
};

lunr.Pipeline.registerFunction((token) => words(token.toString()).map((word) => token.clone(() => word)), "normalizer");

export default lunr;

export function stem(word) {
  return lunr.stemmer(new lunr.Token(word)).toString();
}
