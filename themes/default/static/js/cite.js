// The citation of a paper, on its page: copies it, and makes the files that a large catalogue leaves to the browser.

const WRITERS = { bib: "bibtex", ris: "ris", json: "csl" };
const SHOWN = 4000; // milliseconds that a message stands

const ITEM = "citation.json"; // beside the page

const panel = document.querySelector(".cite");
const { slug } = document.querySelector("article[data-slug]").dataset;
const status = panel.querySelector("[role=status]");

for (const link of panel.querySelectorAll("a[data-format]")) {
  const isMade = !link.hasAttribute("href");
  const text = () => (isMade ? written(link.dataset.format) : fetched(link.href).then((answer) => answer.text()));
  link.download = `${slug}.${link.dataset.format}`;
  const button = link.parentElement.querySelector("button");
  if (navigator.clipboard) {
    button.hidden = false;
    button.addEventListener("click", () => copy(text, button.dataset));
  }
  if (isMade) {
    link.href = ITEM; // so that the keyboard reaches it
    link.addEventListener("click", (event) => {
      event.preventDefault();
      text().then((made) => save(made, link.download), () => tell(button.dataset.failed));
    });
    link.parentElement.hidden = false;
  }
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

async function written(format) {
  const [writers, items] = await Promise.all([
    import("./citing.js"),
    fetched(ITEM).then((answer) => answer.json()),
  ]);
  return writers[WRITERS[format]](items);
}

async function copy(text, { copied, failed }) {
  try {
    await navigator.clipboard.writeText(await text());
    tell(copied);
  } catch {
    tell(failed);
  }
}

function save(text, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), SHOWN);
}

let timer;

function tell(message) {
  status.textContent = message;
  clearTimeout(timer);
  timer = setTimeout(() => (status.textContent = ""), SHOWN);
}
