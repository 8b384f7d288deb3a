// What is asked, and how an address says it. Nothing that is left at its default appears in the address.

export const NOTHING = Object.freeze({ query: "", topic: "", year: "", sort: "relevance", page: 1 });

export function fromAddress(search) {
  const values = new URLSearchParams(search);
  const page = Number(values.get("page"));
  return {
    query: values.get("q") ?? "",
    topic: values.get("topic") ?? "",
    year: values.get("year") ?? "",
    sort: values.get("sort") === "date" ? "date" : "relevance",
    page: Number.isInteger(page) && page > 0 ? Math.min(page, 400) : 1,
  };
}

export function toAddress({ query, topic, year, sort, page }) {
  const values = new URLSearchParams();
  if (query) values.set("q", query);
  if (topic) values.set("topic", topic);
  if (year) values.set("year", year);
  if (sort === "date") values.set("sort", sort);
  if (page > 1) values.set("page", page);
  return values.size ? `?${values}` : "";
}

export function asksNothing({ query, topic, year }) {
  return !query.trim() && !topic && !year;
}
