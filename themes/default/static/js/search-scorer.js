// Lunr's scores on typed arrays: the same sums in the same order as lunr.Index.prototype.query, to the last bit.
//
// A clause is { presence, boost, fields, terms }: fields as numbers; terms holds, for each word of the clause, the
// entries that it stands for, in Lunr's order. An entry is one term of the index: { first, rank, lists }, its place
// in Lunr's index of terms (the first document, the place among that document's terms) and, for each field, null or
// { documents, weights }.

import lunr from "./search-lunr.js";
import { firstBeyond } from "./search-store.js";

const { REQUIRED, PROHIBITED } = lunr.Query.presence;

// Gives { numbers, scores }: the documents found, best first, equal scores newest first, and the score of each.
// total: how many documents there are; count: how many fields.
export function score(clauses, total, count) {
  const selection = new Selection(total, count);
  for (const clause of clauses) selection.add(clause);
  const isNegated = clauses.every(({ presence }) => presence === PROHIBITED);
  const admitted = selection.admitted(isNegated && clauses.length > 0);
  const sums = selection.sums(admitted);
  return sorted(admitted, sums);
}

class Selection {
  constructor(total, count) {
    this.total = total;
    this.vectors = Array.from({ length: count }, () => new Map()); // per field: entry to weight in the query
    this.fields = new Uint8Array(total * count); // the fields of a document in the order in which they were matched
    this.matched = new Uint8Array(total); // how many of them there are
    this.documents = [];
    this.required = 0;
    this.fulfilled = new Uint8Array(total); // how many required clauses a document holds
    this.prohibited = new Uint8Array(total);
    this.count = count;
  }

  add(clause) {
    const holds = clause.presence === REQUIRED ? new Uint8Array(this.total) : null;
    for (const entries of clause.terms) {
      if (!entries.length && holds) {
        holds.fill(0); // Lunr gives up at the first word of a required clause that nothing holds
        break;
      }
      for (const entry of entries) this.addEntry(entry, clause, holds);
    }
    if (!holds) return;
    this.required += 1;
    for (let number = 0; number < this.total; number++) this.fulfilled[number] += holds[number];
  }

  addEntry(entry, { presence, boost, fields }, holds) {
    for (const field of fields) {
      const documents = entry.lists[field]?.documents ?? [];
      if (holds) for (const number of documents) holds[number] = 1;
      if (presence === PROHIBITED) {
        for (const number of documents) this.prohibited[number] = 1;
        continue;
      }
      const vector = this.vectors[field];
      if (!vector.has(entry)) this.match(field, documents);
      vector.set(entry, (vector.get(entry) ?? 0) + boost);
    }
  }

  match(field, documents) {
    const { fields, matched, count } = this;
    next: for (const number of documents) {
      const from = number * count;
      for (let place = 0; place < matched[number]; place++) if (fields[from + place] === field) continue next;
      if (!matched[number]) this.documents.push(number);
      fields[from + matched[number]] = field;
      matched[number] += 1;
    }
  }

  admitted(everything) {
    const { required, fulfilled, prohibited } = this;
    const from = everything ? Array(this.total).keys() : this.documents;
    return Int32Array.from(from).filter((number) => fulfilled[number] === required && !prohibited[number]);
  }

  // The score of every document that was matched, by its number.
  sums(admitted) {
    const products = this.vectors.map((vector, field) => similarities(vector, field, this.total));
    const sums = new Float64Array(this.total);
    for (const number of admitted) {
      const from = number * this.count;
      for (let place = 0; place < this.matched[number]; place++) {
        const field = this.fields[from + place];
        sums[number] += products[field][number];
      }
    }
    return sums;
  }
}

// The dot product of a field's part of the query and each document's field, over the length of the query's part.
function similarities(vector, field, total) {
  if (![...vector.keys()].some(({ lists }) => lists[field])) return null; // no document was matched there
  const entries = [...vector].sort(([a], [b]) => a.first - b.first || a.rank - b.rank);
  const length = Math.sqrt(entries.reduce((sum, [, boost]) => sum + boost * boost, 0));
  const products = new Float64Array(total);
  for (const [{ lists }, boost] of entries) {
    if (!lists[field]) continue;
    const { documents, weights } = lists[field];
    for (let place = 0; place < documents.length; place++) products[documents[place]] += boost * weights[place];
  }
  for (let number = 0; number < total; number++) products[number] = products[number] / length || 0;
  return products;
}

// Best first, equal scores newest first. Numbers are sorted by the engine itself, and each document then put where its
// score belongs: a comparison in JavaScript would take most of the time of a query with many hits.
function sorted(admitted, sums) {
  const total = admitted.length;
  const ascending = new Float64Array(total);
  for (let place = 0; place < total; place++) ascending[place] = sums[admitted[place]];
  ascending.sort();
  const taken = new Int32Array(total);
  const numbers = new Int32Array(total);
  for (const number of admitted.sort().reverse()) {
    const first = total - firstBeyond(ascending, sums[number]);
    numbers[first + taken[first]] = number;
    taken[first] += 1;
  }
  return { numbers, scores: ascending.reverse() };
}
