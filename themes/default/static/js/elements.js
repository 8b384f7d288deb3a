// Elements for scripts to put on a page. What they say is always text, never markup.

const SVG = "http://www.w3.org/2000/svg";

export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

// A drawing of one path, 16 units wide and high, which says nothing.
export function icon(path) {
  const drawn = filled(document.createElementNS(SVG, "path"), { d: path }, []);
  const box = { viewBox: "0 0 16 16", width: "16", height: "16", "aria-hidden": "true" };
  return filled(document.createElementNS(SVG, "svg"), box, [drawn]);
}

function filled(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
