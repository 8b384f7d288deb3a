// All terms of the index, and those of them that a pattern stands for.

import { firstBeyond, values } from "./search-store.js";

export class Vocabulary {
  // Takes what the file holds: how much of each term is the beginning of the one before, the rest, and how many papers
  // have it.
  constructor({ shared, rest, papers }) {
    this.shared = values(shared);
    this.counts = values(papers);
    this.terms = [];
    for (const [place, ending] of rest.entries()) {
      this.terms.push(place ? this.terms[place - 1].slice(0, this.shared[place]) + ending : ending);
    }
  }

  // How many papers have a term.
  papers(term) {
    const place = firstBeyond(this.terms, term) - 1;
    return this.terms[place] === term ? this.counts[place] : 0;
  }

  // The terms that an automaton of Lunr's accepts. Terms share beginnings with their neighbours, and so do the states
  // that they lead through. Where whatever follows is accepted, or nothing, the rest of a term is not looked at.
  accepted(query) {
    const states = [[query]];
    return this.terms.filter((term, place) => {
      states.length = Math.min(states.length, this.shared[place] + 1);
      while (states.length <= term.length && isOpen(states.at(-1))) states.push(step(states.at(-1), term[states.length - 1]));
      return states.at(-1).some(states.length > term.length ? (state) => state.final : takesAll);
    });
  }
}

function isOpen(states) {
  return states.length > 0 && !states.some(takesAll);
}

function takesAll(state) {
  return state.final && state.edges["*"] === state;
}

function step(states, unit) {
  const reached = new Set();
  for (const { edges } of states) {
    if (edges[unit]) reached.add(edges[unit]);
    if (edges["*"]) reached.add(edges["*"]);
  }
  return [...reached];
}
