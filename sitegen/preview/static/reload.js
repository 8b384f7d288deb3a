// The preview's own script: shows the page anew when the site was built, and what is wrong over it when it was not.
{
  const { build, edition } = document.currentScript.dataset;
  const OWN = "/_sitegen/";
  const place = `sitegen-scroll:${location.pathname}`;
  const channel = new BroadcastChannel("sitegen-preview");
  let shown = build;
  let isSwapped = false;
  let turn = Promise.resolve();
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
    document.head.append(element("link", { rel: "stylesheet", href: `${OWN}error.css` }));
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

  // Parsed by the browser as any page is; null for what is none.
  const fetched = () => new Promise((done) => {
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.onload = () => done(request.status === 200 ? request.response : null);
    request.onerror = () => done(null);
    request.open("GET", location.href);
    request.send();
  });

  // What is around the main part of a page: styles, scripts, navigation.
  const frameOf = (page) => {
    const assets = page.head.querySelectorAll("link[rel~=stylesheet], script[src]");
    const body = page.body.cloneNode(true);
    for (const one of body.querySelectorAll(`main, noscript, script[src^="${OWN}"]`)) one.remove();
    return [...assets].map((one) => one.outerHTML).join("\n") + body.innerHTML.trimEnd();
  };
  const frame = frameOf(document); // as it came: this runs before any module does

  // Puts the new main part of the page in place of the old, which takes a fraction of loading it. Not where anything
  // else is new too, nor where scripts have made most of what is there.
  const swap = async () => {
    const fresh = await fetched();
    const [here, there] = [document, fresh].map((page) => page?.querySelector("main"));
    if (!here || !there || frameOf(fresh) !== frame) return false;
    if (2 * there.textContent.length < here.textContent.length) return false;
    here.replaceWith(there);
    document.title = fresh.title;
    shown = fresh.querySelector("script[data-build]").dataset.build;
    return (isSwapped = true);
  };

  // `edition` is set on the error page alone, which shows the problems of just that edition. What was swapped is loaded
  // anew once all is built, so that the page's scripts run on it.
  const follow = async (news) => {
    if (edition && news.edition !== edition) return reload();
    if (news.build !== shown && !(await swap())) return reload();
    if (isSwapped && news.whole) return reload();
    if (edition || news.edition === dismissed) return;
    if (news.problems.length) showProblems(news.problems);
    else dialog?.close();
  };

  const receive = (news) => {
    latest = news;
    turn = turn.then(() => news === latest && follow(news)).catch(reload);
  };

  const listen = () => {
    const events = new EventSource(`${OWN}events`);
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
