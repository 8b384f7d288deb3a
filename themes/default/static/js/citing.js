// Citations made of the items of citation.json (CSL-JSON), byte for byte as sitegen/citing/ makes them: a test compares
// the two. Each function takes one item or several and gives the text of a file.

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const SORTED_BY = 4; // words of the slug that a paper without authors is sorted by

const ESCAPES = {
  "\\": "\\textbackslash{}",
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  $: "\\$",
  "&": "\\&",
  "#": "\\#",
  "%": "\\%",
  _: "\\_",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
};

export function bibtex(items) {
  return [items].flat().map(entry).join("\n");
}

export function ris(items) {
  return [items].flat().map(record).join("\r\n");
}

export function csl(items) {
  return `[\n${[items].flat().map((item) => JSON.stringify(item)).join(",\n")}\n]\n`;
}

function entry(item) {
  const fields = Array.from(bibtexFields(item), ([name, value]) => `  ${name} = ${value},\n`);
  return `@misc{${item.id},\n${fields.join("")}}\n`;
}

function* bibtexFields(item) {
  if (item.author) yield ["author", `{${item.author.map(bibtexName).join(" and ")}}`];
  else yield ["key", `{${sortingKey(item.id)}}`];
  const title = item.custom?.["title-tex"] ?? escaped(item.title);
  yield ["title", hasCapitals(item.title) ? `{{${title}}}` : `{${title}}`];
  if (item.issued) {
    const [year, month] = item.issued["date-parts"][0];
    yield ["year", `{${year}}`];
    yield ["month", MONTHS[month - 1]];
  }
  if (item.note) yield ["note", `{${escaped(item.note)}}`];
  if (item.number?.startsWith("arXiv:")) {
    yield ["eprint", `{${item.number.slice("arXiv:".length)}}`];
    yield ["archivePrefix", "{arXiv}"];
  }
  if (item.DOI && !/[\\{}]/.test(item.DOI)) yield ["doi", `{${item.DOI}}`];
  yield ["url", `{${item.URL}}`];
}

function bibtexName({ literal, family, given, suffix }) {
  if (literal !== undefined) return `{${escaped(literal)}}`;
  return [family, suffix, given].filter(Boolean).map(escaped).join(", ");
}

function sortingKey(slug) {
  const words = slug.split("-");
  return words.slice(words.length > 1 && ["a", "an", "the"].includes(words[0]) ? 1 : 0).slice(0, SORTED_BY).join(" ");
}

function hasCapitals(title) {
  const rest = Array.from(title).slice(1).join("");
  return rest !== rest.toLowerCase();
}

function escaped(text) {
  return text.replace(/[\\{}$&#%_^~<>|]/g, (sign) => ESCAPES[sign]);
}

function record(item) {
  return Array.from(risLines(item), ([tag, value]) => `${tag}  - ${value}\r\n`).join("");
}

function* risLines(item) {
  yield ["TY", "GEN"];
  yield ["ID", item.id];
  yield ["TI", item.title];
  for (const name of item.author ?? []) yield ["AU", risName(name)];
  if (item.issued) {
    const [year, month, day] = item.issued["date-parts"][0];
    const digits = (number, width) => String(number).padStart(width, "0");
    yield ["PY", digits(year, 4)];
    yield ["DA", `${digits(year, 4)}/${digits(month, 2)}/${digits(day, 2)}/`];
  }
  if (item.note) yield ["N1", item.note];
  if (item.number) yield ["AN", item.number];
  if (item.DOI) yield ["DO", item.DOI];
  yield ["UR", item.URL];
  yield ["ER", ""];
}

function risName({ literal, family, given, suffix }) {
  if (literal !== undefined) return literal.replaceAll(",", "");
  return [family, given, suffix].filter(Boolean).join(", ");
}
