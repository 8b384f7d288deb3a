// The preview's own script: reloads the page when the site was built anew, shows what is wrong over it when it was not.
{
  const { build, edition } = document.currentScript.dataset;
  const place = `sitegen-scroll:${location.pathname}`;
  const channel = new BroadcastChannel("sitegen-preview");
  let latest = null;
  let dismissed = null;
  let dialog = null;

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const makeDialog = () => {
    const list = element("ol", { id: "sitegen-problems" });
    const close = element("button", { type: "button", textContent: "Close", autofocus: true });
    const title = element("h2", { id: "sitegen-title", textContent: "The site could not be built" });
    const hint = element("p", { textContent: "Below is the page as it was before. This goes away when the mistake is mended." });
    dialog = element("dialog", { className: "sitegen-error" }, title, list, hint, close);
    dialog.setAttribute("role", "alertdialog");
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.setAttribute("aria-describedby", list.id);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => { dismissed = latest.edition; });
    document.head.append(element("link", { rel: "stylesheet", href: "/_sitegen/error.css" }));
    document.body.append(dialog);
  };

  const showProblems = (problems) => {
    if (!dialog) makeDialog();
    dialog.querySelector("ol").replaceChildren(...problems.map((text) => element("li", { textContent: text })));
    if (!dialog.open) dialog.showModal();
  };

  const reload = () => {
    sessionStorage.setItem(place, JSON.stringify([scrollX, scrollY]));
    location.reload();
  };

  // `edition` is set on the error page alone, which shows the problems of just that edition.
  const receive = (news) => {
    latest = news;
    if (news.build !== build || (edition && news.edition !== edition)) reload();
    else if (edition || news.edition === dismissed) return;
    else if (news.problems.length) showProblems(news.problems);
    else dialog?.close();
  };

  const listen = () => {
    const events = new EventSource("/_sitegen/events");
    events.onmessage = ({ data }) => {
      const news = JSON.parse(data);
      channel.postMessage(news);
      receive(news);
    };
    events.onerror = () => {
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
  };

  channel.onmessage = ({ data }) => {
    if (data !== "hello") receive(data);
    else if (latest) channel.postMessage(latest);
  };

  // A browser keeps six connections to a host. One tab holds the stream and tells the others, so that the seventh opens.
  if (navigator.locks) navigator.locks.request("sitegen-preview", () => new Promise(listen));
  else listen();
  addEventListener("pageshow", () => channel.postMessage("hello"));

  const [x, y] = JSON.parse(sessionStorage.getItem(place) ?? "[]");
  sessionStorage.removeItem(place);
  if (y !== undefined) scrollTo({ left: x, top: y, behavior: "instant" });
}
