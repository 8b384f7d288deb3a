// One result as the theme's listings show a paper (the macro `row` of _macros.html): change both together.

const MONTHS = "January February March April May June July August September October November December".split(" ");
const NUMBERS = new Intl.NumberFormat("en");

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function plural(count, one, many) {
  return `${NUMBERS.format(count)} ${count === 1 ? one : many}`;
}

export function paperRow(root, paper) {
  const link = element("a", { href: root + paper.path }, element("bdi", {}, ...marked(paper.title)));
  const row = element("article", { class: "paper", "data-slug": paper.slug });
  row.append(element("h2", { class: "paper-title" }, link), meta(root, paper));
  row.append(element("p", { class: "paper-excerpt", dir: "auto" })); // filled once the abstract is there
  if (paper.topics.length) row.append(topics(root, paper.topics));
  return row;
}

// segments: the snippet of each row of a list, in order.
export function describeRows(list, segments) {
  const places = list.querySelectorAll(".paper-excerpt");
  for (const [number, place] of places.entries()) place.replaceChildren(...marked(segments[number] ?? []));
}

function marked(segments) {
  return segments.map(([text, isHit]) => (isHit ? element("mark", {}, text) : text));
}

function meta(root, { date, datePath, authors, organization, organizationPath, comments }) {
  const facts = [date ? day(root, date, datePath) : "Undated"];
  if (authors) facts.push(element("bdi", {}, authors));
  if (organization) facts.push(linked(root, organizationPath, element("bdi", {}, organization)));
  if (comments) facts.push(plural(comments, "comment", "comments"));
  return element("p", { class: "paper-meta" }, ...facts.flatMap((fact) => [element("span", {}, fact), " "]));
}

function linked(root, path, content) {
  return path ? element("a", { href: root + path }, content) : content;
}

function day(root, date, path) {
  const [year, month, number] = date.split("-").map(Number);
  return linked(root, path, element("time", { datetime: date }, `${number} ${MONTHS[month - 1]} ${year}`));
}

function topics(root, links) {
  const items = links.map(({ title, path }) => element("li", {}, element("a", { href: root + path }, title)));
  return element("ul", { class: "paper-topics" }, ...items);
}
