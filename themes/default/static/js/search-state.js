// What is asked, and how an address says it. Nothing that is left at its default appears in the address.
// from, to: the first and the last year, or "".

export const NOTHING = Object.freeze({
  query: "",
  topic: "",
  org: "",
  code: false,
  from: "",
  to: "",
  sort: "relevance",
  page: 1,
});

export const FILTERS = ["topic", "org", "code", "from", "to"];

export function fromAddress(search) {
  const values = new URLSearchParams(search);
  const page = Number(values.get("page"));
  const [, from = "", dash, to = ""] = /^(\d{4})?(-)?(\d{4})?$/.exec(values.get("year") ?? "") ?? [];
  return {
    query: values.get("q") ?? "",
    topic: values.get("topic") ?? "",
    org: values.get("org") ?? "",
    code: values.get("code") === "1",
    from,
    to: dash ? to : from,
    sort: values.get("sort") === "date" ? "date" : "relevance",
    page: Number.isInteger(page) && page > 0 ? Math.min(page, 400) : 1,
  };
}

export function toAddress({ query, topic, org, code, from, to, sort, page }) {
  const values = new URLSearchParams();
  if (query) values.set("q", query);
  if (topic) values.set("topic", topic);
  if (org) values.set("org", org);
  if (code) values.set("code", "1");
  if (from || to) values.set("year", from === to ? from : `${from}-${to}`);
  if (sort === "date") values.set("sort", sort);
  if (page > 1) values.set("page", page);
  return values.size ? `?${values}` : "";
}

export function isFiltered(state) {
  return FILTERS.some((name) => state[name] !== NOTHING[name]);
}

export function asksNothing(state) {
  return !state.query.trim() && !isFiltered(state);
}
